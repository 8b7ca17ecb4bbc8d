"""What a catalogue promotion would do, before it does it: all its variants, and why some stay."""

import dataclasses
import datetime
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from catalog import pricing
from catalog.models import Reduction
from catalog.reductions import scope, writing
from catalog.reductions.planning import Obstacle, Plan

AT_ONCE = 5000


@dataclasses.dataclass(frozen=True, slots=True)
class NewPrice:
    """A price to come, as shoppers will see it: the badge compares with the 30-day lowest."""

    start: datetime.datetime
    end: datetime.datetime | None
    shown: pricing.CurrentPrice


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    variant_id: int
    old: Decimal | None
    prices: tuple[NewPrice, ...]
    obstacle: Obstacle


@dataclasses.dataclass(frozen=True, slots=True)
class Preview:
    """`rows`: what changes first, then what stays, each by variant; `left` counts the reasons."""

    rows: tuple[Row, ...]
    reduced: int
    left: dict[Obstacle, int]


def of(reduction: Reduction, *, moment: datetime.datetime) -> Preview:
    """What applying `reduction` at `moment` would write. Four statements for 5,000 variants."""
    rows = sorted(_rows(reduction, moment), key=lambda row: (row.obstacle != "", row.variant_id))
    left = Counter(row.obstacle for row in rows if row.obstacle)
    return Preview(tuple(rows), len(rows) - left.total(), dict(left))


def _rows(reduction: Reduction, moment: datetime.datetime) -> Iterator[Row]:
    found = list(
        scope.untouched(reduction).order_by("pk").values_list("pk", "minimum_gross").iterator()
    )
    for start in range(0, len(found), AT_ONCE):
        part = dict(found[start : start + AT_ONCE])
        plans = writing.plans_of(reduction, part, moment=moment)
        periods, _currency = pricing.periods_of(part)
        for pk, plan in plans.items():
            yield _row(pk, plan, periods.get(pk, []), moment)


def _row(
    variant_id: int, plan: Plan, periods: list[pricing.Period], moment: datetime.datetime
) -> Row:
    begins = plan.spans[0].start if plan.spans else moment
    old, _before = pricing.current(periods, begins)
    together = [*periods, *plan.spans]
    prices = tuple(
        NewPrice(span.start, span.end, _shown(together, span.start)) for span in plan.spans
    )
    return Row(variant_id, old, prices, plan.obstacle)


def _shown(periods: list[pricing.Period], moment: datetime.datetime) -> pricing.CurrentPrice:
    gross, before = pricing.current(periods, moment)
    return pricing.CurrentPrice(gross=gross or Decimal(0), currency="EUR", before=before)
