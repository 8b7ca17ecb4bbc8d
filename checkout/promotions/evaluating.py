"""Which promotions apply to a cart, in which order, and why the others do not.

Pure: goods, promotions and facts in, an `Outcome` out. See docs/algorithms/discounts.md.
"""

import dataclasses
import datetime
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from checkout.promotions import giving
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

# Of so many that collide every way to choose is tried: 2 ** 8 ways at most.
MOST_TRIED = 8
_TURN = {kind: turn for turn, kind in enumerate(Kind)}


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class _Case:
    """A promotion that could apply; `alone`: what it would take off if there were no other."""

    place: int
    promotion: Promotion
    scope: tuple[Goods, ...]
    alone: Applied

    @property
    def rank(self) -> tuple[int, int]:
        """Who wins where the shopper gets the same: the higher priority, then the lower id."""
        return (-self.promotion.priority, self.promotion.id)

    def shares_a_line(self, other: "_Case") -> bool:
        mine = {one.line_id for one in self.scope}
        return any(one.line_id in mine for one in other.scope)

    def excludes(self, other: "_Case") -> bool:
        """Only one of the two may stand in the cart."""
        one, two = self.promotion, other.promotion
        return not one.combines(two) and not (one.kind == two.kind == Kind.PRODUCT)

    def collides(self, other: "_Case") -> bool:
        """They do not combine, and there is something to choose between them."""
        if other is self or self.promotion.combines(other.promotion):
            return False
        return self.excludes(other) or self.shares_a_line(other)


@dataclasses.dataclass(frozen=True, slots=True)
class _Way:
    """What comes of one choice of promotions."""

    cases: tuple[_Case, ...]
    results: tuple[Applied | Refused, ...]

    @property
    def burden(self) -> tuple[Decimal, list[tuple[int, int]]]:
        """The lower, the better for the shopper; then by the ranks of what applies."""
        applied = [
            (case, one)
            for case, one in zip(self.cases, self.results, strict=True)
            if isinstance(one, Applied)
        ]
        taken_off = sum((one.gross for _case, one in applied), ZERO)
        return -taken_off, sorted(case.rank for case, _one in applied)


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
    cases: list[_Case] = []
    told: dict[int, Applied | Refused] = {}
    for place, promotion in enumerate(in_order):
        scope = _scope(promotion, items)
        found = _outer_reason(promotion, scope, shopper, delivery, moment) or giving.result(
            promotion, scope=scope, bearing=scope, standing=standing
        )
        if isinstance(found, Applied):
            cases.append(_Case(place, promotion, scope, found))
        else:
            told[place] = found
    way = _best(cases, standing)
    told |= {case.place: one for case, one in zip(way.cases, way.results, strict=True)}
    told |= _beaten(cases, way)
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


# --- Which of those that collide -----------------------------------------------------------------


def _best(cases: Sequence[_Case], standing: Standing) -> _Way:
    colliding = [case for case in cases if any(map(case.collides, cases))]
    tried = sorted(colliding, key=_promise)[:MOST_TRIED]
    kept = [case for case in cases if case not in colliding or case in tried]
    ways = (_way(chosen, standing) for chosen in _choices(kept))
    best = min(ways, key=lambda way: way.burden)
    added = list(best.cases)
    for case in sorted(colliding, key=_promise)[MOST_TRIED:]:
        if not any(map(case.excludes, added)):
            added.append(case)
    in_order = [case for case in cases if case in added]
    return best if len(added) == len(best.cases) else _way(in_order, standing)


def _promise(case: _Case) -> tuple[bool, Decimal, tuple[int, int]]:
    """Those with a coupon first, then those that give most by themselves."""
    return (not case.promotion.coupon_code, -case.alone.gross, case.rank)


def _choices(
    cases: Sequence[_Case], chosen: tuple[_Case, ...] = (), place: int = 0
) -> Iterator[tuple[_Case, ...]]:
    """All sets of promotions that may stand together. Left out is only what collides."""
    if place == len(cases):
        yield chosen
        return
    case = cases[place]
    if not any(map(case.excludes, chosen)):
        yield from _choices(cases, (*chosen, case), place + 1)
    if any(map(case.collides, (*chosen, *cases[place + 1 :]))):
        yield from _choices(cases, chosen, place + 1)


def _way(cases: Sequence[_Case], standing: Standing) -> _Way:
    bearing = _bearing(cases)
    results = []
    for case in cases:
        lines = bearing[case.place]
        found = giving.result(case.promotion, scope=case.scope, bearing=lines, standing=standing)
        if isinstance(found, Applied):
            standing = standing.after(found)
        elif len(lines) < len(case.scope):
            found = Refused(case.promotion, Reason.OTHER_IS_BETTER)
        results.append(found)
    return _Way(tuple(cases), tuple(results))


def _bearing(cases: Sequence[_Case]) -> Mapping[int, list[Goods]]:
    """The lines that each may take from: contested ones go to who gives most on them."""
    kept: dict[int, list[_Case]] = {}
    product = [case for case in cases if case.promotion.kind == Kind.PRODUCT]
    for line in dict.fromkeys(one.line_id for case in product for one in case.scope):
        wanting = [case for case in product if any(one.line_id == line for one in case.scope)]
        for case in sorted(
            wanting, key=lambda one: (-one.alone.allocations.get(line, ZERO), one.rank)
        ):
            beside = kept.setdefault(line, [])
            if all(case.promotion.combines(other.promotion) for other in beside):
                beside.append(case)
    return {
        case.place: [
            one
            for one in case.scope
            if case.promotion.kind != Kind.PRODUCT or case in kept[one.line_id]
        ]
        for case in cases
    }


def _beaten(cases: Sequence[_Case], way: _Way) -> dict[int, Applied | Refused]:
    """Those that gave way to others, with the promotions that they do not stand beside."""
    applied, beaten = [], [case for case in cases if case not in way.cases]
    for case, one in zip(way.cases, way.results, strict=True):
        if isinstance(one, Applied):
            applied.append(case)
        elif one.reason == Reason.OTHER_IS_BETTER:
            beaten.append(case)
    found: dict[int, Applied | Refused] = {}
    for case in beaten:
        others = [other for other in applied if case.collides(other)] or applied
        facts = {"others": tuple(other.promotion for other in others)}
        found[case.place] = Refused(case.promotion, Reason.OTHER_IS_BETTER, facts)
    return found
