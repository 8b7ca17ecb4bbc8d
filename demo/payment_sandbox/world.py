"""One sandbox: its clock, its store, its lock, and what falls due in it."""

import heapq
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from demo.payment_sandbox import clock, config, faults, store


@dataclass(frozen=True)
class Cause:
    """The request that made things happen; events name it."""

    request_id: str | None = None
    idempotency_key: str | None = None


class World:
    """State of one sandbox. Everything that reads or changes it does so inside ``act``."""

    def __init__(self, settings: config.Config) -> None:
        self.settings = settings
        self.url = settings.public_url
        self.store = store.Store(settings.data)
        kept = self.store.get("setting", "clock")
        self.clock = clock.Clock(float(kept["offset"]) if kept else 0.0)
        self.lock = threading.RLock()
        self.cause = Cause()
        self.queue_delivery: Callable[[str, float], None] = lambda _identifier, _moment: None
        self.faults = faults.Faults()
        self.requests: deque[dict[str, Any]] = deque(maxlen=20_000)
        self.in_flight: dict[str, str] = {}
        self.refund_outcomes: list[str] = []
        self._due: list[tuple[float, str, str]] = []
        self._handlers: dict[str, Callable[[World, str], None]] = {}
        self._after_commit: list[Callable[[], None]] = []

    def on_due(self, kind: str, handler: Callable[["World", str], None]) -> None:
        """``handler(world, identifier)`` is called when an appointment of this kind falls due."""
        self._handlers[kind] = handler

    def appoint(self, moment: float, kind: str, identifier: str) -> None:
        """Call the kind's handler once the clock has reached ``moment``."""
        heapq.heappush(self._due, (moment, kind, identifier))

    def after_commit(self, call: Callable[[], None]) -> None:
        """Call when the running act is over and written."""
        self._after_commit.append(call)

    @contextmanager
    def act(self, cause: Cause | None = None) -> Iterator[None]:
        """One act at a time: first what fell due, then the body, then everything is written."""
        with self.lock:
            try:
                self._run_due()
                self.cause = cause or Cause()
                yield
            finally:
                self.cause = Cause()
                self.store.commit()
                calls, self._after_commit = self._after_commit, []
        for call in calls:
            call()

    def advance(self, seconds: float) -> None:
        """Move the clock and do what falls due; several steps may follow one another."""
        with self.lock:
            self.clock.advance(seconds)
            self.store.put("setting", "clock", {"offset": self.clock.offset})
        with self.act():
            pass

    def reset_clock(self) -> None:
        """Back to real time; what has expired stays expired."""
        with self.act():
            self.clock.reset()
            self.store.put("setting", "clock", {"offset": 0.0})

    def _run_due(self) -> None:
        while self._due and self._due[0][0] <= self.clock.exact():
            _, kind, identifier = heapq.heappop(self._due)
            self._handlers[kind](self, identifier)
