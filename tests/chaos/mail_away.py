"""R19: the mail server is away, answers "later", or refuses one address for good."""

import random

from django.db import connection

from orders import outbox
from orders.models import Order, OrderMail
from shop.kit import clock
from shop.kit.mail import MailState
from tests.chaos import crowd, goods, passing, proof
from tests.chaos.figures import Figures
from tests.chaos.rig import Rig
from tests.chaos.sizes import Sizes
from tests.chaos.visiting import Hit, Visitor

BUYERS = 8


def run(rig: Rig, sizes: Sizes, figures: Figures, dice: random.Random) -> None:
    """Orders stand; their mails come once the server is back, each once."""
    (variant,) = goods.shelf(1, pieces=sizes.mails)
    connection.close()
    hits: list[Hit] = []
    third = sizes.mails // 3
    rig.mails.go_away()
    _buy(rig, variant.pk, range(third), hits)
    rig.mails.come_back()
    rig.mails.mood = "451"
    _buy(rig, variant.pk, range(third, 2 * third), hits)
    rig.mails.mood = "550"
    _buy(rig, variant.pk, range(2 * third, 2 * third + 1), hits)
    _await_dead(rig, figures)
    rig.mails.mood = "ok"
    _buy(rig, variant.pk, range(2 * third + 1, sizes.mails), hits)

    proof.settle_down(rig, seconds=2)
    passing.let_pass(minutes=60)
    seconds = proof.settle_down(rig)
    numbers = list(Order.objects.filter(lines__variant=variant).values_list("number", flat=True))
    figures.demand(len(numbers) == sizes.mails, f"{len(numbers)} orders of {sizes.mails}")
    figures.demand_none(proof.unpaid(numbers), "orders not paid once and told once")
    bad = {one.status for one in hits} - {200, 302, 303}
    figures.demand(not bad, f"buyers saw {bad}")
    figures.note(orders=len(numbers), caught_up_s=seconds)


def _buy(rig: Rig, variant: int, numbers: range, hits: list[Hit]) -> None:
    def one(number: int) -> str:
        visitor = Visitor(rig.port, 600_000 + number, hits)
        session = visitor.purchase(rig, variant)
        visitor.close()
        return session

    crowd.by(BUYERS, one, numbers)


def _await_dead(rig: Rig, figures: Figures) -> None:
    """A refusal for good is not tried again; staff see it and send it once more."""
    end = clock.now().timestamp() + 30
    dead = OrderMail.objects.filter(state=MailState.DEAD)
    while not dead.exists() and clock.now().timestamp() < end:
        rig.tree.wish.check()
    figures.demand(dead.exists(), "a refused address was not given up")
    figures.note(given_up=dead.count())
    rig.mails.mood = "ok"
    outbox.revive(dead, moment=clock.now())
    connection.close()
