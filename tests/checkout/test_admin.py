"""Carts to look at."""

import pytest

from checkout.models import Cart, CartLine
from tests import backoffice, making

CARTS = "/admin/checkout/cart/"


@pytest.fixture
def desk(sam):
    return backoffice.Desk(sam)


def make_cart(variant, customer=None):
    cart = Cart.objects.create(
        customer=customer,
        contact={"email": "ben@example.com", "street": "Hafenstraße 7"},
        created_at=making.NOON,
        updated_at=making.NOON,
    )
    CartLine.objects.create(cart=cart, variant=variant, quantity=3, added_at=making.NOON)
    return cart


def test_every_page_opens(desk, mug):
    cart = make_cart(mug)

    desk.get(CARTS)
    desk.get(f"{CARTS}{cart.pk}/change/")
    desk.get(f"{CARTS}add/", status=403)


def test_a_cart_shows_its_goods_and_nobody(desk, mug, ada):
    make_cart(mug)
    cart = make_cart(mug, ada)

    for address in (CARTS, f"{CARTS}{cart.pk}/change/"):
        text = desk.text(address)
        assert "ben@example.com" not in text
        assert "Hafenstraße 7" not in text
        assert cart.token not in text
        assert ada.email not in text
    assert "MUG-1" in text


def test_a_cart_is_nobodys_to_change(desk, mug):
    cart = make_cart(mug)

    assert desk.post(f"{CARTS}{cart.pk}/change/", delivery_method="x").status_code == 403
    assert desk.post(f"{CARTS}{cart.pk}/delete/", post="yes").status_code == 403

    assert Cart.objects.get().delivery_method == ""


def test_a_list_takes_as_many_statements_for_three_carts_as_for_thirty(desk, mug):
    for _number in range(3):
        make_cart(mug)
    few = desk.statements(CARTS)
    for _number in range(27):
        make_cart(mug)

    assert desk.statements(CARTS) == few
    assert few <= 12


def test_open_and_ordered_carts_are_told_apart(desk, mug):
    make_cart(mug)
    ordered = make_cart(mug)
    Cart.objects.filter(pk=ordered.pk).update(ordered_at=making.NOON)

    found = desk.get(f"{CARTS}?state=ordered").context["cl"].result_list

    assert [cart.pk for cart in found] == [ordered.pk]
