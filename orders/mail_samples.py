"""The mails of orders with made-up data, as `orders.emails` and its neighbours fill them."""

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.law import guarantees
from content import mails
from orders import receipts

_MOMENT = datetime.datetime(2026, 11, 24, 9, 48, tzinfo=datetime.UTC)
_NUMBER = "K-2026-000042"
_PAGES = ("imprint", "privacy", "terms", "withdrawal")
_ORDER = {
    "order.number": gettext_lazy("number of the order"),
    "order.placed_on": gettext_lazy("day of the order"),
    "order.total": gettext_lazy("total of the order"),
    "order.delivery_window": gettext_lazy("when it arrives"),
    "merchant.name": gettext_lazy("name of the merchant"),
    "merchant.email": gettext_lazy("e-mail address of the merchant"),
}
_REFUND = _ORDER | {"refund_amount": gettext_lazy("amount that goes back")}
_RETURN = _ORDER | {
    "title": gettext_lazy("where the return stands"),
    "entry.number": gettext_lazy("number of the return"),
}
_SHIPPED = _ORDER | {
    "carrier": gettext_lazy("carrier"),
    "tracking_number": gettext_lazy("tracking number"),
}


def _amount(text: str) -> str:
    return receipts.amount(Decimal(text), settings.CURRENCY)


def _line(name: str, quantity: int, unit: str, total: str, **more: Any) -> dict[str, Any]:
    return {
        "pk": 1,
        "sku": "K-1",
        "name": name,
        "label": "",
        "engraving": "",
        "summary": "",
        "quantity": quantity,
        "unit_price": _amount(unit),
        "base_price": "",
        "deposit": "",
        "line_total": _amount(total),
        "discount": "",
        "picture": None,
        "components": [],
        "notes": [],
        "has_withdrawal_right": True,
    } | more


def _order() -> dict[str, Any]:
    address = ["Ada Petersen", "Deichstraße 7", "20459 Hamburg"]
    return {
        "number": _NUMBER,
        "placed_on": receipts.day(_MOMENT),
        "email": mails.TO,
        "is_awaited": False,
        "lines": [
            _line(_("Mug “Elbe”, blue"), 2, "24.00", "48.00"),
            _line(
                _("Fountain pen “Lotse”"),
                1,
                "39.00",
                "39.00",
                engraving="Anna",
                notes=[receipts.withdrawal_note("custom_made")],
                has_withdrawal_right=False,
            ),
        ],
        "totals": [
            {"kind": "goods", "label": _("Goods"), "value": _amount("87.00")},
            {"kind": "delivery", "label": _("Delivery"), "value": _amount("4.90")},
            {"kind": "total", "label": _("Total"), "value": _amount("91.90")},
        ],
        "total": _amount("91.90"),
        "delivery_name": _("Parcel to your home"),
        "is_pickup": False,
        "delivery_window": receipts.window(
            datetime.date(2026, 11, 26), datetime.date(2026, 11, 28)
        ),
        "delivery_address": address,
        "billing_address": address,
        "note": "",
    }


def _common() -> dict[str, Any]:
    return mails.frame(*_PAGES) | {
        "order": _order(),
        "order_url": f"{settings.SITE_URL}/",
        "greeting": _("Hello %(name)s,") % {"name": "Ada Petersen"},
    }


def _transfer() -> dict[str, Any]:
    return {
        "transfer": {
            "holder": "Kontor",
            "iban": "DE02 1203 0000 0000 2020 51",
            "bic": "",
            "amount": _amount("91.90"),
            "reference": _NUMBER,
            "paid": "",
            "until": receipts.time(_MOMENT + datetime.timedelta(days=7)),
            "qr": "",
        }
    }


def _returned() -> dict[str, Any]:
    lines = [
        {"quantity": 1, "name": _("Mug “Elbe”, blue"), "wanted": "", "kept_text": ""},
    ]
    return {
        "step": "approved",
        "title": _("Please send the goods back"),
        "what_next": _("Print the return slip and put it into the parcel. You bear the postage."),
        "entry": {
            "number": f"R1-{_NUMBER}",
            "track_text": _("voluntary return"),
            "decision": "",
            "refund_text": "",
            "lines": lines,
            "address": ["Kontor", "Speicherstraße 1", "20457 Hamburg"],
        },
        "return_url": f"{settings.SITE_URL}/",
    }


def _confirmation() -> dict[str, Any]:
    return {
        "needs_shipping": True,
        "is_due_later": False,
        "kept_until": "",
        "guarantee_text": guarantees.notice_text(),
        "has_withdrawal_right": True,
        "downloads": [],
        "downloads_url": f"{settings.SITE_URL}/#downloads",
    }


def _shipped() -> dict[str, Any]:
    return {
        "carrier": "DHL",
        "tracking_number": "00340434161094022115",
        "tracking_url": f"{settings.SITE_URL}/",
        "parcel_lines": [
            {"quantity": line["quantity"], "name": line["name"], "components": []}
            for line in _order()["lines"]
        ],
    }


def _delayed() -> dict[str, Any]:
    line = {
        "quantity": 2,
        "name": _("Mug “Elbe”, blue"),
        "promised": receipts.day(_MOMENT + datetime.timedelta(days=7)),
        "day": receipts.day(_MOMENT + datetime.timedelta(days=14)),
    }
    return {"late_lines": [line], "can_cancel": True, "delay_url": f"{settings.SITE_URL}/#delay"}


def _delivered() -> dict[str, Any]:
    return {**_shipped(), "delivered_text": receipts.day(_MOMENT), "open_lines": []}


def _ready() -> dict[str, Any]:
    until = receipts.time(_MOMENT + datetime.timedelta(days=7))
    return {
        "collection": {"number": "427936", "hours": "9–18", "until": until},
        "to_pay": _amount("91.90"),
    }


def _document() -> dict[str, Any]:
    name = f"{_('Invoice')} RE-2026-00042"
    return {"document": {"name": name, "amount": _amount("91.90"), "is_invoice": True}}


def _sample(
    kind: str,
    title: Any,
    parts: Callable[[], dict[str, Any]] = dict,
    placeholders: dict[str, Any] = _ORDER,
) -> mails.Sample:
    return mails.Sample(
        key=f"orders/{kind}",
        title=title,
        template=f"orders/{kind}",
        placeholders=placeholders,
        build=lambda: _common() | parts(),
    )


def _received() -> dict[str, Any]:
    statement = _("I withdraw from the contract about the mug “Elbe”.")
    return mails.frame("imprint", "privacy") | {
        "number": "W-2026-000007",
        "name": "Ada Petersen",
        "statement": statement,
        "received": receipts.time(_MOMENT),
        "receipt_url": f"{settings.SITE_URL}/",
        "reason": "",
    }


def _withdrawn() -> dict[str, Any]:
    return {
        "received": receipts.day(_MOMENT),
        "ways": {"return": [f"2 × {_('Mug “Elbe”, blue')}"]},
        "return_number": f"R1-{_NUMBER}",
        "returns_address": "Kontor, Musterspeicher 1, 20457 Hamburg",
        "refund_until": receipts.day(_MOMENT + datetime.timedelta(days=14)),
    }


def _rejected() -> dict[str, Any]:
    return _received() | {"reason": _("We have no contract with you under this number.")}


SAMPLES = [
    _sample(
        "acknowledgement",
        gettext_lazy("Order received, to be paid"),
        lambda: {"can_pay": True, "kept_until": receipts.time(_MOMENT)},
    ),
    _sample("confirmation", gettext_lazy("Order confirmation"), _confirmation),
    _sample("payment_pending", gettext_lazy("Payment is on its way")),
    _sample("payment_reminder", gettext_lazy("Transfer still open"), _transfer),
    _sample("part_payment", gettext_lazy("A part of the money is here"), _transfer),
    _sample("shipped", gettext_lazy("Parcel sent"), _shipped, _SHIPPED),
    _sample("delivered", gettext_lazy("Parcel delivered"), _delivered),
    _sample("ready", gettext_lazy("Ready to be collected"), _ready),
    _sample(
        "cancelled",
        gettext_lazy("Order cancelled"),
        lambda: {"is_expired": False, "is_paid": True},
    ),
    _sample(
        "refunded",
        gettext_lazy("Money goes back"),
        lambda: {"refund_amount": _amount("24.00")},
        _REFUND,
    ),
    _sample("delayed", gettext_lazy("Goods come later than promised"), _delayed),
    _sample("return", gettext_lazy("Step of a return"), _returned, _RETURN),
    _sample(
        "late_payment",
        gettext_lazy("Payment came too late"),
        lambda: {"refund_amount": _amount("91.90"), "is_cancelled": True},
        _REFUND,
    ),
    _sample(
        "document",
        gettext_lazy("Invoice, or what corrects one"),
        _document,
        _ORDER | {"document.name": gettext_lazy("name of the document")},
    ),
    mails.Sample(
        key="orders/withdrawal_receipt",
        title=gettext_lazy("Withdrawal received"),
        template="orders/withdrawal_receipt",
        placeholders={"number": gettext_lazy("number of the receipt")},
        build=_received,
    ),
    mails.Sample(
        key="orders/withdrawal_rejected",
        title=gettext_lazy("Withdrawal rejected"),
        template="orders/withdrawal_rejected",
        placeholders={"number": gettext_lazy("number of the receipt")},
        build=_rejected,
    ),
    _sample("withdrawal", gettext_lazy("How a withdrawal goes on"), _withdrawn),
]
