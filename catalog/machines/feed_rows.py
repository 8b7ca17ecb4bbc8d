"""What feeds say of each variant: one generator, read in blocks, for all formats.

Price and base price come from `pricing`, stock from whom the caller names: the same functions that
pages ask. What cannot be listed anywhere (no price, no picture) is counted and left out.
"""

import dataclasses
import datetime
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import translation

from catalog import categories, pricing
from catalog.law import consignments
from catalog.machines import structured, terms
from catalog.models import OptionValue, Product, ProductPicture, Variant
from catalog.pictures.display import SHARED_WIDTH
from catalog.storefront import product_page
from shop.kit import languages

BLOCK = 500  # products
MAX_TITLE, MAX_DESCRIPTION, MAX_MORE_IMAGES = 150, 5000, 10
FreeOf = Callable[[Iterable[int]], Mapping[int, Any]]


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """One variant in one language. Texts are plain, `images` absolute, the best one first."""

    sku: str
    group: str
    title: str
    description: str
    link: str
    images: list[str]
    kind: str
    price: pricing.CurrentPrice
    brand: str
    gtin: str
    shelf: str
    traits: dict[str, str]  # color, size, material, pattern
    content_amount: Decimal | None
    content_unit: str
    energy: Mapping[str, str] | None
    weight_g: int
    lead_days: int
    expected_on: datetime.date | None
    shipping: tuple[terms.Shipping, ...]
    is_digital: bool


@dataclasses.dataclass(slots=True)
class Count:
    """How many variants were listed, and how many could not be."""

    rows: int = 0
    without_price: int = 0
    without_picture: int = 0


@dataclasses.dataclass(frozen=True, slots=True)
class Source:
    """Who knows what: the shop's terms, its tree of categories, its stock; as of `moment`."""

    shop: terms.Shop
    tree: categories.Tree
    free_of: FreeOf
    language: str
    moment: datetime.datetime


def rows(source: Source, count: Count) -> Iterator[Row]:
    """All variants for sale; about eight statements for 500 products, whatever their number."""
    last = 0
    with translation.override(source.language):
        while block := _block(source.moment, last):
            yield from _rows_of(block, source, count)
            last = block[-1].pk


def _block(moment: datetime.datetime, last: int) -> list[Product]:
    live = Product.objects.live(moment).filter(pk__gt=last).order_by("pk")
    values = Prefetch("option_values", OptionValue.objects.select_related("option"))
    offered = Variant.objects.filter(is_active=True).order_by("position", "pk")
    return list(
        live.select_related("brand").prefetch_related(
            Prefetch("variants", offered.prefetch_related(values)),
            Prefetch("pictures", ProductPicture.objects.order_by("position", "pk")),
            "sending_bans",
        )[:BLOCK]
    )


@dataclasses.dataclass(frozen=True, slots=True)
class _Common:
    """What all variants of a product share."""

    product: Product
    name: str
    description: str
    url: str
    shelf: str
    is_alone: bool


def _rows_of(block: list[Product], source: Source, count: Count) -> Iterator[Row]:
    ids = [one.pk for product in block for one in product.variants.all()]
    prices = pricing.price_of(ids, source.moment)
    free = source.free_of(ids)
    shelves = _shelves(source.tree)
    for product in block:
        common = _common(product, source, shelves.get(product.category_id, ""))
        for variant in product.variants.all():
            images = _images(product, variant, source.shop.url)
            price = prices.get(variant.pk)
            if price is None or not price.gross:
                count.without_price += 1
            elif not images:
                count.without_picture += 1
            else:
                count.rows += 1
                yield _row(common, variant, source, price, free.get(variant.pk), images)


def _common(product: Product, source: Source, shelf: str) -> _Common:
    def text(name: str) -> str:
        return languages.localized(product, name, source.language)

    words = "\n\n".join(filter(None, [text("summary"), text("description")]))
    return _Common(
        product=product,
        name=text("name"),
        description=_cut(words, MAX_DESCRIPTION) or text("name"),
        url=f"{source.shop.url}{reverse('catalog:product', args=[product.slug])}",
        shelf=shelf,
        is_alone=len(product.variants.all()) == 1,
    )


def _row(
    common: _Common,
    variant: Variant,
    source: Source,
    price: pricing.CurrentPrice,
    stock: Any,
    images: list[str],
) -> Row:
    product = common.product
    label = languages.localized(variant, "label", source.language)
    return Row(
        sku=variant.sku,
        group="" if common.is_alone else str(product.pk),
        title=_cut(", ".join(filter(None, [common.name, label])), MAX_TITLE),
        description=common.description,
        link=common.url if common.is_alone else structured.address(common.url, variant.sku),
        images=images,
        kind=product_page.availability_kind(stock, is_digital=product.is_digital),
        price=price,
        brand=product.brand.name if product.brand else "",
        gtin=terms.public_gtin(variant.gtin),
        shelf=common.shelf,
        traits=_traits(variant, source.language),
        content_amount=variant.content_amount,
        content_unit=variant.content_unit,
        energy=product.energy_label,
        weight_g=variant.weight_g,
        lead_days=variant.lead_days,
        expected_on=stock.awaited_until(1) if stock else None,
        shipping=() if product.is_digital else _shipping(product, variant, source, price),
        is_digital=product.is_digital,
    )


def _shipping(
    product: Product, variant: Variant, source: Source, price: pricing.CurrentPrice
) -> tuple[terms.Shipping, ...]:
    sent = consignments.of_variant(variant, list(product.sending_bans.all()))
    return tuple(source.shop.shipping(dataclasses.replace(sent, goods_gross=price.gross)))


# What XML 1.0 cannot hold (section 2.2), and half characters.
_UNREADABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def _cut(text: str, length: int) -> str:
    """At most `length` characters, without those that XML cannot hold; whole words."""
    clean = _UNREADABLE.sub("", text).strip()
    if len(clean) <= length:
        return clean
    head = clean[: length - 1]
    return (head[: head.rfind(" ")] if " " in head else head).rstrip() + "…"


def _images(product: Product, variant: Variant, site_url: str) -> list[str]:
    """Pictures of the variant's own values first, as its page shows them."""
    chosen = {value.pk for value in variant.option_values.all()}
    pictures = list(product.pictures.all())
    own = [one for one in pictures if one.option_value_id in chosen]
    shared = [one for one in pictures if one.option_value_id is None]
    shown = own + shared or pictures
    addresses = (one.url(SHARED_WIDTH) for one in shown[: MAX_MORE_IMAGES + 1])
    return [site_url + one for one in addresses if one]


def _traits(variant: Variant, language: str) -> dict[str, str]:
    """Colour, size, material and pattern; the first option of each kind counts."""
    found: dict[str, str] = {}
    values = sorted(variant.option_values.all(), key=lambda one: one.option.position)
    for value in values:
        name = structured.VARIES_BY.get(value.option.code)
        if name:
            found.setdefault(name, languages.localized(value, "name", language))
    return found


def _shelves(tree: categories.Tree) -> dict[int, str]:
    """The way to each category in words: `Kitchen > Cups`."""
    found: dict[int, str] = defaultdict(str)
    for path, node in tree.nodes.items():
        found[node.pk] = " > ".join(one.name for one in tree.ancestors(path))
    return found
