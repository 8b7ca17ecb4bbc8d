"""The life of an order: create, cancel, complete. Payments move it in `settling`."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Customer
from inventory import stock
from orders import attempts, outbox, payments, settling, states
from orders.drafts import AddressDraft, ComponentDraft, DiscountDraft, LineDraft, OrderDraft
from orders.models import (
    AddressKind,
    DueDocuments,
    EventKind,
    FulfilmentStatus,
    MailKind,
    Order,
    OrderAddress,
    OrderDiscount,
    OrderDiscountShare,
    OrderEvent,
    OrderLine,
    OrderLineComponent,
    OrderStatus,
    OrderVat,
    PaymentState,
    PaymentStatus,
)
from orders.redemptions import counting
from orders.refunding import refunds
from orders.states import TRANSITIONS, WrongState
from shop.kit import locks

__all__ = ["TRANSITIONS", "NotCancellable", "WrongState", "cancel", "complete", "create"]

# A payment that comes at once makes one mail of two: docs/algorithms/order_mails.md.
ACKNOWLEDGE_AFTER = datetime.timedelta(minutes=2)


class NotCancellable(Exception):
    """The order has been sent, is being paid, or is over."""


# --- Create --------------------------------------------------------------------------------------


def create(draft: OrderDraft, *, moment: datetime.datetime) -> Order:
    """Write the order that the shopper agreed to: 8 statements in the caller's
    transaction, one more for components of bundles, two more for discounts.

    The caller reserves the goods under `draft.number` afterwards, as the last thing before the
    commit: rows of stock are hot. Raises `IntegrityError` when the placement token was used before
    or the sums do not add up.
    """
    order = Order.objects.create(**_order_fields(draft, moment))
    _create_rows(order, draft)
    OrderEvent.objects.create(
        order=order, kind=EventKind.PLACED, to_status=OrderStatus.PLACED, created_at=moment
    )
    if not order.total_gross:
        states.recompute(order)
        settling.confirm(order, reason="nothing to pay", moment=moment)
        states.recompute(order)
        return order
    terms = payments.terms_of(draft.payment_method)
    attempts.first(order, moment=moment, by_hand=terms.by_hand)
    if terms.is_due_later:
        settling.confirm(order, reason=settling.TO_BE_PAID, moment=moment)
        return order
    # Who pays by transfer needs to know where to, at once.
    wait = datetime.timedelta(0) if terms.by_hand else ACKNOWLEDGE_AFTER
    outbox.put(order, MailKind.ACKNOWLEDGEMENT, moment=moment, wait=wait)
    return order


def _order_fields(draft: OrderDraft, moment: datetime.datetime) -> dict[str, object]:
    copied = (
        "number placement_token customer_id email language currency delivery_method delivery_name"
        " delivery_gross delivery_discount_gross delivery_from delivery_to goods_gross"
        " discount_gross deposit_gross total_gross payment_method terms_version"
        " withdrawal_version is_pickup note tax_country tax_scheme distance_net"
        " standard_delivery_gross"
    )
    fields = {name: getattr(draft, name) for name in copied.split()}
    return fields | {
        "placed_at": moment,
        "return_days": settings.RETURN_DAYS,
        "is_return_free": settings.RETURN_IS_FREE,
        "reserved_until": moment + payments.terms_of(draft.payment_method).kept_for,
        "has_digital": any(
            line.is_digital or any(one.is_digital for one in line.components)
            for line in draft.lines
        ),
    }


def _create_rows(order: Order, draft: OrderDraft) -> None:
    OrderAddress.objects.bulk_create(
        [
            _address(order, AddressKind.DELIVERY, draft.delivery),
            _address(order, AddressKind.BILLING, draft.billing or draft.delivery),
        ]
    )
    lines = OrderLine.objects.bulk_create(
        OrderLine(order=order, position=position, **_fields(line, but="components"))
        for position, line in enumerate(draft.lines, start=1)
    )
    components = [
        OrderLineComponent(line=line, position=position, **_fields(component))
        for line, of_line in zip(lines, draft.lines, strict=True)
        for position, component in enumerate(of_line.components, start=1)
    ]
    if components:
        OrderLineComponent.objects.bulk_create(components)
    if draft.discounts:
        _create_discounts(order, lines, draft.discounts)
    OrderVat.objects.bulk_create(
        OrderVat(order=order, rate=sum_.rate, net=sum_.net, vat=sum_.vat, gross=sum_.gross)
        for sum_ in draft.vat_sums
    )


def _create_discounts(
    order: Order, lines: Sequence[OrderLine], discounts: Sequence[DiscountDraft]
) -> None:
    rows = OrderDiscount.objects.bulk_create(
        OrderDiscount(order=order, position=position, **_fields(one, but="shares"))
        for position, one in enumerate(discounts, start=1)
    )
    OrderDiscountShare.objects.bulk_create(
        OrderDiscountShare(discount=row, line=None if place is None else lines[place], gross=gross)
        for row, one in zip(rows, discounts, strict=True)
        for place, gross in one.shares
    )


def _address(order: Order, kind: AddressKind, draft: AddressDraft) -> OrderAddress:
    return OrderAddress(order=order, kind=kind, **_fields(draft))


def _fields(
    draft: AddressDraft | LineDraft | ComponentDraft | DiscountDraft, *, but: str = ""
) -> dict[str, Any]:
    return {name: getattr(draft, name) for name in draft.__dataclass_fields__ if name != but}


# --- Cancel --------------------------------------------------------------------------------------


def cancel(
    order: Order,
    *,
    by: Customer | None,
    reason: str,
    moment: datetime.datetime,
    patience: float = payments.LONG_PATIENCE,
) -> Order:
    """End an order of which nothing was sent: goods go back on sale, money goes back.

    First the payment pages are closed at the provider, outside any transaction, so that no money
    can come for goods that are given away. Raises `NotCancellable` (also while a payment is being
    processed) and `findings.ProviderAway`, after which nothing has changed.
    """
    for payment in order.payments.asked():
        if payments.expire(payment, moment=moment, patience=patience).state in (
            PaymentState.PROCESSING,
            PaymentState.OPEN,
        ):
            raise NotCancellable(_("A payment for this order is being processed."))
    order = _cancel(order.pk, by=by, reason=reason, moment=moment)
    for refund in refunds.due(moment).filter(payment__order=order):
        payments.carry_out(refund, moment=moment, patience=patience)
    return order


@locks.again_on_conflict
def _cancel(pk: int, *, by: Customer | None, reason: str, moment: datetime.datetime) -> Order:
    with transaction.atomic(durable=True):
        order = locks.locked_one(Order.objects.all(), pk=pk)
        is_paid_meanwhile = (
            reason == states.EXPIRED and order.payment_status != PaymentStatus.UNPAID
        )
        if not order.is_cancellable or is_paid_meanwhile or order.payments.asked().exists():
            raise NotCancellable(_("This order can no longer be cancelled."))
        states.move(order, OrderStatus.CANCELLED, reason=reason, moment=moment, by=by)
        _await_no_longer(order, reason, moment)
        for payment in order.payments.filter(captured__gt=0):
            if left := refunds.left_of(payment):
                refunds.request(payment, amount=left, reason=reason, by=by, moment=moment)
        states.recompute(order)
        outbox.withdraw(order, *outbox.ASKING)
        outbox.put(order, MailKind.CANCELLED, moment=moment)
        DueDocuments.objects.put_again(order, moment=moment)
        stock.release(order.number, moment=moment)
        counting.release(order, moment=moment)
        return order


def _await_no_longer(order: Order, reason: str, moment: datetime.datetime) -> None:
    """Money by hand is not asked for any more; a part that is here will go back."""
    for payment in order.payments.awaited():
        dead = PaymentState.EXPIRED if reason == states.EXPIRED else PaymentState.CANCELED
        to = PaymentState.MISMATCH if payment.captured else dead
        states.move_payment(payment, to, moment=moment)
        settling.note(order, payment, moment)


# --- Complete ------------------------------------------------------------------------------------


@locks.again_on_conflict
def complete(order: Order, *, by: Customer | None, moment: datetime.datetime) -> Order:
    """Close an order of which everything was sent. Raises `WrongState` before that."""
    with transaction.atomic(durable=True):
        order = locks.locked_one(Order.objects.all(), pk=order.pk)
        if order.fulfilment_status != FulfilmentStatus.FULFILLED:
            raise WrongState(f"{order.number} is not fulfilled.")
        states.move(order, OrderStatus.COMPLETED, reason="all delivered", moment=moment, by=by)
        return order
