"""One shop of `make bench-catalogue`: fills a database of its own, then times the pages it is told.

Orders come as lines of JSON on standard input: {"page": "home", "is_cold": false}; each is answered
by one line: {"ms": [...], "cpu": [...], "statements": 3, "bytes": 21000}, with a time for each
address of that page.
"""

import json
import logging
import os
import sys
from typing import Any

SIZE = int(sys.argv[1])
# Each shop has a part of the cache for itself.
_URL, _SLASH, _NUMBER = os.environ["REDIS_URL"].rpartition("/")
os.environ["REDIS_URL"] = f"{_URL}/{3 if SIZE < 50_000 else 4}"
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test.utils import setup_databases, teardown_databases

from catalog import categories
from catalog.collections import showing
from catalog.listing import book, keeping
from catalog.storefront import home_page
from demo.catalogue import filling
from shop import chrome
from shop.kit import clock
from tests.benchmarks import addresses, meter


def measured(handler: WSGIHandler, targets: list[str], *, is_cold: bool) -> dict[str, Any]:
    """Each address once; `is_cold`: nothing is kept of it, and of nothing that it shows."""
    costs = []
    gauge = meter.Meter(handler)
    for target in targets:
        if is_cold:
            forget()
        costs.append(gauge.call(target))
    return {
        "ms": [one.ms for one in costs],
        "cpu": [one.cpu_ms for one in costs],
        "statements": max(one.statements for one in costs),
        "bytes": max(one.bytes for one in costs),
    }


def forget() -> None:
    """What the cache and this process remember of the catalogue."""
    cache.clear()
    keeping.forget()
    book.forget()
    for kept in (categories._tree, home_page._kept, chrome._shared, book._book, showing._kept):
        kept.cache_clear()


def answer(pages: dict[str, list[str]]) -> None:
    handler = WSGIHandler()
    for line in sys.stdin:
        order = json.loads(line)
        tell(measured(handler, pages[order["page"]], is_cold=order["is_cold"]))


def tell(message: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def main() -> int:
    logging.disable(logging.WARNING)  # A line for each call would drown the figures.
    connection.settings_dict["TEST"]["NAME"] = f"bench_catalogue_{SIZE}"
    old = setup_databases(verbosity=0, interactive=False)
    try:
        filled = filling.fill(SIZE, seed=42, moment=clock.now())
        pages = addresses.of_pages(clock.now())
        forget()
        tell({"rows": filled.rows, "seconds": filled.seconds, "pages": list(pages)})
        answer(pages)
    finally:
        teardown_databases(old, verbosity=0)
    return 0


if __name__ == "__main__":
    sys.exit(main())
