"""R9: the payment provider fails, is slow, or does its work and never says so.

Nobody pays twice, nothing is asked for again under another key, no parameter is refused.
"""

import random
from collections import Counter, defaultdict
from typing import Any

from django.db import connection

from orders.models import Order
from tests.chaos import crowd, goods, passing, proof
from tests.chaos.figures import Figures
from tests.chaos.rig import Rig
from tests.chaos.sizes import Sizes
from tests.chaos.visiting import Hit, Visitor

SHARE = 0.1
KINDS = ("500", "500_after", "429", "409", "close_before", "close_after", "delay")
SLOW_SECONDS = 5.0  # longer than one try of the shop, shorter than its patience
LONGEST_REQUEST = 12.0
BUYERS = 16


def run(rig: Rig, sizes: Sizes, figures: Figures, dice: random.Random) -> None:
    """1,000 checkouts while every tenth call to the provider goes wrong."""
    (variant,) = goods.shelf(1, pieces=sizes.faulty_checkouts)
    connection.close()
    known = {row["id"] for row in rig.sandbox.requests()}
    hits: list[Hit] = []
    for kind in KINDS:
        rig.sandbox.fault(
            kind,
            count=100_000,
            share=SHARE / len(KINDS),
            seed=dice.randrange(10**6),
            delay=SLOW_SECONDS if kind == "delay" else 0,
        )

    def buy(number: int) -> str:
        visitor = Visitor(rig.port, 30_000 + number, hits)
        session = visitor.purchase(rig, variant.pk)
        visitor.close()
        return session

    sessions = crowd.by(min(BUYERS, sizes.buyers), buy, range(sizes.faulty_checkouts))
    faults = {row["kind"]: row["hits"] for row in rig.sandbox.ask("GET", "faults")["faults"]}
    rig.sandbox.clear_faults()
    proof.settle_down(rig, seconds=sizes.patience_seconds)
    passing.let_pass(minutes=5)
    proof.settle_down(rig)

    numbers = list(Order.objects.filter(lines__variant=variant).values_list("number", flat=True))
    calls = [row for row in rig.sandbox.requests() if row["id"] not in known]
    slowest = max(one.seconds for one in hits)
    figures.demand(all(sessions), f"{sessions.count('')} buyers never reached a payment page")
    figures.demand(len(numbers) == len(sessions), f"{len(numbers)} orders, {len(sessions)} buyers")
    figures.demand(slowest < LONGEST_REQUEST, f"a buyer waited {slowest:.1f} s")
    figures.demand(min(faults.values()) > 0 or sizes.faulty_checkouts < 100, f"faults {faults}")
    _check(rig, figures, numbers, calls)
    figures.note(
        checkouts=len(sessions), faults=sum(faults.values()), calls=len(calls), slowest_s=slowest
    )


def _check(rig: Rig, figures: Figures, numbers: list[str], calls: list[dict[str, Any]]) -> None:
    orders = rig.sandbox.report()["orders"]
    figures.demand_none(
        [number for number in numbers if len(orders[number]["sessions"]) != 1],
        "orders with more than one payment page",
    )
    figures.demand_none(proof.paid_twice(rig), "orders paid twice")
    figures.demand_none(proof.unpaid(numbers), "orders not paid once and told once")
    keys = defaultdict(set)
    for row in calls:
        if row["method"] == "POST":
            keys[row["path"], row["digest"]].add(row["idempotency_key"])
    figures.demand_none(
        [path for (path, _digest), found in keys.items() if len(found) > 1 or None in found],
        "calls repeated under another key",
    )
    refused = [row for row in calls if row["status"] in (400, 401, 402, 404)]
    figures.demand_none([row["error"][:200] for row in refused], "refused calls")
    figures.note(
        answers=dict(sorted(Counter(str(row["status"]) for row in calls).items())),
        repeated=len(calls) - len({row["idempotency_key"] or row["id"] for row in calls}),
    )
