"""Where a buyer transfers money to, and how much: in words and as a QR code (EPC069-12)."""

import base64
import dataclasses
import io
from decimal import Decimal

import segno
from django.conf import settings
from segno import helpers

from orders import ibans
from orders.models import ByHand, Order

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


def qr_code(given: Instruction) -> segno.QRCode:
    """The transfer as banking apps scan it: version 002, UTF-8, error correction M."""
    return helpers.make_epc_qr(
        name=given.account.holder[:70],
        iban=given.account.iban,
        amount=given.amount,
        text=given.reference,
        bic=given.account.bic or None,
        encoding="utf-8",
    )


def qr_picture(given: Instruction) -> str:
    """The code as an SVG in a `data:` address, dark on white whatever the theme."""
    file = io.BytesIO()
    qr_code(given).save(file, kind="svg", scale=_QR_SCALE, border=4, light="#fff", xmldecl=False)
    return f"data:image/svg+xml;base64,{base64.b64encode(file.getvalue()).decode()}"


def qr_png(given: Instruction) -> bytes:
    """The code as a PNG, for mails."""
    file = io.BytesIO()
    qr_code(given).save(file, kind="png", scale=_QR_SCALE, border=4)
    return file.getvalue()
