"""Programs that are started by the tests of the infrastructure, and a look at what they leave."""

import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import services

ROOT = Path(__file__).resolve().parent.parent.parent


def is_alive(pid: int) -> bool:
    """Whether the process runs; one that waits to be collected is dead."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


def eventually(condition: Callable[[], bool], *, seconds: float = 10) -> bool:
    """Whether the condition comes true in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return condition()


@pytest.fixture
def script(tmp_path: Path) -> Callable[[str, str], Path]:
    """`script(name, text)`: an executable shell script in a folder for the test's PATH."""

    def write(name: str, text: str) -> Path:
        path = tmp_path / "bin" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{text}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return path

    return write


@pytest.fixture
def clean_environment() -> dict[str, str]:
    """The environment of a person at a terminal: nothing of the test run in it."""
    return services.environment_outside()
