"""The context of a product page: kept facts, and price and stock as they are now."""

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog import cards, pricing, product_facts
from catalog.law import consignments, guarantees
from catalog.models import ContentUnit
from catalog.product_facts import Facts, VariantFacts
from shop.kit import languages, money

MAX_QUANTITY = 99
Arrival = Callable[[consignments.Consignment, Any], str]
_NONE = VariantFacts(
    pk=0,
    sku="",
    label="",
    values={},
    content_amount=None,
    content_unit="",
    gtin="",
    deposit=Decimal(0),
)


def chosen_variant(facts: Facts, sku: str, free: Mapping[int, Any]) -> VariantFacts:
    """The variant that the address names; else the first that can be bought, else the first.

    A product of which nothing is for sale any more shows as sold out.
    """
    for variant in facts.variants:
        if variant.sku == sku:
            return variant
    available = (one for one in facts.variants if one.pk in free and free[one.pk].is_available)
    return next(available, facts.variants[0] if facts.variants else _NONE)


def context(
    facts: Facts,
    *,
    variant: VariantFacts,
    prices: Mapping[int, pricing.CurrentPrice],
    free: Mapping[int, Any],
    url: str,
    arrival: Arrival,
) -> dict[str, Any]:
    """What catalog/product_detail.html shows of the product and its chosen variant.

    `arrival` says in words when it is there, by what is sent and the working days to make it.
    """
    language = languages.active()
    price = prices.get(variant.pk)
    stock = free.get(variant.pk)
    left = stock.left if stock else 0
    return {
        "product": facts.product | {"specifications": _specifications(facts, variant)},
        "variant": {"pk": str(variant.pk), "sku": variant.sku, "label": variant.label},
        "gallery": gallery(facts, variant),
        "option_groups": _option_groups(facts, variant, free, url),
        "price": cards.price_texts(price, variant, language) if price else None,
        "availability": _availability(facts, variant, stock, price, arrival),
        "quantity_max": str(MAX_QUANTITY if left is None else min(left, MAX_QUANTITY)),
        "documents": facts.documents,
        "size_guide": facts.size_guide,
        "engraving_length": str(facts.engraving_length or ""),
        "net_quantity": _net_quantity(facts, variant, language),
        "garan_url": guarantees.label_url() if facts.product["guarantee"] else "",
        "facts": _promises(facts),
        "contents": _contents(variant.components, price=price, prices=prices),
    }


def _specifications(facts: Facts, variant: VariantFacts) -> list[dict[str, str]]:
    """The table of the chosen variant, where it says more than that of the product."""
    return facts.specifications.get(variant.pk, facts.specifications[0])


def _net_quantity(facts: Facts, variant: VariantFacts, language: str) -> str:
    """How much food it is (Art. 23 Regulation (EU) 1169/2011); empty for what is no food."""
    return _food_quantity(facts.product, variant.content_amount, variant.content_unit, language)


def _food_quantity(
    product: Mapping[str, Any], content: Decimal | None, unit: str, language: str
) -> str:
    if not product["food"] or content is None:
        return ""
    return f"{money.formatted_number(content.normalize(), language)} {ContentUnit(unit).label}"


def _promises(facts: Facts) -> list[dict[str, str]]:
    """What matters before buying, beside the button: delivery costs, returns, payment."""

    def fact(icon: str, text: str, slug: str) -> dict[str, str]:
        return {"icon": icon, "text": text, "url": reverse("legal", args=[slug])}

    promises = [fact("lock", _("Pay safely, without an account"), "payment")]
    if not facts.is_digital:
        promises.insert(0, fact("ship", _("Costs and times of delivery"), "shipping"))
    if facts.product["has_withdrawal_right"]:
        promises.insert(len(promises) - 1, fact("return", _("14 days to withdraw"), "withdrawal"))
    return promises


def gallery(facts: Facts, variant: VariantFacts) -> list[dict[str, Any]]:
    """Pictures of the chosen values first, then those of the product; none of other values."""
    chosen = set(variant.values.values())
    own = [one for one in facts.pictures if one["option_value"] in chosen]
    shared = [one for one in facts.pictures if one["option_value"] is None]
    return own + shared or facts.pictures


def _option_groups(
    facts: Facts, variant: VariantFacts, free: Mapping[int, Any], url: str
) -> list[dict[str, Any]]:
    thumbs = {one["option_value"]: one for one in reversed(facts.pictures) if one["option_value"]}
    groups = []
    for option in facts.options:
        values = []
        for value in option["values"]:
            nearest = _nearest(facts, variant, option["pk"], value["pk"], free)
            if nearest is None:
                continue
            stock = free.get(nearest.pk)
            values.append(
                {
                    "name": value["name"],
                    "url": f"{url}?variant={nearest.sku}",
                    "is_selected": variant.values.get(option["pk"]) == value["pk"],
                    "is_available": bool(stock and stock.is_available),
                    "swatch": value["swatch"],
                    "picture": _thumb(thumbs.get(value["pk"])) if not value["swatch"] else None,
                }
            )
        groups.append({"name": option["name"], "code": option["code"], "values": values})
    return groups


def _thumb(picture: dict[str, Any] | None) -> dict[str, str] | None:
    return {"src": picture["thumb"], "width": "64", "height": "64"} if picture else None


def _nearest(
    facts: Facts, variant: VariantFacts, option: int, value: int, free: Mapping[int, Any]
) -> VariantFacts | None:
    """The variant with this value that keeps most of the present choice.

    Of those that keep as much, the one that keeps the earlier options: so each variant of up to
    three options can be reached by choosing one after the other, sold out or not. Only then
    buyable ones come first.
    """
    fitting = [one for one in facts.variants if one.values.get(option) == value]
    if not fitting:
        return None

    order = [one["pk"] for one in facts.options]

    def closeness(one: VariantFacts) -> tuple[int, list[bool], bool]:
        kept = [variant.values.get(key) == one.values.get(key) for key in order]
        stock = free.get(one.pk)
        return sum(kept), kept, bool(stock and stock.is_available)

    return max(fitting, key=closeness)


def availability_kind(stock: Any | None, *, is_digital: bool) -> str:
    """`in_stock`, `low`, `made_to_order`, `backorder`, `preorder`, `digital` or `sold_out`.

    For pages and machines alike.

    `stock` is what `inventory.availability` says; `None` for what has no price.
    """
    if stock is None or not stock.is_available:
        return "sold_out"
    if is_digital:
        return "digital"
    if stock.awaited_until(1):
        return "preorder" if stock.is_preorder else "backorder"
    if stock.lead_days:
        return "made_to_order"
    return "low" if stock.is_low else "in_stock"


def _availability(
    facts: Facts,
    variant: VariantFacts,
    stock: Any | None,
    price: pricing.CurrentPrice | None,
    arrival: Arrival,
) -> dict[str, str]:
    kind = availability_kind(stock if price else None, is_digital=facts.is_digital)
    if stock is None or price is None or kind == "sold_out":
        return {"kind": "sold_out", "text": _("Sold out"), "delivery_text": ""}
    if kind == "digital":
        text = _("Download as soon as the payment has arrived")
        if facts.product["is_gift_card"]:
            text = _("By e-mail as soon as the payment has arrived")
        return {"kind": kind, "text": text, "delivery_text": ""}
    days = arrival(dataclasses.replace(variant.sent, goods_gross=price.gross), stock)
    arrives = _("Delivery %(days)s") % {"days": days} if days else ""
    texts = {"made_to_order": _("Made for you"), "in_stock": _("In stock")}
    text = texts.get(kind, "")
    if expected_on := stock.awaited_until(1):
        text = product_facts.awaited(expected_on, is_preorder=stock.is_preorder)
    if kind == "low":
        text = ngettext("Only %(left)d left", "Only %(left)d left", stock.left) % {
            "left": stock.left
        }
    return {"kind": kind, "text": text, "delivery_text": arrives}


def _contents(
    components: Sequence[Mapping[str, Any]],
    *,
    price: pricing.CurrentPrice | None,
    prices: Mapping[int, pricing.CurrentPrice],
) -> dict[str, Any] | None:
    """{rows, products, singly_text}; `None` for what is no bundle.

    The sum of the single prices is said while it is more than the bundle costs, in words: it is a
    comparison of offers of today, not a former price (no strike; § 11 PAngV, § 5 UWG).
    """
    if not components:
        return None
    rows = [_content_row(one, prices.get(one["variant_id"])) for one in components]
    singly = _singly(components, prices)
    language = languages.active()
    is_cheaper = price is not None and singly is not None and price.gross < singly
    return {
        "rows": rows,
        # Once for each product, however many of its variants are in it.
        "products": list({row["product"]["pk"]: row for row in reversed(rows)}.values())[::-1],
        "singly_text": _("Bought singly: %(sum)s. You save %(saving)s.")
        % {
            "sum": money.formatted(singly, price.currency, language),
            "saving": money.formatted(singly - price.gross, price.currency, language),
        }
        if is_cheaper and price and singly
        else "",
    }


def _singly(
    components: Sequence[Mapping[str, Any]], prices: Mapping[int, pricing.CurrentPrice]
) -> Decimal | None:
    if any(one["variant_id"] not in prices for one in components):
        return None
    sums = (one["quantity"] * prices[one["variant_id"]].gross for one in components)
    return sum(sums, Decimal(0))


def _content_row(one: Mapping[str, Any], price: pricing.CurrentPrice | None) -> dict[str, Any]:
    language = languages.active()
    product, label = one["product"], f", {one['label']}" if one["label"] else ""
    price_text = base_price = ""
    if price:
        price_text = money.formatted(price.gross, price.currency, language)
        base_price = pricing.base_price_text(
            price.gross,
            one["content_amount"],
            one["content_unit"],
            currency=price.currency,
            language=language,
        )
    return {
        "quantity": str(one["quantity"]),
        "is_several": one["quantity"] > 1,
        "name": product["name"] + label,
        "url": one["url"],
        "picture_url": one["picture_url"],
        "price": price_text,
        "base_price": base_price,
        "deposit": (
            money.formatted(one["deposit"], price.currency, language)
            if price and one["deposit"]
            else ""
        ),
        "product": product,
        "net_quantity": _food_quantity(
            product, one["content_amount"], one["content_unit"], language
        ),
    }
