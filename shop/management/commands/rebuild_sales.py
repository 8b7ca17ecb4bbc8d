"""`manage.py rebuild_sales`: the sums behind the dashboard, added up anew from all orders."""

from typing import Any

from django.core.management.base import BaseCommand

from orders.trade import rollup
from shop.kit import clock


class Command(BaseCommand):
    help = "Add up the sales of every day anew; safe at any time."

    def handle(self, *args: Any, **options: Any) -> None:
        days = rollup.rebuild(moment=clock.now())
        self.stdout.write(f"{days} rows of days and countries")
