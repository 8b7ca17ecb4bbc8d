"""Which products a page shows, in one statement each: rows of plain values, no objects."""

import dataclasses
import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, Window

from catalog.models import Price, Product, ProductPicture, Variant
from catalog.models.picture import rendition_url

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


def listing(
    *,
    moment: datetime.datetime,
    category_ids: Sequence[int] | None = None,
    product_ids: QuerySet[Any] | Sequence[int] | None = None,
    sort: str = "newest",
    page: int = 1,
    size: int = PAGE_SIZE,
    language: str = "de",
) -> Listing:
    """One page of the live products of some categories, or of `product_ids`; one statement.

    Raises `NoSuchPage` for a page that does not exist; page 1 always does.
    """
    products = Product.objects.live(moment)
    if category_ids is not None:
        further = Product.categories.through.objects.filter(
            product_id=OuterRef("pk"), category_id__in=category_ids
        )
        products = products.filter(Q(category_id__in=category_ids) | Exists(further))
    if product_ids is not None:
        products = products.filter(pk__in=product_ids)
    ordered = _with_price(products, moment).order_by(*_order(sort, language))
    start = (page - 1) * size
    values = list(
        ordered.annotate(total=Window(Count("pk"))).values_list(
            "pk", "revision", "lowest", "total"
        )[start : start + size]
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


def _with_price(products: QuerySet[Product], moment: datetime.datetime) -> QuerySet[Any]:
    """The lowest price now: a sale price is lower than the regular one that it stands in for."""
    prices = (
        Price.objects.filter(
            variant__product=OuterRef("pk"), variant__is_active=True, valid__contains=moment
        )
        .order_by()
        .values("variant__product")
        .annotate(lowest=Min("gross"))
        .values("lowest")
    )
    return products.annotate(lowest=Subquery(prices))


def _order(sort: str, language: str) -> tuple[Any, ...]:
    orders: dict[str, tuple[Any, ...]] = {
        "newest": (F("published_at").desc(), "pk"),
        "price": (F("lowest").asc(nulls_last=True), "pk"),
        "-price": (F("lowest").desc(nulls_last=True), "pk"),
        "name": (f"name_{language}", "pk"),
    }
    return orders.get(sort, orders["newest"])


def rows_of(product_ids: Sequence[int], moment: datetime.datetime) -> list[Row]:
    """The live ones of these products as rows, in the given order; one statement."""
    found = {
        pk: Row(pk, revision, lowest)
        for pk, revision, lowest in _with_price(
            Product.objects.live(moment).filter(pk__in=product_ids), moment
        ).values_list("pk", "revision", "lowest")
    }
    return [found[pk] for pk in product_ids if pk in found]


def home_rows(moment: datetime.datetime, *, size: int) -> dict[str, list[Row]]:
    """The rows of the home page's sections (`new`, `featured`, `sale`), in one statement.

    A product stands in one section only: what shows a reduced price, else what is featured, else
    what is new.
    """
    live = Product.objects.live(moment)
    on_sale = Price.objects.filter(
        variant__product=OuterRef("pk"),
        variant__is_active=True,
        kind="sale",
        valid__contains=moment,
        gross=OuterRef("lowest"),
    )
    rank = Window(Count("pk"), order_by=[F("published_at").desc(), F("pk").asc()])
    values = (
        _with_price(live, moment)
        .annotate(is_on_sale=Exists(on_sale), rank=rank)
        .order_by("-published_at", "pk")
        .filter(Q(is_featured=True) | Q(is_on_sale=True) | Q(rank__lte=3 * size))
        .values_list("pk", "revision", "lowest", "is_featured", "is_on_sale", "rank")
    )
    sections: dict[str, list[Row]] = {"new": [], "featured": [], "sale": []}
    for pk, revision, lowest, is_featured, is_on_sale, _place in values:
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
