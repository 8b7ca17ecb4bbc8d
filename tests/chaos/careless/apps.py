"""Takes the guard of the stock away; loaded by `tests/chaos/settings.py` when it is asked for."""

import datetime
import time
from types import SimpleNamespace

from django.apps import AppConfig

WINDOW = 0.05  # seconds between the look and the write, as a busy server has them


class Careless(AppConfig):
    name = "tests.chaos.careless"

    def ready(self) -> None:
        from inventory import stock

        stock._take = _take
        stock.locks = SimpleNamespace(locked=lambda rows: rows)


def _take(wanted: dict[int, int], today: datetime.date) -> int:
    """What must never stand in `stock._take`: another buyer may come between look and write."""
    from django.db.models import F

    from inventory.models import StockItem

    taken = 0
    for item in StockItem.objects.filter(pk__in=wanted):
        if item.free(today) >= wanted[item.pk]:
            time.sleep(WINDOW)
            taken += StockItem.objects.filter(pk=item.pk).update(
                reserved=F("reserved") + wanted[item.pk]
            )
    return taken
