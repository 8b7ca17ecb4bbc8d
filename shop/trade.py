"""How trade goes: the sums of a period and of the one it is compared with, for the admin's home.

Reads what `orders.trade.rollup` keeps; what each figure means: docs/algorithms/dashboard.md.
"""

import dataclasses
import datetime
from collections.abc import Iterable
from decimal import Decimal
from functools import reduce
from typing import Any

from django.db.models import Sum

from insights.models import SalesDay, SalesState
from shop.kit import clock

PERIODS = {7: 1, 30: 1, 90: 7, 365: 30}  # days: days that share a bar
DEFAULT = 30
BEFORE, YEAR = "period", "year"
_SUMS = ("orders", "gross", "cancelled", "returned", "refunded")


@dataclasses.dataclass(frozen=True, slots=True)
class Sums:
    """Of some days together; `gross` includes VAT and delivery."""

    orders: int = 0
    gross: Decimal = Decimal("0.00")
    cancelled: int = 0
    returned: int = 0
    refunded: Decimal = Decimal("0.00")

    def __add__(self, other: "Sums") -> "Sums":
        pairs = zip(dataclasses.astuple(self), dataclasses.astuple(other), strict=True)
        return Sums(*(one + two for one, two in pairs))

    @property
    def average(self) -> Decimal | None:
        """Gross value of an order in whole cents; `None` without orders."""
        return (self.gross / self.orders).quantize(Decimal("0.01")) if self.orders else None

    @property
    def return_rate(self) -> Decimal | None:
        """Of a hundred orders, those of which goods were given back; `None` without orders."""
        if not self.orders:
            return None
        return (Decimal(100 * self.returned) / self.orders).quantize(Decimal("0.1"))


@dataclasses.dataclass(frozen=True, slots=True)
class Step:
    """The days of one bar: the first of them, their sums, and those they are compared with."""

    day: datetime.date
    now: Sums
    then: Sums


@dataclasses.dataclass(frozen=True, slots=True)
class Trade:
    """A period up to today: its steps, the oldest first, and its sums."""

    days: int
    compared: str
    steps: list[Step]
    now: Sums
    then: Sums
    as_of: datetime.datetime | None


def of(days: int, compared: str, *, moment: datetime.datetime) -> Trade:
    """The last `days` (7, 30, 90 or 365) up to that of `moment`; two statements.

    `compared` with the days just before (`period`) or with the same weekdays of the year before
    (`year`).
    """
    today = clock.day_of(moment)
    first = today - datetime.timedelta(days=days - 1)
    back = datetime.timedelta(days=_distance(days, compared))
    known = _by_day(first - back, today)
    pairs = [
        (day, known.get(day, Sums()), known.get(day - back, Sums()))
        for day in (first + datetime.timedelta(days=number) for number in range(days))
    ]
    state = SalesState.objects.first()
    return Trade(
        days=days,
        compared=compared,
        steps=_steps(pairs, PERIODS[days]),
        now=total(now for _day, now, _then in pairs),
        then=total(then for _day, _now, then in pairs),
        as_of=state.refreshed_at if state else None,
    )


def total(some: Iterable[Sums]) -> Sums:
    """The sum of many `Sums`."""
    return reduce(Sums.__add__, some, Sums())


def _distance(days: int, compared: str) -> int:
    """364 days are whole weeks: a Monday is compared with a Monday."""
    if compared == BEFORE:
        return days
    return 365 if days == 365 else 364


def _by_day(first: datetime.date, last: datetime.date) -> dict[datetime.date, Sums]:
    rows: Any = (
        SalesDay.objects.filter(day__range=(first, last))
        .order_by()
        .values("day")
        .annotate(**{f"all_{name}": Sum(name) for name in _SUMS})
    )
    return {row["day"]: Sums(*(row[f"all_{name}"] for name in _SUMS)) for row in rows}


def _steps(pairs: list[tuple[datetime.date, Sums, Sums]], size: int) -> list[Step]:
    """Bars of `size` days; where the days do not divide evenly, the oldest bar has fewer."""
    over = len(pairs) % size
    starts = ([0] if over else []) + list(range(over, len(pairs), size))
    ends = [*starts[1:], len(pairs)]
    return [
        Step(
            day=pairs[start][0],
            now=total(now for _day, now, _then in pairs[start:end]),
            then=total(then for _day, _now, then in pairs[start:end]),
        )
        for start, end in zip(starts, ends, strict=True)
    ]
