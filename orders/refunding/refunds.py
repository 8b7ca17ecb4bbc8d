"""Refunds in the books: asked for under a lock, then moved by what the provider says."""

import datetime
import uuid
from decimal import Decimal

from django.db import models
from django.db.models import F, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import Customer
from orders import findings, outbox, states
from orders.models import (
    BankTransaction,
    BankTransfer,
    ByHand,
    DisputeState,
    DueDocuments,
    EventKind,
    MailKind,
    Order,
    Payment,
    PaymentState,
    Refund,
    RefundState,
)
from shop.kit import locks

DAY = datetime.timedelta(days=1)


class NotRefundable(Exception):
    """No more can go back than came in and is still here."""

    def __init__(self, left: Decimal) -> None:
        super().__init__(_("At most %(left)s can be refunded.") % {"left": left})
        self.left = left


def left_of(payment: Payment) -> Decimal:
    """The gross amount that can still be refunded; refunds under way count as gone.

    So does what is disputed: the buyer's bank holds it, or has given it back.
    """
    disputed = payment.disputes.exclude(state=DisputeState.WON).aggregate(
        sum=Coalesce(Sum("amount"), Decimal(0))
    )["sum"]
    gone = payment.refunds.exclude(state=RefundState.FAILED).aggregate(
        sum=Coalesce(Sum("amount"), Decimal(0))
    )["sum"]
    return max(payment.captured - gone - disputed, Decimal(0))


def refundable_of(order: Order) -> Payment | None:
    """The payment that a refund is taken from: what is too much first, then the newest."""
    ended = [PaymentState.SUCCEEDED, PaymentState.MISMATCH]
    rows = order.payments.filter(captured__gt=0, state__in=ended).order_by("-pk")
    left = [one for one in rows if left_of(one)]
    excess = [one for one in left if one.state == PaymentState.MISMATCH]
    return next(iter([*excess, *left]), None)


def request(
    payment: Payment,
    *,
    amount: Decimal,
    reason: str,
    by: Customer | None,
    moment: datetime.datetime,
) -> Refund:
    """Write the refund with its key, in the caller's transaction, which holds the order's lock.

    Raises `NotRefundable` when the sum of all refunds would exceed what was captured.
    """
    payment = locks.locked_one(Payment.objects.all(), pk=payment.pk)
    left = left_of(payment)
    if payment.state not in (PaymentState.SUCCEEDED, PaymentState.MISMATCH) or amount > left:
        raise NotRefundable(left)
    refund = Refund.objects.create(
        payment=payment,
        amount=amount,
        key=f"{uuid.uuid4()}-refund-v1",
        reason=reason,
        actor=by,
        created_at=moment,
        next_try_at=moment,
    )
    if payment.by_hand:
        _transfer(refund, payment, by, moment)
    _note(refund, payment.order, moment, by=by)
    return refund


def _transfer(
    refund: Refund, payment: Payment, by: Customer | None, moment: datetime.datetime
) -> None:
    """What staff have to carry out: back to the account from which the last money came."""
    order = payment.order
    bookings = BankTransaction.objects.filter(money_in__payment__order=order)
    source = bookings.order_by("-money_in__pk").first()
    BankTransfer.objects.create(
        refund=refund,
        order=order,
        end_to_end=f"RF-{order.number}-{refund.pk}",
        name=source.payer_name if source else "",
        iban=source.payer_iban if source else "",
        amount=refund.amount,
        reference=order.number,
        actor=by,
        created_at=moment,
    )


def record(payment: Payment, found: findings.RefundFinding, *, moment: datetime.datetime) -> Refund:
    """Take over a refund that somebody made at the provider itself. Once, by its id there."""
    refund, is_new = Refund.objects.get_or_create(
        provider_refund=found.refund_id,
        defaults={
            "payment": payment,
            "amount": found.amount,
            "key": f"{found.refund_id}-found-v1",
            "reason": "made at the provider",
            "created_at": moment,
            "next_try_at": moment + DAY,
        },
    )
    if is_new:
        _note(refund, payment.order, moment)
    return refund


def apply(refund: Refund, found: findings.RefundFinding, *, moment: datetime.datetime) -> None:
    """Move the refund to what the provider says, and the order with it. Idempotent.

    A refund can fail after it succeeded: then the money is with us again and the task reopens.
    """
    order = locks.locked_one(Order.objects.all(), payments__refunds=refund)
    refund = locks.locked_one(Refund.objects.all(), pk=refund.pk)
    changes: dict[str, object] = {"provider_refund": found.refund_id, "problem": found.problem}
    is_moved = refund.state != found.state and refund.state != RefundState.FAILED
    if is_moved:
        changes["state"] = found.state
        changes["settled_at"] = None if found.state == RefundState.PENDING else moment
    if found.state == RefundState.PENDING:
        changes["next_try_at"] = moment + DAY
    Refund.objects.filter(pk=refund.pk).update(**changes)
    if not is_moved:
        return
    refund.state = found.state
    _note(refund, order, moment)
    states.recompute(order)
    DueDocuments.objects.put_again(order, moment=moment)
    if found.state != RefundState.FAILED:
        outbox.put(order, MailKind.REFUNDED, moment=moment, reference=refund.key)


def refuse(refund: Refund, problem: str, *, moment: datetime.datetime) -> None:
    """The provider will not do it: the refund failed, staff see why."""
    order = locks.locked_one(Order.objects.all(), payments__refunds=refund)
    moved = Refund.objects.filter(pk=refund.pk, state=RefundState.REQUESTED).update(
        state=RefundState.FAILED, problem=problem[:200], settled_at=moment
    )
    if moved:
        refund.state = RefundState.FAILED
        _note(refund, order, moment)
        states.recompute(order)


def due(moment: datetime.datetime) -> models.QuerySet[Refund]:
    """Refunds to ask the provider for, or about; what goes by hand waits for staff."""
    return Refund.objects.filter(
        state__in=[RefundState.REQUESTED, RefundState.PENDING],
        next_try_at__lte=moment,
        payment__by_hand=ByHand.NO,
    ).order_by("next_try_at")


def claim(refund: Refund, *, moment: datetime.datetime) -> bool:
    """Take a refund for one call; the next one may be made later, each time later."""
    wait = datetime.timedelta(seconds=min(30 * 2**refund.tries, 3600))
    taken = Refund.objects.filter(pk=refund.pk, next_try_at__lte=moment).update(
        next_try_at=moment + wait,
        tries=F("tries") + 1,
        called_at=Coalesce("called_at", Value(moment)),
    )
    return bool(taken)


def _note(
    refund: Refund, order: Order, moment: datetime.datetime, *, by: Customer | None = None
) -> None:
    states.note(
        order,
        EventKind.REFUND,
        moment=moment,
        by=by,
        refund=refund.pk,
        state=refund.state,
        amount=str(refund.amount),
    )
