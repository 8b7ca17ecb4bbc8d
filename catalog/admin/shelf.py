"""What lists of goods show beside the goods: first picture, price now, pieces that are free."""

import dataclasses
from collections import defaultdict
from collections.abc import Collection, Iterable
from decimal import Decimal

from django.db.models import Sum
from django.utils.html import format_html
from django.utils.translation import gettext as _

from catalog import pricing
from catalog.models import Product, ProductPicture, Variant
from inventory.models import StockItem
from shop.kit import clock, languages, money


@dataclasses.dataclass(frozen=True, slots=True)
class VariantShelf:
    """A variant today. `price` is `None` where none is in force, `free` where it is not counted."""

    price: pricing.CurrentPrice | None
    free: int | None


@dataclasses.dataclass(frozen=True, slots=True)
class ProductShelf:
    picture_url: str
    price_from: Decimal | None
    free: int | None


def of_variants(variants: Iterable[Variant]) -> dict[int, VariantShelf]:
    """Price and free pieces of each variant; two statements."""
    variants = list(variants)
    keys = [variant.pk for variant in variants]
    moment = clock.now()
    prices = pricing.price_of(keys, moment)
    rows = StockItem.objects.filter(variant_id__in=keys).with_free(clock.day_of(moment))
    free = dict(rows.values_list("variant_id").annotate(pieces=Sum("free_now")))
    return {
        variant.pk: VariantShelf(
            price=prices.get(variant.pk),
            free=free.get(variant.pk, 0) if variant.has_stock_limit else None,
        )
        for variant in variants
    }


def of_products(products: Collection[Product]) -> dict[int, ProductShelf]:
    """First picture, lowest price and free pieces of each product; four statements."""
    keys = [product.pk for product in products]
    by_product: dict[int, list[Variant]] = defaultdict(list)
    variants = list(Variant.objects.filter(product_id__in=keys, is_active=True))
    for variant in variants:
        by_product[variant.product_id].append(variant)
    known = of_variants(variants)
    pictures = {one.product_id: one.url(160) for one in _first_pictures(keys)}
    return {key: _summed(pictures.get(key, ""), by_product[key], known) for key in keys}


def _first_pictures(keys: list[int]) -> list[ProductPicture]:
    rows = ProductPicture.objects.filter(product_id__in=keys)
    return list(rows.order_by("product_id", "position", "pk").distinct("product_id"))


def _summed(
    picture_url: str, variants: list[Variant], known: dict[int, VariantShelf]
) -> ProductShelf:
    shelves = [known[variant.pk] for variant in variants]
    prices = [one.price.gross for one in shelves if one.price]
    counted = [one.free for one in shelves if one.free is not None]
    return ProductShelf(
        picture_url=picture_url,
        price_from=min(prices, default=None),
        free=sum(counted) if counted else None,
    )


def price_text(price: pricing.CurrentPrice | None) -> str:
    """The price as staff read it, with the one before where it is reduced."""
    if price is None:
        return _("no price")
    language = languages.active()
    now = money.formatted(price.gross, price.currency, language)
    if price.before is None:
        return now
    return format_html("{} <s>{}</s>", now, money.formatted(price.before, price.currency, language))


def free_text(free: int | None) -> str:
    """How many can be promised; a dash where nobody counts."""
    return "–" if free is None else str(free)
