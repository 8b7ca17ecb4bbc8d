"""`requirements/install.py`: what it does not do a second time."""

import importlib.util
import json
import sys

import pytest

from tests.infra.conftest import ROOT

OWN = f"{sys.version_info[0]}.{sys.version_info[1]}"


@pytest.fixture
def install(tmp_path, monkeypatch):
    spec = importlib.util.spec_from_file_location("install", ROOT / "requirements" / "install.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name, pins in (("base", "a==1"), ("demo", "a==1\nb==2"), ("dev", "a==1\nb==2\nc==3")):
        (tmp_path / f"{name}.txt").write_text(pins + "\n")
    monkeypatch.setattr(module, "LOCKS", tmp_path)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    return module


@pytest.fixture
def venv(tmp_path):
    folder = tmp_path / ".venv"
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "python").symlink_to(sys.executable)
    (folder / "pyvenv.cfg").write_text(f"home = /usr/bin\nversion = {OWN}.7\n")
    return folder


@pytest.fixture
def commands(install, monkeypatch):
    """What would be run; nothing is."""
    calls = []

    def run(command, problem):
        calls.append(command)
        if "venv" in command:
            (command[-1] / "bin").mkdir(parents=True)

    monkeypatch.setattr(install, "_run", run)
    return calls


def test_a_lock_is_installed_once_and_again_only_when_it_changes(install, venv, commands, capsys):
    install.main("demo")
    install.main("demo")

    assert len(commands) == 1
    assert commands[0][-2:] == ["-r", install.LOCKS / "demo.txt"]
    assert "--require-hashes" in commands[0]
    assert capsys.readouterr().out == ""

    (install.LOCKS / "demo.txt").write_text("a==1\nb==3\n")
    install.main("demo")

    assert len(commands) == 2


def test_the_tests_lock_serves_the_demo_too_but_not_the_other_way_round(install, venv, commands):
    install.main("dev")
    install.main("demo")
    install.main("base")

    assert [command[-1].name for command in commands] == ["dev.txt"]

    (venv / "kontor.json").unlink()
    install.main("demo")
    install.main("dev")

    assert [command[-1].name for command in commands[1:]] == ["demo.txt", "dev.txt"]


def test_a_demo_lock_that_differs_from_the_tests_is_not_taken_for_installed(
    install, venv, commands
):
    (install.LOCKS / "demo.txt").write_text("a==1\nb==9\n")

    install.main("dev")

    assert install.is_satisfied(venv, "dev")
    assert not install.is_satisfied(venv, "demo")


def test_another_python_makes_the_venv_anew(install, venv, commands):
    install.main("demo")
    (venv / "pyvenv.cfg").write_text("version = 3.99.0\n")

    install.main("demo")

    assert commands[1][1:3] == ["-m", "venv"]
    assert commands[2][-1].name == "demo.txt"
    assert not (venv / "pyvenv.cfg").exists()


def test_a_broken_stamp_is_no_reason_to_fail(install, venv, commands):
    (venv / "kontor.json").write_text("{")

    install.main("demo")

    assert json.loads((venv / "kontor.json").read_text())["python"] == OWN


def test_the_real_locks_are_supersets_of_each_other():
    spec = importlib.util.spec_from_file_location("install", ROOT / "requirements" / "install.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    base, demo, dev = (module._pins(name) for name in ("base", "demo", "dev"))

    assert len(base) > 30
    assert base <= demo <= dev
