"""The processes of this machine, as Linux tells them: who is below whom, who is still there."""

import contextlib
import dataclasses
import os
import signal
from pathlib import Path


@dataclasses.dataclass(frozen=True)
class Process:
    """One process; its start tells it from a later one with the same id."""

    pid: int
    parent: int
    start: int
    name: str

    def __str__(self) -> str:
        return f"{self.name} ({self.pid})"


def below(pid: int) -> set[Process]:
    """All that `pid` started, and what they started."""
    everyone = [one for path in Path("/proc").glob("[0-9]*") if (one := _process(path))]
    found: set[Process] = set()
    parents = {pid}
    while more := {one for one in everyone if one.parent in parents} - found:
        found |= more
        parents = {one.pid for one in more}
    return found


def is_running(process: Process) -> bool:
    """Whether it is still there (a zombie is not)."""
    now = _process(Path(f"/proc/{process.pid}"))
    return now is not None and now.start == process.start


def kill(process: Process) -> None:
    """SIGKILL, if it is still the same one."""
    if is_running(process):
        with contextlib.suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)


def cpu_seconds(pid: int) -> float:
    """What a process itself has used up; 0 when it is gone."""
    fields = _fields(Path(f"/proc/{pid}"))
    return (int(fields[11]) + int(fields[12])) / 100 if fields else 0.0


def _process(path: Path) -> Process | None:
    fields = _fields(path)
    if not fields or fields[0] == "Z":
        return None
    try:
        name = (path / "comm").read_text().strip()
    except OSError:  # It has ended since.
        return None
    return Process(int(path.name), int(fields[1]), int(fields[19]), name)


def _fields(path: Path) -> list[str]:
    """The fields of `stat` behind the name, from the state on."""
    try:
        return (path / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
