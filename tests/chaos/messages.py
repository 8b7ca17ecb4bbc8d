"""R3, R4, R5: messages of the provider, copied, mixed, late, at once, beside the return page.

Each order is paid once, each buyer gets one mail, every answer is 2xx.
"""

import random
import threading
from collections import Counter
from urllib.parse import urlsplit

from django.db import connection

from tests.chaos import crowd, goods, proof, shopper
from tests.chaos.figures import Figures
from tests.chaos.rig import Rig
from tests.chaos.shopper import Shopper
from tests.chaos.sizes import Sizes

LATE_SECONDS = 1.0  # copies are held back by up to so much
PARALLEL = 16
SLOWEST_P95_MS = 300


def run(rig: Rig, sizes: Sizes, figures: Figures, dice: random.Random) -> None:
    """1,000 orders, every event 5 times, 16 at once, while the buyers come back."""
    watch = proof.Watch(rig)
    (variant,) = goods.shelf(1, pieces=sizes.told_orders)
    connection.close()
    buyers = [Shopper(rig.port, 5_000 + number) for number in range(sizes.told_orders)]
    sessions = crowd.by(16, lambda one: _order(one, variant.pk), buyers)
    figures.demand(all(sessions), f"{sessions.count('')} buyers were not led to a payment page")
    sessions = [one for one in sessions if one]

    rig.sandbox.pause()
    crowd.by(4, rig.sandbox.buy, sessions)
    state = rig.sandbox.state()
    events = _events(state, set(sessions), dice)
    returns = _returns(state, set(sessions))
    dice.shuffle(returns)

    returned: list[int] = []
    coming_back = threading.Thread(target=lambda: returned.extend(_come_back(rig, returns)))
    coming_back.start()
    told = rig.sandbox.deliver(
        events,
        times=sizes.copies,
        shuffle=True,
        seed=dice.randrange(10**6),
        parallel=PARALLEL,
        delay=LATE_SECONDS if sizes.told_orders < 100 else 0.05,
    )
    coming_back.join()
    rig.sandbox.resume()
    proof.settle_down(rig)

    numbers = [row["client_reference_id"] for row in state["sessions"] if row["id"] in sessions]
    _check(rig, figures, numbers, told, returned)
    seconds = watch.answers("stripe_webhook")
    figures.note(
        orders=len(numbers),
        events=len(events),
        deliveries=told["sent"],
        webhook_p95_ms=seconds.p95(),
        returns=len(returned),
    )
    _deliver_late(rig, figures, events, numbers)


def _order(buyer: Shopper, variant: int) -> str:
    answer = buyer.place(buyer.fill([variant]))
    buyer.close()
    return shopper.session_of(answer)


def _events(state: dict, sessions: set[str], dice: random.Random) -> list[str]:
    """All events about these orders, in an order that never was."""
    intents = {row["payment_intent"] for row in state["sessions"] if row["id"] in sessions}
    found = [
        row["id"]
        for row in state["events"]
        if row["data"]["object"]["id"] in sessions | intents
        or row["data"]["object"].get("payment_intent") in intents
    ]
    dice.shuffle(found)
    return found


def _returns(state: dict, sessions: set[str]) -> list[str]:
    """Where the buyers come back to after paying."""
    return [
        row["success_url"].replace("{CHECKOUT_SESSION_ID}", row["id"])
        for row in state["sessions"]
        if row["id"] in sessions
    ]


def _come_back(rig: Rig, addresses: list[str]) -> list[int]:
    """Each buyer opens the return page, once and again, while the messages arrive."""

    def one(pair: tuple[int, str]) -> list[int]:
        number, address = pair
        parts = urlsplit(address)
        buyer = Shopper(rig.port, 9_000 + number)
        found = [buyer.get(f"{parts.path}?{parts.query}").status for _time in range(2)]
        buyer.close()
        return found

    return [status for both in crowd.by(8, one, enumerate(addresses)) for status in both]


def _check(rig: Rig, figures: Figures, numbers: list[str], told: dict, returned: list[int]) -> None:
    statuses = told["statuses"]
    figures.demand(set(statuses) == {"200"}, f"webhooks were answered {statuses}")
    figures.demand(set(returned) <= {200}, f"return pages answered {dict(Counter(returned))}")
    figures.demand_none(proof.unpaid(numbers), "orders not paid once and told once")
    figures.demand_none(proof.paid_twice(rig), "orders paid twice")


def _deliver_late(rig: Rig, figures: Figures, events: list[str], numbers: list[str]) -> None:
    """Three days later the same again: nothing changes any more."""
    mails = rig.mails.times()
    told = rig.sandbox.deliver(events, parallel=PARALLEL)
    proof.settle_down(rig)
    figures.demand(set(told["statuses"]) == {"200"}, f"late: {told['statuses']}")
    figures.demand(rig.mails.times() == mails, "late messages made new mails")
    figures.demand_none(proof.unpaid(numbers), "orders changed by late messages")
