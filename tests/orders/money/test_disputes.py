"""Disputes: told twice, in any order, late: one row, shipping stops, a lost one takes the money."""

import itertools
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client

from demo.payment_sandbox import disputes as at_the_provider
from orders import access, books, fulfilments, jobs, payments
from orders.models import Dispute, PaymentStatus, WebhookEvent
from orders.refunding import refunds

pytestmark = pytest.mark.django_db(transaction=True)


def violations():
    return [(name, found) for name, check in books.CHECKS if (found := check())]


def work_off():
    for pk in WebhookEvent.objects.pending().order_by("pk").values_list("pk", flat=True):
        assert jobs.process_webhook_event(event_pk=pk)


@pytest.fixture
def dispute(sandbox):
    """The buyer's bank takes back what was paid; later acts at the provider by their name."""

    class Case:
        def open(self, payment, amount=None):
            payment.refresh_from_db()
            with sandbox.world.act():
                intent = sandbox.world.store.get("intent", payment.provider_intent)
                row = at_the_provider.open_for(
                    sandbox.world, intent, reason="fraudulent", amount=amount
                )
            self.id = row["id"]

        def answer(self):
            with sandbox.world.act():
                at_the_provider.answer(sandbox.world, self.id)

        def close(self, *, won):
            with sandbox.world.act():
                at_the_provider.close(sandbox.world, self.id, won=won)

        def tell(self):
            for event in sandbox.events("charge.dispute"):
                assert sandbox.deliver(event).status_code == 200
            work_off()

    return Case()


def status(order):
    order.refresh_from_db()
    return order.payment_status


def test_an_open_dispute_stops_the_parcel_and_is_shown(paid_order, dispute, moment):
    order = paid_order()
    dispute.open(order.payments.get())
    dispute.tell()

    row = Dispute.objects.get()
    assert (row.state, row.amount, row.reason) == ("open", Decimal("52.90"), "fraudulent")
    assert row.answer_until is not None
    assert status(order) == PaymentStatus.DISPUTED
    with pytest.raises(fulfilments.NotShippable):
        fulfilments.ship(order, carrier="DHL", tracking_number="1", by=None, moment=moment)
    assert refunds.left_of(order.payments.get()) == 0
    assert "Ihre Bank prüft die Zahlung" in Client().get(access.path_of(order)).content.decode()
    assert violations() == []


def test_a_won_dispute_leaves_the_order_as_it_was(paid_order, dispute, moment):
    order = paid_order()
    dispute.open(order.payments.get())
    dispute.tell()
    dispute.answer()
    dispute.tell()
    assert Dispute.objects.get().state == "review"
    dispute.close(won=True)
    dispute.tell()

    assert (Dispute.objects.get().state, status(order)) == ("won", PaymentStatus.PAID)
    fulfilments.ship(order, carrier="DHL", tracking_number="1", by=None, moment=moment)
    assert violations() == []


def test_a_lost_dispute_has_taken_the_money(paid_order, dispute, moment):
    order = paid_order()
    dispute.open(order.payments.get())
    dispute.close(won=False)
    dispute.tell()

    assert (Dispute.objects.get().state, status(order)) == ("lost", PaymentStatus.CHARGED_BACK)
    assert not order.is_shippable
    with pytest.raises(refunds.NotRefundable):
        payments.refund(
            order.payments.get(), amount=Decimal("0.01"), reason="x", by=None, moment=moment
        )
    assert violations() == []


def test_a_part_that_is_lost_counts_as_given_back(paid_order, dispute):
    order = paid_order()
    dispute.open(order.payments.get(), amount=1000)
    dispute.close(won=False)
    dispute.tell()

    assert status(order) == PaymentStatus.PARTLY_REFUNDED
    assert refunds.left_of(order.payments.get()) == Decimal("42.90")
    assert violations() == []


@pytest.mark.parametrize("order_of_arrival", list(itertools.permutations(range(3))), ids=str)
def test_any_order_of_the_messages_each_twice_ends_the_same(
    paid_order, dispute, sandbox, order_of_arrival
):
    order = paid_order()
    dispute.open(order.payments.get())
    dispute.answer()
    dispute.close(won=False)
    events = sandbox.events("charge.dispute")
    assert len(events) == 3

    for number in (*order_of_arrival, *order_of_arrival):
        sandbox.deliver(events[number])
        work_off()

    assert Dispute.objects.count() == 1
    assert status(order) == PaymentStatus.CHARGED_BACK
    assert order.events.filter(kind="dispute").count() == 1
    assert violations() == []


def test_the_books_find_a_forgotten_dispute(paid_order, dispute):
    order = paid_order()
    dispute.open(order.payments.get())
    dispute.tell()
    assert violations() == []

    with connection.cursor() as cursor:
        cursor.execute("UPDATE orders_dispute SET state = 'won'")

    assert any("payment status" in name for name, _found in violations())


def test_the_dispute_of_a_stranger_is_not_ours(sandbox, paid_order, dispute):
    order = paid_order()
    payment = order.payments.get()
    dispute.open(payment)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE orders_payment SET provider_intent = 'pi_other'")

    dispute.tell()

    assert not Dispute.objects.exists()
    assert WebhookEvent.objects.get(type="charge.dispute.created").problem == "not ours"
