"""VAT by period, country and rate: docs/algorithms/vat_countries.md, "The report".

A sale counts when its money came in full, a correction when money of it went back. Two statements,
whatever the period.
"""

import dataclasses
import datetime
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import connection

from catalog.models import TaxScheme
from catalog.vat import schemes
from orders.money.taxing import gone

ZERO = Decimal("0.00")
ONE_DAY = datetime.timedelta(days=1)
Key = tuple[str, str, Decimal]  # country, scheme, rate

_SOLD = """
    SELECT o.tax_country, o.tax_scheme, v.rate, COUNT(DISTINCT o.id),
        SUM(v.net), SUM(v.vat), SUM(v.gross)
    FROM orders_payment p
    JOIN orders_order o ON o.id = p.order_id
    JOIN orders_ordervat v ON v.order_id = o.id
    WHERE p.state = 'succeeded' AND p.settled_at >= %(start)s AND p.settled_at < %(end)s
    GROUP BY GROUPING SETS ((o.tax_country, o.tax_scheme, v.rate), ())
"""
# All refunds of a payment together are the order to the cent: each is the difference of two sums.
_BACK = f"""
    WITH backs AS (
        SELECT r.payment_id, r.settled_at, r.amount,
            SUM(r.amount) OVER (PARTITION BY r.payment_id ORDER BY r.settled_at, r.id) AS upto
        FROM {gone.BACK} r WHERE r.payment_id IN (
            SELECT g.payment_id FROM {gone.BACK} g
            WHERE g.settled_at >= %(start)s AND g.settled_at < %(end)s)
    ), parts AS (
        SELECT v.order_id, v.rate, v.net, v.gross,
            SUM(v.gross) OVER (PARTITION BY v.order_id ORDER BY v.rate DESC) AS upto,
            SUM(v.gross) OVER (PARTITION BY v.order_id) AS total
        FROM orders_ordervat v WHERE v.order_id IN (
            SELECT p.order_id FROM orders_payment p JOIN backs b ON b.payment_id = p.id)
    ), sums AS (
        SELECT p.order_id, p.settled_at AS sold_at, x.rate, x.net, x.gross,
            ROUND(c.after * x.upto / x.total, 2)
                - ROUND(c.after * (x.upto - x.gross) / x.total, 2) AS after,
            ROUND(c.before * x.upto / x.total, 2)
                - ROUND(c.before * (x.upto - x.gross) / x.total, 2) AS before
        FROM backs b
        JOIN orders_payment p ON p.id = b.payment_id AND p.state = 'succeeded'
        JOIN parts x ON x.order_id = p.order_id AND x.gross > 0
        CROSS JOIN LATERAL (
            SELECT LEAST(b.upto, x.total) AS after, LEAST(b.upto - b.amount, x.total) AS before
        ) c
        WHERE b.settled_at >= %(start)s AND b.settled_at < %(end)s
    )
    SELECT o.tax_country, o.tax_scheme, s.rate,
        EXTRACT(YEAR FROM s.sold_at AT TIME ZONE %(zone)s)::int,
        EXTRACT(QUARTER FROM s.sold_at AT TIME ZONE %(zone)s)::int,
        SUM(ROUND(s.net * s.after / s.gross, 2) - ROUND(s.net * s.before / s.gross, 2)),
        SUM(s.after - s.before)
    FROM sums s JOIN orders_order o ON o.id = s.order_id
    GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3 DESC, 4, 5
"""  # noqa: S608 - constants


@dataclasses.dataclass(frozen=True, slots=True)
class Amounts:
    """A sum, split."""

    net: Decimal = ZERO
    vat: Decimal = ZERO
    gross: Decimal = ZERO

    def __add__(self, other: "Amounts") -> "Amounts":
        return Amounts(self.net + other.net, self.vat + other.vat, self.gross + other.gross)

    def __sub__(self, other: "Amounts") -> "Amounts":
        return Amounts(self.net - other.net, self.vat - other.vat, self.gross - other.gross)


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """What was sold in a country at a rate, in how many orders, and what went back."""

    country: str
    scheme: str
    rate: Decimal
    orders: int
    sold: Amounts
    back: Amounts

    @property
    def left(self) -> Amounts:
        return self.sold - self.back


@dataclasses.dataclass(frozen=True, slots=True)
class Correction:
    """What went back, by the quarter of the sale that it changes (Art. 369g (4))."""

    country: str
    scheme: str
    rate: Decimal
    year: int
    quarter: int
    back: Amounts


@dataclasses.dataclass(frozen=True, slots=True)
class Report:
    """`orders`: all of them, each counted once, however many rates it has."""

    lines: tuple[Line, ...]
    corrections: tuple[Correction, ...]
    orders: int

    @property
    def sold(self) -> Amounts:
        return sum((one.sold for one in self.lines), Amounts())

    @property
    def back(self) -> Amounts:
        return sum((one.back for one in self.lines), Amounts())

    @property
    def left(self) -> Amounts:
        return self.sold - self.back

    def of_oss(self) -> "Report":
        """What belongs into the return for the One-Stop-Shop."""
        lines = tuple(one for one in self.lines if one.scheme == TaxScheme.DESTINATION)
        back = tuple(one for one in self.corrections if one.scheme == TaxScheme.DESTINATION)
        return Report(lines, back, sum(one.orders for one in lines))


def between(first: datetime.date, last: datetime.date) -> Report:
    """The report of these days, the last one included; two statements."""
    period = {
        "start": schemes.start_of_day(first),
        "end": schemes.start_of_day(last + ONE_DAY),
        "zone": settings.TIME_ZONE,
    }
    sold: dict[Key, tuple[int, Amounts]] = {}
    orders = 0
    for country, scheme, rate, count, net, tax, gross in _rows(_SOLD, period):
        if country is None:
            orders = count
        else:
            sold[country, scheme, rate] = count, Amounts(net, tax, gross)
    corrections = tuple(
        Correction(country, scheme, rate, year, quarter, Amounts(net, gross - net, gross))
        for country, scheme, rate, year, quarter, net, gross in _rows(_BACK, period)
    )
    back: dict[Key, Amounts] = defaultdict(Amounts)
    for one in corrections:
        back[one.country, one.scheme, one.rate] += one.back
    keys = sorted(sold.keys() | back.keys(), key=lambda key: (*key[:2], -key[2]))
    lines = []
    for key in keys:
        count, sum_ = sold.get(key, (0, Amounts()))
        lines.append(Line(*key, orders=count, sold=sum_, back=back[key]))
    return Report(tuple(lines), corrections, orders)


def _rows(statement: str, values: dict[str, Any]) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()
