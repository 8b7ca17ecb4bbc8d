"""Which promotions stand together where not all can: the ways to choose, and the best of them.

One step of `evaluating`; see docs/algorithms/discounts.md, "Which go together".
"""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from checkout.promotions import giving, rules
from checkout.promotions.giving import Standing
from checkout.promotions.rules import (
    ZERO,
    Applied,
    Goods,
    Kind,
    Promotion,
    Reason,
    Refused,
)

# Of so many that compete every way to choose is tried: 2 ** 6 ways at most.
MOST_TRIED = 6


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Case:
    """A promotion that could apply; `alone`: what it would take off if there were no other."""

    place: int
    promotion: Promotion
    scope: tuple[Goods, ...]
    alone: Applied

    @property
    def rank(self) -> tuple[int, int]:
        """Who wins where the shopper gets the same: the higher priority, then the lower id."""
        return (-self.promotion.priority, self.promotion.id)

    def shares_a_line(self, other: "Case") -> bool:
        mine = {one.line_id for one in self.scope}
        return any(one.line_id in mine for one in other.scope)

    def excludes(self, other: "Case") -> bool:
        """Only one of the two may stand in the cart."""
        one, two = self.promotion, other.promotion
        return not one.combines(two) and not (one.kind == two.kind == Kind.PRODUCT)

    @property
    def is_settled_by_lines(self) -> bool:
        """Nothing on another line depends on the lines it gets, and it shares none of them."""
        one = self.promotion
        is_plain = isinstance(one.effect, rules.UnitPrice) or (
            isinstance(one.effect, rules.Percent) and one.effect.cap is None
        )
        is_alone = one.kind == Kind.PRODUCT and Kind.PRODUCT not in one.combines_with
        return is_plain and is_alone and one.budget_left is None

    def competes(self, other: "Case") -> bool:
        """It may pay to leave one of the two out: giving each line to the better one may not do."""
        is_settled = self.is_settled_by_lines and other.is_settled_by_lines
        return self.collides(other) and not is_settled

    def collides(self, other: "Case") -> bool:
        """They do not combine and want the same."""
        if other is self or self.promotion.combines(other.promotion):
            return False
        return self.excludes(other) or self.shares_a_line(other)


@dataclasses.dataclass(frozen=True, slots=True)
class Way:
    """What comes of one choice of promotions."""

    cases: tuple[Case, ...]
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


# By line: the product promotions that want it, in the order in which they get it.
_Claims = Mapping[int, Sequence[Case]]


def best(cases: Sequence[Case], standing: Standing) -> Way:
    """Of all ways to leave out what competes, the one that takes most off."""
    competing = [case for case in cases if any(map(case.competes, cases))]
    tried = sorted(competing, key=_promise)[:MOST_TRIED]
    kept = [case for case in cases if case not in competing or case in tried]
    claims = _claims(cases)
    ways = (_way(chosen, standing, claims) for chosen in _choices(kept))
    best = min(ways, key=lambda way: way.burden)
    added = list(best.cases)
    for case in sorted(competing, key=_promise)[MOST_TRIED:]:
        if not any(map(case.excludes, added)):
            added.append(case)
    in_order = [case for case in cases if case in added]
    return best if len(added) == len(best.cases) else _way(in_order, standing, claims)


def _promise(case: Case) -> tuple[bool, Decimal, tuple[int, int]]:
    """Those with a coupon first, then those that give most by themselves."""
    return (not case.promotion.coupon_code, -case.alone.gross, case.rank)


def _choices(
    cases: Sequence[Case], chosen: tuple[Case, ...] = (), place: int = 0
) -> Iterator[tuple[Case, ...]]:
    """All sets of promotions that may stand together. Left out is only what competes."""
    if place == len(cases):
        yield chosen
        return
    case = cases[place]
    if not any(map(case.excludes, chosen)):
        yield from _choices(cases, (*chosen, case), place + 1)
    if any(map(case.competes, (*chosen, *cases[place + 1 :]))):
        yield from _choices(cases, chosen, place + 1)


def _way(cases: Sequence[Case], standing: Standing, claims: _Claims) -> Way:
    bearing = _bearing(cases, claims)
    results = []
    for case in cases:
        lines = bearing[case.place]
        found = giving.result(case.promotion, scope=case.scope, bearing=lines, standing=standing)
        if isinstance(found, Applied):
            standing = standing.after(found)
        elif len(lines) < len(case.scope):
            found = Refused(case.promotion, Reason.OTHER_IS_BETTER)
        results.append(found)
    return Way(tuple(cases), tuple(results))


def _claims(cases: Sequence[Case]) -> _Claims:
    """The product promotions that want each line, who gives most on it first."""
    wanting: dict[int, list[Case]] = {}
    for case in cases:
        for one in case.scope if case.promotion.kind == Kind.PRODUCT else ():
            wanting.setdefault(one.line_id, []).append(case)
    return {
        line: sorted(several, key=lambda case: (-case.alone.allocations.get(line, ZERO), case.rank))
        for line, several in wanting.items()
    }


def _bearing(cases: Sequence[Case], claims: _Claims) -> Mapping[int, Sequence[Goods]]:
    """The lines that each may take from: contested ones go to who gives most on them."""
    chosen = set(cases)
    lost: set[tuple[int, int]] = set()
    for line, wanting in claims.items():
        beside: list[Case] = []
        for case in wanting:
            if case not in chosen:
                continue
            if all(case.promotion.combines(other.promotion) for other in beside):
                beside.append(case)
            else:
                lost.add((case.place, line))
    return {
        case.place: [one for one in case.scope if (case.place, one.line_id) not in lost]
        for case in cases
    }


def beaten(cases: Sequence[Case], way: Way) -> dict[int, Applied | Refused]:
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
