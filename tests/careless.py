"""What must never stand in `stock._take`; for control runs, which show that the guard is needed."""

import datetime
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from django.db.models import F

from inventory.models import StockItem


def taking(between: Callable[[], Any]) -> Callable[[dict[int, int], datetime.date], int]:
    """Look first, write later; `between` lets another buyer come."""

    def take(wanted: dict[int, int], today: datetime.date) -> int:
        taken = 0
        for item in StockItem.objects.filter(pk__in=wanted):
            if item.free(today) >= wanted[item.pk]:
                between()
                taken += StockItem.objects.filter(pk=item.pk).update(
                    reserved=F("reserved") + wanted[item.pk]
                )
        return taken

    return take


# In the place of `stock.locks`: rows that nobody locks.
NO_LOCKS = SimpleNamespace(locked=lambda rows: rows)
