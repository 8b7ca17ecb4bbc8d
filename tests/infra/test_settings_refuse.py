"""The settings stop the start with a sentence when a variable is empty."""

import os
import subprocess
import sys

import pytest

from tests import checks


@pytest.mark.parametrize(
    "name", ["DATABASE_URL", "REDIS_URL", "EMAIL_URL", "DEFAULT_FROM_EMAIL", "ALLOWED_HOSTS"]
)
def test_an_empty_variable_is_named(name):
    environment = {**os.environ, **checks.production(), name: ""}

    done = subprocess.run(
        [sys.executable, "-c", "import shop.settings"],
        cwd=checks.ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "ImproperlyConfigured" in done.stderr
    assert name in done.stderr
