"""One cart in many hands: tabs, double clicks, devices."""

from collections import Counter

from django.test import Client

from checkout import carts
from checkout.cart import merging
from checkout.models import Cart, CartLine
from inventory.models import StockItem
from orders.models import Order, Payment
from shop.kit import clock
from tests.concurrency.conftest import filled_cart, place
from tests.pages import Page


def outcomes(results):
    return Counter(type(one).__name__ for one in results)


def test_one_cart_placed_by_many_threads_is_one_order(at_once, mug, tea):
    cart = filled_cart(mug, tea)

    results = at_once(place, [cart] * 16)

    assert {one.pk for one in results} == {Order.objects.get().pk}
    assert set(StockItem.objects.values_list("reserved", flat=True)) == {1}


def test_sixteen_presses_with_one_token_make_one_order_and_one_payment_page(at_once, mug, sandbox):
    cart = filled_cart(mug)
    browser = Client()
    browser.cookies["cart"] = cart.token
    agreed = Page(browser.get("/de/checkout/review/")).form("/de/checkout/place/").values

    def press(_number):
        tab = Client()
        tab.cookies["cart"] = cart.token
        return tab.post("/de/checkout/place/", agreed)

    answers = at_once(press, list(range(16)))

    assert {one.status_code for one in answers} == {303}
    assert Order.objects.count() == Payment.objects.count() == 1
    assert len(list(sandbox.world.store.rows("session"))) == 1
    assert StockItem.objects.get(variant=mug).reserved == 1


def test_what_many_tabs_add_is_one_line_and_never_more_than_there_is(at_once, mug):
    cart = carts.create(customer=None, moment=clock.now())

    results = at_once(
        lambda _number: carts.add(cart, mug, quantity=1, moment=clock.now()), list(range(16))
    )

    assert outcomes(results) == {"CartLine": 10, "NotEnough": 6}
    assert CartLine.objects.get().quantity == 10


def test_a_customer_who_adds_from_two_devices_at_once_has_one_cart(at_once, ada, mug):
    results = at_once(
        lambda _number: carts.create(customer=ada, moment=clock.now()), list(range(8))
    )

    assert {one.pk for one in results} == {Cart.objects.get().pk}


def test_signing_in_many_times_at_once_doubles_nothing(at_once, ada, mug):
    guest = filled_cart(mug)

    results = at_once(lambda _number: merging.claim(ada, guest, moment=clock.now()), list(range(8)))

    assert {one.cart.pk for one in results} == {Cart.objects.get().pk}
    assert CartLine.objects.get().quantity == 1


def test_changing_a_cart_while_it_is_ordered_ends_well_either_way(at_once, mug, tea):
    cart = filled_cart(mug)

    def act(number):
        if number % 2:
            return carts.add(cart, tea, quantity=1, moment=clock.now())
        return place(cart)

    results = at_once(act, list(range(8)))

    kinds = set(outcomes(results))
    assert kinds <= {"Order", "CartLine", "Ordered", "TotalChanged", "NotEnough"}
    assert Order.objects.count() <= 1
    if Order.objects.exists():
        order = Order.objects.get()
        assert order.lines.count() == cart.lines.count()
