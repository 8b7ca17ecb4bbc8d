"""Where sheets come from: built from the index, kept until something on them changes."""

import collections
import dataclasses
import datetime
import threading
import time
from collections.abc import Collection, Sequence
from typing import Any

from django.core.cache import cache
from django.db import connection

from catalog.listing import sheets
from catalog.listing_index import reading
from catalog.models import ListingEntry

KEPT_SECONDS = 24 * 3600
IN_MEMORY = 8  # sheets in each process, of up to a megabyte
# Building the sheet of a busy category may take this share of the time, not more: while an import
# touches its goods, a sheet that was built slowly is shown some seconds longer.
SHARE = 0.05
# Below this many seconds a sheet is simply built again.
FAST = 0.05

_COLUMNS = """
SELECT product_id, published_at, category_ids, brand_key, name_de, name_en, popularity, rating,
       rating_count, lowest_price, "values", prices, flags, variant_values, numbers, price_until
FROM catalog_listingentry
"""
_OF_CATEGORY = f"{_COLUMNS} WHERE category_ids @> ARRAY[%s]"
_OF_PRODUCTS = f"{_COLUMNS} WHERE product_id = ANY(%s)"
_REVISION = "SELECT number FROM catalog_listingrevision WHERE category_id = %s"


@dataclasses.dataclass(frozen=True, slots=True)
class Kept:
    """A sheet, and when it stops being true."""

    sheet: sheets.Sheet
    revision: int
    # Neither the opening of a sale nor a planned publication waits for a revision.
    since: datetime.datetime
    until: datetime.datetime | None
    built_in: float

    def holds(self, revision: int, moment: datetime.datetime) -> bool:
        if moment < self.since or (self.until and moment >= self.until):
            return False
        return self.revision == revision or self._may_be_late(moment)

    def _may_be_late(self, moment: datetime.datetime) -> bool:
        if self.built_in < FAST:
            return False
        return (moment - self.since).total_seconds() < self.built_in / SHARE


def of_category(category_id: int, *, moment: datetime.datetime) -> sheets.Sheet:
    """The sheet of a category and all below it, best first; one statement when it is kept."""
    revision = _revision(category_id)
    key = f"sheet.{sheets.FORMAT}.{category_id}"
    kept = _memory.get(key)
    if kept is None or not kept.holds(revision, moment):
        kept = cache.get(key)
    if kept is None or not kept.holds(revision, moment):
        kept = _built(category_id, revision, moment)
        cache.set(key, kept, KEPT_SECONDS)
    _memory.put(key, kept)
    return kept.sheet


def of_products(
    product_ids: Sequence[int], *, moment: datetime.datetime, sorts: Collection[str] = ()
) -> sheets.Sheet:
    """The sheet of these products in their order, with those other orders; one statement.

    Products that the index has not read yet are on it, too, without anything to filter by.
    """
    entries, _until = _entries(_OF_PRODUCTS, list(product_ids), moment)
    found = {one.product_id: one for one in entries}
    ordered = [found.get(pk) or _unread(pk, moment) for pk in product_ids]
    return sheets.build(ordered, sorts=sorts)


def _revision(category_id: int) -> int:
    """Read before the entries: they are as new as this, or newer."""
    with connection.cursor() as cursor:
        cursor.execute(_REVISION, [category_id])
        row = cursor.fetchone()
    return row[0] if row else 0


def _built(category_id: int, revision: int, moment: datetime.datetime) -> Kept:
    started = time.perf_counter()
    entries, until = _entries(_OF_CATEGORY, category_id, moment)
    sheet = sheets.build(sheets.best_first(entries))
    return Kept(sheet, revision, moment, until, time.perf_counter() - started)


def _entries(
    statement: str, value: Any, moment: datetime.datetime
) -> tuple[list[sheets.Entry], datetime.datetime | None]:
    """What is published by `moment`, and when the first of these looks different by itself."""
    with connection.cursor() as cursor:
        cursor.execute(statement, [value])
        rows = cursor.fetchall()
    live, turns, late = [], [], []
    for *row, price_until in rows:
        entry = sheets.Entry._make(row)
        if entry.published_at > moment:
            turns.append(entry.published_at)
        elif price_until and price_until <= moment:
            late.append(entry)
        else:
            live.append(entry)
            if price_until:
                turns.append(price_until)
    for entry, price_until in _asked_anew(late, moment):
        live.append(entry)
        if price_until:
            turns.append(price_until)
    return live, min(turns, default=None)


def _asked_anew(
    entries: Sequence[sheets.Entry], moment: datetime.datetime
) -> list[tuple[sheets.Entry, datetime.datetime | None]]:
    """Entries of which a price began or ended since they were written: read as they are now."""
    if not entries:
        return []
    known = {one.product_id: one for one in entries}
    return [
        (_with(known[row.product_id], row), row.price_until)
        for row in reading.fresh(list(known), moment)
    ]


def _with(entry: sheets.Entry, row: reading.Row) -> sheets.Entry:
    shared = {name: getattr(row, name) for name in entry._fields if hasattr(row, name)}
    return entry._replace(**shared)


def _unread(product_id: int, moment: datetime.datetime) -> sheets.Entry:
    return sheets.Entry(
        product_id=product_id,
        published_at=moment,
        category_ids=(),
        brand_key=None,
        name_de="",
        name_en="",
        popularity=0.0,
        rating=None,
        rating_count=0,
        lowest_price=None,
        values=(),
        prices=(ListingEntry.NO_PRICE,),
        flags=(ListingEntry.AVAILABLE,),
        variant_values=(),
        numbers=(),
    )


class _Memory:
    """The sheets that this process used last: the cache is across a socket."""

    def __init__(self) -> None:
        self._held: collections.OrderedDict[str, Kept] = collections.OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str) -> Kept | None:
        with self._lock:
            return self._held.get(key)

    def put(self, key: str, kept: Kept) -> None:
        with self._lock:
            self._held[key] = kept
            self._held.move_to_end(key)
            while len(self._held) > IN_MEMORY:
                self._held.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._held.clear()


_memory = _Memory()
forget = _memory.clear
