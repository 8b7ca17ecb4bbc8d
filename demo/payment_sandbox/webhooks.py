"""Delivery of events: by own threads, signed anew each time, again until the shop says 2xx."""

import heapq
import itertools
import json
import threading
import traceback

from demo.payment_sandbox import signing
from demo.payment_sandbox.store import Row
from demo.payment_sandbox.world import World

WORKERS = 4


class Sender:
    """Sends what is due. Buyers and API calls never wait for it."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._wake = threading.Condition()
        self._queue: list[tuple[float, int, str]] = []
        self._number = itertools.count()
        self._busy: set[str] = set()
        self._stopping = False
        self.paused = False
        world.queue_delivery = self.enqueue

    def start(self) -> None:
        """Begin to deliver, also what an earlier process left behind."""
        for row in self._world.store.rows("delivery"):
            if row["state"] == "pending":
                self.enqueue(row["event"], row["next_at"])
        for number in range(WORKERS):
            threading.Thread(target=self._work, name=f"webhooks-{number}", daemon=True).start()

    def stop(self) -> None:
        """Deliver nothing more."""
        with self._wake:
            self._stopping = True
            self._wake.notify_all()

    def enqueue(self, identifier: str, moment: float) -> None:
        """Deliver this event once the sandbox's clock has reached ``moment``."""
        with self._wake:
            heapq.heappush(self._queue, (moment, next(self._number), identifier))
            self._wake.notify()

    def wake(self) -> None:
        """The clock was moved: something may be due now."""
        with self._wake:
            self._wake.notify_all()

    def pause(self, *, paused: bool) -> None:
        """Hold deliveries back, or let them go on."""
        self.paused = paused
        self.wake()

    def is_idle(self) -> bool:
        """True when nothing is due or on its way."""
        with self._wake:
            return not self._busy and self._wait() > 0

    def retry(self) -> int:
        """Give failed and waiting deliveries another try right now; their number."""
        with self._world.act():
            now = self._world.clock.exact()
            rows = [
                row
                for row in self._world.store.rows("delivery")
                if row["state"] in {"failed", "pending"} and row["event"] not in self._busy
            ]
            for row in rows:
                row.update(state="pending", next_at=now)
                self._world.store.put("delivery", row["event"], row)
        with self._wake:
            self._queue.clear()
        for row in rows:
            self.enqueue(row["event"], now)
        return len(rows)

    def _work(self) -> None:
        while (identifier := self._take()) is not None:
            try:
                self._deliver(identifier)
            except Exception:
                traceback.print_exc()
            finally:
                with self._wake:
                    self._busy.discard(identifier)

    def _take(self) -> str | None:
        """The next event, once it is due; None when the sender stops."""
        with self._wake:
            while not self._stopping and (self.paused or self._wait() > 0):
                self._wake.wait(0.25 if self.paused else min(self._wait(), 0.25))
            if self._stopping:
                return None
            identifier = heapq.heappop(self._queue)[2]
            self._busy.add(identifier)
            return identifier

    def _wait(self) -> float:
        """Seconds until the first delivery is due; 0 when one is."""
        if not self._queue:
            return 60.0
        return max(0.0, self._queue[0][0] - self._world.clock.exact())

    def _deliver(self, identifier: str) -> None:
        if self._world.store.get("event", identifier) is None:
            return  # forgotten by a reset while it waited
        body = self.payload(identifier)
        settings = self._world.settings
        outcome = signing.post(
            settings.webhook_url,
            body,
            signing.header(body, settings.webhook_secret),
            timeout=settings.webhook_timeout,
        )
        with self._world.act():
            self._note(identifier, outcome)

    def payload(self, identifier: str) -> bytes:
        """The event's body as it is sent."""
        with self._world.lock:
            event = self._world.store.get("event", identifier) or {}
            return json.dumps({**event, "pending_webhooks": 1}, indent=2).encode()

    def _note(self, identifier: str, outcome: signing.Outcome) -> None:
        row = self._world.store.get("delivery", identifier)
        event = self._world.store.get("event", identifier)
        if row is None or event is None:
            return
        row["attempts"].append(_attempt(self._world, outcome))
        delays = self._world.settings.retry_delays
        if outcome.is_delivered:
            row["state"] = "delivered"
            event["pending_webhooks"] = 0
            self._world.store.put("event", identifier, event)
        elif len(row["attempts"]) > len(delays):
            row["state"] = "failed"
        else:
            row["next_at"] = self._world.clock.exact() + delays[len(row["attempts"]) - 1]
            self.enqueue(identifier, row["next_at"])
        self._world.store.put("delivery", identifier, row)


def _attempt(world: World, outcome: signing.Outcome) -> Row:
    return {
        "at": world.clock.now(),
        "status": outcome.status,
        "error": outcome.error,
        "seconds": round(outcome.seconds, 4),
    }
