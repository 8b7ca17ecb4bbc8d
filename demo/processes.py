"""Child processes that are never left behind: tethered, watched, stopped with their group."""

import contextlib
import functools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import FrameType

from demo import system_account

_TETHER = Path(__file__).with_name("tether.py")
_PAUSE = 0.05
# Where a Python that is not installed in the system finds its own library; the tether needs it.
_LOADER = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


class Stopped(Exception):
    """Somebody asked us to stop (Ctrl-C, SIGTERM, SIGHUP)."""


class Failed(Exception):
    """A part does not run; the message is one sentence for the person at the terminal."""


class Wish:
    """Whether somebody asked us to stop.

    Signals only note the wish. Whoever waits looks at it, so that no exception ever strikes
    between the start of a process and the line that remembers it.
    """

    def __init__(self) -> None:
        self.signal_number = 0
        self.count = 0

    def note(self, signal_number: int, frame: FrameType | None = None) -> None:
        self.signal_number = signal_number
        self.count += 1

    def check(self) -> None:
        if self.count:
            raise Stopped


@contextlib.contextmanager
def listening() -> Iterator[Wish]:
    """A `Wish` that hears SIGINT, SIGTERM and SIGHUP as long as the block runs."""
    wish = Wish()
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, wish.note) for number in numbers}
    try:
        yield wish
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class Child:
    """One started program, leader of a process group of its own."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        log: Path,
        env: Mapping[str, str],
        folder: Path,
        stop_signal: signal.Signals = signal.SIGTERM,
        grace: float = 10,
        account: system_account.Account | None = None,
    ) -> None:
        """Start `command`; its output goes to `log`. `grace`: seconds from stop signal to kill."""
        self.again: Callable[[], Child] = functools.partial(
            Child,
            name,
            command,
            log=log,
            env=env,
            folder=folder,
            stop_signal=stop_signal,
            grace=grace,
            account=account,
        )
        self.name = name
        self.log = log
        self._stop_signal = stop_signal
        self._grace = grace
        owner = f"{account.uid}:{account.gid}" if account else "-"
        tether = [sys.executable, "-I", "-S", str(_TETHER), str(os.getpid())]
        with log.open("ab") as output:
            # A session of its own: Ctrl-C reaches us alone, and we stop all in the right order.
            self._process = subprocess.Popen(  # noqa: S603 - our own command lines
                [*tether, str(int(stop_signal)), owner, "--", *command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**{name: os.environ[name] for name in _LOADER if name in os.environ}, **env},
                cwd=folder,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """None as long as it runs."""
        return self._process.poll()

    @property
    def is_running(self) -> bool:
        return self.exit_code is None

    def ask_to_stop(self) -> None:
        if self.is_running:
            with contextlib.suppress(ProcessLookupError):
                self._process.send_signal(self._stop_signal)

    def stop(self, *, hurry: Callable[[], bool] = lambda: False) -> None:
        """Stop it and everything that it started; returns when nothing of it is left."""
        self.ask_to_stop()
        deadline = time.monotonic() + self._grace
        while self.is_running and time.monotonic() < deadline and not hurry():
            time.sleep(_PAUSE)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        self._process.wait()


class Tree:
    """All children of one supervisor, in the order of their start."""

    def __init__(self, *, wish: Wish, logs: Path) -> None:
        self.wish = wish
        self.logs = logs
        self.children: list[Child] = []

    def start(
        self,
        name: str,
        command: Sequence[str],
        *,
        env: Mapping[str, str],
        folder: Path,
        stop_signal: signal.Signals = signal.SIGTERM,
        grace: float = 10,
        account: system_account.Account | None = None,
    ) -> Child:
        """Start a child; its log is named after it. Raises `Stopped` instead when that is asked."""
        self.wish.check()
        log = self.logs / f"{name.lower().replace(' ', '-')}.log"
        child = Child(
            name,
            command,
            log=log,
            env=env,
            folder=folder,
            stop_signal=stop_signal,
            grace=grace,
            account=account,
        )
        self.children.append(child)
        return child

    def start_again(self, child: Child) -> Child:
        """Start the program of `child` once more, in its place; what is left of it is ended first.

        Raises `Stopped` instead when that is asked.
        """
        self.wish.check()
        child.stop()
        fresh = child.again()
        self.children[self.children.index(child)] = fresh
        return fresh

    def wait_until(self, child: Child, is_ready: Callable[[], bool], *, seconds: float) -> None:
        """Wait until the child is ready. Raises `Failed` when it ends or the time is up."""
        deadline = time.monotonic() + seconds
        while not is_ready():
            self.wish.check()
            if not child.is_running:
                raise Failed(f"{child.name} ended while it was starting; its log is {child.log}")
            if time.monotonic() > deadline:
                raise Failed(f"{child.name} is not ready after {seconds:.0f} s; see {child.log}")
            time.sleep(_PAUSE)

    def wait_for_end(self, child: Child) -> None:
        """Wait until the child ends by itself. Raises `Failed` unless it ends with 0."""
        while child.is_running:
            self.wish.check()
            time.sleep(_PAUSE)
        self.children.remove(child)
        if child.exit_code != 0:
            raise Failed(f"{child.name} failed; its log is {child.log}")

    def stop(self) -> None:
        """Stop all, the last started first; a second signal meanwhile cuts the patience short."""
        asked = self.wish.count
        while self.children:
            self.children[-1].stop(hurry=lambda: self.wish.count > asked)
            self.children.pop()
