"""The products that crawlers are told of, read in blocks: no list of all of them is ever made."""

import datetime
import itertools
from collections import defaultdict
from collections.abc import Iterator

from django.db import connection

from catalog import browsing
from catalog.models import Product, ProductPicture
from catalog.models.picture import rendition_url
from catalog.pictures.display import SHARED_WIDTH

# A sitemap may hold 50,000 addresses and 50 MB; each product has an address in each language.
PRODUCTS_PER_PART = 10_000
BLOCK = 1000
PICTURES = 5

_PARTS = f"""
SELECT min(id), max(changed_at) FROM (
    SELECT id, changed_at, (row_number() OVER (ORDER BY id) - 1) / %(size)s AS part
    FROM catalog_product AS product WHERE {browsing.live("product")}
) AS live GROUP BY part ORDER BY part
"""  # noqa: S608 - a text of our own


def parts(moment: datetime.datetime) -> list[tuple[int, datetime.datetime]]:
    """The first id of each part, and when one of its products last changed. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_PARTS, {"size": PRODUCTS_PER_PART, "moment": moment})
        return list(cursor.fetchall())


def products(
    moment: datetime.datetime, *, start: int, end: int | None
) -> Iterator[tuple[str, datetime.datetime, list[str]]]:
    """Slug, last change and pictures of the live products with an id from `start` to before `end`.

    Two statements for each thousand.
    """
    live = Product.objects.live(moment).order_by("pk")
    if end is not None:
        live = live.filter(pk__lt=end)
    following = start
    while True:
        rows = list(live.filter(pk__gte=following).values_list("pk", "slug", "changed_at")[:BLOCK])
        pictures = _pictures([pk for pk, _slug, _changed_at in rows])
        for pk, slug, changed_at in rows:
            yield slug, changed_at, pictures[pk]
        if len(rows) < BLOCK:
            return
        following = rows[-1][0] + 1


def _pictures(product_ids: list[int]) -> dict[int, list[str]]:
    """The addresses of the first pictures of each product."""
    rows = ProductPicture.objects.filter(product_id__in=product_ids)
    ordered = rows.order_by("product_id", "position", "pk")
    found: dict[int, list[str]] = defaultdict(list)
    values = ordered.values_list("product_id", "key", "renditions", "widths")
    for product_id, of_product in itertools.groupby(values, key=lambda row: row[0]):
        found[product_id] = [
            rendition_url(key, made, widths, SHARED_WIDTH)
            for _product_id, key, made, widths in itertools.islice(of_product, PICTURES)
        ]
    return found
