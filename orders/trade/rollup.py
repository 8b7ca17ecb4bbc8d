"""Sums of the orders by day and country, kept beside them: `insights.SalesDay`.

A day is added up anew when something happened to one of its orders; the events of the orders say
so. Definitions: docs/algorithms/dashboard.md.
"""

import datetime
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction

from insights.models import SalesDay, SalesState
from shop.kit import locks

# Events get their number before they are committed: so many are looked at once more.
OVERLAP = 1000
_TURN = 1_701_365
_STATE = 1
# What the dashboard shows, from the rows themselves. The only place that says how it is counted.
FIGURES = """
    SELECT (o.placed_at AT TIME ZONE %(zone)s)::date AS day, o.tax_country AS country,
        count(*) FILTER (WHERE o.status <> 'cancelled') AS orders,
        COALESCE(sum(o.total_gross) FILTER (WHERE o.status <> 'cancelled'), 0) AS gross,
        count(*) FILTER (WHERE o.status = 'cancelled') AS cancelled,
        count(*) FILTER (WHERE o.status <> 'cancelled' AND back.has_pieces) AS returned,
        COALESCE(sum(back.amount) FILTER (WHERE o.status <> 'cancelled'), 0) AS refunded
    FROM orders_order o
    LEFT JOIN LATERAL (
        SELECT sum(r.amount) AS amount,
            bool_or(EXISTS (
                SELECT FROM orders_refundpart part
                WHERE part.refund_id = r.id AND part.kind = 'goods'
            )) AS has_pieces
        FROM orders_payment p JOIN orders_refund r ON r.payment_id = p.id
        WHERE p.order_id = o.id AND p.state = 'succeeded' AND r.state = 'succeeded'
    ) back ON true
    WHERE (%(first)s::timestamptz IS NULL OR o.placed_at >= %(first)s)
        AND (%(end)s::timestamptz IS NULL OR o.placed_at < %(end)s)
    GROUP BY 1, 2
"""
_COLUMNS = "day, country, orders, gross, cancelled, returned, refunded"


@transaction.atomic
def refresh(*, moment: datetime.datetime) -> int:
    """Add up anew the days whose orders changed; the first time all. Returns how many days.

    Safe to run twice and beside itself: the second waits for the first.
    """
    locks.in_turn(_TURN)
    state = SalesState.objects.filter(pk=_STATE).first()
    if state is None:
        return rebuild(moment=moment)
    newest = _newest_event()
    days = dirty_days(state.event_id)
    for first, last in _runs(days):
        _add_up(first, last)
    _note(newest, moment)
    return len(days)


@transaction.atomic
def rebuild(*, moment: datetime.datetime) -> int:
    """Add up every day anew. Returns how many days and countries there are."""
    locks.in_turn(_TURN)
    newest = _newest_event()
    _add_up(None, None)
    _note(newest, moment)
    return SalesDay.objects.count()


def dirty_days(event_id: int) -> set[datetime.date]:
    """The days of the orders to which something happened since `event_id`."""
    statement = """
        SELECT DISTINCT (o.placed_at AT TIME ZONE %s)::date
        FROM orders_orderevent e JOIN orders_order o ON o.id = e.order_id WHERE e.id > %s
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [settings.TIME_ZONE, event_id - OVERLAP])
        return {row[0] for row in cursor.fetchall()}


def counted() -> list[tuple[Any, ...]]:
    """Every day and country from the orders themselves, in the order of `SalesDay`'s columns."""
    with connection.cursor() as cursor:
        cursor.execute(FIGURES, _between(None, None))
        return cursor.fetchall()


def _add_up(first: datetime.date | None, last: datetime.date | None) -> None:
    """The days from `first` to `last`, both included; without bounds all of them."""
    old = SalesDay.objects.all()
    if first and last:
        old = old.filter(day__range=(first, last))
    old.delete()
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO insights_salesday ({_COLUMNS}) {FIGURES}",
            _between(first, last),
        )


def _between(first: datetime.date | None, last: datetime.date | None) -> dict[str, Any]:
    end = last + datetime.timedelta(days=1) if last else None
    return {"zone": settings.TIME_ZONE, "first": _midnight(first), "end": _midnight(end)}


def _midnight(day: datetime.date | None) -> datetime.datetime | None:
    if day is None:
        return None
    return datetime.datetime.combine(day, datetime.time.min, tzinfo=ZoneInfo(settings.TIME_ZONE))


def _runs(days: Iterable[datetime.date]) -> list[tuple[datetime.date, datetime.date]]:
    """Days that follow each other as pairs of first and last."""
    runs: list[tuple[datetime.date, datetime.date]] = []
    for day in sorted(days):
        if runs and day - runs[-1][1] == datetime.timedelta(days=1):
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs


def _newest_event() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(max(id), 0) FROM orders_orderevent")
        return int(cursor.fetchone()[0])


def _note(event_id: int, moment: datetime.datetime) -> None:
    SalesState.objects.update_or_create(
        pk=_STATE, defaults={"event_id": event_id, "refreshed_at": moment}
    )
