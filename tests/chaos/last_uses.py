"""R12: many buyers for the last uses of a coupon, and for what is left of a budget.

Never one use or one cent more; who comes too late sees the new total and is asked again; an order
that is taken back frees its use.
"""

import dataclasses
import random
from collections import Counter
from decimal import Decimal

from django.db import connection
from django.db.models import Sum

from orders import lifecycle
from orders.models import Order, OrderDiscount
from shop.kit import clock
from tests import making
from tests.chaos import crowd, goods, proof, shopper
from tests.chaos.figures import Figures
from tests.chaos.rig import Rig
from tests.chaos.shopper import Answer, Shopper
from tests.chaos.sizes import Sizes

GIVEN = Decimal("2.40")  # 10 % of 24.00


@dataclasses.dataclass
class Buyer:
    """A cart with the code in it, at its order button."""

    shopper: Shopper
    agreed: dict[str, object] = dataclasses.field(default_factory=dict)

    def prepare(self, variant: int, code: str) -> None:
        self.shopper.put(variant)
        self.shopper.post("/de/cart/coupons/", {"code": code})
        self.shopper.give_address()
        self.agreed = self.shopper.agreed()

    def press(self) -> Answer:
        return self.shopper.place(self.agreed)

    def agree_again(self) -> Answer:
        """Look at the new total, and order all the same."""
        answer = self.shopper.place(self.shopper.agreed())
        self.shopper.close()
        return answer


def run(rig: Rig, sizes: Sizes, figures: Figures, dice: random.Random) -> None:
    """A coupon for 50 uses, then one with a budget of 100 euros, 64 buyers at once for each."""
    promotion = making.make_promotion("chaos-uses", needs_coupon=True)
    coupon = making.make_coupon("CHAOSUSES", promotion=promotion, limit_total=sizes.uses)
    _rush(rig, sizes, figures, coupon.code, first=700_000)
    _prove(figures, coupon.code, uses=sizes.uses)
    _free_one(rig, figures, coupon.code, sizes.uses)

    promotion = making.make_promotion("chaos-budget", needs_coupon=True, budget=sizes.budget)
    coupon = making.make_coupon("CHAOSBUDGET", promotion=promotion)
    _rush(rig, sizes, figures, coupon.code, first=710_000)
    _prove(figures, coupon.code, uses=int(sizes.budget / GIVEN))
    given = OrderDiscount.objects.filter(coupon_code=coupon.code).aggregate(n=Sum("gross"))["n"]
    figures.demand(given <= sizes.budget, f"{given} of {sizes.budget} euros given")
    figures.note(budget=str(sizes.budget), given=str(given))


def _rush(rig: Rig, sizes: Sizes, figures: Figures, code: str, *, first: int) -> None:
    (variant,) = goods.shelf(1, pieces=100_000)
    connection.close()
    buyers = [Buyer(Shopper(rig.port, first + number)) for number in range(sizes.coupon_buyers)]
    crowd.by(8, lambda one: one.prepare(variant.pk, code), buyers)
    answers = crowd.at_once([one.press for one in buyers])
    statuses = Counter(one.status for one in answers)
    late = [buyer for buyer, answer in zip(buyers, answers, strict=True) if answer.status == 409]
    again = crowd.by(8, Buyer.agree_again, late)
    figures.demand(set(statuses) == {303, 409}, f"{code}: answers {dict(statuses)}")
    figures.demand({one.status for one in again} == {303}, f"{code}: too late, and stuck")
    figures.note(**{f"{code}_in_time": statuses[303], f"{code}_asked_again": statuses[409]})
    sessions = [shopper.session_of(one) for one in (*answers, *again) if one.status == 303]
    crowd.by(4, rig.sandbox.buy, sessions[1:])  # the first one has not paid yet
    proof.settle_down(rig)


def _prove(figures: Figures, code: str, *, uses: int) -> None:
    shares = OrderDiscount.objects.filter(coupon_code=code)
    figures.demand(shares.count() == uses, f"{code}: {shares.count()} uses of {uses}")
    wrong = shares.exclude(gross=GIVEN).values_list("order__number", flat=True)
    figures.demand_none(wrong, "orders with another discount than shown")


def _free_one(rig: Rig, figures: Figures, code: str, uses: int) -> None:
    """The order that nobody paid is cancelled; the next buyer gets its use, the one after not."""
    unpaid = Order.objects.filter(discounts__coupon_code=code, status="placed").first()
    figures.demand(unpaid is not None, "every order with the code was paid")
    if unpaid is None:
        return
    lifecycle.cancel(unpaid, by=None, reason="chaos", moment=clock.now())
    (variant,) = goods.shelf(1, pieces=10)
    connection.close()
    statuses = []
    for number in range(2):
        buyer = Buyer(Shopper(rig.port, 705_000 + number))
        buyer.prepare(variant.pk, code)
        answer = buyer.press()
        buyer.shopper.close()
        statuses.append(answer.status)
    live = OrderDiscount.objects.filter(coupon_code=code).exclude(order__status="cancelled")
    figures.demand(live.count() == uses, f"{live.count()} live uses after one was freed")
    figures.note(after_a_cancellation=str(statuses))
