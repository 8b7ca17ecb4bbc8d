"""The figures of documents that change without the product: price, stock, what is liked."""

import math
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal

from django.db import connection
from django.db.models import F, Q

from catalog.models import Product, ProductStatus, SearchDocument

BATCH = 5000
SOLD_SHARE = 0.7
# A rating counts fully from about this many reviews on.
TRUSTED_REVIEWS = 5
# The lowest price that is asked for now; a sale price is lower than the regular one.
_PRICES = """
SELECT v.product_id, min(p.gross) FROM catalog_price p JOIN catalog_variant v ON v.id = p.variant_id
WHERE v.product_id = ANY(%s) AND v.is_active AND p.valid @> now() GROUP BY 1
"""
_SET_PRICES = """
UPDATE catalog_searchdocument d SET price = t.price
FROM (SELECT q.id, (SELECT min(p.gross) FROM catalog_price p
          JOIN catalog_variant v ON v.id = p.variant_id
          WHERE v.product_id = q.id AND v.is_active AND p.valid @> now()) AS price
      FROM unnest(%s::bigint[]) AS q(id)) t
WHERE d.product_id = t.id AND d.price IS DISTINCT FROM t.price
"""
_SET_POPULARITY = """
UPDATE catalog_searchdocument d SET popularity = t.popularity
FROM unnest(%s::bigint[], %s::float8[]) AS t(id, popularity)
WHERE d.product_id = t.id AND abs(d.popularity - t.popularity) > 0.001
"""


def lowest_prices(product_ids: Iterable[int]) -> dict[int, Decimal]:
    """The lowest price of each of these products by the database's clock; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_PRICES, [list(product_ids)])
        return dict(cursor.fetchall())


def refresh_prices(product_ids: Iterable[int]) -> int:
    """Write the prices that began or ended since. Returns the number of documents changed."""
    ids = list(product_ids)
    changed = 0
    with connection.cursor() as cursor:
        for start in range(0, len(ids), BATCH):
            cursor.execute(_SET_PRICES, [ids[start : start + BATCH]])
            changed += cursor.rowcount
    return changed


def set_sold_out(product_ids: Collection[int]) -> int:
    """These products are sold out, all others can be ordered. Returns what changed."""
    gone = SearchDocument.objects.filter(is_available=True, product_id__in=product_ids)
    back = SearchDocument.objects.filter(is_available=False).exclude(product_id__in=product_ids)
    return gone.update(is_available=False) + back.update(is_available=True)


def popularity(
    product_ids: Iterable[int],
    *,
    sold: Mapping[int, int],
    stars: Mapping[int, tuple[float, int]],
) -> dict[int, float]:
    """From 0 to 1: mostly pieces sold, on a logarithmic scale; and stars, by how many gave them.

    `stars`: the average from 1 to 5, and the number of ratings.
    """
    most = math.log1p(max(sold.values(), default=0)) or 1.0
    found = {}
    for pk in product_ids:
        average, count = stars.get(pk, (3.0, 0))
        liked = (average - 1) / 4 * count / (count + TRUSTED_REVIEWS)
        bought = math.log1p(sold.get(pk, 0)) / most
        found[pk] = SOLD_SHARE * bought + (1 - SOLD_SHARE) * liked
    return found


def set_popularity(values: Mapping[int, float]) -> int:
    """Write the popularity of products. Returns the number of documents changed."""
    with connection.cursor() as cursor:
        cursor.execute(_SET_POPULARITY, [list(values), list(values.values())])
        return cursor.rowcount


def out_of_date() -> list[int]:
    """Products on sale that were never read, or changed since; and those no longer on sale."""
    fresh = SearchDocument.objects.filter(revision=F("product__revision"))
    on_sale = Product.objects.filter(status=ProductStatus.ACTIVE)
    missing = on_sale.exclude(search_documents__in=fresh)
    gone = Product.objects.filter(~Q(status=ProductStatus.ACTIVE), search_documents__isnull=False)
    return list(missing.values_list("pk", flat=True)) + list(
        gone.distinct().values_list("pk", flat=True)
    )
