"""What staff do with an order: a page that asks, then one call of a process module.

A GET only asks. Refusals of the process modules become messages, never error pages.
"""

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from unfold.admin import ModelAdmin

from accounts.models import Customer
from orders import fulfilments, lifecycle, outbox, payments
from orders.admin import asking, forms
from orders.models import EventKind, MailKind, Order, OrderStatus, Payment, Refund
from orders.money import counter
from orders.refunding import pieces as refund_pieces
from orders.refunding import refunds
from orders.refunding.amounts import NotReturnable
from orders.states import WrongState, note
from shop import staff_pages
from shop.kit import clock

_REFUSALS = (
    fulfilments.NotShippable,
    lifecycle.NotCancellable,
    refunds.NotRefundable,
    NotReturnable,
    WrongState,
)


def ship(page: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Ask for carrier and tracking number, send the parcel."""

    def act(order: Order, given: dict[str, Any]) -> str:
        fulfilments.ship(order, **given, by=staff_pages.staff(request), moment=clock.now())
        return _("Shipped. The customer gets a mail.")

    return ask(
        page, request, object_id, form_class=forms.ShipForm, title=_("Mark as shipped"), act=act
    )


def cancel(page: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Ask why, cancel, give the money back."""

    def act(order: Order, given: dict[str, Any]) -> str:
        lifecycle.cancel(
            order, **given, by=staff_pages.staff(request), moment=clock.now(), patience=8.0
        )
        return _("Cancelled. The goods are back on sale; what was paid goes back.")

    return ask(
        page, request, object_id, form_class=forms.CancelForm, title=_("Cancel order"), act=act
    )


def refund(page: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Ask for amount and reason, give money back."""

    def act(order: Order, given: dict[str, Any]) -> str:
        moment = clock.now()
        row = _refund(order, given, by=staff_pages.staff(request), moment=moment)
        payments.carry_out(row, moment=moment, patience=payments.PATIENCE)
        if row.payment.by_hand:
            return _("It waits among the transfers to be made.")
        return _("The refund is on its way.")

    return ask(page, request, object_id, form_class=forms.RefundForm, title=_("Refund"), act=act)


def _refund(
    order: Order, given: dict[str, Any], *, by: Customer | None, moment: datetime.datetime
) -> Refund:
    """For pieces, to be known by them for ever, or of an amount."""
    pieces, delivery, reason = given["pieces"], given["delivery"], given["reason"]
    if pieces or delivery:
        return refund_pieces.give_back(
            order, pieces, delivery=delivery, reason=reason, by=by, moment=moment
        )
    payment = refunds.refundable_of(order)
    if payment is None:
        raise refunds.NotRefundable(Decimal("0.00"))
    return payments.refund(payment, amount=given["amount"], reason=reason, by=by, moment=moment)


def check_payment(page: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Ask the provider how the attempts stand."""

    def act(order: Order, given: dict[str, Any]) -> str:
        for payment in Payment.objects.filter(order=order).exclude(provider_session=""):
            payments.settle(payment.pk, moment=clock.now(), patience=payments.PATIENCE)
        order.refresh_from_db()
        return _("Checked. The payment is: %(status)s.") % {
            "status": order.get_payment_status_display()
        }

    return ask(
        page, request, object_id, form_class=forms.AskForm, title=_("Check payment now"), act=act
    )


def resend_confirmation(page: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Send the order confirmation once more."""

    def act(order: Order, given: dict[str, Any]) -> str:
        moment = clock.now()
        if order.status not in (OrderStatus.CONFIRMED, OrderStatus.COMPLETED):
            raise WrongState(_("This order is not confirmed."))
        outbox.put_again(order, MailKind.CONFIRMATION, moment=moment)
        note(
            order,
            EventKind.MAIL,
            moment=moment,
            by=staff_pages.staff(request),
            mail=MailKind.CONFIRMATION,
        )
        return _("The confirmation is sent again.")

    title = _("Send confirmation again")
    return ask(page, request, object_id, form_class=forms.AskForm, title=title, act=act)


def complete(page: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Close an order of which everything arrived."""

    def act(order: Order, given: dict[str, Any]) -> str:
        lifecycle.complete(order, by=staff_pages.staff(request), moment=clock.now())
        return _("Completed.")

    return ask(page, request, object_id, form_class=forms.AskForm, title=_("Complete"), act=act)


def hand_over(page: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Ask how the buyer paid, book it, hand the goods out."""

    def act(order: Order, given: dict[str, Any]) -> str:
        counter.hand_over(order, **given, by=staff_pages.staff(request), moment=clock.now())
        return _("Paid and handed over.")

    title = _("Hand over at the counter")
    return ask(page, request, object_id, form_class=forms.HandOverForm, title=title, act=act)


def ask(
    page: ModelAdmin,
    request: HttpRequest,
    object_id: str,
    *,
    form_class: type[forms.AskForm],
    title: str,
    act: Callable[[Order, dict[str, Any]], str],
) -> HttpResponse:
    order = staff_pages.row_of(page, request, object_id)
    return asking.answer(
        page,
        request,
        order,
        form=form_class(request.POST or None, order=order),
        title=title,
        act=act,
        refusals=_REFUSALS,
        back_url=reverse("admin:orders_order_change", args=[order.pk]),
        heading=f"{title}: {order.number}",
        template="admin/orders/act.html",
        order=order,
    )
