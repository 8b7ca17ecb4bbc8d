"""`manage.py generate_catalogue --products 100000`: a large, plausible catalogue."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from demo.catalogue import filling
from shop.kit import clock


class Command(BaseCommand):
    help = "Fill the shop with a large made-up catalogue, the same for the same seed and day."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--products", type=int, default=100_000, help="how many (100,000)")
        parser.add_argument("--seed", type=int, default=42, help="other goods for another number")
        parser.add_argument(
            "--beside-orders", action="store_true", help="also into a shop that has orders"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["products"] < 1:
            raise CommandError("At least one product.")
        try:
            filled = filling.fill(
                options["products"],
                seed=options["seed"],
                moment=clock.now(),
                may_have_orders=options["beside_orders"],
                say=self._say,
            )
        except filling.NotHere as problem:
            raise CommandError(str(problem)) from None
        for table, count in filled.rows.items():
            self._say(f"{count:>10,} rows in {table}")
        self._say(f"{sum(filled.seconds.values()):.0f} s in all")

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
