"""Shelves of collections: the first products of several of them, for the home page."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import connection

from catalog import browsing

_SHELVES = f"""
SELECT picked.collection_id, product.id, product.revision, {browsing.LOWEST}
FROM unnest(%(collections)s::bigint[]) AS wanted (id)
CROSS JOIN LATERAL (
    SELECT member.collection_id, member.product_id, member.place, live.published_at
    FROM catalog_collectionmember AS member
    JOIN catalog_product AS live ON live.id = member.product_id
    WHERE member.collection_id = wanted.id AND {browsing.live("live")}
    ORDER BY member.place NULLS LAST, live.published_at DESC, live.id LIMIT %(size)s
) AS picked
JOIN catalog_product AS product ON product.id = picked.product_id
ORDER BY picked.collection_id, picked.place NULLS LAST, picked.published_at DESC, product.id
"""  # noqa: S608 - texts of our own


def first_rows(
    collection_ids: Sequence[int], *, size: int, moment: datetime.datetime
) -> dict[int, list[browsing.Row]]:
    """The first live products of each collection; one statement, none for no collection."""
    found: dict[int, list[browsing.Row]] = {pk: [] for pk in collection_ids}
    if collection_ids:
        values: dict[str, Any] = {
            "collections": list(collection_ids),
            "size": size,
            "moment": moment,
        }
        with connection.cursor() as cursor:
            cursor.execute(_SHELVES, values)
            for collection_id, pk, revision, lowest in cursor.fetchall():
                found[collection_id].append(browsing.Row(pk, revision, lowest))
    return found
