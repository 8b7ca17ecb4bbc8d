"""Writes entries, and counts the revisions of the categories that they stand in."""

import dataclasses
import datetime
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import connection, transaction

from catalog.listing_index import reading

_COLUMNS = [field.name for field in dataclasses.fields(reading.Row)]
_LISTED = ", ".join(f'"{name}"' for name in _COLUMNS)
_SET = ", ".join(f'"{name}" = excluded."{name}"' for name in _COLUMNS[1:])
_MARKS = ", ".join(f"%({name})s" for name in _COLUMNS)
# Locked, so that of two readers of one product the later one writes what it read.
_HELD = f"""
SELECT {_LISTED} FROM catalog_listingentry
WHERE product_id = ANY(%s) ORDER BY product_id FOR UPDATE
"""  # noqa: S608 - names of columns
_UPSERT = f"""
INSERT INTO catalog_listingentry ({_LISTED}, rating_count) VALUES ({_MARKS}, 0)
ON CONFLICT (product_id) DO UPDATE SET {_SET}
WHERE catalog_listingentry.revision <= excluded.revision
"""  # noqa: S608 - names of columns
_FORGET = "DELETE FROM catalog_listingentry WHERE product_id = ANY(%s) RETURNING category_ids"
# In one order, so that two writers wait for each other and never in a circle; a category that was
# deleted meanwhile has no shelf.
_COUNT = """
INSERT INTO catalog_listingrevision AS revision (category_id, number)
SELECT category.id, 1 FROM catalog_category AS category
WHERE category.id = ANY(%s) ORDER BY category.id
ON CONFLICT (category_id) DO UPDATE SET number = revision.number + 1
"""
_RATE = """
UPDATE catalog_listingentry AS entry SET rating = rated.average, rating_count = rated.count
FROM unnest(%s::bigint[], %s::float8[], %s::integer[]) AS rated (id, average, count)
WHERE entry.product_id = rated.id
  AND (entry.rating, entry.rating_count) IS DISTINCT FROM (rated.average, rated.count)
RETURNING entry.category_ids
"""
_LIKE = """
UPDATE catalog_listingentry AS entry SET popularity = liked.popularity
FROM (SELECT product_id, max(popularity) AS popularity FROM catalog_searchdocument GROUP BY 1)
    AS liked
WHERE entry.product_id = liked.product_id AND entry.popularity <> liked.popularity
RETURNING entry.category_ids
"""


@transaction.atomic
def refresh(product_ids: Collection[int], moment: datetime.datetime) -> int:
    """Read these products again. Returns how many entries are new, changed or gone."""
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [list(product_ids)])
        held = {row[0]: reading.Row(*row) for row in cursor.fetchall()}
        found = reading.fresh(product_ids, moment)
        changed = [row for row in found if held.get(row.product_id) != row]
        gone = held.keys() - {row.product_id for row in found}
        if changed:
            cursor.executemany(_UPSERT, [_values(row) for row in changed])
        if gone:
            cursor.execute(_FORGET, [list(gone)])
    count(_places(held, changed, gone))
    return len(changed) + len(gone)


def _values(row: reading.Row) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _COLUMNS}


def _places(
    held: Mapping[int, reading.Row], changed: Iterable[reading.Row], gone: Iterable[int]
) -> set[int]:
    """Where something looks different now: what only has another revision looks the same."""
    places = {place for pk in gone for place in held[pk].category_ids}
    for row in changed:
        old = held.get(row.product_id)
        if old is None or dataclasses.replace(old, revision=row.revision) != row:
            places.update(row.category_ids, old.category_ids if old else ())
    return places


@transaction.atomic
def forget(product_ids: Collection[int]) -> None:
    """These products stand in no list any more."""
    count(_changed(_FORGET, list(product_ids)))


@transaction.atomic
def rate(ratings: Mapping[int, tuple[float | None, int]]) -> int:
    """Write the average and the number of ratings of products. Returns how many changed."""
    averages = [average for average, _count in ratings.values()]
    counts = [number for _average, number in ratings.values()]
    return count(_changed(_RATE, list(ratings), averages, counts))


@transaction.atomic
def like() -> int:
    """Take over what the search knows of popularity. Returns in how many places it changed."""
    return count(_changed(_LIKE))


def _changed(statement: str, *values: Any) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return {place for (places,) in cursor.fetchall() for place in places}


def count(category_ids: Collection[int]) -> int:
    """What is kept of these categories is void from the commit on. Returns their number."""
    if category_ids:
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, [list(category_ids)])
    return len(category_ids)
