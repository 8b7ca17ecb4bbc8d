"""Takes the guard of the stock away; loaded by `tests/chaos/settings.py` when it is asked for."""

import time

from django.apps import AppConfig

WINDOW = 0.05  # seconds between the look and the write, as a busy server has them


class Careless(AppConfig):
    name = "tests.chaos.careless"

    def ready(self) -> None:
        from inventory import stock
        from tests import careless

        stock._take = careless.taking(lambda: time.sleep(WINDOW))
        stock.locks = careless.NO_LOCKS
