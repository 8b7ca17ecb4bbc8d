"""Buyers who do not give up: they press again after an error, pay, and come back to the shop."""

import dataclasses
import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import Self
from urllib.parse import urlsplit

from demo.payment_sandbox.remote import ControlError
from tests.chaos import shopper
from tests.chaos.rig import Rig
from tests.chaos.shopper import Answer, Shopper

PATIENCE = 60  # seconds that a buyer tries one step again
AGAIN = (0, 503)  # no answer, or "come back in a moment"
_PAUSE = 0.2


@dataclasses.dataclass(frozen=True)
class Hit:
    """One answer, as the buyer saw it."""

    at: float
    seconds: float
    status: int
    path: str


class Visitor(Shopper):
    """A buyer with a watch."""

    def __init__(self, port: int, number: int, hits: list[Hit], *, pause: float = 0.0) -> None:
        super().__init__(port, number)
        self._hits, self._pause = hits, pause

    def _ask(self, method: str, path: str, body: str | None) -> Answer:
        start = time.monotonic()
        answer = super()._ask(method, path, body)
        self._hits.append(Hit(start, time.monotonic() - start, answer.status, path))
        time.sleep(self._pause)
        return answer

    def purchase(self, rig: Rig, variant: int, *, pages: tuple[str, ...] = ()) -> str:
        """Look around, order, pay, come back. Returns the payment session; empty: not to be had."""
        for page in pages:
            self.get(page)
        self._again(lambda: self.put(variant), {302})
        self._again(self.give_address, {302})
        agreed: dict[str, object] = {}
        end = time.monotonic() + PATIENCE
        while not agreed and time.monotonic() < end:
            agreed = self.agreed() or self._wait()
        session = self._order(agreed)
        if session:
            self._pay(rig, session)
        return session

    def _order(self, agreed: dict[str, object]) -> str:
        answer = self._again(lambda: self.place(agreed), {303, 409})
        end = time.monotonic() + PATIENCE
        while answer.status == 303 and not shopper.session_of(answer):
            if time.monotonic() > end:
                break
            self._wait()
            pay = urlsplit(answer.location).path + "payment/"
            later = self._again(lambda pay=pay: self.post(pay, {}), {303})
            answer = later if shopper.session_of(later) else answer
        return shopper.session_of(answer)

    def _pay(self, rig: Rig, session: str) -> None:
        try:
            paid = rig.sandbox.buy(session)
        except (ControlError, OSError):
            return  # paid in another window
        address = urlsplit(paid["success_url"].replace("{CHECKOUT_SESSION_ID}", session))
        self.get(f"{address.path}?{address.query}")

    def _again(self, act: Callable[[], Answer], good: set[int]) -> Answer:
        end = time.monotonic() + PATIENCE
        answer = act()
        while answer.status not in good and time.monotonic() < end:
            self._wait()
            answer = act()
        return answer

    def _wait(self) -> dict[str, object]:
        time.sleep(_PAUSE)
        return {}


class Load:
    """A few buyers after one another in each of `workers` threads, until the block ends."""

    def __init__(
        self,
        rig: Rig,
        variant: int,
        *,
        workers: int,
        first: int,
        pages: tuple[str, ...] = (),
        pause: float = 0.0,
    ) -> None:
        """`pause`: seconds that everybody looks at each page."""
        self._rig, self._variant, self._pages, self._pause = rig, variant, pages, pause
        self._over = threading.Event()
        self._number, self._lock = first, threading.Lock()
        self.hits: list[Hit] = []
        self.sessions: list[str] = []
        self._threads = [threading.Thread(target=self._work) for _one in range(workers)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_problem: object) -> None:
        """Everybody finishes the purchase that was begun."""
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _work(self) -> None:
        while not self._over.is_set():
            with self._lock:
                self._number += 1
                visitor = Visitor(self._rig.port, self._number, self.hits, pause=self._pause)
            self.sessions.append(visitor.purchase(self._rig, self._variant, pages=self._pages))
            visitor.close()

    def statuses(self, *, since: float = 0.0, until: float = float("inf")) -> Counter[int]:
        """The answers of a span of time, by status."""
        return Counter(one.status for one in self.hits if since <= one.at < until)

    def p95(self, *, since: float = 0.0, until: float = float("inf")) -> float:
        """Seconds within which 95 of 100 answers came."""
        values = sorted(one.seconds for one in self.hits if since <= one.at < until)
        return values[max(0, -(-95 * len(values) // 100) - 1)] if values else 0.0
