"""What operators read: the example of all settings, the image, the compose file."""

import dataclasses
import re
import subprocess
import sys

import pytest

from shop import alive, legal
from tests.infra import yaml_subset
from tests.infra.conftest import ROOT

EXAMPLE = (ROOT / ".env.example").read_text()
COMPOSE = (ROOT / "docker-compose.yml").read_text()
NAMES = re.findall(r"^(?:# )?([A-Z][A-Z_]+)=", EXAMPLE, re.M)
MERCHANT = {f"MERCHANT_{field.name.upper()}" for field in dataclasses.fields(legal.Merchant)}


def _read_by_the_settings():
    source = (ROOT / "shop" / "settings.py").read_text()
    return set(re.findall(r"""\benv\.\w+\(\s*"([A-Z_]+)\"""", source))


def test_the_example_names_exactly_the_variables_that_are_read():
    asked_by_compose = set(re.findall(r"\$\{([A-Z_]+)", COMPOSE))

    assert len(NAMES) == len(set(NAMES))
    assert len(_read_by_the_settings()) > 20
    assert set(NAMES) == _read_by_the_settings() | MERCHANT | asked_by_compose


def test_the_example_holds_no_secret():
    values = dict(re.findall(r"^(?:# )?([A-Z][A-Z_]+)=(.*)$", EXAMPLE, re.M))

    for name in ("SECRET_KEY", "STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET"):
        assert values[name] == ""
    for name in ("POSTGRES_PASSWORD", "VALKEY_PASSWORD"):
        assert values[name] == ""


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("SECRET_KEY", "Set the SECRET_KEY environment variable"),
        ("SITE_URL", "Set the SITE_URL environment variable"),
        ("DATABASE_URL", "Set the DATABASE_URL environment variable"),
        ("EMAIL_URL", "Set the EMAIL_URL environment variable"),
    ],
)
def test_the_shop_refuses_to_start_without_what_it_needs(
    clean_environment, missing, sentence, tmp_path
):
    complete = {
        "SECRET_KEY": "x" * 60,
        "SITE_URL": "https://shop.example",
        "DATABASE_URL": "postgres://kontor@localhost/kontor",
        "REDIS_URL": "redis://localhost",
        "EMAIL_URL": "smtp://localhost",
        "DEFAULT_FROM_EMAIL": "shop@shop.example",
    }
    given = {name: value for name, value in complete.items() if name != missing}
    # A copy, so that a developer's own .env does not fill the gap.
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "__init__.py").touch()
    for name in ("settings.py", "logs.py"):
        (tmp_path / "shop" / name).write_text((ROOT / "shop" / name).read_text())

    done = subprocess.run(
        [sys.executable, "-c", "import shop.settings"],
        cwd=tmp_path,
        env={**clean_environment, **given},
        capture_output=True,
        text=True,
    )

    assert done.returncode == 1
    assert sentence in done.stderr.splitlines()[-1]


def test_the_compose_file_runs_web_worker_beat_database_and_broker():
    compose = yaml_subset.load(COMPOSE)
    services = compose["services"]

    assert set(services) == {"web", "worker", "beat", "db", "valkey"}
    assert services["web"]["ports"] == ["127.0.0.1:8000:8000"]
    for name in ("db", "valkey"):
        assert "ports" not in services[name]
    for name in ("worker", "beat", "db", "valkey"):
        assert services[name]["healthcheck"]["test"][0] in ("CMD", "CMD-SHELL")
    for name in ("web", "worker", "beat"):
        assert services[name]["environment"]["DATABASE_URL"].endswith("@db:5432/kontor")
        assert services[name]["restart"] == "unless-stopped"
    assert services["worker"]["environment"]["DATABASE_STATEMENT_TIMEOUT_MS"] == "60000"
    named = {
        volume.split(":")[0]
        for service in services.values()
        for volume in service.get("volumes", [])
    }
    assert named == set(compose["volumes"])


def test_every_container_waits_for_what_it_needs():
    services = yaml_subset.load(COMPOSE)["services"]

    def conditions(name):
        return {
            needed: how["condition"] for needed, how in services[name].get("depends_on", {}).items()
        }

    assert conditions("web") == {"db": "service_healthy", "valkey": "service_healthy"}
    assert conditions("worker") == conditions("beat") == {"web": "service_healthy"}


def test_the_worker_serves_every_queue_that_tasks_are_sent_to():
    from shop.celery import app

    routed = {route["queue"] for route in app.conf.task_routes.values()}
    command = yaml_subset.load(COMPOSE)["services"]["worker"]["command"]
    demo = (ROOT / "demo" / "services.py").read_text()

    (served,) = re.findall(r"-Q (\S+)", command)
    assert routed | {app.conf.task_default_queue} <= set(served.split(","))
    assert f'"-Q", "{served}"' in demo


def test_the_image_is_not_root_has_a_health_check_and_only_migrates_when_it_starts():
    image = (ROOT / "Dockerfile").read_text()
    start = image.split("\nCMD ")[1]

    assert image.index("\nUSER kontor") < image.index("\nCMD ")
    assert "\nHEALTHCHECK " in image
    assert "--require-hashes" in image
    assert "migrate --no-input" in start
    assert "exec python -m granian" in start
    assert "collectstatic" not in start
    assert "compile_messages" not in start
    assert image.index("compile_messages") < image.index("collectstatic")


def test_demo_and_tests_do_not_go_into_the_image():
    ignored = (ROOT / ".dockerignore").read_text().splitlines()

    assert {"demo", "tests", ".*"} <= set(ignored)


def test_beat_is_alive_as_long_as_it_writes_its_schedule(tmp_path):
    import os
    import time

    schedule = tmp_path / "schedule"
    assert not alive.beat(schedule)

    schedule.touch()
    assert alive.beat(schedule)

    long_ago = time.time() - alive.BEAT_SECONDS - 1
    os.utime(schedule, (long_ago, long_ago))
    assert not alive.beat(schedule)


def test_the_web_check_asks_for_the_shops_own_host(live_server, monkeypatch):
    monkeypatch.setenv("GRANIAN_PORT", str(live_server.thread.port))
    monkeypatch.setenv("SITE_URL", "http://testserver")
    assert alive.web()

    monkeypatch.setenv("SITE_URL", "http://stranger.example")
    assert not alive.web()
