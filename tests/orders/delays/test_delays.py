"""The day of awaited goods slips: who waits is told once, and may keep or cancel."""

import datetime

import pytest
from django.core import mail as django_mail
from django.test import Client
from django.urls import reverse

from inventory import stock
from inventory.models import StockItem
from orders import access, fulfilments, jobs
from orders.delays import telling
from orders.models import Delay, Order, OrderStatus, PaymentStatus
from shop.kit import clock
from tests.orders.conftest import kinds_of, line_for, stock_of

TODAY = clock.day_of(clock.now())


def _day(number):
    return TODAY + datetime.timedelta(days=number)


@pytest.fixture
def awaited(make_variant):
    """Two pieces lie there, nine more are sold until the delivery in a week."""
    variant = make_variant(pieces=2)
    StockItem.objects.filter(variant=variant).update(backorder_limit=9, expected_on=_day(7))
    return variant


def slip(variant, number):
    StockItem.objects.filter(variant=variant).update(expected_on=_day(number))


def promised(variant, *, quantity=2, number=7):
    return line_for(variant, quantity=quantity, expected_on=_day(number) if number else None)


def told(order):
    return [row.reference for row in order.mails.filter(kind="delayed").order_by("pk")]


def page_of(order):
    return access.path_of(order, language="en")


def answer(order, choice):
    address = reverse("orders:delay", args=[access.token_for(order)])
    return Client().post(address, {"choice": choice})


def test_who_waits_is_told_and_who_has_pieces_on_the_shelf_is_not(place, awaited, moment):
    first = place(lines=(promised(awaited, number=None),))
    second = place(lines=(promised(awaited),), at=moment + datetime.timedelta(seconds=1))
    slip(awaited, 12)

    assert jobs.tell_delays() == 1

    assert told(first) == []
    assert told(second) == [_day(12).isoformat()]
    assert second.lines.get().expected_on == _day(7)
    assert second.delays.get().lines == [[second.lines.get().pk, _day(12).isoformat()]]


def test_each_new_day_is_told_once_and_a_nearer_one_not_at_all(place, awaited, moment):
    order = place(lines=(promised(awaited, quantity=5),))

    for number in (5, 7, 12, 12, 10, 12, 15, 15, 8):
        slip(awaited, number)
        telling.tell(moment=moment)

    assert told(order) == [_day(12).isoformat(), _day(15).isoformat()]


def test_all_lines_that_slip_stand_in_one_mail(place, make_variant, moment):
    goods = [make_variant(pieces=0) for _number in range(2)]
    for variant in goods:
        StockItem.objects.filter(variant=variant).update(backorder_limit=9, expected_on=_day(7))
    order = place(lines=tuple(promised(one, quantity=1) for one in goods))
    slip(goods[0], 12)
    slip(goods[1], 15)

    telling.tell(moment=moment)
    telling.tell(moment=moment)

    assert told(order) == [_day(15).isoformat()]
    assert [day for _line, day in order.delays.get().lines] == [
        _day(12).isoformat(),
        _day(15).isoformat(),
    ]


def test_what_arrived_or_was_cancelled_is_late_no_more(place, awaited, warehouse, moment):
    order = place(lines=(promised(awaited, quantity=5),))
    slip(awaited, 12)
    stock.receive(warehouse, {awaited.pk: 20}, reference="DN-late", moment=moment)

    assert telling.tell(moment=moment) == 0

    StockItem.objects.filter(variant=awaited).update(on_hand=0)
    Order.objects.filter(pk=order.pk).update(status=OrderStatus.CANCELLED)
    assert telling.tell(moment=moment) == 0
    assert told(order) == []


def test_the_mail_names_old_and_new_day_and_leads_to_the_choice(paid_order, awaited, moment):
    paid_order(lines=(promised(awaited, quantity=5),), language="en")
    slip(awaited, 12)
    telling.tell(moment=moment)
    django_mail.outbox.clear()

    jobs.sweep_mails()

    text = next(one for one in django_mail.outbox if "later" in one.subject).body
    assert str(_day(12).day) in text
    assert str(_day(7).day) in text
    assert "#delay" in text
    assert "{" not in text


def test_the_page_offers_the_choice_and_keeping_it_is_said_once(paid_order, awaited, moment):
    order = paid_order(lines=(promised(awaited, quantity=5),))
    assert "comes later" not in Client().get(page_of(order)).content.decode()
    slip(awaited, 12)
    telling.tell(moment=moment)
    assert "Cancel my order" in Client().get(page_of(order)).content.decode()

    answer(order, "keep")
    answer(order, "cancel")

    text = Client().get(page_of(order)).content.decode()
    assert "Cancel my order" not in text
    assert "you wait for it" in text
    assert order.delays.get().answer == "keep"
    order.refresh_from_db()
    assert order.status == OrderStatus.CONFIRMED


def test_who_cancels_gets_the_money_and_the_goods_go_back(paid_order, awaited, moment):
    order = paid_order(lines=(promised(awaited, quantity=5),))
    slip(awaited, 12)
    telling.tell(moment=moment)

    assert answer(order, "cancel").status_code == 302
    answer(order, "cancel")

    order.refresh_from_db()
    assert order.status == OrderStatus.CANCELLED
    assert order.payment_status == PaymentStatus.REFUNDED
    assert stock_of(awaited) == (2, 0)
    assert order.delays.get().answer == "cancel"
    assert kinds_of(order).count("cancelled") == 1


def test_what_is_partly_sent_is_not_cancelled_here(paid_order, awaited, mug, moment, sam):
    order = paid_order(lines=(line_for(mug), promised(awaited, quantity=5)))
    slip(awaited, 12)
    telling.tell(moment=moment)
    parcel = order.lines.get(variant=mug)
    fulfilments.ship(
        order,
        carrier="DHL",
        tracking_number="",
        lines={parcel.pk: 2},
        by=sam,
        moment=moment,
    )

    response = answer(order, "cancel")

    assert "uncancelled" in response["Location"]
    order.refresh_from_db()
    assert order.status == OrderStatus.CONFIRMED
    assert Delay.objects.get().answer == ""
    text = Client().get(response["Location"]).content.decode()
    assert "Cancel my order" not in text


def test_nobody_cancels_by_this_way_who_was_not_told(paid_order, awaited):
    order = paid_order(lines=(promised(awaited, quantity=5),))

    answer(order, "cancel")
    assert Client().post("/en/orders/no-such-token/delay/", {"choice": "cancel"}).status_code == 404

    order.refresh_from_db()
    assert order.status == OrderStatus.CONFIRMED
