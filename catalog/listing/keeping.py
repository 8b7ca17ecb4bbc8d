"""Where sheets come from: built from the index, kept until something on them changes."""

import collections
import dataclasses
import datetime
import hashlib
import threading
import time
from array import array
from collections.abc import Callable, Collection, Sequence
from typing import Any

from django.core.cache import cache
from django.db import connection

from catalog.listing import sheets
from catalog.listing_index import reading
from catalog.models import ListingEntry

KEPT_SECONDS = 24 * 3600
# Shoppers narrow a search down step by step: the sheet of many hits is kept for so long.
SEARCH_SECONDS, MANY_HITS = 300, 200
IN_MEMORY = 8  # sheets in each process, of up to a megabyte
# Building the sheet of a busy category may take this share of the time, not more: while an import
# touches its goods, a sheet that was built slowly is shown some seconds longer.
SHARE = 0.05
# Below this many seconds a sheet is simply built again.
FAST = 0.05

_COLUMNS = """
SELECT entry.product_id, entry.published_at, entry.category_ids, entry.brand_key, entry.name_de,
       entry.name_en, entry.popularity, entry.rating, entry.rating_count, entry.lowest_price,
       entry.values, entry.prices, entry.flags, entry.variant_values, entry.numbers,
       entry.unpublish_at, entry.price_until
FROM catalog_listingentry AS entry
"""
_OF_CATEGORY = f"{_COLUMNS} WHERE entry.category_ids @> ARRAY[%s]"
_OF_PRODUCTS = f"{_COLUMNS} WHERE entry.product_id = ANY(%s)"
# What staff picked in the order in which they picked it, then the newest.
_OF_COLLECTION = f"""{_COLUMNS}
JOIN catalog_collectionmember AS member
    ON member.product_id = entry.product_id AND member.collection_id = %s
ORDER BY member.place NULLS LAST, entry.published_at DESC, entry.product_id
"""
_REVISION = "SELECT number FROM catalog_listingrevision WHERE category_id = %s"
_REVISION_OF_ALL = "SELECT COALESCE(sum(number), 0)::bigint FROM catalog_listingrevision"
# Goods of a collection stand anywhere: any change of a list may be one of it.
_REVISION_OF_COLLECTION = """
SELECT COALESCE((SELECT sum(number) FROM catalog_listingrevision), 0)::text || '.' || count(*)
    || '.' || COALESCE(sum(hashint8(product_id)::bigint * COALESCE(place, -1)), 0)
FROM catalog_collectionmember WHERE collection_id = %s
"""


type _Read = tuple[list[sheets.Entry], datetime.datetime | None]


@dataclasses.dataclass(frozen=True, slots=True)
class Kept:
    """A sheet, and when it stops being true."""

    sheet: sheets.Sheet
    revision: object
    # Neither the opening of a sale nor a planned publication waits for a revision.
    since: datetime.datetime
    until: datetime.datetime | None
    built_in: float

    def holds(self, revision: object, moment: datetime.datetime) -> bool:
        if moment < self.since or (self.until and moment >= self.until):
            return False
        return self.revision == revision or self._may_be_late(moment)

    def _may_be_late(self, moment: datetime.datetime) -> bool:
        if self.built_in < FAST:
            return False
        return (moment - self.since).total_seconds() < self.built_in / SHARE


def of_category(category_id: int, *, moment: datetime.datetime) -> sheets.Sheet:
    """The sheet of a category and all below it, best first; one statement when it is kept."""
    revision = _revision(_REVISION, category_id)
    return _kept(
        f"category.{category_id}", revision, moment, lambda: _category(category_id, moment)
    )


def of_collection(collection_id: int, *, moment: datetime.datetime) -> sheets.Sheet:
    """The sheet of a collection in its own order; one statement when it is kept."""
    revision = _revision(_REVISION_OF_COLLECTION, collection_id)
    name = f"collection.{collection_id}"
    return _kept(name, revision, moment, lambda: _entries(_OF_COLLECTION, collection_id, moment))


def of_products(
    product_ids: Sequence[int], *, moment: datetime.datetime, sorts: Collection[str] = ()
) -> sheets.Sheet:
    """The sheet of these products in their order, with those other orders; one statement.

    Products that the index has not read yet are on it, too, without anything to filter by.
    """

    def read() -> _Read:
        entries, until = _entries(_OF_PRODUCTS, list(product_ids), moment)
        found = {one.product_id: one for one in entries}
        return [found.get(pk) or _unread(pk, moment) for pk in product_ids], until

    if len(product_ids) < MANY_HITS:
        return sheets.build(read()[0], sorts=sorts)
    numbers = array("q", product_ids).tobytes() + "\n".join(sorted(sorts)).encode()
    key = _key(f"search.{hashlib.sha256(numbers).hexdigest()}")
    revision = _revision(_REVISION_OF_ALL)
    return _shared(key, revision, moment, read, sorts=sorts, seconds=SEARCH_SECONDS).sheet


def _key(name: str) -> str:
    return f"sheet.{sheets.FORMAT}.{name}"


def _revision(statement: str, *pk: int) -> object:
    """Read before the entries: they are as new as this, or newer."""
    with connection.cursor() as cursor:
        cursor.execute(statement, pk or None)
        row = cursor.fetchone()
    return row[0] if row else 0


def _kept(
    name: str, revision: object, moment: datetime.datetime, read: Callable[[], _Read]
) -> sheets.Sheet:
    key = _key(name)
    kept = _memory.get(key)
    if kept is None or not kept.holds(revision, moment):
        kept = _shared(key, revision, moment, read, sorts=sheets.SORTS, seconds=KEPT_SECONDS)
    _memory.put(key, kept)
    return kept.sheet


def _shared(
    key: str,
    revision: object,
    moment: datetime.datetime,
    read: Callable[[], _Read],
    *,
    sorts: Collection[str],
    seconds: int,
) -> Kept:
    """The sheet from the cache that all processes share; built when it does not hold any more."""
    kept: Kept | None = cache.get(key)
    if kept is None or not kept.holds(revision, moment):
        started = time.perf_counter()
        entries, until = read()
        sheet = sheets.build(entries, sorts=sorts)
        kept = Kept(sheet, revision, moment, until, time.perf_counter() - started)
        cache.set(key, kept, seconds)
    return kept


def _category(category_id: int, moment: datetime.datetime) -> _Read:
    entries, until = _entries(_OF_CATEGORY, category_id, moment)
    return sheets.best_first(entries), until


def _entries(statement: str, value: Any, moment: datetime.datetime) -> _Read:
    """What shoppers see at `moment`, and when the first of these looks different by itself."""
    with connection.cursor() as cursor:
        cursor.execute(statement, [value])
        rows = cursor.fetchall()
    found: dict[int, sheets.Entry] = {}
    turns: list[datetime.datetime | None] = []
    late: list[int] = []
    for *row, end, price_until in rows:
        entry = sheets.Entry._make(row)
        if entry.published_at > moment:
            turns.append(entry.published_at)
        elif end is None or end > moment:
            found[entry.product_id] = entry
            turns.append(end)
            if price_until and price_until <= moment:
                late.append(entry.product_id)
            else:
                turns.append(price_until)
    turns += _ask_anew(found, late, moment)
    return list(found.values()), min((one for one in turns if one), default=None)


def _ask_anew(
    found: dict[int, sheets.Entry], late: Sequence[int], moment: datetime.datetime
) -> list[datetime.datetime | None]:
    """Replace entries of which a price began or ended since they were written by what holds now.

    Returns when that changes again.
    """
    rows = reading.fresh(late, moment) if late else []
    for row in rows:
        found[row.product_id] = _with(found[row.product_id], row)
    return [row.price_until for row in rows]


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
