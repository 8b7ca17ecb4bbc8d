"""Locks in one order everywhere: cart → order → payment → stock → coupon → gift card → points →
audit log.

A turn (`in_turn`) is taken after the cart and before all others.

Whoever locks several rows of one kind takes them by primary key. Two transactions that follow
this can wait for each other, but never in a circle.
"""

import contextlib
import functools
import random
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.db import OperationalError, connection, models

TRIES = 3
_HEALS = {"40001", "40P01", "55P03"}  # serialization, deadlock, lock timeout


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


def again_on_conflict[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """Run the whole use case again after a serialization failure, deadlock or lock timeout.

    For functions that open their own outermost transaction; three tries, 20 to 200 ms between them.
    """

    @functools.wraps(function)
    def again(*args: P.args, **kwargs: P.kwargs) -> R:
        for _try in range(TRIES - 1):
            try:
                return function(*args, **kwargs)
            except OperationalError as problem:
                if getattr(problem.__cause__, "sqlstate", None) not in _HEALS:
                    raise
                time.sleep(random.uniform(0.02, 0.2))  # noqa: S311 - no secret
        return function(*args, **kwargs)

    return again
