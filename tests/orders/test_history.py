"""What was bought, what happened, and what a person can ask to see or to forget."""

import pytest

from orders import access, fulfilments, history, lifecycle, personal_data
from orders.models import Order, OrderEvent, OrderMail
from tests.making import make_customer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ada(db):
    return make_customer("ada@example.org")


def test_orders_of_a_customer_are_hers_alone_newest_first(place, make_variant, ada):
    mug = make_variant(pieces=10)
    first = place(variant=mug, quantity=1, customer_id=ada.pk)
    second = place(variant=mug, quantity=1, customer_id=ada.pk)
    place(variant=mug, quantity=1)

    assert list(history.orders_of(ada)) == [second, first]


def test_bought_means_paid_and_not_cancelled(place, paid_order, make_variant, ada, moment):
    carol = make_customer("carol@example.org")
    mug = make_variant()
    place(variant=mug, customer_id=ada.pk)
    assert not history.has_bought(ada, mug.product)

    order = paid_order(variant=mug, customer_id=ada.pk)
    assert history.has_bought(ada, mug.product)
    assert not history.has_bought(carol, mug.product)

    lifecycle.cancel(order, by=None, reason="test", moment=moment)
    assert not history.has_bought(ada, mug.product)


def test_the_timeline_tells_everything_in_order(paid_order, sam, moment):
    order = paid_order()
    fulfilments.ship(order, carrier="DHL", tracking_number="1", by=sam, moment=moment)

    told = history.timeline(order)

    assert [one.kind for one in told] == ["placed", "payment", "status", "shipped"]
    assert told[1].words.endswith("52,90\xa0€")
    assert told[3].by == "sam@kontor.example"
    assert [one["title"] for one in history.for_customer(order)] == [
        "Bestellung eingegangen",
        "Bezahlt und bestätigt",
        "Paket übergeben",
    ]


def test_the_export_holds_the_orders_and_nobody_elses(paid_order, make_variant, ada):
    mine = paid_order(variant=make_variant(), customer_id=ada.pk, note="Bitte klingeln.")
    other = paid_order(variant=make_variant(), email="carol@example.org")

    told = personal_data.export(ada)

    assert [one["number"] for one in told["orders"]] == [mine.number]
    order = told["orders"][0]
    assert order["note"] == "Bitte klingeln."
    assert order["lines"][0]["quantity"] == 2
    assert {one["city"] for one in order["addresses"]} == {"Hamburg"}
    assert [one["state"] for one in order["payments"]] == ["succeeded"]
    assert other.number not in str(told)


def test_erasure_cuts_the_tie_and_keeps_the_record(paid_order, make_variant, ada):
    order = paid_order(variant=make_variant(), customer_id=ada.pk)
    token = access.token_for(order)

    personal_data.erase(ada)

    order.refresh_from_db()
    assert order.customer is None
    assert order.addresses.count() == 2
    assert not history.orders_of(ada).exists()
    with pytest.raises(Order.DoesNotExist):
        access.order_for(token)


def test_erasure_of_staff_keeps_what_was_done_without_the_name(paid_order, sam, moment):
    order = paid_order()
    fulfilments.ship(order, carrier="DHL", tracking_number="1", by=sam, moment=moment)

    personal_data.erase(sam)

    assert order.fulfilments.get().actor is None
    assert not OrderEvent.objects.filter(actor=sam).exists()
    assert order.events.filter(kind="shipped").count() == 1


def test_after_erasure_no_mail_of_an_ended_order_goes_out(place, make_variant, ada, moment):
    ended = place(variant=make_variant(), customer_id=ada.pk)
    lifecycle.cancel(ended, by=None, reason="expired", moment=moment)
    waiting = place(variant=make_variant(), customer_id=ada.pk)

    personal_data.erase(ada)

    assert not OrderMail.objects.filter(order=ended).exists()
    assert OrderMail.objects.filter(order=waiting).count() == 1
