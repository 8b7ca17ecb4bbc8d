"""`make`: which Python it takes, and what it says when there is none."""

import os
import shutil
import subprocess

import pytest

from tests.infra.conftest import ROOT

# Answers the Makefile's question about its version, then tells how it was called.
GOOD = '[ "$1" = -c ] && exit 0; echo "$0 $*"'
OLD = "exit 1"
SHIM = 'echo "pyenv: $0: command not found" >&2; exit 127'


@pytest.fixture
def make(tmp_path, clean_environment):
    """A copy of the Makefile in a folder without .venv, with only the test's programs in PATH."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "bin").mkdir()
    for name in ("sh", "make", "printf"):
        (tmp_path / "bin" / name).symlink_to(shutil.which(name))

    def run(*arguments, **environment):
        return subprocess.run(
            [str(tmp_path / "bin" / "make"), *arguments],
            cwd=tmp_path,
            env={**clean_environment, "PATH": str(tmp_path / "bin"), **environment},
            capture_output=True,
            text=True,
        )

    return run


def test_the_newest_python_that_really_runs_makes_the_venv(make, script):
    script("python3.14", SHIM)
    script("python3.13", GOOD)
    script("python3.12", GOOD)
    script("python3", GOOD)

    done = make("venv-demo")

    assert done.returncode == 0
    assert done.stdout.endswith("bin/python3.13 requirements/install.py demo\n")
    assert done.stderr == ""


def test_an_old_python3_is_passed_over(make, script):
    script("python3", OLD)
    script("python3.12", GOOD)

    assert "bin/python3.12 requirements/install.py dev" in make("venv-dev").stdout


def test_without_a_python_one_sentence_says_what_is_missing(make, script):
    script("python3", OLD)
    script("python3.13", SHIM)

    done = make("demo")

    sentence, machine = done.stderr.splitlines()
    assert sentence == (
        "Kontor needs Python 3.12 or newer: install it, or name one with PYTHON=/path/to/it."
    )
    assert machine.startswith("make: ***")
    assert done.returncode == 2
    assert done.stdout == ""


def test_the_named_python_is_taken_also_from_a_path_with_a_space(make, script, tmp_path):
    script("python3.13", GOOD)
    odd = tmp_path / "my python"
    shutil.copy(script("other", GOOD), odd)

    done = make("venv-demo", f"PYTHON={odd}")

    assert done.stdout == f"{odd} requirements/install.py demo\n"


def test_a_named_python_that_does_not_run_is_not_replaced_in_silence(make, script, tmp_path):
    script("python3.13", GOOD)

    done = make("venv-demo", f"PYTHON={tmp_path}/nowhere")

    assert done.returncode == 2
    assert done.stderr.startswith(f"PYTHON={tmp_path}/nowhere does not run or is older than 3.12.")
    assert done.stdout == ""


def test_a_venv_that_runs_is_used_as_it_is(make, script, tmp_path):
    script("python3.14", GOOD)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    shutil.copy(script("other", GOOD), tmp_path / ".venv" / "bin" / "python")

    assert make("venv-demo").stdout == ".venv/bin/python requirements/install.py demo\n"


def test_a_venv_whose_python_is_gone_is_no_obstacle(make, script, tmp_path):
    script("python3.14", GOOD)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    os.symlink(tmp_path / "uninstalled", tmp_path / ".venv" / "bin" / "python")

    assert "bin/python3.14 requirements/install.py demo" in make("venv-demo").stdout


def test_help_names_every_target_that_people_call(make):
    done = make("help")

    for target in ("demo", "demo-reset", "manage", "test", "check", "fix", "lock", "help"):
        assert f"\n  make {target} " in done.stdout
    assert "venv-demo" not in done.stdout
