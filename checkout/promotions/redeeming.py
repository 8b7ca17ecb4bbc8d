"""Counting what an order got, in the transaction that places it: see docs/algorithms/coupons.md."""

import datetime
from collections.abc import Iterable

from checkout.promotions.loading import Live
from checkout.promotions.rules import Applied, Promotion
from orders.models import Order
from orders.redemptions import counting


class UsedUp(Exception):
    """Others were faster: of `promotions` nothing is left. The transaction must be rolled back."""

    def __init__(self, promotions: tuple[Promotion, ...]) -> None:
        super().__init__(", ".join(one.code for one in promotions))
        self.promotions = promotions


def redeem(
    order: Order, applied: Iterable[Applied], *, live: Live, moment: datetime.datetime
) -> None:
    """Count the uses of all that applies, the last thing before the commit. Raises `UsedUp`.

    They are released and taken again with the life of the order, by `orders` itself.
    """
    owners: dict[str, Promotion] = {}
    wants = []
    for one in applied:
        source = live.sources.get(one.promotion.id)
        of_one = source.wants(live.person, one.gross) if source else []
        owners |= {want.key: one.promotion for want in of_one}
        wants += of_one
    try:
        counting.take(order, wants, moment=moment)
    except counting.UsedUp as problem:
        gone = {owners[key].id: owners[key] for key in sorted(problem.keys)}
        raise UsedUp(tuple(gone.values())) from problem
