"""Carts of the town, and the ways of a shopper through cart and checkout."""

import pytest

from checkout import carts
from checkout.models import Cart
from shop.kit import clock

CONTACT = {
    "email": "ben@example.org",
    "name": "Ben Quast",
    "street": "Deichstraße 7",
    "extra": "Hinterhaus",
    "postcode": "20459",
    "city": "Hamburg",
    "country": "DE",
    "delivery_method": "standard",
    "payment_method": "stripe",
}


@pytest.fixture
def moment():
    return clock.now()


@pytest.fixture
def cart(db, moment):
    """A guest's empty cart."""
    return carts.create(customer=None, moment=moment)


@pytest.fixture
def put():
    """`put(client, variant, quantity=1, engraving="")`: into the cart, as the product page does."""

    def put(client, variant, quantity=1, **more):
        data = {"variant": variant.pk, "quantity": quantity, **more}
        response = client.post("/de/cart/lines/", data)
        assert response.status_code == 302, response.content.decode()
        return Cart.objects.get(token=client.cookies["cart"].value)

    return put


@pytest.fixture
def to_review(put):
    """`to_review(client, {variant: quantity}, **contact)`: up to the review. Returns the cart."""

    def go(client, wanted, *, language="de", **contact):
        for variant, quantity in wanted.items():
            words = {"engraving": "Moin"} if variant.product.engraving_length else {}
            cart = put(client, variant, quantity, **words)
        response = client.post(f"/{language}/checkout/", CONTACT | contact)
        assert response.status_code == 302, response.content.decode()
        assert response["Location"] == f"/{language}/checkout/review/"
        return cart

    return go
