"""Product cards as strings, rendered once for each state that a card can be in.

The key of a card holds the product's revision, the price now and whether it is sold out, as the
list's own statement read them: a card from the cache is exact by construction. When the cache is
away the cards are rendered in place.
"""

import datetime
import functools
import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings
from django.core.cache import cache
from django.template.loader import get_template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from catalog import browsing, pricing
from catalog.models import OptionValue, Product, ProductPicture, Variant
from catalog.models.picture import Picture
from catalog.pictures import display
from shop.kit import languages, money, pages

KEPT_SECONDS = 6 * 3600
TEMPLATE = "components/product_card.html"
SIZES = "(min-width: 80rem) 18rem, (min-width: 48rem) 30vw, 46vw"
NEW_FOR = datetime.timedelta(days=30)
MAX_SWATCHES = 6
MOST_PIXELS = 960  # across a plate, on the finest screens


Ratings = Callable[[list[int]], Mapping[int, Any]]


def html(
    rows: Sequence[browsing.Row],
    *,
    sold_out: Collection[int],
    ratings: Ratings,
    moment: datetime.datetime,
    is_exempt: bool,
) -> SafeString:
    """The cards of `rows`, one after the other, in the active language.

    `is_exempt`: the shop is a small business, so no VAT is told beside the price (§ 19 UStG).
    `ratings` gives the summary of ratings of products; it is only asked for cards that have to be
    rendered.
    """
    if not rows:
        return SafeString("")
    language = languages.active()
    keys = {row.pk: _key(row, row.pk in sold_out, is_exempt, language) for row in rows}
    known = cache.get_many(keys.values())
    missing = [row for row in rows if keys[row.pk] not in known]
    if missing:
        fresh = _render(missing, sold_out, ratings, moment, language, is_exempt)
        made = {keys[pk]: text for pk, text in fresh.items()}
        cache.set_many(made, KEPT_SECONDS)
        known.update(made)
    return mark_safe("".join(known[keys[row.pk]] for row in rows))  # noqa: S308 - own templates


def _key(row: browsing.Row, is_sold_out: bool, is_exempt: bool, language: str) -> str:
    state = f"{row.revision}.{row.lowest_gross}.{int(is_sold_out)}.{int(is_exempt)}"
    return f"card.{_stamp()}.{language}.{row.pk}.{state}"


@functools.cache
def _stamp() -> str:
    """Changes with the templates of a card, so that a new release shows new cards at once."""
    folder = Path(settings.BASE_DIR) / "templates" / "components"
    names = ("product_card", "picture", "price", "price_note", "rating", "swatches")
    text = b"".join((folder / f"{name}.html").read_bytes() for name in names)
    return hashlib.sha256(text).hexdigest()[:10]


def _render(
    rows: Sequence[browsing.Row],
    sold_out: Collection[int],
    ratings: Ratings,
    moment: datetime.datetime,
    language: str,
    is_exempt: bool,
) -> dict[int, str]:
    ids = [row.pk for row in rows]
    products = Product.objects.select_related("brand").in_bulk(ids)
    variants: dict[int, list[Variant]] = defaultdict(list)
    for variant in browsing.buyable_variants(ids):
        variants[variant.product_id].append(variant)
    prices = pricing.price_of([one.pk for many in variants.values() for one in many], moment)
    pictures: dict[int, list[ProductPicture]] = defaultdict(list)
    for picture in ProductPicture.objects.filter(product_id__in=ids).order_by("position", "pk"):
        pictures[picture.product_id].append(picture)
    swatches = _swatches(ids, language)
    rated = ratings(ids)
    template = get_template(TEMPLATE)
    shipping_url = reverse("legal", args=["shipping"])
    return {
        pk: pages.tight(
            template.render(
                {
                    "card": _card(
                        products[pk],
                        variants[pk],
                        prices,
                        pictures[pk],
                        swatches.get(pk, []),
                        rated.get(pk),
                        pk in sold_out,
                        moment,
                        language,
                    ),
                    "shipping_url": shipping_url,
                    "is_exempt": is_exempt,
                }
            )
        )
        for pk in ids
        if pk in products
    }


def _swatches(product_ids: list[int], language: str) -> dict[int, list[dict[str, str]]]:
    found: dict[int, list[dict[str, str]]] = defaultdict(list)
    values = (
        OptionValue.objects.filter(option__product_id__in=product_ids)
        .exclude(swatch="")
        .select_related("option")
        .order_by("position", "pk")
    )
    for value in values:
        of_product = found[value.option.product_id]
        if len(of_product) < MAX_SWATCHES:
            name = languages.localized(value, "name", language)
            of_product.append({"name": name, "color": value.swatch})
    return found


def _drawn(swatches: list[dict[str, str]]) -> dict[str, Any]:
    """Discs of twenty side by side, a quarter of one between them, and their names."""
    names = ", ".join(one["name"] for one in swatches)
    return {
        "label": f"{_('Colours')}: {names}",
        "width": str(25 * len(swatches) - 5),
        "discs": [
            {"x": str(10 + 25 * place), "color": one["color"]} for place, one in enumerate(swatches)
        ],
    }


def _card(
    product: Product,
    variants: list[Variant],
    prices: Mapping[int, pricing.CurrentPrice],
    pictures: list[ProductPicture],
    swatches: list[dict[str, str]],
    rating: Any,
    is_sold_out: bool,
    moment: datetime.datetime,
    language: str,
) -> dict[str, Any]:
    priced = [one for one in variants if one.pk in prices]
    cheapest = min(priced, key=lambda one: (prices[one.pk].gross, one.position), default=None)
    price = prices[cheapest.pk] if cheapest else None
    card: dict[str, Any] = {
        "pk": str(product.pk),
        "url": product.get_absolute_url(),
        "wish_url": f"{reverse('discovery:wish')}?product={product.pk}",
        "name": languages.localized(product, "name", language),
        "brand": product.brand.name if product.brand else "",
        "picture": picture_of(pictures[0]) if pictures else None,
        "hover_picture": _second(pictures[1]) if len(pictures) > 1 else None,
        "swatches": _drawn(swatches) if swatches else None,
        "rating": rating_of(rating, language),
        "price_note": price_note(product),
        "badge": _badge(product, price, is_sold_out, moment),
    }
    if price and cheapest:
        card |= price_texts(price, cheapest, language)
        card["is_from_price"] = len({prices[one.pk].gross for one in priced}) > 1
    return card


def _badge(
    product: Product,
    price: pricing.CurrentPrice | None,
    is_sold_out: bool,
    moment: datetime.datetime,
) -> dict[str, str] | None:
    """`price` is the one on the card: who says "reduced" says from what (section 11 PAngV)."""
    if is_sold_out or not price:
        return {"kind": "sold_out", "text": _("Sold out")}
    if price.percent_off or price.is_perishing:
        return {"kind": "sale", "text": _("Reduced")}
    if product.published_at and moment - product.published_at < NEW_FOR:
        return {"kind": "new", "text": _("New")}
    return None


def price_note(product: Product) -> str:
    """What to say of VAT and shipping beside the price, as components/price_note.html knows it."""
    if product.is_gift_card:
        return "voucher"
    return "digital" if product.is_digital else "goods"


def picture_of(picture: Picture, *, sizes: str = SIZES) -> dict[str, Any]:
    """A picture as components/picture.html shows it on a square plate, in full width nowhere.

    A list has dozens of them: browsers that know none of the better formats get one width.
    """
    shown = display.shown(
        picture, alt=picture.alt, sizes=sizes, shape="square", src=480, most=MOST_PIXELS
    )
    return shown | {"srcset": ""} if shown["sources"] else shown


def _second(picture: Picture) -> dict[str, Any]:
    """What a mouse over the card shows: decoration, in two sizes of the format that all know that
    have a mouse; it would be a fifth of a list, written like the first."""
    shown = picture_of(picture)
    offered = shown["sources"][-1]["srcset"].split(", ") if shown["sources"] else [shown["src"]]
    urls = [one.partition(" ")[0] for one in offered]
    return shown | {"src": urls[0], "sharp": urls[-1] if len(urls) > 1 else ""}


def rating_of(rating: Any, language: str) -> dict[str, str] | None:
    """A summary of ratings as components show it; `None` where nobody rated yet."""
    if not rating or not rating.count:
        return None
    return {
        "stars_percent": str(rating.stars_percent),
        "average": money.formatted_number(round(rating.average, 1), language),
        "count": str(rating.count),
    }


class HasContent(Protocol):
    """What stands beside a price: what a base price is computed from, and the deposit."""

    @property
    def content_amount(self) -> Decimal | None: ...

    @property
    def content_unit(self) -> str: ...

    @property
    def deposit(self) -> Decimal: ...


def price_texts(price: pricing.CurrentPrice, variant: HasContent, language: str) -> dict[str, str]:
    """A price with all that has to stand beside it, ready to show."""
    percent = price.percent_off
    return {
        "price": money.formatted(price.gross, price.currency, language),
        "price_before": (
            money.formatted(price.before, price.currency, language) if price.before else ""
        ),
        "discount": f"−{percent} %" if percent else "",
        "price_reason": (
            _("Reduced because it soon passes its best-before date.") if price.is_perishing else ""
        ),
        "base_price": pricing.base_price_text(
            price.gross,
            variant.content_amount,
            variant.content_unit,
            currency=price.currency,
            language=language,
        ),
        "deposit": (
            money.formatted(variant.deposit, price.currency, language) if variant.deposit else ""
        ),
    }
