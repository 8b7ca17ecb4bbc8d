"""Sales to other member states against the limit of 10,000 €: docs/algorithms/vat_countries.md."""

import dataclasses
import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import connection

from catalog.vat import schemes
from orders.money.taxing import gone
from shop.kit import clock

# What of each sale counts: an order until it is cancelled, less what went back of its money.
_SALES = f"""
    SELECT o.id, o.number, o.placed_at, p.id IS NOT NULL AS is_paid,
        o.distance_net - COALESCE(ROUND(
            o.distance_net * LEAST(back.amount, o.total_gross) / NULLIF(o.total_gross, 0), 2
        ), 0) AS net
    FROM orders_order o
    LEFT JOIN orders_payment p ON p.order_id = o.id AND p.state = 'succeeded'
    LEFT JOIN LATERAL (
        SELECT COALESCE(SUM(b.amount), 0) AS amount FROM {gone.BACK} b WHERE b.payment_id = p.id
    ) back ON true
    WHERE o.distance_net >= 0 AND o.status <> 'cancelled'
      AND o.placed_at >= %(start)s AND o.placed_at < %(end)s
"""  # noqa: S608 - constants


@dataclasses.dataclass(frozen=True, slots=True)
class Crossing:
    """The first paid sale with which the paid sales of a year exceed the limit."""

    order_number: str
    placed_at: datetime.datetime
    net_sum: Decimal


def sold_net(year: int) -> Decimal:
    """The net sum of a calendar year that counts, open orders included; one statement."""
    statement = f"SELECT COALESCE(SUM(net), 0.00) FROM ({_SALES}) sales"  # noqa: S608 - constant
    return Decimal(_rows(statement, year)[0][0])


def crossing(year: int) -> Crossing | None:
    """The sale that exceeded the limit in `year`, in the order of placing; one statement."""
    statement = f"""
        SELECT number, placed_at, upto FROM (
            SELECT number, placed_at, id, SUM(net) OVER (ORDER BY placed_at, id) AS upto
            FROM ({_SALES}) sales WHERE is_paid
        ) running WHERE upto > %(limit)s ORDER BY placed_at, id LIMIT 1
    """  # noqa: S608 - constant
    rows = _rows(statement, year, limit=schemes.LIMIT)
    return Crossing(*rows[0]) if rows else None


def note_crossings(*, moment: datetime.datetime) -> list[int]:
    """Write down that the limit was exceeded, in this year or the last. Returns the new years."""
    this_year = clock.day_of(moment).year
    years = [this_year - 1, this_year]
    known = schemes.noted(years)
    news = []
    for year in years:
        found = crossing(year) if year not in known else None
        if found and schemes.note_exceeded(
            year,
            # The year before was over when it was noticed: what was placed since is left alone.
            valid_from=found.placed_at if year == this_year else moment,
            order_number=found.order_number,
            net_sum=found.net_sum,
            moment=moment,
        ):
            news.append(year)
    return news


def taxed_too_low(year: int) -> list[str]:
    """Sales of `year` from the exceeding one on that bear the seller's VAT all the same."""
    found = crossing(year)
    if found is None:
        return []
    statement = """
        SELECT number FROM orders_order
        WHERE distance_net >= 0 AND status <> 'cancelled' AND tax_scheme <> 'destination'
          AND placed_at >= %(crossed)s AND placed_at < %(end)s
        ORDER BY placed_at, id
    """
    return [row[0] for row in _rows(statement, year, crossed=found.placed_at)]


def _rows(statement: str, year: int, **values: Any) -> Sequence[tuple[Any, ...]]:
    period = {"start": schemes.start_of(year), "end": schemes.start_of(year + 1)}
    with connection.cursor() as cursor:
        cursor.execute(statement, period | values)
        return cursor.fetchall()
