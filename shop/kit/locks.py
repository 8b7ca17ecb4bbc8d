"""Locks in one order everywhere: cart → order → payment → stock → coupon → gift card → points.

A turn (`in_turn`) is taken after the cart and before all others.

Whoever locks several rows of one kind takes them by primary key. Two transactions that follow
this can wait for each other, but never in a circle.
"""

import contextlib
from collections.abc import Iterator
from typing import Any

from django.db import connection, models


def locked[Model: models.Model](rows: models.QuerySet[Model]) -> models.QuerySet[Model]:
    """`rows` locked for update in primary-key order; related tables stay unlocked."""
    return rows.order_by("pk").select_for_update(of=("self",))


def locked_one[Model: models.Model](rows: models.QuerySet[Model], **lookup: Any) -> Model:
    """The one row, locked. Raises the model's `DoesNotExist`."""
    return rows.select_for_update(of=("self",)).get(**lookup)


def in_turn(key: int) -> None:
    """Wait until nobody else is at it; the turn ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])


@contextlib.contextmanager
def alone(key: int) -> Iterator[bool]:
    """Is nobody else at it? The lock belongs to the connection, so it cannot be left behind."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        is_free = bool(cursor.fetchone()[0])
        try:
            yield is_free
        finally:
            if is_free:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])
