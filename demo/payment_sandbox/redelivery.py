"""Events sent again: copies, in another order, late, many at once."""

import random
import threading
import time
from typing import Any

from demo.payment_sandbox import errors, signing, webhooks
from demo.payment_sandbox.world import World

MOST = 100_000


def deliver(world: World, sender: webhooks.Sender, told: dict[str, Any]) -> dict[str, Any]:
    """Send ``events`` (ids, or "all") ``times`` each and wait for the answers.

    ``shuffle`` mixes them with ``seed``, ``delay`` waits up to so many seconds before each,
    ``parallel`` sends so many at once. Deliveries of the sandbox's own are not touched by it.
    """
    chosen = _chosen(world, told.get("events", "all"))
    batch = chosen * int(told.get("times", 1))
    if len(batch) > MOST:
        raise errors.refused(f"At most {MOST} deliveries at once.")
    dice = random.Random(told.get("seed"))  # noqa: S311 - dice for tests, not for secrets
    if told.get("shuffle"):
        dice.shuffle(batch)
    delay = float(told.get("delay", 0.0))
    queue = [(identifier, dice.random() * delay) for identifier in reversed(batch)]
    outcomes: list[signing.Outcome] = []
    lock = threading.Lock()
    threads = [
        threading.Thread(target=_work, args=(world, sender, queue, outcomes, lock), daemon=True)
        for _ in range(max(1, min(int(told.get("parallel", 1)), 64)))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return _told(outcomes)


def _chosen(world: World, wanted: Any) -> list[str]:
    with world.lock:
        known = [row["id"] for row in world.store.rows("event")]
    if wanted == "all":
        return known
    missing = [identifier for identifier in wanted if identifier not in set(known)]
    if missing:
        raise errors.missing("event", str(missing[0]), param="events")
    return [str(identifier) for identifier in wanted]


def _work(
    world: World,
    sender: webhooks.Sender,
    queue: list[tuple[str, float]],
    outcomes: list[signing.Outcome],
    lock: threading.Lock,
) -> None:
    settings = world.settings
    while True:
        with lock:
            if not queue:
                return
            identifier, wait = queue.pop()
        time.sleep(wait)
        body = sender.payload(identifier)
        signed = signing.header(body, settings.webhook_secret)
        outcome = signing.post(settings.webhook_url, body, signed, timeout=settings.webhook_timeout)
        with lock:
            outcomes.append(outcome)


def _told(outcomes: list[signing.Outcome]) -> dict[str, Any]:
    counts: dict[str, int] = {}
    for outcome in outcomes:
        name = str(outcome.status) if outcome.status is not None else "no answer"
        counts[name] = counts.get(name, 0) + 1
    seconds = sorted(outcome.seconds for outcome in outcomes)
    return {
        "sent": len(outcomes),
        "statuses": counts,
        "p50": round(seconds[len(seconds) // 2], 4) if seconds else None,
        "p95": round(seconds[int(len(seconds) * 0.95)], 4) if seconds else None,
    }
