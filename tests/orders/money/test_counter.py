"""Pay at pick-up: the order stands at once, nothing leaves unpaid, and what is not fetched ends."""

import datetime
from decimal import Decimal

import pytest
from django.test import Client

from inventory import stock
from orders import access, books, emails, fulfilments, jobs, payments
from orders.models import MailKind, OrderStatus, PaymentStatus
from orders.money import counter
from orders.states import WrongState
from shop.kit import clock
from tests.orders.conftest import kinds_of, stock_of

pytestmark = pytest.mark.django_db(transaction=True)


def violations():
    return [(name, found) for name, check in books.CHECKS if (found := check())]


@pytest.fixture
def to_collect(place):
    def to_collect(**fields):
        return place(**{"payment_method": "on_pickup", "delivery_method": "pickup"} | fields)

    return to_collect


def test_it_is_offered_only_to_those_who_come():
    assert "on_pickup" not in [one.code for one in payments.methods()]
    assert "on_pickup" not in [one.code for one in payments.methods(delivery_kinds=["parcel"])]
    assert "on_pickup" in [one.code for one in payments.methods(delivery_kinds=["pickup"])]


def test_the_order_is_confirmed_and_neither_paid_nor_shippable(to_collect, moment, mug):
    order = to_collect()

    assert (order.status, order.payment_status) == (OrderStatus.CONFIRMED, PaymentStatus.UNPAID)
    assert order.reserved_until == moment + datetime.timedelta(days=7)
    assert kinds_of(order) == [MailKind.CONFIRMATION]
    body = emails.build(order.mails.get()).body
    assert ("52,90" in body and "bei der Abholung" in body) or "wenn Sie die Ware abholen" in body
    with pytest.raises(fulfilments.NotShippable):
        fulfilments.ship(order, carrier="DHL", tracking_number="1", by=None, moment=moment)
    assert stock_of(mug) == (10, 2)
    assert violations() == []
    page = Client().get(access.path_of(order)).content.decode()
    assert "bei der Abholung" in page
    assert "Bezahlt und bestätigt" not in page


@pytest.mark.parametrize("means", ["cash", "card"])
def test_paid_and_handed_over_completes_it(to_collect, moment, mug, sam, means):
    order = counter.hand_over(to_collect(), means=means, by=sam, moment=moment)

    order.refresh_from_db()
    assert (order.status, order.payment_status) == (OrderStatus.COMPLETED, PaymentStatus.PAID)
    money = order.payments.get().money_in.get()
    assert (money.means, money.amount, money.actor) == (means, Decimal("52.90"), sam)
    assert stock_of(mug) == (8, 0)
    assert MailKind.SHIPPED not in kinds_of(order)
    assert violations() == []


def test_nothing_is_handed_over_without_saying_how_it_was_paid(to_collect, moment, mug):
    order = to_collect()

    for means in ("", "bank", "stripe"):
        with pytest.raises(WrongState):
            counter.hand_over(order, means=means, by=None, moment=moment)

    order.refresh_from_db()
    assert order.payment_status == PaymentStatus.UNPAID
    assert stock_of(mug) == (10, 2)


def test_nothing_is_handed_over_twice(to_collect, moment, mug):
    order = to_collect()
    counter.hand_over(order, means="cash", by=None, moment=moment)

    with pytest.raises(fulfilments.NotShippable):
        counter.hand_over(order, means="cash", by=None, moment=moment)

    assert order.payments.get().money_in.count() == 1
    assert stock_of(mug) == (8, 0)


def test_an_unpaid_prepaid_order_pays_its_rest_at_the_counter_and_a_new_one_all(place, moment):
    order = place(payment_method="prepayment")

    counter.hand_over(order, means="cash", by=None, moment=moment)

    order.refresh_from_db()
    assert (order.status, order.payment_status) == (OrderStatus.COMPLETED, PaymentStatus.PAID)
    assert violations() == []


def test_what_nobody_fetches_goes_back_on_the_shelf(to_collect, mug, monkeypatch, moment):
    order = to_collect()
    now = moment + datetime.timedelta(days=7, minutes=1)
    monkeypatch.setattr(clock, "now", lambda: now)

    assert jobs.sweep_reservations() == 1

    order.refresh_from_db()
    assert order.status == OrderStatus.CANCELLED
    assert stock.promised(order.number) == {}
    assert violations() == []
