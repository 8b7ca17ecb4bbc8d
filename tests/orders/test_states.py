"""Orders and payments move along their tables, and nowhere else."""

import itertools
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from orders import states
from orders.models import (
    EventKind,
    Order,
    OrderEvent,
    OrderStatus,
    Payment,
    PaymentState,
    Refund,
    RefundState,
)

pytestmark = pytest.mark.django_db

PAIRS = list(itertools.product(OrderStatus.values, repeat=2))
ALLOWED = {
    ("placed", "confirmed"),
    ("placed", "cancelled"),
    ("confirmed", "completed"),
    ("confirmed", "cancelled"),
    ("cancelled", "confirmed"),
}
PAYMENT_PAIRS = list(itertools.product(PaymentState.values, repeat=2))
DEAD_ENDS = {"failed", "expired", "canceled"}
MONEY = {"succeeded", "mismatch"}
PAYMENT_ALLOWED = (
    {("new", to) for to in {"open", "processing"} | DEAD_ENDS | MONEY}
    | {("open", to) for to in {"processing", "partial"} | DEAD_ENDS | MONEY}
    | {("partial", to) for to in {"partial"} | MONEY}
    | {("processing", to) for to in {"failed"} | MONEY}
    | {(dead, to) for dead in DEAD_ENDS for to in MONEY}
)


def test_every_status_has_its_row_in_the_table():
    assert set(states.TRANSITIONS) == set(OrderStatus.values)
    assert set(states.PAYMENT_TRANSITIONS) == set(PaymentState.values)


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_an_order_moves_only_along_the_table(place, moment, before, after):
    order = place()
    Order.objects.filter(pk=order.pk).update(status=before)
    order.refresh_from_db()
    events = order.events.count()

    if (before, after) in ALLOWED:
        states.move(order, OrderStatus(after), reason="test", moment=moment)
    else:
        with pytest.raises(states.WrongState):
            states.move(order, OrderStatus(after), reason="test", moment=moment)

    order.refresh_from_db()
    is_moved = (before, after) in ALLOWED
    assert order.status == (after if is_moved else before)
    assert order.events.count() == events + is_moved


def test_a_move_writes_from_to_reason_and_who(place, sam, moment):
    order = place()

    states.move(order, OrderStatus.CANCELLED, reason="asked by phone", moment=moment, by=sam)

    event = order.events.last()
    assert (event.kind, event.from_status, event.to_status) == ("status", "placed", "cancelled")
    assert event.facts == {"reason": "asked by phone"}
    assert event.actor == sam
    assert event.created_at == moment


def test_a_move_from_a_stale_row_is_refused(place, moment):
    order = place()
    Order.objects.filter(pk=order.pk).update(status=OrderStatus.CANCELLED)

    with pytest.raises(states.WrongState):
        states.move(order, OrderStatus.CONFIRMED, reason="late", moment=moment)

    assert Order.objects.get(pk=order.pk).status == "cancelled"


@pytest.mark.parametrize(("before", "after"), PAYMENT_PAIRS)
def test_a_payment_moves_only_along_its_table(place, moment, before, after):
    payment = place().payments.get()
    sums = dict.fromkeys(MONEY, payment.amount) | {"partial": Decimal(1)}
    captured = sums.get(before, Decimal(0))
    Payment.objects.filter(pk=payment.pk).update(
        state=before, captured=captured, by_hand="transfer"
    )
    payment.refresh_from_db()
    changes = {"captured": sums[after]} if after in sums else {}

    moved = states.move_payment(payment, PaymentState(after), moment=moment, **changes)

    assert moved == ((before, after) in PAYMENT_ALLOWED)
    assert Payment.objects.get(pk=payment.pk).state == (after if moved else before)


@pytest.mark.parametrize("act", ["change", "delete"])
def test_the_history_cannot_be_changed(place, act):
    event = place().events.get()
    row = OrderEvent.objects.filter(pk=event.pk)
    acts = {"change": lambda: row.update(to_status="confirmed"), "delete": row.delete}

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        acts[act]()

    assert OrderEvent.objects.get(pk=event.pk).to_status == "placed"


def test_only_the_name_of_staff_can_vanish_from_the_history(place, sam, moment):
    event = states.note(place(), EventKind.MAIL, moment=moment, by=sam)

    sam.delete()

    event.refresh_from_db()
    assert event.actor is None
    assert event.kind == "mail"


REFUNDS = [
    ([], "paid"),
    ([("10.00", RefundState.REQUESTED)], "paid"),
    ([("10.00", RefundState.PENDING)], "partly_refunded"),
    ([("10.00", RefundState.SUCCEEDED)], "partly_refunded"),
    ([("52.90", RefundState.SUCCEEDED)], "refunded"),
    ([("42.90", RefundState.PENDING), ("10.00", RefundState.SUCCEEDED)], "refunded"),
    ([("52.90", RefundState.FAILED)], "paid"),
]


@pytest.mark.parametrize(("rows", "expected"), REFUNDS)
def test_the_payment_status_follows_from_captured_and_refunded(place, moment, rows, expected):
    order = place()
    payment = order.payments.get()
    Payment.objects.update(state=PaymentState.SUCCEEDED, captured=payment.amount)
    for number, (amount, state) in enumerate(rows):
        Refund.objects.create(
            payment=payment,
            amount=Decimal(amount),
            state=state,
            key=f"key-{number}",
            reason="test",
            created_at=moment,
            next_try_at=moment,
        )

    states.recompute(order)

    order.refresh_from_db()
    assert order.total_gross == Decimal("52.90")
    assert order.payment_status == expected


@pytest.mark.parametrize(
    ("state", "captured", "expected"),
    [
        ("new", "0", "unpaid"),
        ("open", "0", "unpaid"),
        ("processing", "0", "pending"),
        ("failed", "0", "unpaid"),
        ("expired", "0", "unpaid"),
        ("canceled", "0", "unpaid"),
        ("mismatch", "12.00", "mismatch"),
    ],
)
def test_the_payment_status_follows_from_the_state_of_the_attempt(place, state, captured, expected):
    order = place()
    Payment.objects.update(state=state, captured=Decimal(captured))

    states.recompute(order)

    assert Order.objects.get(pk=order.pk).payment_status == expected
