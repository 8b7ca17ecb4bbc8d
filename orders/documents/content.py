"""What a document says, frozen when its number is drawn: plain words and sums, no rows.

The language is the order's. docs/algorithms/documents.md names the law behind each part.
"""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Max, Min
from django.utils.translation import gettext as _

from catalog.models import TaxScheme
from orders import receipts
from orders.documents.entries import Entry, sums
from orders.models import AddressKind, ByHand, Document, Order, PaymentState
from orders.refunding.amounts import ZERO
from shop import legal
from shop.kit import clock, countries, money


class IncompleteSeller(ValueError):
    """The shop has not said who sells: no document may leave it (§ 14 (4) UStG)."""


def of_invoice(order: Order, entries: Sequence[Entry]) -> dict[str, Any]:
    """The content of an invoice of `entries`. Raises `IncompleteSeller`."""
    return _common(order) | {
        "entries": [one.frozen() for one in entries],
        "rates": rates(sums(entries)),
        "supply": _supply(order),
        "payment": _payment(order),
        "discounts": [
            {"title": one.title, "gross": str(one.gross)}
            for one in order.discounts.order_by("position")
        ],
    }


def of_correction(
    order: Order, corrected: Document, entries: Sequence[Entry], *, paid: str, reason: str
) -> dict[str, Any]:
    """The content of what corrects or takes back `corrected`, by `entries` with their own sign.

    `paid`: what was given back already, as an amount. Raises `IncompleteSeller`.
    """
    return _common(order) | {
        "entries": [one.frozen() for one in entries],
        "rates": rates(sums(entries)),
        "supply": corrected.content["supply"],
        "payment": {"paid": paid, "method": "", "code": "1", "iban": "", "due_on": ""},
        "discounts": [],
        "reason": reason,
        "corrected": {
            "number": corrected.number,
            "issued_on": clock.day_of(corrected.issued_at).isoformat(),
            "kind": corrected.kind,
        },
    }


def taken_back(document: Document, *, reason: str) -> dict[str, Any]:
    """The content of what takes back `document` as a whole: the same with the other sign."""
    content = document.content
    turned = {"net", "gross", "vat", "shelf"}
    return content | {
        "entries": [
            {name: _turned(value) if name in turned else value for name, value in one.items()}
            for one in content["entries"]
        ],
        "rates": [
            {name: _turned(value) if name in turned else value for name, value in one.items()}
            for one in content["rates"]
        ],
        "payment": content["payment"] | {"paid": _turned(content["payment"]["paid"])},
        "discounts": [],
        "reason": reason,
        "corrected": {
            "number": document.number,
            "issued_on": clock.day_of(document.issued_at).isoformat(),
            "kind": document.kind,
        },
    }


def _turned(amount: str) -> str:
    return str(-Decimal(amount) if Decimal(amount) else ZERO)


def rates(rows: Sequence[tuple[Decimal, Decimal, Decimal]]) -> list[dict[str, str]]:
    """Sums by rate as they are frozen."""
    return [
        {"rate": str(rate), "net": str(net), "vat": str(gross - net), "gross": str(gross)}
        for rate, net, gross in rows
    ]


def _common(order: Order) -> dict[str, Any]:
    addresses = {one.kind: one for one in order.addresses.all()}
    billing, delivery = addresses[AddressKind.BILLING], addresses[AddressKind.DELIVERY]
    lines = receipts.address_lines(delivery)
    return {
        "seller": _seller(),
        "buyer": {
            "lines": _at_home(receipts.address_lines(billing), billing.country),
            "name": billing.company or billing.name,
            "contact": billing.name if billing.company else "",
            "street": billing.street,
            "extra": billing.extra,
            "postcode": billing.postcode,
            "city": billing.city,
            "country": billing.country,
        },
        "delivery": {
            "lines": _at_home(lines, delivery.country),
            "is_pickup": order.is_pickup,
            "is_elsewhere": lines != receipts.address_lines(billing),
            "country": delivery.country,
            "name": order.delivery_name,
        },
        "order": {
            "number": order.number,
            "placed_on": clock.day_of(order.placed_at).isoformat(),
        },
        "scheme": order.tax_scheme,
        "note": _note(order),
        "currency": order.currency,
    }


def _at_home(lines: list[str], country: str) -> list[str]:
    """An address line by line; the country only where it is not the seller's."""
    return lines[:-1] if country == settings.COUNTRY else lines


def _seller() -> dict[str, str]:
    seller = legal.merchant()
    missing = [
        name
        for name in ("name", "street", "postcode", "city")
        if not getattr(seller, name) or getattr(seller, name).startswith("[")
    ]
    vat_id = "" if seller.vat_id.startswith("[") else seller.vat_id
    if missing or not (vat_id or settings.TAX_NUMBER):
        raise IncompleteSeller(
            _("Say who sells before documents are issued: %(missing)s.")
            % {"missing": ", ".join([*missing, *([] if vat_id else ["vat_id, tax_number"])])}
        )
    optional = ("email", "phone", "representative", "register_court", "register_number")
    found = {name: getattr(seller, name) for name in optional}
    return {name: "" if value.startswith("[") else value for name, value in found.items()} | {
        "name": seller.name,
        "street": seller.street,
        "postcode": seller.postcode,
        "city": seller.city,
        "country": settings.COUNTRY,
        "vat_id": vat_id,
        "tax_number": settings.TAX_NUMBER,
        "bank_holder": settings.BANK_HOLDER,
        "iban": settings.BANK_IBAN,
        "bic": settings.BANK_BIC,
    }


def _note(order: Order) -> str:
    """What the law wants said about the tax, beside the sums."""
    if order.tax_scheme == TaxScheme.SMALL_BUSINESS:
        return _("No VAT is charged: small business (§ 19 UStG).")
    if order.tax_scheme == TaxScheme.DESTINATION:
        return _("Taxed in %(country)s, the country of destination (One-Stop-Shop).") % {
            "country": countries.name_of(order.tax_country)
        }
    return ""


def _supply(order: Order) -> dict[str, str]:
    """When it was supplied: from the first to the last parcel, else the day it was confirmed."""
    sent = order.fulfilments.aggregate(first=Min("shipped_at"), last=Max("shipped_at"))
    if sent["first"] is None:
        started = order.events.filter(to_status="confirmed").aggregate(at=Max("created_at"))["at"]
        is_sent = not order.lines.filter(needs_shipping=True).exists()
        day = clock.day_of(started).isoformat() if started and is_sent else ""
        return {"first": day, "last": day, "expected": order.delivery_to.isoformat()}
    first, last = clock.day_of(sent["first"]), clock.day_of(sent["last"])
    return {"first": first.isoformat(), "last": last.isoformat(), "expected": ""}


# Ways to pay in the code list UNTDID 4461.
_ONLINE, _TRANSFER, _CASH = "68", "58", "10"


def _payment(order: Order) -> dict[str, str]:
    """What is paid already and how; until when the rest is to be paid."""
    rows = list(order.payments.order_by("pk"))
    won = [one for one in rows if one.state == PaymentState.SUCCEEDED]
    part = [one for one in rows if one.state == PaymentState.PARTIAL]
    paid = sum((one.captured for one in won or part), ZERO)
    means = (won or part or rows)[-1].by_hand if rows else ByHand.NO
    code = {ByHand.TRANSFER: _TRANSFER, ByHand.COUNTER: _CASH}.get(ByHand(means), _ONLINE)
    until = order.reserved_until
    due = clock.day_of(until).isoformat() if until and paid < order.total_gross else ""
    return {
        "paid": str(money.rounded(min(paid, order.total_gross))),
        "method": _method(order, code),
        "code": code,
        "iban": settings.BANK_IBAN if code == _TRANSFER else "",
        "due_on": due,
    }


def _method(order: Order, code: str) -> str:
    return {
        _TRANSFER: _("bank transfer"),
        _CASH: _("at the counter"),
    }.get(code, _("online payment"))


def day(text: str) -> datetime.date | None:
    """A day of the content; None where it names none."""
    return datetime.date.fromisoformat(text) if text else None
