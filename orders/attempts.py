"""Attempts to pay, in the books: born with the order, one alive at a time, closed when dead."""

import datetime
import hashlib
import json
import uuid
from typing import Any, Protocol

from django.db import transaction

from orders import access, states
from orders.models import ByHand, EventKind, Order, Payment, PaymentState
from shop.kit import locks

KEPT_FOR = datetime.timedelta(minutes=45)  # goods of an order that is being paid
KEPT_AT_MOST = datetime.timedelta(hours=4)  # counted from the order, however often it is tried
REPEATED_FOR = datetime.timedelta(minutes=35)  # longer than a payment page lives


class NotPayable(Exception):
    """The order is paid, is being paid, or was cancelled."""


def held_as(placement_token: uuid.UUID) -> str:
    """Under which name `limits` hold what was counted for an order, until it is paid."""
    return f"placing {placement_token}"


class _Parameters(Protocol):
    def __call__(
        self, order: Order, payment: Payment, *, order_url: str, moment: datetime.datetime
    ) -> dict[str, Any]: ...


def first(
    order: Order, *, moment: datetime.datetime, by_hand: ByHand = ByHand.NO, gateway: str = ""
) -> Payment:
    """The attempt that an order is born with. Runs in the transaction that places it.

    Money `by_hand` is awaited from the start: there is no page to open.
    """
    public_id = uuid.uuid4()
    return Payment.objects.create(
        order=order,
        public_id=public_id,
        gateway=gateway or order.payment_method,
        by_hand=by_hand,
        state=PaymentState.OPEN if by_hand else PaymentState.NEW,
        amount=order.total_gross,
        currency=order.currency,
        key=f"{public_id}-session-v1",
        created_at=moment,
        next_check_at=moment + datetime.timedelta(minutes=5),
    )


@locks.again_on_conflict
def live_or_new(order: Order, *, moment: datetime.datetime) -> Payment:
    """The live attempt of the order, or a new one when the others are dead. Raises `NotPayable`."""
    with transaction.atomic(durable=True):
        order = locks.locked_one(Order.objects.all(), pk=order.pk)
        if not order.is_payable or moment > order.placed_at + KEPT_AT_MOST:
            raise NotPayable(order.number)
        payment = order.payments.live().first()
        if payment is None:
            payment = first(order, moment=moment)
            until = min(moment + KEPT_FOR, order.placed_at + KEPT_AT_MOST)
            Order.objects.filter(pk=order.pk, reserved_until__lt=until).update(reserved_until=until)
        return payment


@locks.again_on_conflict
def with_parameters(payment_pk: int, build: _Parameters, *, moment: datetime.datetime) -> Payment:
    """The attempt with the parameters of its call, stored before the call."""
    with transaction.atomic(durable=True):
        order = locks.locked_one(Order.objects.all(), payments=payment_pk)
        payment = locks.locked_one(Payment.objects.all(), pk=payment_pk)
        if payment.parameters is None:
            payment.parameters = build(
                order, payment, order_url=access.url_of(order), moment=moment
            )
            payment.fingerprint = fingerprint(payment.parameters)
            payment.called_at = moment
            payment.next_check_at = moment + REPEATED_FOR
            payment.save(update_fields=["parameters", "fingerprint", "called_at", "next_check_at"])
        return payment


def fingerprint(parameters: dict[str, Any]) -> str:
    """SHA-256 of the parameters in canonical form."""
    return hashlib.sha256(json.dumps(parameters, sort_keys=True).encode()).hexdigest()


@locks.again_on_conflict
def close(payment_pk: int, to: PaymentState, *, problem: str, moment: datetime.datetime) -> Payment:
    """End an attempt whose payment page nobody has. Returns the payment as it is now."""
    with transaction.atomic(durable=True):
        order = locks.locked_one(Order.objects.all(), payments=payment_pk)
        payment = locks.locked_one(Payment.objects.all(), pk=payment_pk)
        if payment.state == PaymentState.NEW and states.move_payment(
            payment, to, moment=moment, problem=problem[:200]
        ):
            states.note(
                order,
                EventKind.PAYMENT,
                moment=moment,
                payment=payment.pk,
                state=payment.state,
                problem=problem[:200],
            )
        return payment
