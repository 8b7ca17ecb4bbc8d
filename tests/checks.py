"""The checks that need no test: format, lint, types, contracts, migrations, settings, audit.

`make check` runs them all and then the tests, CI runs `make check`; `make fix` is `--fix` here.
"""

import concurrent.futures
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests import services

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
APPS = sorted(path.parent.name for path in ROOT.glob("*/apps.py"))


def production() -> dict[str, str]:
    """The production that `.env.example` describes, over the services of the tests.

    Read from that file, so that the example itself is what the checks prove. Only what no file
    may hold comes from here, and the addresses come from `services.ensure()`.
    """
    text = (ROOT / ".env.example").read_text()
    example = dict(re.findall(r"^(?:# )?([A-Z][A-Z_]+)=(.*)$", text, re.M))
    for name in (
        "DATABASE_URL",
        "REDIS_URL",
        "BROKER_URL",
        "STATIC_ROOT",
        "MEDIA_ROOT",
        "PRIVATE_ROOT",
    ):
        del example[name]
    return {
        **example,
        "SECRET_KEY": "no-secret-only-for-checks-" + "abcdefghij" * 5,
        "DJANGO_SETTINGS_MODULE": "shop.settings",
    }


@dataclass(frozen=True)
class Check:
    """One command; it is kept when it ends with 0."""

    name: str
    command: list[str]
    environment: Mapping[str, str] = field(default_factory=dict)


def run_all() -> list[str]:
    """Run all checks, print what they say, return the names of the broken ones."""
    services.ensure()
    broken = []
    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        for check, (code, output, seconds) in zip(CHECKS, pool.map(_run, CHECKS), strict=True):
            print(
                f"{'kept  ' if code == 0 else 'BROKEN'} {check.name} ({seconds:.1f} s)", flush=True
            )
            if code != 0:
                print(output, flush=True)
                broken.append(check.name)
    audit = _audit()
    print(audit, flush=True)
    return broken if not audit.startswith("BROKEN") else [*broken, "known vulnerabilities"]


def fix() -> int:
    """Format everything, repair what the linter can."""
    commands = (
        [str(BIN / "ruff"), "check", "--fix", "--quiet", "."],
        [str(BIN / "ruff"), "format", "--quiet", "."],
        [str(BIN / "djade"), *_templates()],
    )
    codes = [subprocess.run(command, cwd=ROOT).returncode for command in commands]
    # djade ends with 1 when it changed a file: that is its success.
    return max(codes[:2])


def _run(check: Check) -> tuple[int, str, float]:
    started = time.monotonic()
    environment = {**os.environ, "PYTHONWARNINGS": "", **check.environment}
    done = subprocess.run(
        check.command,
        cwd=ROOT,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    return done.returncode, done.stdout, time.monotonic() - started


def _templates() -> list[str]:
    folders = [ROOT / "templates", *ROOT.glob("*/templates")]
    return [str(path.relative_to(ROOT)) for folder in folders for path in folder.rglob("*.html")]


def _audit() -> str:
    """One sentence on known vulnerabilities of what production installs."""
    command = [
        *(str(BIN / "pip-audit"), "-r", "requirements/base.txt", "--require-hashes"),
        *("--disable-pip", "--progress-spinner", "off", "--format", "json", "--timeout", "10"),
        *("--cache-dir", ".cache/pip-audit"),
    ]
    try:
        done = subprocess.run(command, cwd=ROOT, text=True, capture_output=True, timeout=180)
        found = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        return "not run: the audit, because its advisory service cannot be reached from here."
    audited = [one for one in found if "skip_reason" not in one]
    known = [f"{one['name']} {one['version']}" for one in audited if one["vulns"]]
    if known:
        return f"BROKEN known vulnerabilities in {', '.join(known)}\n{done.stdout}"
    if not audited:
        return "not run: the audit, because no advisories are to be had from here."
    return f"kept   no known vulnerability in {len(audited)} of {len(found)} packages"


def _manage(*words: str) -> list[str]:
    return [sys.executable, "manage.py", *words]


_TESTS = {"DJANGO_SETTINGS_MODULE": "tests.settings"}
CHECKS = [
    Check("types (mypy)", [str(BIN / "mypy")], production()),
    Check("format (ruff)", [str(BIN / "ruff"), "format", "--check", "."]),
    Check("lint (ruff)", [str(BIN / "ruff"), "check", "."]),
    Check("templates (djade)", [str(BIN / "djade"), "--check", *_templates()]),
    Check("floors (import-linter)", [str(BIN / "lint-imports"), "--no-logo"]),
    Check("models have migrations", _manage("makemigrations", "--check", "--dry-run"), _TESTS),
    Check(
        "migrations do not break the running code",
        _manage("lintmigrations", "--no-cache", "--include-apps", *APPS),
        _TESTS,
    ),
    Check(
        "production settings are safe",
        _manage("check", "--deploy", "--fail-level", "WARNING"),
        production(),
    ),
]


if __name__ == "__main__":
    sys.exit(fix() if sys.argv[1:] == ["--fix"] else int(bool(run_all())))
