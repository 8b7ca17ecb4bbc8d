"""Which products a page shows, in one statement each: rows of plain values, no objects."""

import dataclasses
import datetime
import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from catalog.models import Variant
from catalog.models.picture import rendition_url


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """One product of a list: enough to find its card, and to know when the card is out of date."""

    pk: int
    revision: int
    lowest_gross: Decimal | None


# Statements of lists are written out: to have Django compose them anew for each visit cost half of
# the CPU of a page (docs/benchmarks.md). Nothing of the request is ever pasted into them.
LOWEST = """(
    SELECT min(price.gross) FROM catalog_price AS price
    JOIN catalog_variant AS variant ON variant.id = price.variant_id AND variant.is_active
    WHERE variant.product_id = product.id AND price.valid @> %(moment)s
)"""


def live(alias: str, *, moment: str = "%(moment)s") -> str:
    """The condition on a product of a statement, named `alias`, that shoppers can see it at
    `moment`; what `Product.objects.live` asks, for statements that are written out."""
    return (
        f"{alias}.status = 'active' AND {alias}.published_at <= {moment}"
        f" AND ({alias}.unpublish_at IS NULL OR {alias}.unpublish_at > {moment})"
    )


_LIVE = live("product")


def _rows(statement: str, **parameters: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


def rows_of(product_ids: Sequence[int], moment: datetime.datetime) -> list[Row]:
    """The live ones of these products as rows, in the given order; one statement."""
    found = {
        pk: Row(pk, revision, lowest)
        for pk, revision, lowest in _rows(_ROWS_OF, moment=moment, products=list(product_ids))
    }
    return [found[pk] for pk in product_ids if pk in found]


def rows_statement(*more: str) -> str:
    """The statement that reads rows of products, with further columns of `product`; it wants
    `products` and `moment`."""
    columns = ", ".join(("product.id", "product.revision", LOWEST, *more))
    return (
        f"SELECT {columns} FROM catalog_product AS product"  # noqa: S608 - texts of our own
        f" WHERE {_LIVE} AND product.id = ANY(%(products)s)"
    )


_ROWS_OF = rows_statement()
_NEWEST = (
    f"SELECT product.id, product.revision, {LOWEST}"  # noqa: S608 - constants of this file
    f" FROM catalog_product AS product WHERE {_LIVE}"
    " ORDER BY product.published_at DESC, product.id LIMIT %(size)s"
)


def newest(moment: datetime.datetime, *, size: int) -> list[Row]:
    """The products that were published last; one statement."""
    return [Row(*values) for values in _rows(_NEWEST, moment=moment, size=size)]


# Each section takes so many from its own index; what is priced is a few hundred products at most,
# however many there are on sale.
_HOME = f"""
WITH newest AS (
    SELECT id FROM catalog_product WHERE status = 'active' AND published_at <= %(moment)s
    ORDER BY published_at DESC, id LIMIT %(most)s
), featured AS (
    SELECT id FROM catalog_product
    WHERE status = 'active' AND is_featured AND published_at <= %(moment)s
    ORDER BY published_at DESC, id LIMIT %(most)s
), cut AS (
    SELECT variant_id FROM catalog_price
    WHERE kind = 'sale' AND lower(valid) <= %(moment)s AND valid @> %(moment)s
    ORDER BY lower(valid) DESC LIMIT %(cuts)s
), chosen AS (
    SELECT id FROM newest UNION SELECT id FROM featured UNION
    SELECT product_id FROM catalog_variant WHERE is_active AND id IN (SELECT variant_id FROM cut)
), priced AS (
    SELECT variant.product_id, min(price.gross) AS lowest,
           min(price.gross) FILTER (WHERE price.kind = 'sale') = min(price.gross) AS on_sale
    FROM chosen
    JOIN catalog_variant AS variant ON variant.product_id = chosen.id AND variant.is_active
    JOIN catalog_price AS price ON price.variant_id = variant.id AND price.valid @> %(moment)s
    GROUP BY variant.product_id
)
SELECT product.id, product.revision, priced.lowest, product.is_featured,
       COALESCE(priced.on_sale, false)
FROM chosen JOIN catalog_product AS product ON product.id = chosen.id
LEFT JOIN priced ON priced.product_id = product.id
WHERE {_LIVE}
ORDER BY product.published_at DESC, product.id
"""  # noqa: S608 - constants of this file
# The latest reductions are looked at, enough of them for one section.
_CUTS = 200


def home_rows(moment: datetime.datetime, *, size: int) -> dict[str, list[Row]]:
    """The rows of the home page's sections (`new`, `featured`, `sale`), in one statement.

    A product stands in one section only: what shows a reduced price, else what is featured, else
    what is new.
    """
    # More new ones than are shown: some of them stand in the other sections.
    values = _rows(_HOME, moment=moment, most=3 * size, cuts=_CUTS)
    sections: dict[str, list[Row]] = {"new": [], "featured": [], "sale": []}
    for pk, revision, lowest, is_featured, is_on_sale in values:
        name = "sale" if is_on_sale else "featured" if is_featured else "new"
        if len(sections[name]) < size:
            sections[name].append(Row(pk, revision, lowest))
    return sections


def buyable_variants(product_ids: Iterable[int]) -> QuerySet[Variant]:
    """The variants for sale of these products, in the order of the product page."""
    return Variant.objects.filter(product_id__in=list(product_ids), is_active=True).order_by(
        "product_id", "position", "pk"
    )


_PICTURES = """
SELECT DISTINCT ON (variant.id)
       variant.id, picture.key, picture.renditions::text, picture.widths
FROM catalog_variant AS variant
JOIN catalog_productpicture AS picture ON picture.product_id = variant.product_id
CROSS JOIN LATERAL (SELECT EXISTS (
    SELECT FROM catalog_variant_option_values AS chosen
    WHERE chosen.variant_id = variant.id AND chosen.optionvalue_id = picture.option_value_id
) AS is_own) AS shows
WHERE variant.id = ANY(%s) AND (shows.is_own OR picture.option_value_id IS NULL)
ORDER BY variant.id, shows.is_own DESC, picture.position, picture.id
"""


def picture_urls(variant_ids: Sequence[int], *, width: int = 320) -> dict[int, str]:
    """The address of the picture that shows each variant best, in one statement.

    A picture of one of its option values before one of the whole product.
    """
    with connection.cursor() as cursor:
        cursor.execute(_PICTURES, [list(variant_ids)])
        rows = cursor.fetchall()
    return {
        pk: rendition_url(key, json.loads(made), widths, width) for pk, key, made, widths in rows
    }
