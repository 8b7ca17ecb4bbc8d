"""An order in ready words, for mails and pages: numbers formatted, nothing left to be loaded.

Everything is in the active language; what was agreed (names, labels) stays in the order's own.
"""

import datetime
import functools
from decimal import Decimal
from typing import Any

from babel import Locale, dates
from django.db.models import Prefetch, QuerySet
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.models import TaxScheme, WithdrawalException
from orders.drafts import AddressDraft
from orders.models import (
    AddressKind,
    DiscountKind,
    Order,
    OrderAddress,
    OrderLine,
    OrderLineComponent,
)
from shop.kit import countries, languages, money

PICTURE_SIZE = 160


def receipt(order: Order) -> dict[str, Any]:
    """The whole order: lines, sums, VAT, addresses, delivery. Four statements."""
    addresses = {one.kind: address_lines(one) for one in order.addresses.all()}
    lines = list(_lines(order))
    return {
        "number": order.number,
        "placed_on": day(order.placed_at),
        "email": order.email,
        "lines": [_line(line, order.currency) for line in lines],
        "is_awaited": any(line.expected_on for line in lines),
        "totals": totals(order),
        "total": amount(order.total_gross, order.currency),
        "delivery_name": order.delivery_name,
        "is_pickup": order.is_pickup,
        "delivery_window": delivery_window(order),
        "delivery_address": addresses.get(AddressKind.DELIVERY, []),
        "billing_address": addresses.get(AddressKind.BILLING, []),
        "note": order.note,
    }


def _lines(order: Order) -> QuerySet[OrderLine]:
    components = OrderLineComponent.objects.order_by("position")
    return order.lines.order_by("position").prefetch_related(Prefetch("components", components))


def downloads(order: Order) -> dict[int, dict[str, str]]:
    """The files that may be fetched now, by their keys; one statement, none without any."""
    if not (order.has_digital and order.is_downloadable):
        return {}
    return {
        one.pk: {
            "name": one.name,
            "type": str(one.get_content_type_display()),
            "size": filesizeformat(one.size),
        }
        for one in order.downloads.filter(line__withdrawn__isnull=True).as_listed()
    }


def amount(value: Decimal, currency: str) -> str:
    """An amount for people, in the active language."""
    return money.formatted(value, currency, languages.active())


def day(moment: datetime.datetime | datetime.date) -> str:
    """A date in words: `24. November 2026`; of a moment, the date on the shop's clock."""
    if isinstance(moment, datetime.datetime):
        moment = timezone.localtime(moment).date()
    return str(dates.format_date(moment, "long", locale=languages.region()))


def time(moment: datetime.datetime) -> str:
    """A moment with date and time of the shop's clock: `24.11.2026, 09:48`."""
    local, region = timezone.localtime(moment), languages.region()
    date = dates.format_date(local.date(), "medium", locale=region)
    clock = dates.format_time(local.time(), "short", locale=region)
    return f"{date}, {clock}"


def window(first: datetime.date, last: datetime.date) -> str:
    """From when until when it arrives: `Do., 26. Nov. – Sa., 28. Nov.`"""
    region = languages.region()
    words = [_short_day(one, region) for one in (first, last)]
    return words[0] if first == last else " – ".join(words)


def delivery_window(order: Order) -> str:
    """When it arrives, or from when on it can be picked up."""
    if order.is_pickup:
        first = _short_day(order.delivery_from, languages.region())
        return _("ready from %(day)s") % {"day": first}
    return window(order.delivery_from, order.delivery_to)


@functools.lru_cache(maxsize=256)  # every product page says it
def _short_day(day: datetime.date, region: str) -> str:
    return str(dates.format_skeleton("MMMEd", day, locale=region))


def off(value: Decimal, currency: str) -> str:
    """What was taken off, for people, in the active language."""
    return money.formatted_off(value, currency, languages.active())


def totals(order: Order) -> list[dict[str, str]]:
    """The rows below the lines, as components/totals.html shows them."""
    fee = order.delivery_gross + order.delivery_discount_gross
    on_goods, on_delivery = _discounts(order)
    rows = [
        {"kind": "goods", "label": _("Goods"), "value": amount(order.goods_gross, order.currency)},
        *on_goods,
        *_deposit(order),
        {
            "kind": "delivery",
            "label": order.delivery_name,
            "value": amount(fee, order.currency) if fee else _("free of charge"),
        },
        *on_delivery,
        {"kind": "total", "label": _("Total"), "value": amount(order.total_gross, order.currency)},
    ]
    return [*rows, *_vat(order)]


def _vat(order: Order) -> list[dict[str, str]]:
    """The VAT in the total, per rate; whose it is if not the seller's; why there is none."""
    if order.tax_scheme == TaxScheme.SMALL_BUSINESS:
        return [{"kind": "vat", "label": _("No VAT: small business (§ 19 UStG)"), "value": "–"}]
    label = _("including %(rate)s VAT on %(net)s")
    if order.tax_scheme == TaxScheme.DESTINATION:
        label = _("including %(rate)s VAT (%(country)s) on %(net)s")
    return [
        {
            "kind": "vat",
            "label": label
            % {
                "rate": money.formatted_percent(one.rate, languages.active()),
                "net": amount(one.net, order.currency),
                "country": countries.name_of(order.tax_country),
            },
            "value": amount(one.vat, order.currency),
        }
        for one in order.vat_sums.filter(rate__gt=0).order_by("-rate")
    ]


def _discounts(order: Order) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """The rows of discounts on goods and on the delivery; no statement where there are none."""
    on_goods: list[dict[str, str]] = []
    on_delivery: list[dict[str, str]] = []
    if order.discount_gross or order.delivery_discount_gross:
        for one in order.discounts.order_by("position"):
            rows = on_delivery if one.kind == DiscountKind.SHIPPING else on_goods
            value = off(one.gross, order.currency)
            rows.append({"kind": "discount", "label": one.title, "value": value})
    return on_goods, on_delivery


def _deposit(order: Order) -> list[dict[str, str]]:
    if not order.deposit_gross:
        return []
    value = amount(order.deposit_gross, order.currency)
    return [{"kind": "deposit", "label": _("Deposit"), "value": value}]


def _line(line: OrderLine, currency: str) -> dict[str, Any]:
    picture = {"src": line.picture_url, "alt": "", "width": PICTURE_SIZE, "height": PICTURE_SIZE}
    return {
        "pk": line.pk,
        "sku": line.sku,
        "name": line.name,
        "label": line.label,
        "engraving": line.engraving,
        "summary": line.summary,
        "quantity": line.quantity,
        "unit_price": amount(line.unit_gross, currency),
        "base_price": line.base_price,
        "deposit": amount(line.unit_deposit, currency) if line.unit_deposit else "",
        "line_total": amount(line.gross, currency),
        "discount": off(line.discount_gross, currency) if line.discount_gross else "",
        "picture": picture if line.picture_url else None,
        "components": components(line),
        "notes": [*line.facts, *_notes(line)],
        "has_withdrawal_right": has_withdrawal_right(line),
    }


def components(line: OrderLine) -> list[dict[str, Any]]:
    """What is in one bundle of the line: {quantity, name}; empty for other goods."""
    rows = sorted(line.components.all(), key=lambda one: one.position)
    return [{"quantity": one.quantity // line.quantity, "name": one.title} for one in rows]


def _notes(line: OrderLine) -> list[str]:
    """What is to be said of its withdrawal; of a bundle, by the name of each component."""
    notes = [withdrawal_note(line.withdrawal_exception)]
    for one in line.components.all():
        note = withdrawal_note(one.withdrawal_exception)
        notes.append(f"{one.name}: {note}" if note else "")
    return list(filter(None, notes))


def has_withdrawal_right(line: OrderLine) -> bool:
    """Whether the 14 days are open to this line; goods under an unbroken seal have them too.

    Of a bundle: whether they are to any of its components.
    """
    components = list(line.components.all())
    if components:
        exceptions = [WithdrawalException(one.withdrawal_exception) for one in components]
        return not all(one.excludes for one in exceptions)
    return not WithdrawalException(line.withdrawal_exception).excludes


def withdrawal_note(exception: str) -> str:
    """What is to be said about a line that cannot be withdrawn from; empty for all others."""
    words: dict[str, str] = {
        WithdrawalException.CUSTOM_MADE: _("Made to your wishes: no right of withdrawal."),
        WithdrawalException.SEALED: _(
            "Sealed for hygiene: the right of withdrawal ends when you break the seal."
        ),
        WithdrawalException.PERISHABLE: _("Perishable: no right of withdrawal."),
        WithdrawalException.DIGITAL: _(
            "You agreed that we deliver at once, and you know that your right of withdrawal ends"
            " with that."
        ),
    }
    return words.get(exception, "")


def address_lines(one: OrderAddress | AddressDraft) -> list[str]:
    """An address as it is written on a parcel, one line each."""
    country = Locale.parse(languages.active()).territories.get(one.country, one.country)
    number = _("Post number %(number)s") % {"number": one.post_number} if one.post_number else ""
    place = f"{one.postcode} {one.city}".strip()
    lines = [one.name, one.company, number, one.street, one.extra, place, one.region, country]
    return [line for line in lines if line]
