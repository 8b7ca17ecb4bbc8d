"""Carts to look at, ways of delivery to offer."""

from decimal import Decimal

import pytest

from catalog import categories
from checkout.models import Cart, CartLine, DeliveryMethod
from tests import backoffice, making

CARTS = "/admin/checkout/cart/"
METHODS = "/admin/checkout/deliverymethod/"
METHOD = {
    "code": "express",
    "name_de": "Express",
    "name_en": "Express",
    "gross": "12.50",
    "countries": "de, at DE",
    "min_days": "1",
    "max_days": "2",
    "is_for_goods": "on",
    "is_active": "on",
    "position": "5",
}


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
    desk.get(METHODS + "?q=e")
    desk.get(f"{METHODS}add/")
    desk.get(f"{METHODS}{DeliveryMethod.objects.first().pk}/change/")


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
    assert few <= 10


def test_open_and_ordered_carts_are_told_apart(desk, mug):
    make_cart(mug)
    ordered = make_cart(mug)
    Cart.objects.filter(pk=ordered.pk).update(ordered_at=making.NOON)

    found = desk.get(f"{CARTS}?state=ordered").context["cl"].result_list

    assert [cart.pk for cart in found] == [ordered.pk]


def test_a_way_of_delivery_is_offered_and_the_caches_are_told(desk, db):
    before = categories.version()

    response = desk.post(f"{METHODS}add/", **METHOD)

    method = DeliveryMethod.objects.get(code="express")
    assert response.status_code == 302
    assert method.countries == ["DE", "AT"]
    assert method.gross == Decimal("12.50")
    assert categories.version() > before


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"countries": "DE, XX"}, "countries"),
        ({"countries": ""}, "countries"),
        ({"gross": "-1"}, "gross"),
        ({"gross": "cheap"}, "gross"),
        ({"min_days": "5"}, "max_days"),
        ({"max_days": "-1"}, "max_days"),
        ({"name_en": ""}, "name_en"),
    ],
)
def test_impossible_ways_of_delivery_are_refused_at_their_field(desk, db, changes, field):
    response = desk.post(f"{METHODS}add/", **(METHOD | changes))

    assert response.status_code == 200
    assert field in backoffice.errors(response)
    assert not DeliveryMethod.objects.exists()


def test_the_code_stays_what_orders_call_it(desk, rules):
    method = DeliveryMethod.objects.order_by("pk").first()

    desk.save(f"{METHODS}{method.pk}/change/", code="other", position="9")

    after = DeliveryMethod.objects.get(pk=method.pk)
    assert (after.code, after.position) == (method.code, 9)


def test_a_clerk_changes_but_deletes_nothing(rules):
    desk = backoffice.Desk(backoffice.clerk("checkout"))
    method = DeliveryMethod.objects.order_by("pk").first()

    assert desk.save(f"{METHODS}{method.pk}/change/", position="9").status_code == 302
    assert desk.post(f"{METHODS}{method.pk}/delete/", post="yes").status_code == 403
    assert DeliveryMethod.objects.filter(pk=method.pk).exists()
