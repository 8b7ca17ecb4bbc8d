"""Disputes in the books: while one is open nothing is shipped; a lost one has taken the money."""

import datetime

from orders import states
from orders.findings import DisputeFinding
from orders.models import Dispute, DisputeState, EventKind, Order, Payment
from shop.kit import locks

_SETTLED = (DisputeState.WON, DisputeState.LOST)


def apply(payment: Payment, found: DisputeFinding, *, moment: datetime.datetime) -> Dispute:
    """Bring dispute and order to what the provider says, in the caller's transaction. Idempotent.

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
        raise states.WrongState(f"dispute of another payment than {payment.public_id}")
    is_moved = dispute.state != found.state and dispute.state not in _SETTLED
    if is_moved:
        dispute.state, dispute.settled_at = found.state, settled_at
        dispute.amount, dispute.answer_until = found.amount, found.answer_until
        dispute.save(update_fields=["state", "settled_at", "amount", "answer_until"])
    if is_new or is_moved:
        _note(order, dispute, moment)
        states.recompute(order)
    return dispute


def _note(order: Order, dispute: Dispute, moment: datetime.datetime) -> None:
    states.note(
        order,
        EventKind.DISPUTE,
        moment=moment,
        dispute=dispute.pk,
        state=dispute.state,
        amount=str(dispute.amount),
        reason=dispute.reason,
    )
