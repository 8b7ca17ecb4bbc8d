"""The mails about an order, rendered when they are sent, in the order's language.

Which mail goes out when stands in docs/algorithms/order_mails.md.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from catalog.law import guarantees
from orders import access, receipts, states
from orders.models import (
    DocumentKind,
    MailKind,
    Order,
    OrderEvent,
    OrderMail,
    OrderStatus,
    Payment,
    Refund,
)
from orders.receipts import contract, delays, papers, parcels, returned, transfers
from shop import legal
from shop.kit import mail

_LEGAL_PAGES = ("imprint", "privacy", "terms", "withdrawal")
_WITH_CONTRACT = {MailKind.CONFIRMATION}
_WITH_TRANSFER = {MailKind.ACKNOWLEDGEMENT, MailKind.PAYMENT_REMINDER, MailKind.PART_PAYMENT}


def build(row: OrderMail) -> EmailMultiAlternatives:
    """The mail of an outbox row, ready to be sent."""
    order = row.order
    with translation.override(row.language):
        context = _common(order) | _PARTS[MailKind(row.kind)](order, row.reference)
    return mail.message(
        f"orders/{row.kind}",
        context,
        to=row.address,
        language=row.language,
        attachments=_attachments(order, row.kind, row.reference),
    )


def _attachments(order: Order, kind: str, reference: str) -> tuple[mail.Attachment, ...]:
    if kind in _WITH_CONTRACT:
        return contract.attachments(order)
    if kind == MailKind.DOCUMENT:
        found = order.documents.select_related("file").get(number=reference)
        return (mail.Attachment(found.filename, bytes(found.file.pdf), "application/pdf"),)
    given = transfers.instruction(order) if kind in _WITH_TRANSFER else None
    if given is None:
        return ()
    # Mail programs show no `data:` pictures; an attached one they do.
    png = transfers.qr_png(given)
    return (mail.Attachment(f"QR-{order.number}.png", png, "image/png"),)


def _common(order: Order) -> dict[str, Any]:
    order_receipt = receipts.receipt(order)
    for line in order_receipt["lines"]:
        if line["picture"]:
            line["picture"]["src"] = urljoin(settings.SITE_URL, line["picture"]["src"])
    return {
        "order": order_receipt,
        "order_url": access.url_of(order),
        "greeting": _greeting(order),
        "merchant": legal.merchant(),
        "legal_links": [*_legal_links(), _withdrawal_link(order)],
    }


def _legal_links() -> list[dict[str, str]]:
    return [
        {"name": str(one["name"]), "url": urljoin(settings.SITE_URL, one["url"])}
        for one in legal.links()
        if one["slug"] in _LEGAL_PAGES
    ]


def _withdrawal_link(order: Order) -> dict[str, str]:
    """The way to withdraw, in every mail about an order, with the order known (§ 356a BGB)."""
    path = reverse("withdraw_order", args=[access.token_for(order)])
    return {"name": _("Withdraw from contract"), "url": urljoin(settings.SITE_URL, path)}


def _greeting(order: Order) -> str:
    # At a pick-up the delivery address is that of the shop.
    bills_first = order.addresses.order_by("kind")
    name = bills_first.values_list("name", flat=True).first()
    return _("Hello %(name)s,") % {"name": name} if name else _("Hello,")


def _acknowledgement(order: Order, reference: str) -> dict[str, Any]:
    until = order.reserved_until
    if transfer := transfers.words(order):
        return {"transfer": transfer}
    return {
        "can_pay": order.is_payable,
        "kept_until": receipts.time(until) if order.is_payable and until else "",
    }


def _confirmation(order: Order, reference: str) -> dict[str, Any]:
    lines = list(order.lines.prefetch_related("components"))
    return {
        "needs_shipping": any(line.needs_shipping for line in lines) and not order.is_open,
        # To be paid when it is fetched: the contract stands, the money comes over the counter.
        "is_due_later": order.is_open,
        "kept_until": receipts.time(order.reserved_until) if order.reserved_until else "",
        "guarantee_text": guarantees.notice_text(),
        "has_withdrawal_right": any(receipts.has_withdrawal_right(line) for line in lines),
        "downloads": list(receipts.downloads(order).values()),
        "downloads_url": f"{access.url_of(order)}#downloads",
    }


def _transfer(order: Order, reference: str) -> dict[str, Any]:
    return {"transfer": transfers.words(order)}


def _pending(order: Order, reference: str) -> dict[str, Any]:
    return {}


def _shipped(order: Order, reference: str) -> dict[str, Any]:
    row = parcels.sent(order).get(pk=reference)
    parcel = parcels.words(row)
    open_lines = parcels.still_open(order)
    return {
        **parcel,
        "parcel_lines": parcel["lines"],
        "open_lines": open_lines,
        "rest_window": parcels.rest_window(order, row.shipped_at) if open_lines else "",
    }


def _delivered(order: Order, reference: str) -> dict[str, Any]:
    parcel = parcels.words(parcels.sent(order).get(pk=reference))
    return {**parcel, "parcel_lines": parcel["lines"], "open_lines": parcels.still_open(order)}


def _ready(order: Order, reference: str) -> dict[str, Any]:
    is_due = order.is_open
    return {
        "collection": parcels.collection(order),
        "to_pay": receipts.amount(order.total_gross, order.currency) if is_due else "",
    }


def _cancelled(order: Order, reference: str) -> dict[str, Any]:
    last = OrderEvent.objects.filter(order=order, to_status=OrderStatus.CANCELLED).order_by("-pk")
    event = last.first()
    reason = event.facts.get("reason") if event else ""
    return {
        "is_expired": reason == states.EXPIRED,
        "is_paid": Payment.objects.filter(order=order, captured__gt=0).exists(),
    }


def _refunded(order: Order, reference: str) -> dict[str, Any]:
    refund = Refund.objects.get(key=reference)
    return {"refund_amount": receipts.amount(refund.amount, order.currency)}


def _late_payment(order: Order, reference: str) -> dict[str, Any]:
    payment = Payment.objects.get(public_id=reference)
    return {
        "refund_amount": receipts.amount(payment.captured, order.currency),
        "is_cancelled": order.status == OrderStatus.CANCELLED,
    }


def _withdrawal(order: Order, reference: str) -> dict[str, Any]:
    """How a withdrawal goes on: its pieces by the way in which they come back."""
    rows = order.withdrawals.select_related("withdrawal", "goods_return")
    case = rows.get(withdrawal__number=reference)
    ways: dict[str, list[str]] = {}
    for one in case.pieces.select_related("line").order_by("line__position"):
        ways.setdefault(one.way, []).append(f"{one.quantity} × {one.line.title}")
    return {
        "received": receipts.day(case.withdrawal.received_at),
        "ways": ways,
        "return_number": case.goods_return.number if case.goods_return else "",
        "returns_address": legal.merchant().returns_address or legal.merchant().one_line,
        "refund_until": receipts.day(case.refund_until) if case.refund_until else "",
    }


def _delayed(order: Order, reference: str) -> dict[str, Any]:
    return {
        "late_lines": delays.lines(order.delays.get(day=reference)),
        "can_cancel": delays.can_cancel(order),
        "delay_url": f"{access.url_of(order)}#delay",
    }


def _document(order: Order, reference: str) -> dict[str, Any]:
    found = order.documents.get(number=reference)
    return {
        "document": {
            "name": papers.title(found),
            "amount": papers.amount(found.gross, found.currency),
            "is_invoice": found.kind == DocumentKind.INVOICE,
        }
    }


_PARTS: dict[MailKind, Callable[[Order, str], dict[str, Any]]] = {
    MailKind.ACKNOWLEDGEMENT: _acknowledgement,
    MailKind.CONFIRMATION: _confirmation,
    MailKind.PAYMENT_PENDING: _pending,
    MailKind.PAYMENT_REMINDER: _transfer,
    MailKind.PART_PAYMENT: _transfer,
    MailKind.SHIPPED: _shipped,
    MailKind.DELIVERED: _delivered,
    MailKind.READY: _ready,
    MailKind.CANCELLED: _cancelled,
    MailKind.REFUNDED: _refunded,
    MailKind.LATE_PAYMENT: _late_payment,
    MailKind.WITHDRAWAL: _withdrawal,
    MailKind.RETURN: returned.facts,
    MailKind.DELAYED: _delayed,
    MailKind.DOCUMENT: _document,
}
KINDS = frozenset(_PARTS)  # of what mails are written so far
