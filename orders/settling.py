"""What a provider's finding does to a payment and its order: one transaction, idempotent.

Events may come late, twice or in any order, and several processes may ask at once: the order's
lock and the tables in `states` make one effect of it.
"""

import datetime
from collections import Counter

from django.db import transaction

from accounts.models import Customer
from inventory import stock
from orders import fulfilments, outbox, states
from orders.findings import DisputeFinding, Finding, Outcome
from orders.models import (
    Dispute,
    DisputeState,
    DueDocuments,
    EventKind,
    MailKind,
    Order,
    OrderLine,
    OrderLineComponent,
    OrderStatus,
    Payment,
    PaymentState,
)
from orders.redemptions import counting
from orders.refunding import refunds
from orders.states import EXPIRED, WrongState
from shop.kit import locks

__all__ = [
    "EXPIRED",
    "apply",
    "apply_dispute",
    "confirm",
    "give_back",
    "late",
    "note",
    "stock_needed",
]


def apply(payment_pk: int, found: Finding, *, moment: datetime.datetime) -> Payment:
    """Bring payment and order to what the provider says. Returns the payment as it is now.

    Locks order, then payment. Raises `WrongState` when the finding belongs to another attempt.
    """
    with transaction.atomic(durable=True):
        order = locks.locked_one(Order.objects.all(), payments=payment_pk)
        payment = locks.locked_one(Payment.objects.all(), pk=payment_pk)
        _remember(payment, found)
        _STEPS[found.outcome](order, payment, found, moment)
        if found.outcome != Outcome.OPEN:
            states.recompute(order)
        return payment


def _remember(payment: Payment, found: Finding) -> None:
    """Keep the ids. A session that is not the attempt's own is never applied to it."""
    if payment.provider_session not in ("", found.session_id) or found.payment_id != str(
        payment.public_id
    ):
        raise WrongState(f"session of another payment than {payment.public_id}")
    fresh = {
        "provider_session": found.session_id,
        "provider_intent": found.intent_id or payment.provider_intent,
        "url": found.url or payment.url,
        "expires_at": found.expires_at or payment.expires_at,
    }
    if any(getattr(payment, name) != value for name, value in fresh.items()):
        Payment.objects.filter(pk=payment.pk).update(**fresh)
        for name, value in fresh.items():
            setattr(payment, name, value)


def _open(order: Order, payment: Payment, found: Finding, moment: datetime.datetime) -> None:
    states.move_payment(
        payment,
        PaymentState.OPEN,
        moment=moment,
        next_check_at=payment.expires_at or moment,
    )


def _processing(order: Order, payment: Payment, found: Finding, moment: datetime.datetime) -> None:
    if states.move_payment(
        payment,
        PaymentState.PROCESSING,
        moment=moment,
        next_check_at=moment + datetime.timedelta(hours=1),
    ):
        note(order, payment, moment)
        outbox.withdraw(order, MailKind.ACKNOWLEDGEMENT)
        outbox.put(order, MailKind.PAYMENT_PENDING, moment=moment)


def _failed(order: Order, payment: Payment, found: Finding, moment: datetime.datetime) -> None:
    if states.move_payment(payment, PaymentState.FAILED, moment=moment):
        note(order, payment, moment)


def _expired(order: Order, payment: Payment, found: Finding, moment: datetime.datetime) -> None:
    if states.move_payment(payment, PaymentState.EXPIRED, moment=moment):
        note(order, payment, moment)


def _paid(order: Order, payment: Payment, found: Finding, moment: datetime.datetime) -> None:
    problem = _difference(order, payment, found)
    is_second = order.payments.filter(state=PaymentState.SUCCEEDED).exclude(pk=payment.pk).exists()
    to = PaymentState.MISMATCH if problem or is_second else PaymentState.SUCCEEDED
    problem = problem or ("paid twice" if is_second else "")
    if not states.move_payment(
        payment, to, moment=moment, captured=found.captured, problem=problem
    ):
        return
    note(order, payment, moment, problem=problem)
    states.recompute(order)
    if order.status == OrderStatus.CANCELLED:
        late(order, payment, moment)
    elif is_second:
        give_back(order, payment, "paid twice", moment)
    elif not problem and order.status == OrderStatus.PLACED:
        confirm(order, reason="paid", moment=moment)


def confirm(order: Order, *, reason: str, moment: datetime.datetime) -> None:
    """Accept the order, hand over its files, tell the buyer in the mail that acknowledges it."""
    states.move(order, OrderStatus.CONFIRMED, reason=reason, moment=moment)
    if order.has_digital:
        fulfilments.hand_over(order)
        # With nothing to ship all is handed over now.
        DueDocuments.objects.put(order, moment=moment)
    outbox.withdraw(order, *outbox.ASKING)
    outbox.put(order, MailKind.CONFIRMATION, moment=moment)


def _difference(order: Order, payment: Payment, found: Finding) -> str:
    """In what the money differs from the order; empty when in nothing."""
    if found.reference != order.number:
        return "other order"
    if found.currency.upper() != payment.currency or payment.currency != order.currency:
        return f"currency {found.currency.upper()}"
    if not found.amount == found.captured == payment.amount == order.total_gross:
        return f"asked {payment.amount}, came {found.captured}"
    return ""


def late(order: Order, payment: Payment, moment: datetime.datetime) -> None:
    """Money for a cancelled order: revive it or give everything back (see late_payment.md)."""
    if payment.state == PaymentState.SUCCEEDED and _was_expired(order):
        try:
            with transaction.atomic():
                stock.reserve(stock_needed(order), reference=order.number, moment=moment)
        except (stock.OutOfStock, VariantGone):
            pass
        else:
            # The agreed total holds, although others may have used the limit up meanwhile.
            counting.take_again(order, moment=moment)
            confirm(order, reason="paid after the reservation ended", moment=moment)
            return
    give_back(order, payment, "paid after the order was cancelled", moment)


def give_back(order: Order, payment: Payment, reason: str, moment: datetime.datetime) -> None:
    """Ask for all of it to go back, and tell the buyer."""
    if payment.captured:
        refunds.request(payment, amount=payment.captured, reason=reason, by=None, moment=moment)
        outbox.put(order, MailKind.LATE_PAYMENT, moment=moment, reference=str(payment.public_id))


def _was_expired(order: Order) -> bool:
    last = order.events.filter(to_status=OrderStatus.CANCELLED).order_by("-pk").first()
    return last is not None and last.facts.get("reason") == EXPIRED


TO_BE_PAID = "to be paid at pick-up"  # the reason of an order that stands before its money


class VariantGone(Exception):
    """A variant of the order is no longer in the catalogue."""


def stock_needed(order: Order) -> dict[int, int]:
    """The counted pieces of the order, a bundle as its components: variant id → quantity.

    Raises `VariantGone`.
    """
    needed: Counter[int] = Counter()
    for line in order.lines.select_related("variant").prefetch_related("components__variant"):
        pieces: list[OrderLine | OrderLineComponent] = [*line.components.all()]
        for goods in pieces or [line]:
            if goods.variant is None:
                raise VariantGone(goods.sku)
            if goods.variant.has_stock_limit:
                needed[goods.variant.pk] += goods.quantity
    return dict(needed)


def note(
    order: Order,
    payment: Payment,
    moment: datetime.datetime,
    *,
    problem: str = "",
    by: Customer | None = None,
) -> None:
    """An event with the state and the sum of the attempt."""
    states.note(
        order,
        EventKind.PAYMENT,
        moment=moment,
        by=by,
        payment=payment.pk,
        state=payment.state,
        amount=str(payment.captured or payment.amount),
        problem=problem,
    )


_STEPS = {
    Outcome.OPEN: _open,
    Outcome.PROCESSING: _processing,
    Outcome.PAID: _paid,
    Outcome.FAILED: _failed,
    Outcome.EXPIRED: _expired,
}


# --- Disputes ------------------------------------------------------------------------------------

_SETTLED = (DisputeState.WON, DisputeState.LOST)


def apply_dispute(payment: Payment, found: DisputeFinding, *, moment: datetime.datetime) -> Dispute:
    """Bring dispute and order to what the provider says, in the caller's transaction. Idempotent.

    While one is open nothing is shipped; a lost one has taken the money.

    Messages may come double and in any order: each only makes us ask, and what is decided at the
    provider stays decided.
    """
    order = locks.locked_one(Order.objects.all(), payments=payment.pk)
    settled_at = moment if found.state in _SETTLED else None
    dispute, is_new = Dispute.objects.get_or_create(
        provider_dispute=found.dispute_id,
        defaults={
            "payment": payment,
            "state": found.state,
            "amount": found.amount,
            "reason": found.reason,
            "answer_until": found.answer_until,
            "created_at": moment,
            "settled_at": settled_at,
        },
    )
    if dispute.payment_id != payment.pk:
        raise WrongState(f"dispute of another payment than {payment.public_id}")
    is_moved = dispute.state != found.state and dispute.state not in _SETTLED
    if is_moved:
        dispute.state, dispute.settled_at = found.state, settled_at
        dispute.amount, dispute.answer_until = found.amount, found.answer_until
        dispute.save(update_fields=["state", "settled_at", "amount", "answer_until"])
    if is_new or is_moved:
        _note_dispute(order, dispute, moment)
        states.recompute(order)
    return dispute


def _note_dispute(order: Order, dispute: Dispute, moment: datetime.datetime) -> None:
    states.note(
        order,
        EventKind.DISPUTE,
        moment=moment,
        dispute=dispute.pk,
        state=dispute.state,
        amount=str(dispute.amount),
        reason=dispute.reason,
    )
