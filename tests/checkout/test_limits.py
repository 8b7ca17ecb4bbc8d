"""How many orders one visitor places: a clear word, the cart kept, and buyers never in the way."""

import pytest
from django.test import Client

from checkout.models import Cart
from demo.payment_sandbox import paying as buyer
from inventory.models import StockItem
from orders import payments
from orders.models import Order, Payment
from orders.money import paying
from shop.kit import clock, limits
from tests.making import make_goods
from tests.pages import Page

pytestmark = pytest.mark.django_db(transaction=True)


def order(client, language="de"):
    form = Page(client.get(f"/{language}/checkout/review/")).form(f"/{language}/checkout/place/")
    return client.post(form.action, form.values)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Von Ihrem Anschluss kamen zu viele Bestellungen."),
        ("en", "Too many orders came from your connection."),
    ],
)
def test_the_eleventh_unpaid_order_of_a_visitor_in_an_hour_has_to_wait(
    to_review, warehouse, rules, sandbox, language, text
):
    goods = make_goods(warehouse, pieces=50)
    client = Client()
    for _order in range(10):
        to_review(client, {goods: 1}, language=language)
        assert order(client, language).status_code == 303
    cart = to_review(client, {goods: 2}, language=language)

    refused = order(client, language)

    assert refused.status_code == 429
    assert text in Page(refused).text
    assert Order.objects.count() == 10
    assert StockItem.objects.get().reserved == 10
    assert Cart.objects.open().get(pk=cart.pk).lines.get().quantity == 2
    assert Page(refused).form(f"/{language}/checkout/place/")  # the same button, later


def test_those_who_pay_can_order_all_day(to_review, warehouse, rules, sandbox):
    goods = make_goods(warehouse, pieces=50)
    client = Client()
    for _order in range(13):
        to_review(client, {goods: 1})
        assert order(client)["Location"].startswith(sandbox.url)
        payment = Payment.objects.latest("pk")
        with sandbox.world.act():
            session = sandbox.world.store.get("session", payment.provider_session)
            buyer.pay_by_card(sandbox.world, session)
        payments.settle(payment.pk, moment=clock.now())

    assert Order.objects.filter(status="confirmed").count() == 13


def test_what_cannot_be_ordered_is_not_counted(to_review, mug, sandbox):
    client = Client()
    to_review(client, {mug: 2})
    form = Page(client.get("/de/checkout/review/")).form("/de/checkout/place/")
    for _press in range(15):
        answer = client.post(form.action, form.values | {"agreed_total": "1.00"})
        assert answer.status_code == 409

    assert order(client).status_code == 303
    assert not limits.is_spent((paying.ORDERS_PER_VISITOR, "127.0.0.1/32 "))


def test_a_button_pressed_often_is_one_order_and_one_try(to_review, mug, sandbox):
    client = Client()
    cart = to_review(client, {mug: 1})
    form = Page(client.get("/de/checkout/review/")).form("/de/checkout/place/")

    for _press in range(15):
        client.cookies["cart"] = cart.token
        assert client.post(form.action, form.values).status_code == 303

    assert Order.objects.count() == 1


def test_a_neighbour_with_another_browser_can_order(to_review, warehouse, rules, sandbox):
    goods = make_goods(warehouse, pieces=50)
    client = Client()
    for _order in range(10):
        to_review(client, {goods: 1})
        order(client)
    neighbour = Client(headers={"User-Agent": "Safari"})
    to_review(neighbour, {goods: 1})

    assert order(neighbour).status_code == 303
