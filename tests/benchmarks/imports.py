"""`make bench-import`: how long an import of 5,000 Shopify rows takes, and how much memory.

In a database of its own over the services of the tests. Two shapes of a file: products with three
variants and two more images (1,000 products), and products of one line (5,000 products).
"""

import csv
import io
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.test.utils import setup_databases, teardown_databases

from catalog.imports import exporting, running, storing
from catalog.imports.columns import written
from catalog.imports.formats import shopify
from catalog.models import Import, Product
from inventory.import_shelves import ImportShelves
from inventory.models import StockLocation
from shop.kit import clock

ROWS = int(os.environ.get("ROWS", "5000"))
WORDS = [
    "Schale",
    "Becher",
    "Krug",
    "Teller",
    "Kanne",
    "Dose",
    "Löffel",
    "Tuch",
    "Kissen",
    "Leuchte",
    "Vase",
    "Korb",
]
BODY = "<p>Aus der Werkstatt an der Küste, von Hand gemacht und lange haltbar.</p>" * 6


def several(rows: int) -> Iterator[dict[str, str]]:
    """Five lines a product: three variants, two more images."""
    for number in range(rows // 5):
        handle = f"ware-{number}"
        for place in range(5):
            line = {"handle": handle, "image": f"https://pictures.example/{number}-{place}.jpg"}
            if place == 0:
                line |= _head(number) | {"option1_name": "Größe"}
            if place < 3:
                line |= _variant(f"W-{number}-{place}", number) | {"option1_value": "SML"[place]}
            yield line


def single(rows: int) -> Iterator[dict[str, str]]:
    """One line a product."""
    for number in range(rows):
        line = {"handle": f"stueck-{number}", "image": f"https://pictures.example/s{number}.jpg"}
        plain = {"option1_name": "Title", "option1_value": "Default Title"}
        yield line | _head(number) | _variant(f"S-{number}", number) | plain


def _head(number: int) -> dict[str, str]:
    return {
        "title": f"{WORDS[number % len(WORDS)]} Nummer {number}",
        "body": BODY,
        "vendor": f"Werkstatt {number % 40}",
        "category": f"Haus > {WORDS[number % len(WORDS)]}",
        "published": "TRUE",
        "status": "active",
    }


def _variant(sku: str, number: int) -> dict[str, str]:
    return {
        "sku": sku,
        "grams": "350",
        "tracker": "shopify",
        "quantity": str(number % 30),
        "price": f"{5 + number % 90}.90",
        "shipping": "TRUE",
    }


def file_of(lines: Iterator[dict[str, str]]) -> bytes:
    fields = shopify.header([])
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow([written(field, shopify.NAMES) for field in fields])
    for line in lines:
        table.writerow([line.get(field, "") for field in fields])
    return out.getvalue().encode()


def _run(batch: Import) -> None:
    shelves = ImportShelves()
    while running.step(batch.pk, shelves=shelves, moment=clock.now()):
        pass
    batch.refresh_from_db()


def _timed(word: str, act: Callable[[], object]) -> None:
    started = time.monotonic()
    act()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"  {word:<22}{time.monotonic() - started:7.1f} s   {memory:6.0f} MB\n")
    sys.stdout.flush()


def _taken(data: bytes) -> Import:
    batch = storing.take(
        io.BytesIO(data),
        name="bench.csv",
        language="de",
        spoken_language="en",
        creates_categories=True,
    )
    storing.confirm(batch, batch.mapping)
    return batch


def measure(name: str, lines: Iterator[dict[str, str]]) -> None:
    data = file_of(lines)
    sys.stdout.write(f"{name}: {data.count(b'ware-') + data.count(b'stueck-')} rows, ")
    sys.stdout.write(f"{len(data) / 1e6:.1f} MB\n")
    batch = _taken(data)
    _timed("dry run", lambda: _run(batch))
    running.begin_applying(batch)
    _timed("apply", lambda: _run(batch))
    sys.stdout.write(f"    {batch.counts}\n")
    again = _taken(data)
    _timed("second dry run", lambda: _run(again))
    sys.stdout.write(f"    {again.counts}\n")
    _timed("export, our format", _export)
    running.begin_undoing(batch)
    _timed("undo", lambda: _run(batch))
    sys.stdout.write(f"    {Product.objects.count()} products left\n")


def _export() -> int:
    products = Product.objects.all()
    facts = {"format_name": "kontor", "language": "de", "moment": clock.now()}
    return sum(len(line) for line in exporting.lines(products, shelves=ImportShelves(), **facts))


def main() -> int:
    old = setup_databases(verbosity=0, interactive=False)
    try:
        StockLocation.objects.create(code="hub", name="Hub", kind="warehouse")
        measure("Three variants, five images", several(ROWS))
        measure("One line a product", single(ROWS))
    finally:
        teardown_databases(old, verbosity=0)
    return 0


if __name__ == "__main__":
    sys.exit(main())
