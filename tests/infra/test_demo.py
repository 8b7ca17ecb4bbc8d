"""`python -m demo`: the whole shop as one process tree, in a folder of the test's own."""

import contextlib
import http.client
import json
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from demo import folder, ports, postgres_home, services, surroundings
from tests import services as suite
from tests.infra.conftest import ROOT, eventually, is_alive

MANAGE = [sys.executable, "-m", "demo", "manage"]


class Demo:
    """One demo in a folder of its own; an empty shop, because the seed takes its time."""

    def __init__(self, place: Path, environment: dict[str, str]) -> None:
        self.place = place
        self.port = ports.free_port()
        self.environment = {
            **environment,
            "DEMO_DIR": str(place),
            "PORT": str(self.port),
            "SEED": "0",
        }
        self.output = place.with_suffix(".out")
        self.process: subprocess.Popen | None = None

    def start(self):
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "demo", "up"],
                cwd=ROOT,
                env=self.environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def is_open(self):
        return "Ctrl-C stops everything" in self.output.read_text()

    def run(self, *command):
        return subprocess.run(
            [*command], cwd=ROOT, env=self.environment, capture_output=True, text=True
        )

    def processes(self):
        """All processes that know this demo's folder, by their environment or working folder."""
        found = []
        mark = f"DEMO_DIR={self.place}".encode()
        for entry in Path("/proc").iterdir():
            with contextlib.suppress(OSError):
                if entry.name.isdigit() and mark in (entry / "environ").read_bytes():
                    found.append(int(entry.name))
        return [pid for pid in found if is_alive(pid)]


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    environment = suite.environment_outside()
    made = Demo(tmp_path_factory.mktemp("demo") / "place", environment)
    yield made
    if made.process and made.process.poll() is None:
        made.process.terminate()
        made.process.wait()
    if made.place.exists():
        folder.Folder(made.place).remove()


@pytest.mark.slow
def test_the_demo_opens_serves_is_used_and_leaves_nothing_behind(demo):
    demo.start()
    assert eventually(demo.is_open, seconds=120), demo.output.read_text()
    children = [pid for pid in demo.processes() if pid != demo.process.pid]

    _serves(demo)
    _is_private(demo)
    _answers_management_commands(demo)
    _refuses_a_second_one(demo)

    demo.process.send_signal(signal.SIGTERM)
    assert demo.process.wait(timeout=30) == 0
    assert len(children) >= 6
    assert demo.processes() == []
    assert ports.is_free(demo.port)

    _works_without_the_demo(demo)
    assert demo.processes() == []
    _starts_again_and_stops_while_starting(demo)
    _is_forgotten(demo)


def _serves(demo):
    for path in ("/healthz", "/readyz"):
        assert services.answers(demo.port, path)
    connection = http.client.HTTPConnection(ports.LOOPBACK, demo.port, timeout=10)
    manifest = json.loads((demo.place / "static" / "staticfiles.json").read_text())
    connection.request("GET", f"/static/{manifest['paths']['css/main.css']}")
    answer = connection.getresponse()
    assert answer.status == 200
    assert "immutable" in answer.headers["Cache-Control"]
    connection.close()


def _is_private(demo):
    secrets = demo.place / "secrets.json"
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o600
    for pid in demo.processes():
        line = Path(f"/proc/{pid}/cmdline").read_text()
        assert not [value for value in json.loads(secrets.read_text()).values() if value in line]


def _answers_management_commands(demo):
    code = "import os; print(os.environ['SITE_URL']); raise SystemExit(7)"
    done = demo.run(*MANAGE, "shell", "--no-imports", "-c", code)

    assert (done.returncode, done.stdout, done.stderr) == (7, f"http://localhost:{demo.port}\n", "")


def _refuses_a_second_one(demo):
    done = demo.run(sys.executable, "-m", "demo", "up")
    reset = demo.run(sys.executable, "-m", "demo", "reset")

    assert done.returncode == 1
    assert done.stderr == f"This demo runs already: http://localhost:{demo.port}/\n"
    assert reset.returncode == 1
    assert (demo.place / "secrets.json").exists()


def _works_without_the_demo(demo):
    command = "shell --no-imports -c \"print('a  b'); raise SystemExit(3)\""

    done = demo.run(shutil.which("make"), "-s", "manage", f"DO={command}")

    # make itself answers every failure with 2; the command's own code stands in its message.
    assert done.returncode == 2
    assert done.stdout == "a  b\n"
    assert done.stderr.endswith("Error 3\n")
    assert len(done.stderr.splitlines()) == 1


def _starts_again_and_stops_while_starting(demo):
    demo.start()
    assert eventually(lambda: "PostgreSQL" in demo.output.read_text(), seconds=30)

    demo.process.send_signal(signal.SIGINT)

    assert demo.process.wait(timeout=30) == 0
    assert "Kontor is open" not in demo.output.read_text()
    assert demo.processes() == []


def _is_forgotten(demo):
    outside = demo.place / "postgres-home"
    home = Path(outside.read_text().strip()) if outside.exists() else demo.place / "postgres"
    assert home.exists()

    done = demo.run(sys.executable, "-m", "demo", "reset")

    assert done.returncode == 0
    assert not demo.place.exists()
    assert not home.exists()


def test_a_taken_port_is_said_before_anything_is_started(demo, tmp_path, monkeypatch):
    import socket

    with socket.socket() as server:
        server.bind((ports.LOOPBACK, 0))
        server.listen()
        port = str(server.getsockname()[1])
        environment = {**demo.environment, "PORT": port, "DEMO_DIR": str(tmp_path / "other")}
        done = subprocess.run(
            [sys.executable, "-m", "demo", "up"],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
        )

    assert done.returncode == 1
    assert done.stderr.startswith(f"Port {port} cannot be used")
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""


@pytest.mark.parametrize("port", ["0", "65536", "abc", "-1", "80 80"])
def test_nonsense_for_a_port_is_refused(demo, tmp_path, port):
    place = tmp_path / "other"
    demo.environment |= {"PORT": port, "DEMO_DIR": str(place)}

    done = demo.run(sys.executable, "-m", "demo", "up")

    assert done.stderr == f"PORT must be a number from 1 to 65535, not {port}.\n"
    assert done.returncode == 1
    assert not place.exists()


def test_a_strangers_folder_is_neither_used_nor_removed(demo, tmp_path):
    (tmp_path / "thesis.txt").write_text("four years of work")
    demo.environment |= {"PORT": str(ports.free_port()), "DEMO_DIR": str(tmp_path)}

    up = demo.run(sys.executable, "-m", "demo", "up")
    reset = demo.run(sys.executable, "-m", "demo", "reset")

    assert (up.returncode, reset.returncode) == (1, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_live_keys_of_a_payment_provider_are_refused_by_the_demo(tmp_path, monkeypatch):
    monkeypatch.setenv("STRIPE_SECRET_KEY", "sk_live_made_up")
    monkeypatch.setenv("STRIPE_WEBHOOK_SECRET", "whsec_made_up")
    place = folder.Folder(tmp_path / "place")
    place.make()

    with pytest.raises(surroundings.processes.Failed, match="live key"):
        surroundings.payment(place)


def test_test_keys_go_to_the_providers_own_servers(tmp_path, monkeypatch):
    monkeypatch.setenv("STRIPE_SECRET_KEY", "sk_test_made_up")
    monkeypatch.setenv("STRIPE_WEBHOOK_SECRET", "whsec_made_up")
    place = folder.Folder(tmp_path / "place")
    place.make()
    addresses = surroundings.Addresses(8000, 9, "postgres://", "redis://", "redis://")

    keys = surroundings.payment(place)
    environment = surroundings.environment(place, keys, addresses)

    assert not keys.is_sandbox
    assert environment["STRIPE_SECRET_KEY"] == "sk_test_made_up"
    assert "STRIPE_API_BASE" not in environment
    assert "STRIPE_CHECKOUT_ORIGIN" not in environment
    postgres_home.forget(place.path)
