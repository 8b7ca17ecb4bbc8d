"""R2: one order button pressed many times at once, from many connections: one order."""

import random
from collections import Counter

from django.db import connection

from orders.models import Order, Payment
from tests.chaos import crowd, goods, proof
from tests.chaos.figures import Figures
from tests.chaos.rig import Rig
from tests.chaos.shopper import Answer, Shopper
from tests.chaos.sizes import Sizes


def run(rig: Rig, sizes: Sizes, figures: Figures, dice: random.Random) -> None:
    """Every cart is ordered by 16 connections at the same moment."""
    (variant,) = goods.shelf(1, pieces=sizes.double_carts)
    connection.close()
    sessions = {row["id"] for row in rig.sandbox.state()["sessions"]}
    for number in range(sizes.double_carts):
        first = Shopper(rig.port, 20_000 + number)
        agreed = first.fill([variant.pk])
        copies = [_copy(rig, first, number) for _time in range(sizes.double_clicks)]
        answers = crowd.at_once([lambda one=one, form=agreed: one.place(form) for one in copies])
        _check(figures, answers)
        for one in (first, *copies):
            one.close()
    made = [row for row in rig.sandbox.state()["sessions"] if row["id"] not in sessions]
    orders = Order.objects.filter(lines__variant=variant)
    figures.demand(
        orders.count() == sizes.double_carts, f"{orders.count()} of {sizes.double_carts} orders"
    )
    figures.demand(len(made) == sizes.double_carts, f"{len(made)} payment pages")
    payments = Payment.objects.filter(order__in=orders).count()
    figures.demand(payments == sizes.double_carts, f"{payments} attempts to pay")
    figures.note(
        carts=sizes.double_carts,
        clicks=sizes.double_carts * sizes.double_clicks,
        orders=orders.count(),
        payment_pages=len(made),
    )
    crowd.by(4, rig.sandbox.buy, [row["id"] for row in made])
    proof.settle_down(rig)
    figures.demand_none(
        proof.unpaid(list(orders.values_list("number", flat=True))), "orders not paid once"
    )


def _copy(rig: Rig, first: Shopper, number: int) -> Shopper:
    """The same browser in another window."""
    other = Shopper(rig.port, 20_000 + number)
    other.cookies = dict(first.cookies)
    return other


def _check(figures: Figures, answers: list[Answer]) -> None:
    """All lead to one and the same place: the payment page, or the order while it is opened."""
    statuses = Counter(one.status for one in answers)
    figures.demand(set(statuses) == {303}, f"answers {dict(statuses)}")
    pages = {one.location for one in answers if "/c/pay/" in one.location}
    orders = {one.location for one in answers} - pages
    figures.demand(len(pages) == 1, f"{len(pages)} payment pages for one cart")
    figures.demand(len(orders) <= 1, f"{len(orders)} order pages for one cart")
