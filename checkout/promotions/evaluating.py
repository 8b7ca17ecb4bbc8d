"""Which promotions apply to a cart, in which order, and why the others do not.

Pure: goods, promotions and facts in, an `Outcome` out. See docs/algorithms/discounts.md.
"""

import datetime
from collections.abc import Sequence

from checkout.promotions import choosing, giving
from checkout.promotions.giving import Standing
from checkout.promotions.rules import (
    ZERO,
    Applied,
    Carriage,
    Goods,
    Kind,
    Outcome,
    Promotion,
    Reason,
    Refused,
    Shopper,
)

_TURN = {kind: turn for turn, kind in enumerate(Kind)}


def evaluate(
    items: Sequence[Goods],
    *,
    promotions: Sequence[Promotion],
    shopper: Shopper,
    delivery: Carriage | None,
    moment: datetime.datetime,
) -> Outcome:
    """What `promotions` take off `items` and `delivery` for `shopper` at `moment`.

    Promises: no line is taken below its minimum price or zero, no delivery below zero; of all
    choices between promotions that do not combine the shopper gets the best one; every promotion
    is in the outcome once, applied or refused with the reason.
    """
    in_order = sorted(promotions, key=lambda one: (_TURN[one.kind], -one.priority, one.id))
    standing = Standing(
        lines={one.line_id: giving.shelf_gross(one) for one in items},
        fee=delivery.gross if delivery else ZERO,
    )
    cases: list[choosing.Case] = []
    told: dict[int, Applied | Refused] = {}
    for place, promotion in enumerate(in_order):
        scope = _scope(promotion, items)
        found = _outer_reason(promotion, scope, shopper, delivery, moment) or giving.result(
            promotion, scope=scope, bearing=scope, standing=standing
        )
        if isinstance(found, Applied):
            cases.append(choosing.Case(place, promotion, scope, found))
        else:
            told[place] = found
    way = choosing.best(cases, standing)
    told |= {case.place: one for case, one in zip(way.cases, way.results, strict=True)}
    told |= choosing.beaten(cases, way)
    results = [told[place] for place in range(len(in_order))]
    return Outcome(
        applied=tuple(one for one in results if isinstance(one, Applied)),
        refused=tuple(one for one in results if isinstance(one, Refused)),
    )


def _scope(promotion: Promotion, items: Sequence[Goods]) -> tuple[Goods, ...]:
    """The lines it meets. What may not become cheaper counts for free delivery only."""
    return tuple(
        one
        for one in items
        if promotion.scope.covers(one)
        and (promotion.kind == Kind.SHIPPING or one.minimum_gross < one.unit_gross)
    )


# --- What has to hold whatever the goods cost ----------------------------------------------------


def _outer_reason(
    promotion: Promotion,
    scope: Sequence[Goods],
    shopper: Shopper,
    delivery: Carriage | None,
    moment: datetime.datetime,
) -> Refused | None:
    reason = (
        _not_now(promotion, moment)
        or _not_for(promotion, shopper)
        or _not_so_delivered(promotion, shopper, delivery)
    )
    if reason is None and not scope:
        reason = Refused(promotion, Reason.NO_GOODS)
    return reason


def _not_now(promotion: Promotion, moment: datetime.datetime) -> Refused | None:
    begins, ends = promotion.valid_from, promotion.valid_until
    if begins is not None and moment < begins:
        return Refused(promotion, Reason.NOT_YET, {"from": begins})
    if ends is not None and moment >= ends:
        return Refused(promotion, Reason.OVER, {"until": ends})
    return None


def _not_for(promotion: Promotion, shopper: Shopper) -> Refused | None:
    conditions = promotion.conditions
    if conditions.needs_account and shopper.customer_id is None:
        return Refused(promotion, Reason.NEEDS_ACCOUNT)
    if conditions.customer_groups and not conditions.customer_groups & shopper.groups:
        return Refused(promotion, Reason.CUSTOMER_GROUP)
    if conditions.is_first_order and shopper.has_ordered:
        return Refused(promotion, Reason.FIRST_ORDER)
    return None


def _not_so_delivered(
    promotion: Promotion, shopper: Shopper, delivery: Carriage | None
) -> Refused | None:
    countries = promotion.conditions.countries
    codes = promotion.conditions.delivery_codes
    if countries and shopper.country not in countries:
        return Refused(promotion, Reason.COUNTRY, {"countries": tuple(sorted(countries))})
    if delivery is None and (codes or promotion.kind == Kind.SHIPPING):
        return Refused(promotion, Reason.NO_DELIVERY)
    if delivery is not None and codes and delivery.code not in codes:
        return Refused(promotion, Reason.DELIVERY, {"codes": tuple(sorted(codes))})
    return None
