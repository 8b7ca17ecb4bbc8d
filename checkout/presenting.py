"""A quote in words: ready strings for templates, in the active language."""

import dataclasses
import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from babel.dates import format_date
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from catalog import product_facts
from catalog.models import TaxScheme, WithdrawalException
from checkout.carts import MAX_QUANTITY
from checkout.delivery import Offer
from checkout.models import DeliveryKind
from checkout.quoting import Delivery, Item, Line, Place, Quote
from shop.kit import countries, languages, money

_BROUGHT = (DeliveryKind.PARCEL, DeliveryKind.FORWARDING)
PICTURE = {"alt": "", "width": "320", "height": "320"}


def amount(value: Decimal, currency: str) -> str:
    return money.formatted(value, currency, languages.active())


def off(value: Decimal, currency: str) -> str:
    return money.formatted_off(value, currency, languages.active())


def line(one: Line, currency: str, *, problem: str = "") -> dict[str, Any]:
    """A line as components/order_lines.html shows it, without the means to change it."""
    item = one.item
    return {
        "pk": item.line_id,
        "name": item.name,
        "url": item.url,
        "label": item.label,
        "engraving": item.engraving,
        "summary": item.summary,
        "picture": {**PICTURE, "src": item.picture_url} if item.picture_url else None,
        "quantity": str(item.quantity),
        "unit_price": amount(item.unit_gross, currency),
        "price_before": amount(item.before_gross, currency) if item.before_gross else "",
        "base_price": item.base_price,
        "deposit": amount(item.unit_deposit, currency) if item.unit_deposit else "",
        "line_total": amount(item.gross, currency),
        "discount": off(one.discount_gross, currency) if one.discount_gross else "",
        "problem": problem or _problem(item),
        "is_short": item.is_short,
        "components": [{"quantity": part.quantity, "name": part.title} for part in item.parts],
        "notes": [*item.facts, *_notes(item)],
    }


def _problem(item: Item) -> str:
    if not item.is_for_sale:
        return _("This is no longer for sale. Please remove it.")
    return shortage(item.left, item.quantity)


def _notes(item: Item) -> list[str]:
    """What is to be said of its withdrawal; of a bundle, by the name of each component."""
    notices = {
        name: product_facts.withdrawal_notice(exception) for name, exception in item.exceptions
    }
    return [f"{name}: {text}" if item.parts else text for name, text in notices.items()]


def cart_line(one: Line, currency: str, *, problem: str = "") -> dict[str, Any]:
    """A line of the cart: with the addresses that change it."""
    item = one.item
    most = MAX_QUANTITY if item.left is None else min(item.left, MAX_QUANTITY)
    return line(one, currency, problem=problem) | {
        "summary": "",
        "quantity_max": str(max(most, 1)),
        "quantity_url": reverse("checkout:line_quantity", args=[item.line_id]),
        "removal_url": reverse("checkout:line_removal", args=[item.line_id]),
        "save_url": reverse("checkout:line_saving", args=[item.line_id]),
    }


def shortage(left: int | None, quantity: int) -> str:
    """What to say of a line when fewer are left; empty when there are enough."""
    if left is None or left >= quantity:
        return ""
    if left == 0:
        return _("This is sold out. Please remove it.")
    text = ngettext("Only %(left)d is left.", "Only %(left)d are left.", left)
    return text % {"left": left}


def totals(quote: Quote, *, offers: Sequence[Offer] = ()) -> list[dict[str, str]]:
    """The rows below the lines: goods, discounts, delivery, total, and the VAT in it per rate."""
    rows = [
        {"label": _("Goods"), "value": amount(quote.goods_gross, quote.currency), "kind": "goods"}
    ]
    rows.extend(_discounts(quote, is_on_delivery=False))
    if quote.deposit_gross:
        value = amount(quote.deposit_gross, quote.currency)
        rows.append({"label": _("Deposit"), "value": value, "kind": "deposit"})
    if quote.delivery:
        rows.append(
            {
                "label": _("Delivery (%(name)s)") % {"name": quote.delivery.name},
                "value": fee(quote.delivery, quote.currency),
                "kind": "delivery",
            }
        )
        rows.extend(_discounts(quote, is_on_delivery=True))
    elif offers:
        cheapest = min(offers, key=lambda offer: offer.delivery.gross).delivery
        rows.append(
            {
                "label": _("Delivery from") if cheapest.gross else _("Delivery"),
                "value": fee(cheapest, quote.currency),
                "kind": "delivery",
            }
        )
    rows.append(
        {
            "label": _("Total") if quote.delivery else _("Total without delivery"),
            "value": amount(quote.total_gross, quote.currency),
            "kind": "total",
        }
    )
    return [*rows, *_vat(quote)]


def _vat(quote: Quote) -> list[dict[str, str]]:
    """The VAT in the total, per rate; whose it is if not the seller's; why there is none."""
    if quote.tax_scheme == TaxScheme.SMALL_BUSINESS:
        return [{"label": _("No VAT: small business (§ 19 UStG)"), "value": "–", "kind": "vat"}]
    is_abroad = quote.tax_scheme == TaxScheme.DESTINATION
    label = _("VAT %(rate)s (%(country)s) included") if is_abroad else _("VAT %(rate)s included")
    return [
        {
            "label": label
            % {
                "rate": money.formatted_percent(one.rate, languages.active()),
                "country": countries.name_of(quote.country),
            },
            "value": amount(one.vat, quote.currency),
            "kind": "vat",
        }
        for one in quote.vat_sums
        if one.rate
    ]


def _discounts(quote: Quote, *, is_on_delivery: bool) -> list[dict[str, str]]:
    """What each promotion takes off the goods, or off the delivery, with the coupon that did it."""
    rows = []
    for one in quote.discounts:
        if value := one.shipping if is_on_delivery else one.goods:
            code, name = one.promotion.coupon_code, one.promotion.name
            label = f"{name} ({code})" if code else name
            rows.append({"label": label, "value": off(value, quote.currency), "kind": "discount"})
    return rows


def charged(quote: Quote) -> str:
    """What is asked for the chosen delivery, discounts taken off; empty while none is chosen."""
    if quote.delivery is None:
        return ""
    return fee(dataclasses.replace(quote.delivery, gross=quote.delivery_gross), quote.currency)


def fee(chosen: Delivery, currency: str) -> str:
    return amount(chosen.gross, currency) if chosen.gross else pgettext("price", "free")


def arrival(chosen: Delivery) -> str:
    """Between which days the goods arrive, or can be picked up; empty for what comes by e-mail."""
    if chosen.earliest is None or chosen.latest is None:
        return ""
    if chosen.place:
        return _("Ready from %(day)s") % {"day": day(chosen.earliest)}
    if chosen.earliest == chosen.latest:
        return _("Arrives on %(day)s") % {"day": day(chosen.latest)}
    return _("Arrives between %(earliest)s and %(latest)s") % {
        "earliest": day(chosen.earliest),
        "latest": day(chosen.latest),
    }


def place(where: Place | None) -> str:
    """Where goods are picked up, in one line; empty for what is sent."""
    parts = (where.name, where.street, f"{where.postcode} {where.city}") if where else ()
    return ", ".join(part for part in parts if part.strip())


def day(date: datetime.date) -> str:
    """A day as people say it: `Do., 26. Nov.` in German, `Thu 26 Nov` in English."""
    pattern = {"de": "EEE, d. MMM", "en": "EEE d MMM"}[languages.active()]
    return str(format_date(date, pattern, locale=languages.region()))


def free_shipping(offers: Sequence[Offer], quote: Quote) -> dict[str, Any] | None:
    """How far it is until the first way of delivery costs nothing: words, and a bar of `max`."""
    brought = [offer for offer in offers if offer.kind in _BROUGHT]
    if not brought:
        return None
    if any(not offer.delivery.gross for offer in brought):
        return {"text": _("Your delivery is free."), "value": "1", "max": "1", "is_reached": True}
    missing = next((offer.missing_for_free for offer in brought if offer.missing_for_free), None)
    if missing is None:
        return None
    text = _("%(amount)s more and the delivery is free.")
    return {
        "text": text % {"amount": amount(missing, quote.currency)},
        "value": str(quote.payable_goods_gross),
        "max": str(quote.payable_goods_gross + missing),
        "is_reached": False,
    }


def withdrawal_notes(lines: Sequence[Line]) -> list[str]:
    """Which lines lose the right of withdrawal, and why (§ 312g (2), § 356 (5) BGB)."""
    reasons: Mapping[str, str] = {
        "custom_made": _("%(name)s is made to your wishes: no right of withdrawal."),
        "sealed": _("%(name)s: the right of withdrawal ends when the seal is broken."),
        "perishable": _("%(name)s is perishable: no right of withdrawal."),
        "digital": _("%(name)s: the right of withdrawal ends when the delivery begins."),
    }
    return [
        reasons[exception] % {"name": name}
        for one in lines
        for name, exception in one.item.exceptions
    ]


def has_withdrawal_right(lines: Sequence[Line]) -> bool:
    """Whether any line can be withdrawn from."""
    return any(
        not WithdrawalException(goods.withdrawal_exception).excludes
        for one in lines
        for goods in one.item.parts or (one.item,)
    )


def delivery_options(offers: Sequence[Offer], chosen: str, currency: str) -> list[dict[str, Any]]:
    return [
        {
            "code": offer.delivery.code,
            "name": offer.delivery.name,
            "price": fee(offer.delivery, currency),
            "arrival_text": arrival(offer.delivery),
            "hint": place(offer.delivery.place),
            "is_selected": offer.delivery.code == chosen,
        }
        for offer in offers
    ]
