"""A cart as a link: what is in it, what is not, and what those do who open it."""

import datetime

import pytest
from django.core import signing
from django.test import Client

from checkout.cart import sharing
from checkout.models import Cart, CartLine
from inventory.models import StockItem
from tests.pages import Page

pytestmark = pytest.mark.django_db


def link(client, language="de"):
    """The path of the link that the page of the cart shows."""
    found = [one for one in Page(client.get(f"/{language}/cart/")).links if "/cart/shared/" in one]
    assert len(set(found)) == 1
    return found[0][found[0].index("/de/" if language == "de" else "/en/") :]


def held(cart):
    rows = CartLine.objects.filter(cart=cart)
    return sorted(rows.values_list("variant__sku", "quantity", "engraving"))


def test_a_link_shows_the_goods_at_todays_prices_and_writes_nothing(ben, put, mug, tea):
    put(ben, mug, 2)
    put(ben, tea, 1)
    path = link(ben)
    mug.prices.update(gross="26.00")
    stranger = Client()

    response = stranger.get(path)

    page = Page(response)
    assert "Jemand teilt einen Warenkorb mit Ihnen" in page.text
    for text in ("Becher", "2 × 26,00 €", "Ostfriesentee", "61,90 €"):
        assert text in page.text
    assert "noindex" in page.html
    assert "cart" not in stranger.cookies
    assert Cart.objects.count() == 1


@pytest.mark.parametrize("language", ["de", "en"])
def test_one_press_puts_all_into_the_own_cart_and_twice_is_once(ben, put, mug, tea, language):
    put(ben, mug, 2)
    put(ben, tea, 1)
    path = link(ben, language)
    carol = Client()
    put(carol, mug, 1)

    for _press in range(2):
        response = carol.post(path)
        assert response["Location"] == f"/{language}/cart/"

    cart = Cart.objects.get(token=carol.cookies["cart"].value)
    assert held(cart) == [("MUG-1", 2, ""), ("TEA-250", 1, "")]


def test_ones_own_link_changes_nothing(ben, put, mug):
    cart = put(ben, mug, 2)

    ben.post(link(ben))

    assert held(cart) == [("MUG-1", 2, "")]


def test_a_text_of_ones_own_stays_where_it_is(ben, put, pen, mug):
    put(ben, pen, 1, engraving="Für Oma")
    put(ben, mug, 1)
    path = link(ben)
    carol = Client()

    page = Page(carol.get(path))
    carol.post(path)
    after = Page(carol.get("/de/cart/"))

    assert "Oma" not in page.text
    assert "Dies wird mit Ihrem eigenen Text gefertigt" in page.text
    assert held(Cart.objects.get(token=carol.cookies["cart"].value)) == [("MUG-1", 1, "")]
    assert "Füller: Bitte geben Sie den Text auf der Produktseite ein." in after.text


def test_what_is_short_comes_as_far_as_it_is_there_and_that_is_told(ben, put, mug, lamp):
    put(ben, mug, 5)
    put(ben, lamp, 1)
    path = link(ben, "en")
    StockItem.objects.filter(variant=mug).update(on_hand=3)
    StockItem.objects.filter(variant=lamp).update(on_hand=0)
    carol = Client()
    put(carol, mug, 1)

    page = Page(carol.get(path))
    carol.post(path)
    after = Page(carol.get("/en/cart/"))

    assert "Only 3 are left." in page.text
    assert "Sold out at the moment." in page.text
    assert held(Cart.objects.get(token=carol.cookies["cart"].value)) == [("MUG-1", 3, "")]
    assert "Mug: Only 3 are left." in after.text
    assert "Lamp: This is sold out." in after.text


def test_forged_stale_and_foreign_links_lead_nowhere(ben, put, mug, monkeypatch):
    put(ben, mug, 1)
    token = link(ben).split("/")[-2]
    other_purpose = signing.dumps([[mug.pk, 1]], salt="something else")

    for wrong in (token[:-1] + ("A" if token[-1] != "A" else "B"), "x", "a:b:c", other_purpose):
        for answer in (ben.get(f"/de/cart/shared/{wrong}/"), ben.post(f"/de/cart/shared/{wrong}/")):
            assert answer.status_code == 404
    monkeypatch.setattr(sharing, "KEPT_DAYS", -1)
    stale = ben.get(f"/de/cart/shared/{token}/")

    assert stale.status_code == 404
    assert Page(stale).links
    assert sharing.KEPT_DAYS == -1


def test_goods_that_are_no_more_are_left_out(ben, put, mug, tea):
    put(ben, mug, 1)
    put(ben, tea, 1)
    path = link(ben, "en")
    CartLine.objects.all().delete()
    mug.delete()

    assert "Mug" not in Page(ben.get(path)).text
    tea.delete()
    assert "Nothing of it is in our shop any more." in Page(ben.get(path)).text


def test_a_full_cart_makes_a_link_of_moderate_length(cart, warehouse, moment):
    lines = [CartLine(cart=cart, variant_id=10**6 + n * 37, quantity=n + 1) for n in range(50)]

    token = sharing.token(lines)

    assert len(token) < 700
    assert sharing.wanted(token) == {line.variant_id: line.quantity for line in lines}
    assert datetime.timedelta(days=sharing.KEPT_DAYS) == datetime.timedelta(days=60)
