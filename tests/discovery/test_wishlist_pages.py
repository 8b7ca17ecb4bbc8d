"""The heart and the list through their pages: guests, customers, and those who tamper."""

import re

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.models import Product
from checkout.models import CartLine
from discovery.models import Wishlist, WishlistItem
from discovery.wishlists import lists
from tests.conftest import PASSWORD
from tests.making import NOON
from tests.pages import Page

pytestmark = pytest.mark.django_db
ITEMS, LIST = "/de/wishlist/items/", "/de/wishlist/"
FRAGMENT = {"X-Fragment": "wishes"}


def note(client, variant, **more):
    return client.post(ITEMS, {"variant": variant.pk, **more})


def number(client, path="/de/"):
    found = re.search(r'data-products="[^"]*">(\d+)<', client.get(path).content.decode())
    return found[1] if found else ""


def card_of(response):
    return re.search(r'<li class="card">.*?</li>', response.content.decode(), re.DOTALL)[0]


def on_list():
    rows = WishlistItem.objects.present().order_by("pk")
    return list(rows.values_list("wishlist__customer__email", "product__slug"))


# --- The heart ------------------------------------------------------------------------------------


def test_nothing_is_kept_in_the_browser_before_somebody_notes_something(mug, ben):
    for path in ("/de/", "/de/p/mug/", "/de/c/for-mug/", LIST):
        ben.get(path)

    assert "wishlist" not in ben.cookies
    note(ben, mug)
    cookie = ben.cookies["wishlist"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 5184000)


def test_the_heart_of_a_product_page_works_without_javascript_and_returns_there(mug, ben):
    page = Page(ben.get("/de/p/mug/"))
    form = page.form(ITEMS)

    answer = ben.post(ITEMS, form.values)

    assert (answer.status_code, answer["Location"]) == (302, "/de/p/mug/?variant=MUG-1")
    page = Page(ben.get(answer["Location"]))
    assert "Auf Ihrer Merkliste" in page.text
    assert "„Becher“ steht auf Ihrer Merkliste." in page.text
    assert number(ben, "/en/") == "1"

    ben.post("/de/wishlist/items/removal/", page.form("/de/wishlist/items/removal/").values)
    assert number(ben) == ""
    assert "Auf die Merkliste" in Page(ben.get("/de/p/mug/")).text


def test_the_heart_of_a_card_leads_to_a_page_that_asks_and_from_there_back(mug, ben):
    shelf = ben.get("/de/c/for-mug/")
    address = f"/de/wishlist/new/?product={mug.product_id}"
    assert address in Page(shelf).links
    assert "csrfmiddlewaretoken" not in card_of(shelf)

    asked = Page(ben.get(address, headers={"Referer": "http://testserver/de/c/for-mug/?page=1"}))
    assert on_list() == []
    answer = ben.post(ITEMS, asked.form(ITEMS).values)

    assert answer["Location"] == "/de/c/for-mug/?page=1"
    assert on_list() == [(None, "mug")]


def test_a_card_looks_the_same_for_whoever_has_noted_it(mug, ben):
    note(ben, mug)

    assert card_of(ben.get("/de/c/for-mug/")) == card_of(Client().get("/de/c/for-mug/"))
    assert f'data-products="{mug.product_id}"' in ben.get("/de/c/for-mug/").content.decode()


def test_the_heart_answers_a_part_of_the_page_when_it_is_asked_for_one(mug, ben):
    html = ben.post(ITEMS, {"variant": mug.pk}, headers={"X-Fragment": "heart"}).content.decode()

    assert "<!doctype" not in html
    assert 'action="/de/wishlist/items/removal/"' in html
    assert '<template data-for="wish-count">' in html
    assert "data-announce" in html


@pytest.mark.parametrize(
    "url", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil", "", "x\0"]
)
def test_nobody_is_sent_to_another_house(mug, ben, url):
    answer = note(ben, mug, next=url)

    assert answer["Location"].startswith("/de/")
    assert "evil" not in answer["Location"]


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"product": "0"},
        {"product": "9" * 40},
        {"variant": "x"},
        {"variant": "1\0"},
        {"product": "²"},
    ],
)
def test_what_does_not_exist_is_not_noted(mug, ben, given):
    assert ben.post(ITEMS, given).status_code == 404
    assert ben.get("/de/wishlist/new/", given).status_code == 404
    assert not Wishlist.objects.exists()


def test_a_draft_is_not_noted(mug, ben):
    Product.objects.filter(pk=mug.product_id).update(status="draft")

    assert note(ben, mug).status_code == 404
    assert not Wishlist.objects.exists()


# --- The list -------------------------------------------------------------------------------------


def test_an_empty_list_says_how_to_fill_it(ben, db):
    assert "Drücken Sie das Herz" in Page(ben.get(LIST)).text


def test_an_item_is_taken_off_and_put_back(mug, ben):
    note(ben, mug)
    item = WishlistItem.objects.get()

    answer = ben.post(f"{ITEMS}{item.pk}/removal/")
    page = Page(ben.get(answer["Location"]))
    assert "„Becher“ ist von der Liste genommen." in page.text
    ben.post(f"{ITEMS}{item.pk}/return/", page.form(f"{ITEMS}{item.pk}/return/").values)

    assert number(ben) == "1"
    assert "ist von der Liste" not in Page(ben.get(LIST)).text


def test_an_item_moves_to_the_cart(mug, ben):
    note(ben, mug)
    item = WishlistItem.objects.get()

    html = ben.post(f"{ITEMS}{item.pk}/cart/", headers=FRAGMENT).content.decode()

    assert CartLine.objects.get().variant == mug
    assert on_list() == []
    assert (
        '<template data-for="cart-count"><span class="count" aria-hidden="true">1<'
        in html.replace("\n", "")
    )
    assert ben.cookies["cart"].value == CartLine.objects.get().cart.token


def test_what_is_sold_out_stays_on_the_list_and_says_why(lamp, ben):
    note(ben, lamp)
    lamp.stock_items.update(on_hand=0)
    item = WishlistItem.objects.get()

    answer = ben.post(f"{ITEMS}{item.pk}/cart/", follow=True)

    assert "ausverkauft" in Page(answer).text
    assert on_list() == [(None, "lamp")]
    assert not CartLine.objects.exists()


@pytest.mark.parametrize("act", ["removal", "return", "cart"])
def test_items_of_others_are_not_found(mug, lamp, ben, act):
    note(ben, mug)
    stranger = Client()
    note(stranger, lamp)
    item = WishlistItem.objects.get(product=mug.product)

    assert stranger.post(f"{ITEMS}{item.pk}/{act}/").status_code == 404
    assert Client().post(f"{ITEMS}{item.pk}/{act}/").status_code == 404
    assert on_list() == [(None, "mug"), (None, "lamp")]


# --- Shown to others ------------------------------------------------------------------------------


def test_a_shared_list_shows_goods_and_nothing_of_the_person(ada, mug):
    customer = Client()
    customer.force_login(ada)
    note(customer, mug)
    customer.post("/de/wishlist/link/")
    address = re.search(r"/de/wishlist/shared/[\w-]+/", customer.get(LIST).content.decode())[0]

    answer = Client().get(address)
    page = Page(answer)

    assert "Becher" in page.text
    assert "Ada" not in page.html
    assert "ada@" not in page.html
    assert Wishlist.objects.get().token not in page.html
    assert 'content="noindex, nofollow"' in page.html
    assert answer["Referrer-Policy"] == "no-referrer"
    assert f"{ITEMS}" not in page.html
    assert not answer.cookies


def test_a_revoked_link_leads_nowhere(mug, ben):
    note(ben, mug)
    secret = lists.share(Wishlist.objects.get(), moment=NOON)
    assert Client().get(f"/de/wishlist/shared/{secret}/").status_code == 200

    ben.post("/de/wishlist/link/removal/")

    assert Client().get(f"/de/wishlist/shared/{secret}/").status_code == 404


def test_a_link_shows_the_address_of_the_shop(mug, ben):
    note(ben, mug)

    ben.post("/de/wishlist/link/")

    assert f"{settings.SITE_URL}/de/wishlist/shared/" in Page(ben.get(LIST)).text


def test_search_engines_are_kept_away(ben, settings):
    settings.INDEXABLE = True

    assert "Disallow: /de/wishlist/" in ben.get("/robots.txt").content.decode()


# --- Guests and customers -------------------------------------------------------------------------


def sign_in(client, customer):
    return client.post("/de/account/login/", {"login": customer.email, "password": PASSWORD})


def test_signing_in_brings_the_list_along_and_other_devices_find_it(ada, mug, lamp, ben):
    note(ben, mug)
    sign_in(ben, ada)
    other = Client()
    note(other, lamp)

    sign_in(other, ada)

    assert on_list() == [("ada@example.com", "mug"), ("ada@example.com", "lamp")]
    assert number(ben) == number(other) == "2"


def test_signing_in_without_a_list_sets_no_cookie(ada, ben):
    sign_in(ben, ada)

    assert "wishlist" not in ben.cookies


def test_whoever_used_the_browser_before_is_not_read_by_the_next(ada, carol, mug, lamp, ben):
    sign_in(ben, ada)
    note(ben, mug)
    ben.post("/de/account/logout/")
    assert number(ben) == ""
    assert "Becher" not in Page(ben.get(LIST)).text

    note(ben, lamp)
    sign_in(ben, carol)

    assert on_list() == [("ada@example.com", "mug"), ("carol@example.com", "lamp")]


# --- What it costs --------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/de/", "/de/p/mug/", "/de/c/for-mug/"])
def test_a_list_costs_a_page_one_statement_and_none_costs_none(mug, ben, path):
    def statements(client):
        for _visit in range(2):
            client.get(path)
        with CaptureQueriesContext(connection) as seen:
            client.get(path)
        return [one["sql"] for one in seen.captured_queries]

    plain = statements(ben)
    assert not [one for one in plain if "wishlist" in one]
    note(ben, mug)

    assert len(statements(ben)) == len(plain) + 1
