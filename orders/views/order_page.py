"""The context of the order page: plain values, ready to be shown."""

import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from orders import attempts, payments, receipts
from orders.models import Fulfilment, FulfilmentStatus, Order, OrderStatus, PaymentStatus


def context(
    order: Order,
    token: str,
    *,
    moment: datetime.datetime,
    is_return: bool = False,
    is_unreachable: bool = False,
) -> dict[str, Any]:
    """All that the page shows. `is_return`: the shopper just came back from the payment page.

    `is_unreachable`: the payment page could not be opened just now.
    """
    state = _state(order, is_return, moment)
    path = reverse("orders:order", args=[token])
    return {
        "page": {
            "title": _("Order %(number)s") % {"number": order.number},
            "robots": "noindex, nofollow",
        },
        "order": receipts.receipt(order),
        "state": state,
        "status": _notice(order, state, is_unreachable),
        "steps": _steps(order, state),
        "can_pay": state in ("unpaid", "checking"),
        "payment_url": reverse("orders:payment", args=[token]),
        "payment_name": payments.name_of(order.payment_method),
        "payment_status": str(order.get_payment_status_display()),
        "kept_until": _kept_until(order, state),
        "is_checking": state == "checking",
        "reload_url": f"{path}?returned=1" if is_return else path,
        "parcels": [_parcel(one) for one in _parcels(order)],
        "is_confirmed": order.status in (OrderStatus.CONFIRMED, OrderStatus.COMPLETED),
    }


def _state(order: Order, is_return: bool, moment: datetime.datetime) -> str:
    """One word for where the order stands, as the page tells it apart."""
    if order.status == OrderStatus.CANCELLED:
        return "cancelled"
    if order.payment_status == PaymentStatus.MISMATCH:
        return "mismatch"
    if order.payment_status == PaymentStatus.PENDING:
        return "pending"
    if order.status == OrderStatus.PLACED:
        if moment > order.placed_at + attempts.KEPT_AT_MOST:
            return "over"
        return "checking" if is_return else "unpaid"
    if order.fulfilment_status == FulfilmentStatus.FULFILLED and _parcels(order):
        return "shipped"
    return "partly_shipped" if order.fulfilment_status == FulfilmentStatus.PARTLY else "confirmed"


def _kept_until(order: Order, state: str) -> str:
    until = order.reserved_until
    return receipts.time(until) if until and state in ("unpaid", "checking") else ""


def _notice(order: Order, state: str, is_unreachable: bool) -> dict[str, str]:
    """What stands on top: kind, title and text of components/notice.html."""
    if is_unreachable:
        return {
            "kind": "warning",
            "title": _("The payment page cannot be reached at the moment"),
            "text": _("Your order is safe. Please try again in a minute."),
        }
    kind, title, text = _words(order)[state]
    return {"kind": kind, "title": title, "text": text}


def _words(order: Order) -> dict[str, tuple[str, str, str]]:
    return {
        "unpaid": (
            "warning",
            _("Your order is here, the payment is still open"),
            _("We keep the goods for you. As soon as you have paid, we send the confirmation."),
        ),
        "checking": (
            "info",
            _("We are checking your payment"),
            _("This takes a few seconds. If you have paid, please do not pay a second time."),
        ),
        "pending": (
            "info",
            _("Your payment is on its way"),
            _("Your bank confirms it within a few days. You need not do anything."),
        ),
        "mismatch": (
            "warning",
            _("We are looking at your payment"),
            _("The amount that arrived differs from the total. We will write to you."),
        ),
        "confirmed": (
            "success",
            _("Thank you for your order"),
            _("Your payment has arrived. We have sent the confirmation to %(email)s.")
            % {"email": order.email},
        ),
        "partly_shipped": (
            "success",
            _("A part of your order is on its way"),
            _("The rest follows in a parcel of its own."),
        ),
        "shipped": ("success", _("Your order is on its way"), ""),
        "cancelled": (
            "info",
            _("This order was cancelled"),
            _("Nothing will be delivered. What you paid, if anything, goes back to you."),
        ),
        "over": (
            "info",
            _("This order can no longer be paid"),
            _("We put the goods back on the shelf. You are welcome to order again."),
        ),
    }


def _steps(order: Order, state: str) -> list[dict[str, Any]]:
    """How far it is: ordered, paid, shipped. Empty for an order that ended otherwise."""
    if state in ("cancelled", "over", "mismatch"):
        return []
    is_paid = order.payment_status in (PaymentStatus.PAID, PaymentStatus.PARTLY_REFUNDED)
    is_shipped = order.fulfilment_status == FulfilmentStatus.FULFILLED
    done = [(_("Ordered"), True), (_("Paid"), is_paid), (_("Shipped"), is_shipped)]
    current = next((name for name, is_done in done if not is_done), "")
    return [
        {"name": name, "is_done": is_done, "is_current": name == current} for name, is_done in done
    ]


def _parcels(order: Order) -> list[Fulfilment]:
    return list(order.fulfilments.order_by("shipped_at", "pk"))


def _parcel(one: Fulfilment) -> dict[str, str]:
    return {
        "carrier": one.carrier,
        "tracking_number": one.tracking_number,
        "shipped_on": receipts.day(one.shipped_at),
    }
