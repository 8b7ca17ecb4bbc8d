"""Saved for later, removed and had back: through the pages, without JavaScript."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from catalog.models import Product, ProductStatus
from checkout import carts
from checkout.cart import aside
from checkout.models import AsideKind, AsideLine, Cart, CartLine
from inventory.models import StockItem
from orders.models import Order
from tests.making import make_goods
from tests.pages import Page

pytestmark = pytest.mark.django_db


def held():
    return sorted(CartLine.objects.values_list("variant__sku", "quantity", "engraving"))


def beside():
    return sorted(AsideLine.objects.values_list("variant__sku", "quantity", "engraving", "kind"))


def press(client, action, language="de"):
    """Send the form of the cart's page that goes to `action`, as a browser would."""
    page = Page(client.get(f"/{language}/cart/"))
    form = next(one for one in page.forms if action in one.action)
    response = client.post(form.action, form.values)
    assert response.status_code == 302
    assert response["Location"] == f"/{language}/cart/"
    return Page(client.get(response["Location"]))


def pieces_in_header(page):
    return next((text for text in page.html.split('class="count"')[1:]), "")[:30]


# --- Saved for later ------------------------------------------------------------------------------


def test_a_line_is_saved_with_all_that_was_chosen_and_moved_back(ben, put, pen, mug):
    put(ben, pen, 2, engraving="Moin")
    put(ben, mug, 1)

    saved = press(ben, "/saving/")
    there = beside()
    back = press(ben, "/cart/saved/")

    assert there == [("PEN-1", 2, "Moin", "saved")]
    assert "Für später gemerkt" in saved.text
    assert "Gravur: „Moin“" in saved.text
    assert "39,00 €" in saved.text
    assert "24,00 €" in saved.text  # the sum of what is left in the cart
    assert ">1<" in pieces_in_header(saved)
    assert held() == [("MUG-1", 1, ""), ("PEN-1", 2, "Moin")]
    assert beside() == []
    assert "Für später gemerkt" not in back.text
    assert ">3<" in pieces_in_header(back)


def test_what_is_saved_has_the_price_of_today_and_its_quantity(ben, put, mug):
    put(ben, mug, 2)
    press(ben, "/saving/")
    mug.prices.update(gross="26.00")

    page = Page(ben.get("/en/cart/"))

    assert "€26.00" in page.text
    assert "€24.00" not in page.text
    assert "2 × €26.00" in page.text
    assert "Your cart is empty" in page.text


def test_the_same_goods_saved_twice_are_one_row_of_99_at_most(ben, put, pen):
    for quantity in (60, 30, 20):
        put(ben, pen, quantity, engraving="Moin")
        press(ben, "/saving/")

    assert beside() == [("PEN-1", 99, "Moin", "saved")]


def test_more_than_are_left_go_back_as_they_are_and_the_line_says_so(ben, put, mug):
    put(ben, mug, 5)
    press(ben, "/saving/")
    StockItem.objects.update(on_hand=2)

    page = press(ben, "/cart/saved/")

    assert held() == [("MUG-1", 5, "")]
    assert page.field("quantity")["value"] == "5"
    assert page.field("quantity")["aria-invalid"] == "true"
    assert "/checkout/" not in [link[3:] for link in page.links]


@pytest.mark.parametrize("ending", ["sold out", "archived"])
def test_what_cannot_be_had_stays_saved_and_says_so(ben, put, mug, ending):
    put(ben, mug, 5)
    press(ben, "/saving/")
    if ending == "sold out":
        StockItem.objects.update(on_hand=0)
    else:
        Product.objects.update(status=ProductStatus.ARCHIVED)
    page = Page(ben.get("/en/cart/"))
    pk = AsideLine.objects.get().pk

    answer = ben.post(f"/en/cart/saved/{pk}/")

    expected = {"sold out": "Sold out at the moment.", "archived": "No longer for sale."}
    assert expected[ending] in page.text
    assert not [one for one in page.forms if one.action.endswith(f"/cart/saved/{pk}/")]
    assert answer.status_code == 409
    assert len(Page(answer).problems) == 1
    assert held() == []
    assert beside() == [("MUG-1", 5, "", "saved")]


def test_a_hundred_rows_can_be_saved_and_no_more(cart, mug, moment, monkeypatch):
    monkeypatch.setattr(aside, "MAX_SAVED", 1)
    AsideLine.objects.create(
        cart=cart, variant=mug, engraving="A", quantity=1, added_at=moment, kind=AsideKind.SAVED
    )
    line = carts.add(cart, mug, quantity=1, moment=moment)

    with pytest.raises(carts.CartProblem):
        aside.save_for_later(cart, line.pk, moment=moment)

    assert held() == [("MUG-1", 1, "")]


def test_what_was_saved_survives_the_order_for_guests_and_customers(
    ada, to_review, put, mug, tea, sandbox
):
    guest, customer = Client(), Client()
    customer.force_login(ada)
    for client in (guest, customer):
        put(client, tea, 2)
        press(client, "/saving/")
        token = client.cookies["cart"].value
        to_review(client, {mug: 1})
        review = Page(client.get("/de/checkout/review/")).form("/de/checkout/place/").values

        first = client.post("/de/checkout/place/", review)
        again = client.post("/de/checkout/place/", review)
        page = Page(client.get("/de/cart/"))

        assert first.status_code == again.status_code == 303
        assert client.cookies["cart"].value == token
        assert "Ostfriesentee" in page.text
        assert "Ihr Warenkorb ist leer" in page.text
    assert Order.objects.count() == 2
    assert Cart.objects.open().count() == 2
    assert Cart.objects.open().get(customer=ada).aside.get().quantity == 2


def test_nothing_saved_no_next_cart(ben, to_review, mug, sandbox):
    to_review(ben, {mug: 1})
    review = Page(ben.get("/de/checkout/review/")).form("/de/checkout/place/").values

    ben.post("/de/checkout/place/", review)

    assert ben.cookies["cart"].value == ""
    assert Cart.objects.count() == 1


# --- Removed and had back -------------------------------------------------------------------------


def test_a_removal_can_be_undone_with_all_that_was_chosen_also_after_a_reload(ben, put, pen, mug):
    put(ben, pen, 3, engraving="Moin & Ahoi")
    put(ben, mug, 1)
    before = held()

    removed = press(ben, "/removal/")
    reloaded = Page(ben.get("/de/cart/"))
    undone = press(ben, "/cart/removed/")

    for page in (removed, reloaded):
        assert "Füller wurde aus dem Warenkorb entfernt." in page.text
        assert "Rückgängig" in page.text
    assert held() == before
    assert beside() == []
    assert "Rückgängig" not in undone.text
    names = [text for text in ("Füller", "Becher") if text in undone.text]
    assert undone.text.index(names[0]) < undone.text.index(names[1])  # where it was


def test_undo_ends_with_the_next_change(ben, put, mug, tea):
    put(ben, mug, 1)
    press(ben, "/removal/")
    action = next(one for one in Page(ben.get("/de/cart/")).forms if "removed" in one.action).action
    put(ben, tea, 1)

    page, answer = Page(ben.get("/de/cart/")), ben.post(action)

    assert "Rückgängig" not in page.text
    assert answer.status_code == 404
    assert held() == [("TEA-250", 1, "")]


def test_only_the_last_of_two_removals_comes_back_and_once(ben, put, mug, tea):
    put(ben, mug, 1)
    put(ben, tea, 2)
    press(ben, "/removal/")
    press(ben, "/removal/")
    action = next(one for one in Page(ben.get("/de/cart/")).forms if "removed" in one.action).action

    answers = [ben.post(action).status_code for _press in range(2)]

    assert answers == [302, 404]
    assert held() == [("TEA-250", 2, "")]


def test_what_was_saved_can_be_removed_and_had_back_too(ben, put, mug):
    put(ben, mug, 4)
    press(ben, "/saving/")
    pk = AsideLine.objects.get().pk

    page = press(ben, f"/cart/saved/{pk}/removal/", "en")
    gone = beside()
    press(ben, "/cart/removed/", "en")

    assert "Mug is no longer among what you saved." in page.text
    assert gone == [("MUG-1", 4, "", "discarded")]
    assert beside() == [("MUG-1", 4, "", "saved")]
    assert held() == []


@pytest.mark.parametrize("what", ["saving/", "saved/{}/", "saved/{}/removal/", "removed/{}/"])
def test_what_lies_beside_other_carts_does_not_exist(ben, put, mug, what):
    put(ben, mug, 2)
    press(ben, "/saving/")
    put(ben, mug, 1)
    line, kept = CartLine.objects.get(), AsideLine.objects.get()
    stranger = Client()
    put(stranger, mug, 1)
    path = f"lines/{line.pk}/saving/" if what == "saving/" else what.format(kept.pk)
    before = held(), beside()

    answers = [stranger.post(f"/de/cart/{path}"), Client().post(f"/de/cart/{path}")]

    assert [one.status_code for one in answers] == [404, 404]
    assert (held(), beside()) == before


def test_looking_is_the_same_for_one_saved_line_and_for_five(
    ben, put, mug, warehouse, django_assert_num_queries
):
    put(ben, mug, 1)
    press(ben, "/saving/")
    ben.get("/de/cart/")
    with django_assert_num_queries(8):
        ben.get("/de/cart/")
    for _number in range(4):
        put(ben, make_goods(warehouse), 1)
        press(ben, "/saving/")

    with django_assert_num_queries(8):
        ben.get("/de/cart/")


def test_the_database_keeps_one_removal_and_one_row_of_each_saved(cart, mug, tea, moment):
    def lay(variant, kind, quantity=1):
        return AsideLine.objects.create(
            cart=cart, variant=variant, kind=kind, quantity=quantity, added_at=moment
        )

    lay(mug, AsideKind.SAVED)
    lay(mug, AsideKind.REMOVED)
    for wrong in (
        (mug, AsideKind.SAVED),
        (tea, AsideKind.DISCARDED),
        (tea, "lost"),
        (tea, AsideKind.SAVED, 100),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            lay(*wrong)
