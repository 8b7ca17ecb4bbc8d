"""SKUs and GTINs: found whatever their dashes, spaces and case, and before any word."""

import dataclasses
import datetime

from django.db import connection

from catalog import browsing
from catalog.search_index import folding

_FOUND = f"""
SELECT n.product_id, v.sku, n.number = %(number)s AS is_exact, p.slug
FROM catalog_searchnumber n
JOIN catalog_variant v ON v.id = n.variant_id JOIN catalog_product p ON p.id = n.product_id
WHERE n.number LIKE %(beginning)s AND v.is_active AND {browsing.live("p")}
ORDER BY n.number = %(number)s DESC, v.position, n.number LIMIT 200
"""  # noqa: S608 - texts of our own
SHORTEST = 3
# A beginning names a product only if it is long and few have it: "501" is more often a word.
SHORTEST_BEGINNING, MOST_PRODUCTS = 5, 20


@dataclasses.dataclass(frozen=True, slots=True)
class Found:
    """Products whose numbers begin as the search does; `exact` names the one variant it is."""

    product_ids: tuple[int, ...] = ()
    exact_slug: str = ""
    exact_sku: str = ""


def may_be_number(text: str) -> bool:
    """Only what holds a digit is looked up: no word of a shopper leads past the results."""
    number = folding.number(text)
    return SHORTEST <= len(number) <= 40 and folding.has_digit(number)


def find(text: str, *, moment: datetime.datetime) -> Found:
    """Which products have this number, one statement; nothing for texts that cannot be one."""
    number = folding.number(text)
    if not may_be_number(text):
        return Found()
    pattern = number.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    with connection.cursor() as cursor:
        cursor.execute(_FOUND, {"number": number, "beginning": pattern, "moment": moment})
        rows = cursor.fetchall()
    exact = next((row for row in rows if row[2]), None)
    product_ids = tuple(dict.fromkeys(row[0] for row in rows))
    if not exact and (len(number) < SHORTEST_BEGINNING or len(product_ids) > MOST_PRODUCTS):
        return Found()
    return Found(
        product_ids=product_ids,
        exact_slug=exact[3] if exact else "",
        exact_sku=exact[1] if exact else "",
    )
