"""The context of the order page: plain values, ready to be shown."""

import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from orders import attempts, history, payments, receipts
from orders.delays import showing
from orders.documents import shown as documents
from orders.models import (
    ByHand,
    FulfilmentStatus,
    Order,
    OrderStatus,
    Payment,
    PaymentState,
    PaymentStatus,
)
from orders.money import declines, paying
from orders.receipts import contract, parcels, transfers
from orders.returns import section as return_section
from orders.withdrawals import section as withdrawal_section
from shop import legal


def context(
    order: Order,
    token: str,
    *,
    moment: datetime.datetime,
    is_return: bool = False,
    is_unreachable: bool = False,
    limited: str = "",
    is_uncancelled: bool = False,
) -> dict[str, Any]:
    """All that the page shows. `is_return`: the shopper just came back from the payment page.

    `is_unreachable`: the payment page could not be opened just now. `limited`: too many were,
    for so many minutes. `is_uncancelled`: it could not be cancelled just now.
    """
    receipt = receipts.receipt(order)
    last = order.payments.order_by("-pk").first()
    problem = _limited(order, limited) or (_unreachable() if is_unreachable else _problem(last))
    status = _status(order, last, is_checking=is_return and not problem)
    path = reverse("orders:order", args=[token])
    can_pay = status == "awaiting_payment" and moment <= order.placed_at + attempts.KEPT_AT_MOST
    billing = receipt["billing_address"]
    transfer = transfers.words(order) if status == "awaiting_transfer" else None
    return {
        "number": order.number,
        "placed_text": receipt["placed_on"],
        "email": order.email,
        "status": status,
        "payment_problem": problem if status == "awaiting_payment" else "",
        "reserved_until_text": _kept_until(order, moment) if can_pay else "",
        "pay_url": reverse("orders:payment", args=[token]) if can_pay else "",
        "transfer": transfer,
        "to_collect_text": _kept_until(order, moment) if status == "to_collect" else "",
        "total_text": receipt["total"],
        "is_overpaid": order.payment_status == PaymentStatus.OVERPAID,
        "reload_url": f"{path}?returned=1" if is_return else path,
        "again_url": reverse("home"),
        "delay": _delay(order, token, receipt, is_refused=is_uncancelled),
        "downloads": _downloads(order, token),
        "documents": _documents(order, token),
        "parcels": [parcels.words(one) for one in parcels.sent(order)],
        "collection": parcels.collection(order) if order.is_pickup else {},
        "lines": receipt["lines"],
        "totals": receipt["totals"],
        "delivery": _delivery(order, status),
        "delivery_address": receipt["delivery_address"],
        "billing_address": billing if billing != receipt["delivery_address"] else [],
        "payment": _payment(order),
        "returns": return_section.of_order(order, token, moment=moment),
        "events": history.for_customer(order),
        "notes": list(dict.fromkeys(note for line in receipt["lines"] for note in line["notes"])),
        "has_withdrawal_right": any(line["has_withdrawal_right"] for line in receipt["lines"]),
        "withdrawals": withdrawal_section.of_order(order, token),
        **{f"{slug}_url": contract.url(order, slug) for slug in legal.CONTRACT},
        "contact_email": legal.merchant().email,
        "question_url": f"{reverse('support:contact')}?order={token}",
    }


def _delay(
    order: Order, token: str, receipt: dict[str, Any], *, is_refused: bool
) -> dict[str, Any] | None:
    """Asked only where something was awaited: most orders cost no statement for it."""
    return showing.section(order, token, is_refused=is_refused) if receipt["is_awaited"] else None


def _status(order: Order, last: Payment | None, *, is_checking: bool) -> str:
    """One word for where the order stands, as the page tells it apart."""
    if order.status == OrderStatus.CANCELLED:
        return "cancelled"
    by_payment = {
        PaymentStatus.MISMATCH: "mismatch",
        PaymentStatus.PENDING: "payment_pending",
        PaymentStatus.REFUNDED: "refunded",
        PaymentStatus.DISPUTED: "disputed",
        PaymentStatus.CHARGED_BACK: "charged_back",
    }
    if order.payment_status in by_payment:
        return by_payment[PaymentStatus(order.payment_status)]
    if order.is_open and last and last.by_hand:
        return "awaiting_transfer" if last.by_hand == ByHand.TRANSFER else "to_collect"
    if order.status == OrderStatus.PLACED:
        return "checking" if is_checking else "awaiting_payment"
    if order.status == OrderStatus.COMPLETED:
        return "completed"
    if order.fulfilment_status == FulfilmentStatus.PARTLY:
        return "partly_shipped"
    is_sent = order.fulfilment_status == FulfilmentStatus.FULFILLED
    return "shipped" if is_sent and order.fulfilments.exists() else "confirmed"


def _problem(last: Payment | None) -> str:
    """Why the last attempt to pay brought nothing; empty while one is alive or none was made."""
    if last is None:
        return ""
    return {
        PaymentState.FAILED: _("The payment was not made. Please try again, or pay otherwise."),
        PaymentState.EXPIRED: _("The payment page was open for too long. Please try again."),
    }.get(PaymentState(last.state), "")


def _limited(order: Order, minutes: str) -> str:
    if declines.is_paused(order.number):
        return declines.words()
    return paying.words_of_pages(int(minutes)) if minutes in ("10", "60") else ""


def _unreachable() -> str:
    return _("The payment page cannot be reached at the moment. Please try again in a minute.")


def _kept_until(order: Order, moment: datetime.datetime) -> str:
    until = order.reserved_until
    return receipts.time(until) if until and until > moment else ""


def _delivery(order: Order, status: str) -> dict[str, Any]:
    return {
        "name": order.delivery_name,
        "window_text": _window(order, status),
        "is_pickup": order.is_pickup,
    }


def _window(order: Order, status: str) -> str:
    if status in ("cancelled", "refunded", "completed", "mismatch"):
        return ""
    return receipts.delivery_window(order)


def _downloads(order: Order, token: str) -> list[dict[str, str]]:
    """The files with their addresses; none while they may not be fetched."""
    return [
        {**words, "url": reverse("orders:download", args=[token, pk])}
        for pk, words in receipts.downloads(order).items()
    ]


def _payment(order: Order) -> dict[str, str]:
    return {
        "name": payments.name_of(order.payment_method),
        "text": str(order.get_payment_status_display()),
    }


def _documents(order: Order, token: str) -> list[dict[str, str]]:
    if order.status == OrderStatus.PLACED:
        return []  # never before it is confirmed
    return [
        {**one, "url": reverse("orders:document", args=[token, one["pk"]])}
        for one in documents.of_order(order)
    ]
