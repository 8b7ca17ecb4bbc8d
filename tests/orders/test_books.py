"""The books are clean after all kinds of trade, and each check finds what it is there for."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection

from orders import books, fulfilments, lifecycle, payments
from orders.models import Order, OrderMail, Payment, Refund, WebhookEvent

pytestmark = pytest.mark.django_db(transaction=True)


def found():
    return {name: violations for name, check in books.CHECKS if (violations := check())}


@pytest.fixture
def trade(place, paid_order, place_and_start, make_variant, sandbox, moment):
    """One order of each kind."""
    place(variant=make_variant())
    place_and_start(variant=make_variant())
    shipped = paid_order(variant=make_variant())
    fulfilments.ship(shipped, carrier="DHL", tracking_number="1", by=None, moment=moment)
    lifecycle.complete(shipped, by=None, moment=moment)
    partly = paid_order(variant=make_variant())
    fulfilments.ship(
        partly,
        carrier="DHL",
        tracking_number="2",
        by=None,
        moment=moment,
        lines={partly.lines.get().pk: 1},
    )
    lifecycle.cancel(place(variant=make_variant()), by=None, reason="expired", moment=moment)
    lifecycle.cancel(paid_order(variant=make_variant()), by=None, reason="test", moment=moment)
    refunded = paid_order(variant=make_variant()).payments.get()
    row = payments.refund(refunded, amount=Decimal("5"), reason="test", by=None, moment=moment)
    payments.carry_out(row, moment=moment)
    _order, pending = place_and_start(variant=make_variant())
    sandbox.pay_later(pending)
    payments.settle(pending.pk, moment=moment)
    _order, wrong = place_and_start(variant=make_variant())
    sandbox.pay(wrong)
    sandbox.change(wrong, amount_total=1)
    payments.settle(wrong.pk, moment=moment)


def test_the_books_are_clean_after_all_kinds_of_trade(trade):
    assert found() == {}
    assert {one.status for one in Order.objects.all()} == {
        "placed",
        "confirmed",
        "completed",
        "cancelled",
    }
    assert {one.payment_status for one in Order.objects.all()} == {
        "unpaid",
        "pending",
        "paid",
        "partly_refunded",
        "refunded",
        "mismatch",
    }


def _sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


MUTATIONS = [
    (
        "UPDATE orders_orderline SET unit_gross = unit_gross + 1, gross = gross + quantity,"
        " net = net + quantity WHERE order_id = %s",
        {"orders: total = lines − discounts + delivery"},
    ),
    (
        "UPDATE orders_ordervat SET net = net + 1, gross = gross + 1 WHERE order_id = %s",
        {"orders: VAT per rate adds up to the total"},
    ),
    (
        "DELETE FROM orders_ordervat WHERE order_id = %s",
        {"orders: VAT per rate adds up to the total"},
    ),
    (
        "UPDATE orders_order SET payment_status = 'pending' WHERE id = %s",
        {"orders: payment status = what the payments say", "payments: paid means paid"},
    ),
    (
        "UPDATE orders_order SET fulfilment_status = 'partly' WHERE id = %s",
        {"orders: fulfilment status = what the parcels say"},
    ),
    (
        "UPDATE orders_order SET status = 'placed' WHERE id = %s",
        {"orders: history is a path in the table"},
    ),
    (
        "INSERT INTO orders_orderevent (order_id, kind, from_status, to_status, facts, created_at)"
        " VALUES (%s, 'status', 'completed', 'confirmed', '{}', now())",
        {"orders: history is a path in the table"},
    ),
    (
        "UPDATE orders_payment SET state = 'mismatch' WHERE order_id = %s",
        {"orders: payment status = what the payments say", "payments: paid means paid"},
    ),
    (
        "UPDATE orders_payment SET fingerprint = '', parameters = NULL WHERE order_id = %s",
        {"payments: every call has a key of its own"},
    ),
    (
        "UPDATE orders_payment SET currency = 'USD' WHERE order_id = %s",
        {"payments: one currency"},
    ),
    (
        "DELETE FROM orders_ordermail WHERE order_id = %s",
        {"mails: each confirmed order has one confirmation"},
    ),
    (
        "UPDATE orders_ordermail SET state = 'dead' WHERE order_id = %s",
        {"mails: all go out"},
    ),
    (
        "UPDATE orders_ordermail SET next_try_at = now() - interval '1 hour' WHERE order_id = %s",
        {"mails: all go out"},
    ),
    (
        "UPDATE orders_ordermail SET state = 'in_flight', claimed_at = now() - interval '1 hour'"
        " WHERE order_id = %s",
        {"mails: all go out"},
    ),
]


@pytest.mark.parametrize(("mutation", "names"), MUTATIONS, ids=range(len(MUTATIONS)))
def test_a_broken_row_is_found_by_its_own_check_and_no_other(paid_order, mutation, names):
    order = paid_order()
    assert found() == {}

    _sql(mutation, order.pk)

    assert set(found()) == names


def test_more_refunds_than_captured_are_found(paid_order, moment):
    payment = paid_order().payments.get()
    for number in range(2):
        Refund.objects.create(
            payment=payment,
            amount=Decimal("30.00"),
            key=f"key-{number}",
            reason="test",
            created_at=moment,
            next_try_at=moment,
        )

    assert set(found()) == {"payments: refunds at most what was captured"}


def test_more_shipped_than_ordered_is_found(paid_order, moment):
    order = paid_order()
    fulfilments.ship(order, carrier="DHL", tracking_number="1", by=None, moment=moment)

    _sql("UPDATE orders_fulfilmentline SET quantity = 3")

    assert set(found()) == {
        "orders: nothing shipped twice",
        "shipping: stock left = pieces in parcels",
    }


def test_a_forgotten_attempt_is_found(place_and_start, moment):
    place_and_start()

    Payment.objects.update(next_check_at=moment - datetime.timedelta(hours=1))

    assert set(found()) == {"payments: none is forgotten"}


@pytest.mark.parametrize(
    "state", [{"is_dead": True}, {"next_try_at": "hour ago"}], ids=["given up", "pending"]
)
def test_a_message_that_nobody_works_off_is_found(db, moment, state):
    values = {"next_try_at": moment, **state}
    if values["next_try_at"] == "hour ago":
        values["next_try_at"] = moment - datetime.timedelta(hours=1)
    WebhookEvent.objects.create(
        gateway="stripe",
        event_id="evt_1",
        type="checkout.session.completed",
        payload={},
        received_at=moment,
        **values,
    )

    assert set(found()) == {"messages: all worked off"}


def test_a_confirmation_too_many_is_found(paid_order, moment):
    """The unique key forbids it; should it ever be gone, the books say so."""
    order = paid_order()
    _sql("ALTER TABLE orders_ordermail DROP CONSTRAINT order_mail_once_per_reference")
    try:
        row = OrderMail.objects.get(order=order)
        row.pk = None
        row.message_id = "7f1f6d5e-0000-4000-8000-000000000000"
        row.save(force_insert=True)

        assert set(found()) == {"mails: each confirmed order has one confirmation"}
    finally:
        OrderMail.objects.all().delete()
        _sql(
            "ALTER TABLE orders_ordermail ADD CONSTRAINT order_mail_once_per_reference"
            " UNIQUE (order_id, kind, reference)"
        )


def test_the_books_are_read_without_writing(trade, django_assert_num_queries):
    with django_assert_num_queries(len(books.CHECKS)):
        found()
