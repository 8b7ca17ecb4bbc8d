"""Row locks in one order everywhere: cart → order → payment → stock → coupon → gift card → points.

Whoever locks several rows of one kind takes them by primary key. Two transactions that follow
this can wait for each other, but never in a circle.
"""

from typing import Any, TypeVar

from django.db import models

_Model = TypeVar("_Model", bound=models.Model)


def locked(rows: models.QuerySet[_Model]) -> models.QuerySet[_Model]:
    """`rows` locked for update in primary-key order; related tables stay unlocked."""
    return rows.order_by("pk").select_for_update(of=("self",))


def locked_one(rows: models.QuerySet[_Model], **lookup: Any) -> _Model:
    """The one row, locked. Raises the model's `DoesNotExist`."""
    return rows.select_for_update(of=("self",)).get(**lookup)
