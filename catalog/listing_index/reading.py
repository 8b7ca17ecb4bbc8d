"""Reads products as lists see them: eight statements, however many there are."""

import dataclasses
import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db import connection

from catalog.listing_index import asking, facts, naming
from catalog.models import Category, ListingEntry

_PRODUCTS = """
SELECT product.id, product.revision, product.published_at, product.unpublish_at,
       product.brand_id,
       product.name_de, product.name_en, product.category_id,
       ARRAY(SELECT further.category_id FROM catalog_product_categories AS further
             WHERE further.product_id = product.id),
       COALESCE((SELECT max(document.popularity) FROM catalog_searchdocument AS document
                 WHERE document.product_id = product.id), 0)
FROM catalog_product AS product
WHERE product.id = ANY(%s) AND product.status = 'active'
"""
_VARIANTS = """
SELECT variant.product_id, variant.id,
       stock.variant_id IS NOT NULL OR (NOT variant.has_stock_limit AND bundle.variant_id IS NULL)
FROM catalog_variant AS variant
LEFT JOIN catalog_variantinstock AS stock ON stock.variant_id = variant.id
LEFT JOIN catalog_bundle AS bundle ON bundle.variant_id = variant.id
WHERE variant.product_id = ANY(%s) AND variant.is_active
ORDER BY variant.product_id, variant.position, variant.id
"""


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """An entry of the index but for its rating: the columns of `ListingEntry`, in their order."""

    product_id: int
    revision: int
    published_at: datetime.datetime
    unpublish_at: datetime.datetime | None
    category_ids: list[int]
    brand_key: int | None
    name_de: str
    name_en: str
    popularity: float
    lowest_price: int | None
    price_until: datetime.datetime | None
    values: list[int]
    variant_ids: list[int]
    prices: list[int]
    flags: list[int]
    variant_values: list[int]
    numbers: list[float]


def fresh(product_ids: Collection[int], moment: datetime.datetime) -> list[Row]:
    """These products as they are now, those on sale; prices as asked at `moment`."""
    products = _rows(_PRODUCTS, product_ids)
    variants: dict[int, list[tuple[int, bool]]] = defaultdict(list)
    for product_id, variant_id, is_available in _rows(_VARIANTS, product_ids):
        variants[product_id].append((variant_id, is_available))
    known = facts.of(product_ids, variants)
    prices = asking.of((pk for many in variants.values() for pk, _free in many), moment)
    places = shown_places()
    return [_row(one, variants[one[0]], known[one[0]], prices, places) for one in products]


def _rows(statement: str, product_ids: Collection[int]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(product_ids)])
        return cursor.fetchall()


def _row(
    product: Sequence[Any],
    variants: Sequence[tuple[int, bool]],
    known: facts.Facts,
    prices: Mapping[int, asking.Asked],
    places: Mapping[int, Sequence[int]],
) -> Row:
    pk, revision, start, end, brand_id, name_de, name_en, category_id, further, liked = product
    asked = [prices.get(variant_id, asking.NOTHING) for variant_id, _free in variants]
    shelves = {place for shelf in (category_id, *further) for place in places.get(shelf, ())}
    return Row(
        product_id=pk,
        revision=revision,
        published_at=start,
        unpublish_at=end,
        category_ids=sorted(shelves),
        brand_key=brand_id,
        name_de=naming.key(name_de),
        name_en=naming.key(name_en),
        popularity=liked,
        lowest_price=min((one.cents for one in asked if one.cents is not None), default=None),
        price_until=min((one.until for one in asked if one.until), default=None),
        values=known.values,
        variant_ids=[variant_id for variant_id, _free in variants],
        prices=[ListingEntry.NO_PRICE if one.cents is None else one.cents for one in asked],
        flags=[
            ListingEntry.AVAILABLE * is_free + ListingEntry.REDUCED * one.is_reduced
            for (_pk, is_free), one in zip(variants, asked, strict=True)
        ],
        variant_values=known.variant_values,
        numbers=known.numbers,
    )


def shown_places() -> dict[int, tuple[int, ...]]:
    """For each category that shoppers can open: itself and all that it stands below.

    A hidden category hides what is below it.
    """
    rows = list(Category.objects.values_list("path", "pk", "is_active"))
    return _chains(rows)


def _chains(rows: Iterable[tuple[str, int, bool]]) -> dict[int, tuple[int, ...]]:
    shown = {path: pk for path, pk, is_active in rows if is_active}
    chains = {}
    for path, pk in shown.items():
        parts = path.split("/")
        above = [shown.get("/".join(parts[:length])) for length in range(1, len(parts) + 1)]
        if None not in above:
            chains[pk] = tuple(one for one in above if one is not None)
    return chains
