"""Which products a page shows, in one statement each: rows of plain values, no objects."""

import dataclasses
import datetime
import functools
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from catalog.models import ProductPicture, Variant
from catalog.models.picture import rendition_url
from shop.kit import languages

PAGE_SIZE = 24
SORTS = ("newest", "price", "-price", "name")


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """One product of a list: enough to find its card, and to know when the card is out of date."""

    pk: int
    revision: int
    lowest_gross: Decimal | None


@dataclasses.dataclass(frozen=True, slots=True)
class Listing:
    rows: list[Row]
    total: int
    page: int
    page_count: int


class NoSuchPage(LookupError):
    """A page number beyond the last one."""


# Statements of lists are written out: to have Django compose them anew for each visit cost half of
# the CPU of a page (docs/benchmarks.md). Nothing of the request is ever pasted into them.
_LOWEST = """(
    SELECT min(price.gross) FROM catalog_price AS price
    JOIN catalog_variant AS variant ON variant.id = price.variant_id AND variant.is_active
    WHERE variant.product_id = product.id AND price.valid @> %(moment)s
)"""
_LIVE = (
    "product.status = 'active' AND product.published_at <= %(moment)s"
    " AND (product.unpublish_at IS NULL OR product.unpublish_at > %(moment)s)"
)
_IN_CATEGORIES = """ AND (product.category_id = ANY(%(categories)s) OR EXISTS (
    SELECT FROM catalog_product_categories AS further
    WHERE further.product_id = product.id AND further.category_id = ANY(%(categories)s)
))"""
_IN_COLLECTION = """
    JOIN catalog_collectionmember AS member
    ON member.product_id = product.id AND member.collection_id = %(collection)s
"""
# Umlauts sort beside their vowels; the database's own order of bytes puts them after Z.
_BY_NAME = "translate(lower(product.name_{language}), 'äöüéèß', 'aouees')"
_ORDERS = {
    "newest": "product.published_at DESC, product.id",
    "price": "lowest ASC NULLS LAST, product.id",
    "-price": "lowest DESC NULLS LAST, product.id",
    "name": f"{_BY_NAME}, product.id",
    # What staff picked in the order in which they picked it, then the newest.
    "chosen": "member.place NULLS LAST, product.published_at DESC, product.id",
}


def listing(
    *,
    moment: datetime.datetime,
    category_ids: Sequence[int] | None = None,
    collection_id: int | None = None,
    sort: str = "newest",
    page: int = 1,
    size: int = PAGE_SIZE,
    language: str = "de",
) -> Listing:
    """One page of the live products, of some categories, a collection, or of all; one statement.

    A collection has an order of its own, which stands in for the newest first. Raises `NoSuchPage`
    for a page that does not exist; page 1 always does.
    """
    if collection_id is not None and sort == "newest":
        sort = "chosen"
    values = _rows(
        _listing_statement(
            sort,
            language,
            is_narrowed=category_ids is not None,
            is_collected=collection_id is not None,
        ),
        moment=moment,
        categories=list(category_ids or ()),
        collection=collection_id,
        size=size,
        start=(page - 1) * size,
    )
    if not values and page != 1:
        raise NoSuchPage(page)
    total = values[0][3] if values else 0
    return Listing(
        rows=[Row(pk, revision, lowest) for pk, revision, lowest, _total in values],
        total=total,
        page=page,
        page_count=max(1, -(-total // size)),
    )


@functools.cache
def _listing_statement(
    sort: str, language: str, *, is_narrowed: bool, is_collected: bool = False
) -> str:
    if language not in languages.codes():
        raise ValueError(language)
    order = _ORDERS.get(sort, _ORDERS["newest"]).format(language=language)
    narrowed = _IN_CATEGORIES if is_narrowed else ""
    joined = _IN_COLLECTION if is_collected else ""
    return (
        f"SELECT product.id, product.revision, {_LOWEST} AS lowest, count(*) OVER ()"  # noqa: S608
        f" FROM catalog_product AS product{joined} WHERE {_LIVE}{narrowed}"
        f" ORDER BY {order} LIMIT %(size)s OFFSET %(start)s"
    )


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


_ROWS_OF = (
    f"SELECT product.id, product.revision, {_LOWEST}"  # noqa: S608 - constants of this file
    f" FROM catalog_product AS product WHERE {_LIVE} AND product.id = ANY(%(products)s)"
)


# Each section takes so many from its own index; what is priced is a few hundred products at most,
# however many there are on sale.
_HOME = """
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
WHERE product.status = 'active' AND product.published_at <= %(moment)s
  AND (product.unpublish_at IS NULL OR product.unpublish_at > %(moment)s)
ORDER BY product.published_at DESC, product.id
"""
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


def picture_urls(variant_ids: Sequence[int], *, width: int = 320) -> dict[int, str]:
    """The address of the picture that shows each variant best, in one statement.

    A picture of one of its option values before one of the whole product.
    """
    chosen = Variant.option_values.through.objects.filter(
        variant_id=OuterRef("product__variants"), optionvalue_id=OuterRef("option_value_id")
    )
    rows = (
        ProductPicture.objects.filter(product__variants__in=variant_ids)
        .annotate(variant_id=F("product__variants"), is_own=Exists(chosen))
        .filter(variant_id__in=variant_ids)
        .filter(Q(is_own=True) | Q(option_value=None))
        .order_by("variant_id", "-is_own", "position", "pk")
        .distinct("variant_id")
        .values_list("variant_id", "key", "widths")
    )
    return {pk: rendition_url(key, widths, width) for pk, key, widths in rows}
