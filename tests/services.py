"""PostgreSQL and Valkey of the test run: started once, by whoever loads the settings first.

Under pytest-xdist that is the controller; the workers inherit its environment and find the
services running. `KONTOR_TEST_SERVICES` marks that environment.
"""

import atexit
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from demo import merchant
from shop.management import catalogues

_ROOT = Path(__file__).resolve().parent.parent
_MARK = "KONTOR_TEST_SERVICES"

# Everything that the settings read and that a test may not take from the developer's machine.
_FIXED: Mapping[str, str] = {
    "DEMO": "1",
    "DEBUG": "0",
    "SECRET_KEY": "only-for-tests-" + "0" * 50,
    "SECRET_KEY_FALLBACKS": "",
    "SITE_URL": "http://testserver",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "CSRF_TRUSTED_ORIGINS": "http://testserver",
    "EMAIL_URL": "smtp://localhost:25",
    "DEFAULT_FROM_EMAIL": "Kontor <shop@kontor.example>",
    "STRIPE_SECRET_KEY": "sk_test_only_for_tests",
    "STRIPE_WEBHOOK_SECRET": "whsec_only_for_tests",
    "STRIPE_API_BASE": "http://127.0.0.1:9",  # nobody listens there; a test starts its sandbox
    "STRIPE_CHECKOUT_ORIGIN": "http://127.0.0.1:9",
    "DATABASE_POOL_SIZE": "8",
    "DATABASE_STATEMENT_TIMEOUT_MS": "30000",
    "TRUSTED_PROXY_COUNT": "0",
    "BEHIND_TLS_PROXY": "0",
    "LOG_LEVEL": "WARNING",
}


def ensure() -> None:
    """Put the environment of the tests into `os.environ`, starting the services if need be."""
    if _MARK not in os.environ:
        variables = {**merchant.ENVIRONMENT, **_FIXED, **_start()}
        os.environ.update({**variables, _MARK: " ".join(variables)})
        catalogues.compile_below(_ROOT)


def environment_outside() -> dict[str, str]:
    """The environment of a person at a terminal: nothing of the test run in it."""
    of_make = {"PYTHON", "PORT", "DEMO_DIR", "DO", "T", "SEED", "CHROMIUM"}
    of_tests = {_MARK, "DJANGO_SETTINGS_MODULE", *os.environ.get(_MARK, "").split()}
    ours = of_make | of_tests
    return {
        name: value
        for name, value in os.environ.items()
        if name not in ours and not name.startswith(("PYTEST_", "MAKE", "MFLAGS"))
    }


def _start() -> dict[str, str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "demo.throwaway"],
        cwd=_ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C is for pytest; the services end with its pipe.
    )
    assert process.stdin is not None
    assert process.stdout is not None
    atexit.register(_stop, process)
    line = process.stdout.readline()
    if not line:
        sys.exit("The services of the tests did not start (their messages stand above).")
    environment: dict[str, str] = json.loads(line)
    return environment


def _stop(process: "subprocess.Popen[str]") -> None:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.close()
    process.wait()
    process.stdout.close()
