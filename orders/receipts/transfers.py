"""Where a buyer transfers money to, and how much: in words and as a QR code (EPC069-12)."""

import base64
import dataclasses
import io
from decimal import Decimal

import segno
from django.conf import settings

from orders import receipts
from orders.models import ByHand, Order
from orders.receipts import ibans

_QR_SCALE = 6


@dataclasses.dataclass(frozen=True, slots=True)
class Account:
    """The merchant's account. `bic` may be empty: within the SEPA none is needed."""

    holder: str
    iban: str
    bic: str


@dataclasses.dataclass(frozen=True, slots=True)
class Instruction:
    """What to type into a transfer; `amount` is in euros, what is still missing of the total."""

    account: Account
    amount: Decimal
    reference: str
    is_rest: bool


def own() -> Account | None:
    """The account that the settings name; `None` when its holder or a true IBAN is missing."""
    iban, bic = ibans.compact(settings.BANK_IBAN), ibans.compact(settings.BANK_BIC)
    if not settings.BANK_HOLDER or not ibans.is_valid(iban):
        return None
    return Account(settings.BANK_HOLDER, iban, bic if ibans.is_bic(bic) else "")


def instruction(order: Order) -> Instruction | None:
    """How to pay what `order` still lacks; `None` when no transfer is awaited."""
    account = own()
    payment = order.payments.awaited().filter(by_hand=ByHand.TRANSFER).first()
    if account is None or payment is None or not order.is_open:
        return None
    missing = payment.amount - payment.captured
    return Instruction(account, missing, order.number, bool(payment.captured))


def words(order: Order) -> dict[str, str] | None:
    """The transfer that is awaited, for pages and mails, in the active language; `None`: none is.

    `paid` is empty unless a part is here; `until` unless the goods are kept for a time.
    """
    given = instruction(order)
    if given is None:
        return None
    paid = order.total_gross - given.amount
    return {
        "holder": given.account.holder,
        "iban": ibans.grouped(given.account.iban),
        "bic": given.account.bic,
        "amount": receipts.amount(given.amount, order.currency),
        "reference": given.reference,
        "paid": receipts.amount(paid, order.currency) if given.is_rest else "",
        "until": receipts.time(order.reserved_until) if order.reserved_until else "",
        "qr": qr_picture(given),
    }


def qr_text(given: Instruction) -> str:
    """The transfer as banking apps read it: version 002, UTF-8, amount with both its digits."""
    account = given.account
    head = ["BCD", "002", "1", "SCT", account.bic, account.holder[:70], account.iban]
    return "\n".join([*head, f"EUR{given.amount:.2f}", "", "", given.reference])


def _qr_code(given: Instruction) -> segno.QRCode:
    return segno.make_qr(qr_text(given), error="m", boost_error=False, encoding="utf-8")


def qr_picture(given: Instruction) -> str:
    """The code as an SVG in a `data:` address, dark on white whatever the theme."""
    file = io.BytesIO()
    _qr_code(given).save(file, kind="svg", scale=_QR_SCALE, border=4, light="#fff", xmldecl=False)
    return f"data:image/svg+xml;base64,{base64.b64encode(file.getvalue()).decode()}"


def qr_png(given: Instruction) -> bytes:
    """The code as a PNG, for mails."""
    file = io.BytesIO()
    _qr_code(given).save(file, kind="png", scale=_QR_SCALE, border=4)
    return file.getvalue()
