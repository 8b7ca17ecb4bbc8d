"""The folder of one demo (`DEMO_DIR`): its secrets, its lock, and what is running."""

import contextlib
import fcntl
import json
import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from demo import postgres_home, processes

ROOT = Path(__file__).resolve().parent.parent
_MARK = "this-is-a-demo"


class Folder:
    """Paths below `DEMO_DIR`; made on first use, refused if it holds something else already."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.logs = path / "log"
        self.mail = path / "mail"
        self.media = path / "media"
        self.private = path / "private"
        self.static = path / "static"
        self.valkey = path / "valkey"
        self.stamps = path / "stamps.json"
        self._running = path / "running.json"
        self._mark = path / _MARK

    def make(self) -> None:
        """Make the folder and its parts. Raises `processes.Failed` for a stranger's folder."""
        if self.path.exists() and not self._mark.exists() and any(self.path.iterdir()):
            raise processes.Failed(
                f"{self.path} is not empty and no demo's: choose another DEMO_DIR."
            )
        self.path.mkdir(parents=True, exist_ok=True)
        self._mark.touch()
        # As root another account runs PostgreSQL; it may pass through here, but look at nothing.
        self.path.chmod(0o711 if os.geteuid() == 0 else 0o700)
        for part in (self.logs, self.mail, self.media, self.private, self.static):
            part.mkdir(exist_ok=True)
            part.chmod(0o700)

    def begin_logs(self) -> None:
        """Keep the logs of the last run beside those of this one."""
        for log in self.logs.glob("*.log"):
            log.replace(log.with_suffix(".log.old"))

    @property
    def is_made(self) -> bool:
        return self._mark.exists()

    @contextlib.contextmanager
    def locked(self, *, purpose: str, seconds: float = 0) -> Iterator[bool]:
        """Hold the folder for `purpose`; yields False when it is held by another after `seconds`.

        The lock dies with its holder, so nothing stale can be left by a killed machine.
        """
        with (self.path / "lock").open("a+") as lock:
            is_mine = _lock_within(lock, seconds)
            if is_mine:
                lock.truncate(0)
                lock.write(purpose)
                lock.flush()
                self.forget_running()  # of a demo that was killed
            yield is_mine

    def holder(self) -> str:
        """What the present holder of the lock does: `demo`, or the words of a command."""
        with contextlib.suppress(OSError):
            return (self.path / "lock").read_text()
        return ""

    def secret(self, name: str, make: Callable[[], str] = lambda: secrets.token_urlsafe(48)) -> str:
        """A secret of this demo, made once and kept in a file that only its owner reads."""
        path = self.path / "secrets.json"
        known: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
        if name not in known:
            known[name] = make()
            write_privately(path, json.dumps(known, indent=1))
        return known[name]

    def note_running(self, facts: Mapping[str, Any]) -> None:
        write_privately(self._running, json.dumps(dict(facts)))

    def forget_running(self) -> None:
        self._running.unlink(missing_ok=True)

    def running(self) -> dict[str, Any] | None:
        """What `note_running` wrote, as long as that demo holds the lock."""
        try:
            facts: dict[str, Any] = json.loads(self._running.read_text())
        except (OSError, ValueError):
            return None
        return facts

    def remove(self) -> None:
        """Forget the demo: its database, wherever it lies, and the folder."""
        postgres_home.forget(self.path)
        shutil.rmtree(self.path)


def _lock_within(lock: Any, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return False
            time.sleep(0.1)
        else:
            return True


def write_privately(path: Path, text: str) -> None:
    """Replace a file at once, with mode 600."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    unfinished.replace(path)
