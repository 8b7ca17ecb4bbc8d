"""Two windows of one shopper: nothing is ordered that was not seen before the button."""

import pytest

from checkout.models import Cart
from inventory.models import StockLocation
from orders.models import Order
from tests import making
from tests.checkout.conftest import CONTACT
from tests.pages import Page

pytestmark = pytest.mark.django_db
REVIEW, PLACE = "/en/checkout/review/", "/en/checkout/place/"
MESSAGE = "Something has changed since you saw this page."


def seen(client):
    return Page(client.get(REVIEW)).form(PLACE).values


def refused(client, agreed):
    """Nothing was ordered, and the page that says so can be agreed to."""
    response = client.post(PLACE, agreed)
    assert response.status_code == 409
    assert MESSAGE in Page(response).text
    assert not Order.objects.exists()
    assert client.post(PLACE, Page(response).form(PLACE).values).status_code == 303
    return Order.objects.get()


def test_goods_exchanged_for_others_at_the_same_price_are_shown_first(ben, to_review, mug, put):
    cart = to_review(ben, {mug: 1}, language="en")
    agreed = seen(ben)
    other = making.make_goods(StockLocation.objects.get(), gross="24.00")
    put(ben, other)
    ben.post(f"/en/cart/lines/{cart.lines.get(variant=mug).pk}/removal/")

    order = refused(ben, agreed)

    assert [line.variant for line in order.lines.all()] == [other]


def test_an_address_changed_elsewhere_is_shown_first(ben, to_review, mug):
    to_review(ben, {mug: 1}, language="en")
    agreed = seen(ben)
    ben.post("/en/checkout/", CONTACT | {"street": "Elsewhere 9"})

    order = refused(ben, agreed)

    assert {one.street for one in order.addresses.all()} == {"Elsewhere 9"}


def test_the_same_typed_again_is_the_same(ben, to_review, mug):
    to_review(ben, {mug: 1}, language="en")
    agreed = seen(ben)
    ben.post("/de/checkout/", CONTACT)

    assert ben.post(PLACE, agreed).status_code == 303

    assert Cart.objects.get().ordered_at is not None
