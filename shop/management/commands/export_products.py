"""`manage.py export_products --format …`: all products as a file, to stdout or to `--output`."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from catalog.imports import exporting
from catalog.models import ImportFormat, Product
from inventory.import_shelves import ImportShelves
from shop.kit import clock, languages


class Command(BaseCommand):
    help = "Export all products as a CSV file of Shopify, WooCommerce or Kontor."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", default="kontor", choices=ImportFormat.values)
        parser.add_argument("--language", default="de", choices=languages.codes())
        parser.add_argument("--output", help="the file to write; stdout without it")

    def handle(self, *args: Any, **options: Any) -> None:
        products = Product.objects.all()
        lines = exporting.lines(
            products,
            format_name=options["format"],
            language=options["language"],
            shelves=ImportShelves(),
            moment=clock.now(),
        )
        if options["output"]:
            with Path(options["output"]).open("w", encoding="utf-8", newline="") as file:
                file.writelines(lines)
        else:
            for line in lines:
                self.stdout.write(line, ending="")
        for slug in exporting.skipped(products):
            self.stderr.write(f"Left out, it has more than three options: {slug}")
