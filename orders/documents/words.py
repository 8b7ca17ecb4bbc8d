"""The frozen content of a document in words, as the template prints it; in the active language."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from orders import receipts
from orders.documents import content
from orders.models import Document, DocumentKind
from orders.receipts import ibans, papers
from shop.kit import languages, money


def of(document: Document) -> dict[str, Any]:
    """Everything that `templates/documents/invoice.typ` shows, formatted."""
    facts = document.content
    seller = facts["seller"]
    return {
        "title": papers.title(document),
        "sender": [seller["name"], seller["street"], f"{seller['postcode']} {seller['city']}"],
        "receiver": facts["buyer"]["lines"],
        "facts": [{"name": name, "value": value} for name, value in _facts(document) if value],
        "intro": _intro(document),
        "heads": {
            "position": _("Pos."),
            "title": _("Description"),
            "quantity": _("Quantity"),
            "unit": _("Unit price"),
            "rate": _("VAT"),
            "net": _("Net"),
            "gross": _("Gross"),
        },
        "entries": [_entry(document, one) for one in facts["entries"]],
        "rates": [_rate(document, one) for one in facts["rates"]],
        "sums": _sums(document),
        "notes": [
            text for text in (facts["note"], *_discounts(document), *_payment(document)) if text
        ],
        "footer": _footer(seller),
        "labels": {"rates": _("VAT by rate"), "total": _("Total"), "rate": _("Rate")},
    }


def _facts(document: Document) -> list[tuple[str, str]]:
    facts = document.content
    return [
        (_("Number"), document.number),
        (_("Date"), receipts.day(document.issued_at)),
        (_("Order"), facts["order"]["number"]),
        (_("Ordered on"), _day(facts["order"]["placed_on"])),
        (_supply_name(document), _supply(facts["supply"])),
        (_("Delivered to"), _place(facts["delivery"])),
    ]


def _supply_name(document: Document) -> str:
    return _("Date of supply") if document.content["supply"]["first"] else _("Expected supply")


def _supply(supply: dict[str, str]) -> str:
    if not supply["first"]:
        return _day(supply["expected"])
    if supply["first"] == supply["last"]:
        return _day(supply["first"])
    return f"{_day(supply['first'])} –\n{_day(supply['last'])}"


def _place(delivery: dict[str, Any]) -> str:
    return "\n".join(delivery["lines"]) if delivery["is_elsewhere"] else ""


def _day(text: str) -> str:
    found = content.day(text)
    return receipts.day(found) if found else ""


def _intro(document: Document) -> str:
    """What a correction is about (§ 31 (5) UStDV: it names the invoice that it corrects)."""
    corrected = document.content.get("corrected")
    if not corrected:
        return ""
    names = {
        DocumentKind.INVOICE: _("For invoice %(number)s of %(date)s. %(reason)s"),
        DocumentKind.CREDIT_NOTE: _("For credit note %(number)s of %(date)s. %(reason)s"),
    }
    return names[DocumentKind(corrected["kind"])] % {
        "number": corrected["number"],
        "date": _day(corrected["issued_on"]),
        "reason": document.content["reason"],
    }


def _entry(document: Document, entry: dict[str, Any]) -> dict[str, Any]:
    details = [f"{_('Item no.')} {entry['sku']}"] if entry["sku"] else []
    details += entry["details"]
    off = Decimal(entry["shelf"]) - Decimal(entry["gross"])
    if off:
        price, less = (_amount(document, str(abs(one))) for one in (Decimal(entry["shelf"]), off))
        words = _("%(price)s less discount of %(discount)s")
        details.append(words % {"price": price, "discount": less})
    unit = Decimal(entry["shelf"]) / entry["quantity"]
    is_one = entry["kind"] in ("delivery", "refund")
    is_even = unit == money.rounded(unit) and not is_one
    return {
        "title": entry["title"],
        "details": details,
        "quantity": "" if is_one else str(entry["quantity"]),
        "unit": _amount(document, str(money.rounded(unit))) if is_even else "",
        "rate": _percent(entry["rate"]),
        "net": _amount(document, entry["net"]),
        "gross": _amount(document, entry["gross"]),
    }


def _rate(document: Document, row: dict[str, str]) -> dict[str, str]:
    amounts = {name: _amount(document, row[name]) for name in ("net", "vat", "gross")}
    return {"rate": _percent(row["rate"]), **amounts}


def _sums(document: Document) -> list[dict[str, Any]]:
    paid = Decimal(document.content["payment"]["paid"])
    left = document.gross - paid
    rows = [
        (_("Net"), document.net, False),
        (_("VAT"), document.vat, False),
        (_("Total"), document.gross, True),
    ]
    if document.kind == DocumentKind.INVOICE:
        rows.append((_("Paid already"), -paid, False))
        rows.append((_("To be paid"), left, True))
    return [
        {"name": name, "value": _amount(document, str(value)), "is_strong": is_strong}
        for name, value, is_strong in rows
    ]


def _discounts(document: Document) -> list[str]:
    rows = document.content["discounts"]
    return [
        _("Discount “%(name)s”: %(amount)s, taken off above.")
        % {"name": one["title"], "amount": _amount(document, one["gross"])}
        for one in rows
    ]


def _payment(document: Document) -> list[str]:
    payment = document.content["payment"]
    if document.kind != DocumentKind.INVOICE:
        return (
            [_("What was paid for it goes back by the way in which it was paid.")]
            if (document.gross < 0)
            else [_("The amount that could not be given back is with us again.")]
        )
    if document.gross <= Decimal(payment["paid"]):
        return [_("Paid in full: %(method)s. Thank you.") % {"method": payment["method"]}]
    if payment["due_on"]:
        words = _("Please pay the open sum until %(date)s: %(method)s.")
        return [words % {"date": _day(payment["due_on"]), "method": payment["method"]}]
    return [_("Please pay the open sum: %(method)s.") % {"method": payment["method"]}]


def _footer(seller: dict[str, str]) -> list[list[str]]:
    """Three columns: who and where, how to reach, tax and bank."""
    bank = (
        [seller["bank_holder"], ibans.grouped(seller["iban"]), seller["bic"]]
        if seller["iban"]
        else []
    )
    return [
        [seller["name"], seller["street"], f"{seller['postcode']} {seller['city']}"],
        [seller["representative"], seller["email"], seller["phone"]],
        [
            seller["register_court"],
            seller["register_number"],
            _("VAT ID %(number)s") % {"number": seller["vat_id"]} if seller["vat_id"] else "",
            _("Tax number %(number)s") % {"number": seller["tax_number"]}
            if seller["tax_number"]
            else "",
        ],
        bank,
    ]


def _amount(document: Document, value: str) -> str:
    return papers.amount(Decimal(value), document.currency)


def _percent(rate: str) -> str:
    return money.formatted_percent(Decimal(rate), languages.active())
