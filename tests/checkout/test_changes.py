"""What changed since the last visit: told on every look, until a press acknowledges it."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog import pricing
from catalog.bundles import composing
from catalog.bundles.composing import Part
from catalog.models import BundleComponent, Product, ProductStatus
from checkout import cart_items, carts
from checkout.cart import changes
from checkout.models import CartLine
from inventory.models import StockItem
from tests.making import LONG_AGO, make_product, make_variant
from tests.pages import Page

pytestmark = pytest.mark.django_db
TITLE = {
    "de": "Seit Ihrem letzten Besuch hat sich etwas geändert",
    "en": "Something has changed since you were here last",
}


def looked(client, language="de"):
    return Page(client.get(f"/{language}/cart/"))


def understood(client, page, language="de"):
    return client.post(f"/{language}/cart/seen/", page.form(f"/{language}/cart/seen/").values)


def reprice(variant, gross):
    variant.prices.all().delete()
    pricing.set_price(variant, gross=Decimal(gross), start=LONG_AGO)


def stock(variant, pieces):
    StockItem.objects.filter(variant=variant).update(on_hand=pieces)


def test_a_new_price_is_told_old_and_new_until_it_is_understood(ben, put, mug):
    put(ben, mug, 2)
    assert TITLE["de"] not in looked(ben).text
    reprice(mug, "21.90")

    with CaptureQueriesContext(connection) as captured:
        pages = [looked(ben) for _look in range(3)]
        english = looked(ben, "en")
    understood(ben, pages[-1])
    afterwards = looked(ben)

    for page in pages:
        assert TITLE["de"] in page.text
        assert "Becher: Der Preis hat sich von 24,00 € auf 21,90 € geändert." in page.text
    assert "Mug: the price has changed from €24.00 to €21.90." in english.text
    assert not [one for one in captured if one["sql"].startswith(("UPDATE", "INSERT", "DELETE"))]
    assert TITLE["de"] not in afterwards.text
    assert "43,80 €" in afterwards.text


def test_fewer_are_told_and_the_quantity_is_not_touched(ben, put, mug):
    put(ben, mug, 5)
    stock(mug, 3)

    page = looked(ben)
    understood(ben, page)
    once_more = looked(ben)
    stock(mug, 2)
    fewer_still = looked(ben)

    assert "Becher: nur noch 3 Stück da, 5 liegen in Ihrem Warenkorb." in page.text
    assert TITLE["de"] not in once_more.text
    assert "Becher: nur noch 2 Stück da" in fewer_still.text
    assert CartLine.objects.get().quantity == 5


def test_a_piece_less_of_plenty_is_no_news(ben, put, mug):
    put(ben, mug, 2)
    stock(mug, 2)

    assert TITLE["de"] not in looked(ben).text


@pytest.mark.parametrize(
    ("ending", "text"),
    [("sold out", "Mug is sold out."), ("archived", "Mug is no longer for sale.")],
)
def test_gone_is_told_once_and_back_again_too(ben, put, mug, ending, text):
    put(ben, mug, 2)
    if ending == "sold out":
        stock(mug, 0)
    else:
        Product.objects.update(status=ProductStatus.ARCHIVED)

    page = looked(ben, "en")
    understood(ben, page, "en")
    quiet = looked(ben, "en")
    stock(mug, 10)
    Product.objects.update(status=ProductStatus.ACTIVE)
    back = looked(ben, "en")

    assert text in page.text
    assert "price has changed" not in page.text
    assert TITLE["en"] not in quiet.text
    assert "Mug can be had again." in back.text
    assert CartLine.objects.get().seen_gross == Decimal("24.00")


def test_a_set_with_another_content_is_told(ben, put, mug, tea, rules):
    gift = make_variant(make_product("gift", name_en="Gift"), gross="30.00", sku="GIFT-1")
    parts = [Part(mug, 1), Part(tea, 1)]
    composing.compose(gift, parts, pricing="fixed", percent_off=Decimal(0), moment=LONG_AGO)
    put(ben, gift, 1)
    untouched = looked(ben, "en")
    BundleComponent.objects.filter(variant=mug).update(quantity=2)

    page = looked(ben, "en")
    understood(ben, page, "en")

    assert TITLE["en"] not in untouched.text
    assert "Gift: what is in the set has changed." in page.text
    assert TITLE["en"] not in looked(ben, "en").text


def test_the_next_change_on_the_page_is_an_acknowledgement_one_elsewhere_is_none(
    ben, put, mug, tea
):
    cart = put(ben, mug, 1)
    reprice(mug, "25.00")
    put(ben, tea, 1)
    still_told = looked(ben)

    line = CartLine.objects.get(cart=cart, variant=tea)
    form = still_told.form(f"/de/cart/lines/{line.pk}/")
    ben.post(form.action, form.values | {"quantity": "2"})

    assert TITLE["de"] in still_told.text
    assert TITLE["de"] not in looked(ben).text


def test_what_changed_between_looking_and_pressing_is_told_and_not_swallowed(ben, put, mug):
    put(ben, mug, 1)
    reprice(mug, "25.00")
    page = looked(ben)
    reprice(mug, "27.00")

    understood(ben, page)
    after = looked(ben)

    assert "von 24,00 € auf 27,00 €" in after.text


def test_a_price_that_went_up_and_came_back_is_no_news(ben, put, mug):
    put(ben, mug, 1)
    reprice(mug, "27.00")
    reprice(mug, "24.00")

    assert TITLE["de"] not in looked(ben).text


def test_a_press_without_or_with_a_wrong_word_acknowledges_nothing(ben, put, mug):
    put(ben, mug, 1)
    reprice(mug, "25.00")

    for shown in ({}, {"seen": ""}, {"seen": "x" * 5000}, {"seen": "\x00"}):
        assert ben.post("/de/cart/seen/", shown).status_code == 302

    assert TITLE["de"] in looked(ben).text
    assert ben.get("/de/cart/seen/").status_code == 405


def test_lines_from_before_this_was_noted_say_nothing_and_are_noted_from_then_on(cart, mug, moment):
    carts.add(cart, mug, quantity=1, moment=moment)
    CartLine.objects.update(seen_gross=None, seen_parts=None)
    reprice(mug, "25.00")
    lines = cart_items.lines_of(cart)
    items = cart_items.priced(lines, moment=moment, currency="EUR")

    assert changes.of(lines, items) == []
    assert changes.acknowledge(lines, items, shown=changes.digest(items))

    assert CartLine.objects.get().seen_gross == Decimal("25.00")


def test_acknowledging_costs_one_statement_for_any_number_of_lines(
    cart, mug, tea, lamp, moment, django_assert_num_queries
):
    for variant in (mug, tea, lamp):
        carts.add(cart, variant, quantity=1, moment=moment)
        reprice(variant, "99.00")
    lines = cart_items.lines_of(cart)
    items = cart_items.priced(lines, moment=moment, currency="EUR")

    with django_assert_num_queries(1):
        changes.acknowledge(lines, items, shown=changes.digest(items))

    assert changes.of(lines, items) == []


def test_adding_more_tells_of_the_price_that_rose_since_the_first_piece(ben, put, mug):
    put(ben, mug, 1)
    reprice(mug, "25.00")
    put(ben, mug, 1)

    page = looked(ben)

    assert "von 24,00 € auf 25,00 €" in page.text
