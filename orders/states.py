"""The states of orders and payments, each change in one place. See docs/adr on order states.

Every function runs in the caller's transaction, with the order locked.
"""

import dataclasses
import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from accounts.models import Customer
from orders.models import (
    Dispute,
    DisputeState,
    EventKind,
    FulfilmentLine,
    FulfilmentStatus,
    Order,
    OrderEvent,
    OrderStatus,
    Payment,
    PaymentState,
    PaymentStatus,
    RefundState,
)

EXPIRED = "expired"  # the reason on the event of an order that nobody paid in time

TRANSITIONS: dict[str, set[str]] = {
    OrderStatus.PLACED: {OrderStatus.CONFIRMED, OrderStatus.CANCELLED},
    OrderStatus.CONFIRMED: {OrderStatus.COMPLETED, OrderStatus.CANCELLED},
    # Back only for money that came after the reservation ended: docs/algorithms/late_payment.md.
    OrderStatus.CANCELLED: {OrderStatus.CONFIRMED},
    OrderStatus.COMPLETED: set(),
}

_ENDS = {PaymentState.SUCCEEDED, PaymentState.MISMATCH}
_DEAD = {PaymentState.FAILED, PaymentState.EXPIRED, PaymentState.CANCELED}
PAYMENT_TRANSITIONS: dict[str, set[str]] = {
    PaymentState.NEW: {PaymentState.OPEN, PaymentState.PROCESSING} | _ENDS | _DEAD,
    PaymentState.OPEN: {PaymentState.PROCESSING, PaymentState.PARTIAL} | _ENDS | _DEAD,
    # More came but not all, or all, or the order ends and the part goes back.
    PaymentState.PARTIAL: {PaymentState.PARTIAL} | _ENDS,
    PaymentState.PROCESSING: {PaymentState.FAILED} | _ENDS,
    # The provider's word counts: what we thought dead may still have brought money.
    PaymentState.FAILED: set(_ENDS),
    PaymentState.EXPIRED: set(_ENDS),
    PaymentState.CANCELED: set(_ENDS),
    PaymentState.SUCCEEDED: set(),
    PaymentState.MISMATCH: set(),
}


class WrongState(Exception):
    """The order or payment is not in a state from which this step is possible."""


def note(
    order: Order,
    kind: EventKind,
    *,
    moment: datetime.datetime,
    by: Customer | None = None,
    **facts: Any,
) -> OrderEvent:
    """Write down what happened. `facts` are ids and words, never personal data."""
    return OrderEvent.objects.create(
        order=order, kind=kind, facts=facts, actor=by, created_at=moment
    )


def move(
    order: Order,
    to: OrderStatus,
    *,
    reason: str,
    moment: datetime.datetime,
    by: Customer | None = None,
) -> None:
    """Move the order along the table and write the event. Raises `WrongState` off the table."""
    before = order.status
    if to not in TRANSITIONS[before]:
        raise WrongState(f"{order.number}: {before} does not lead to {to}.")
    if not Order.objects.filter(pk=order.pk, status=before).update(status=to):
        raise WrongState(f"{order.number} is no longer {before}.")
    order.status = to
    OrderEvent.objects.create(
        order=order,
        kind=EventKind.STATUS,
        from_status=before,
        to_status=to,
        facts={"reason": reason},
        actor=by,
        created_at=moment,
    )


def move_payment(
    payment: Payment, to: PaymentState, *, moment: datetime.datetime, **changes: Any
) -> bool:
    """Move an attempt along its table. Returns whether it moved; off the table nothing happens."""
    if to not in PAYMENT_TRANSITIONS[payment.state]:
        return False
    if to in _ENDS | _DEAD:
        changes["settled_at"] = moment
    moved = Payment.objects.filter(pk=payment.pk, state=payment.state).update(state=to, **changes)
    if moved:
        for name, value in {"state": to, **changes}.items():
            setattr(payment, name, value)
    return bool(moved)


def recompute(order: Order) -> None:
    """Derive payment and fulfilment status from the rows and store them: the only writer."""
    fresh = {
        "payment_status": payment_status_of(order),
        "fulfilment_status": fulfilment_status_of(order),
    }
    if any(getattr(order, name) != value for name, value in fresh.items()):
        Order.objects.filter(pk=order.pk).update(**fresh)
        for name, value in fresh.items():
            setattr(order, name, value)


@dataclasses.dataclass(frozen=True, slots=True)
class _Money:
    """What a payment brought, what of it went back, what a lost dispute took."""

    captured: Decimal
    back: Decimal
    lost: Decimal
    is_disputed: bool


def payment_status_of(order: Order) -> PaymentStatus:
    """What the payments say. Refunds count as soon as the provider has accepted them."""
    by_state: dict[str, list[_Money]] = {}
    for state, *sums in _rows(order):
        by_state.setdefault(state, []).append(_Money(*sums))
    excess = [one.back < one.captured for one in by_state.get(PaymentState.MISMATCH, [])]
    if PaymentState.SUCCEEDED in by_state:
        is_disputed = any(one.is_disputed for rows in by_state.values() for one in rows)
        return _of_captured(by_state[PaymentState.SUCCEEDED][0], is_disputed, any(excess))
    if any(excess):
        return PaymentStatus.MISMATCH
    if PaymentState.PARTIAL in by_state:
        return PaymentStatus.PARTLY_PAID
    if excess:
        return PaymentStatus.REFUNDED
    if PaymentState.PROCESSING in by_state:
        return PaymentStatus.PENDING
    return PaymentStatus.UNPAID if order.total_gross else PaymentStatus.PAID


def _rows(order: Order) -> QuerySet[Payment, tuple[Any, ...]]:
    """State, captured, given back, lost, disputed of each payment; one statement."""
    accepted = Q(refunds__state__in=[RefundState.PENDING, RefundState.SUCCEEDED])
    disputes = Dispute.objects.filter(payment=OuterRef("pk")).order_by()
    lost = disputes.filter(state=DisputeState.LOST).values("payment").annotate(sum=Sum("amount"))
    return order.payments.annotate(
        back=Coalesce(Sum("refunds__amount", filter=accepted), Decimal(0)),
        lost=Coalesce(Subquery(lost.values("sum")), Decimal(0)),
        is_disputed=Exists(disputes.unsettled()),
    ).values_list("state", "captured", "back", "lost", "is_disputed")


def _of_captured(money: _Money, is_disputed: bool, has_excess: bool) -> PaymentStatus:
    """Of an order whose total came: what has happened to that money since."""
    if is_disputed:
        return PaymentStatus.DISPUTED
    gone = money.back + money.lost
    if gone >= money.captured:
        return PaymentStatus.CHARGED_BACK if money.lost else PaymentStatus.REFUNDED
    if gone:
        return PaymentStatus.PARTLY_REFUNDED
    return PaymentStatus.OVERPAID if has_excess else PaymentStatus.PAID


def fulfilment_status_of(order: Order) -> FulfilmentStatus:
    """What the parcels say. With nothing to ship, an accepted order is fulfilled."""
    wanted = order.lines.filter(needs_shipping=True).aggregate(n=Coalesce(Sum("quantity"), 0))["n"]
    if not wanted:
        is_accepted = order.status in (OrderStatus.CONFIRMED, OrderStatus.COMPLETED)
        return FulfilmentStatus.FULFILLED if is_accepted else FulfilmentStatus.UNFULFILLED
    sent = FulfilmentLine.objects.filter(fulfilment__order=order).aggregate(
        n=Coalesce(Sum("quantity"), 0)
    )["n"]
    if not sent:
        return FulfilmentStatus.UNFULFILLED
    return FulfilmentStatus.FULFILLED if sent >= wanted else FulfilmentStatus.PARTLY
