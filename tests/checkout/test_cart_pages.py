"""The cart through its pages: what shoppers, and those who tamper, get to see."""

import re

import pytest
from django.test import Client

from catalog.models import Product, ProductStatus
from checkout.models import Cart, CartLine
from tests.conftest import PASSWORD
from tests.pages import Page

pytestmark = pytest.mark.django_db

NONSENSE = [
    "", " ", "0", "-1", "100",
    "1000000000", "9" * 400, "abc", "1.5", "1e3", "٣", "３", "1_0", "+-1",
    "0x10", "NaN", "1\x002", "\x00", "2; DROP TABLE", "²",
]  # fmt: skip


def held():
    return sorted(CartLine.objects.values_list("cart__token", "variant__sku", "quantity"))


def line_of(cart):
    return CartLine.objects.get(cart=cart)


def count_of(client, path="/de/"):
    """The number beside the cart in the header."""
    found = re.search(
        r'site-header__count">\s*<span class="count"[^>]*>(\d+)<', _html(client, path)
    )
    return found[1] if found else ""


def _html(client, path):
    return client.get(path).content.decode()


# --- Filling --------------------------------------------------------------------------------------


def test_a_product_goes_into_the_cart_and_the_header_counts_the_pieces(ben, put, mug, tea):
    put(ben, mug, 2)
    put(ben, tea, 1)

    page = Page(ben.get("/de/cart/"))

    assert "Becher" in page.text
    assert "48,00 €" in page.text
    assert "57,90 €" in page.text  # 2 × 24.00 + 9.90, without delivery
    assert [count_of(ben), count_of(ben, "/en/cart/"), count_of(Client())] == ["3", "3", ""]


def test_the_cart_survives_the_browser_and_is_nobodys_business(ben, put, mug):
    put(ben, mug)

    cookie = ben.cookies["cart"]
    assert cookie["max-age"] == 60 * 24 * 3600
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert len(cookie.value) >= 32


@pytest.mark.parametrize("field", ["price", "unit_gross", "gross", "cart", "customer", "token"])
def test_fields_that_nobody_asked_for_change_nothing(ben, put, mug, field):
    cart = put(ben, mug, 1, **{field: "0.01"})

    assert held() == [(cart.token, "MUG-1", 1)]
    assert "24,00 €" in Page(ben.get("/de/cart/")).text


@pytest.mark.parametrize("quantity", NONSENSE)
def test_a_quantity_that_is_none_puts_nothing_into_the_cart(ben, mug, quantity):
    response = ben.post("/de/cart/lines/", {"variant": mug.pk, "quantity": quantity})

    assert response.status_code == 422
    assert len(Page(response).problems) == 1
    assert not Cart.objects.exists()
    assert "cart" not in response.cookies


@pytest.mark.parametrize("quantity", NONSENSE)
def test_a_quantity_that_is_none_changes_no_line_and_is_told_at_its_field(ben, put, mug, quantity):
    cart = put(ben, mug, 2)
    line = line_of(cart)

    response = ben.post(f"/de/cart/lines/{line.pk}/", {"quantity": quantity})

    assert response.status_code == 422
    page = Page(response)
    ((field_id, text),) = page.problems
    assert text
    assert field_id == f"quantity-{line.pk}"
    assert field_id in page.ids
    field = next(values for _tag, values in page.elements if values.get("id") == field_id)
    assert field["aria-invalid"] == "true"
    assert field["aria-describedby"] in page.ids
    assert page.text.count(text) >= 2  # in the summary and at the field
    assert held() == [(cart.token, "MUG-1", 2)]


@pytest.mark.parametrize(
    "variant", ["", "0", "-1", "abc", "999999999", "9" * 40, "1\x00", "1.0", "null"]
)
def test_a_variant_that_does_not_exist_is_said_to_be_none_of_ours(ben, mug, variant):
    response = ben.post("/de/cart/lines/", {"variant": variant, "quantity": 1})

    assert response.status_code == 422
    assert len(Page(response).problems) == 1
    assert not Cart.objects.exists()


@pytest.mark.parametrize("status", [ProductStatus.DRAFT, ProductStatus.ARCHIVED])
def test_a_product_that_is_not_live_cannot_be_put_into_the_cart(ben, mug, status):
    Product.objects.filter(pk=mug.product_id).update(status=status)

    response = ben.post("/en/cart/lines/", {"variant": mug.pk, "quantity": 1})

    assert response.status_code == 409
    assert Page(response).problems == [("", "This is not for sale at the moment.")]
    assert not CartLine.objects.exists()


def test_more_than_are_left_is_refused_with_the_number_that_is_left(ben, put, lamp):
    cart = put(ben, lamp)
    line = line_of(cart)

    added = ben.post("/en/cart/lines/", {"variant": lamp.pk, "quantity": 1})
    changed = ben.post(f"/en/cart/lines/{line.pk}/", {"quantity": 2})

    assert added.status_code == changed.status_code == 409
    assert Page(added).problems[0][1] == "Only 1 is left."
    assert Page(changed).problems == [(f"quantity-{line.pk}", "Only 1 is left.")]
    assert held() == [(cart.token, "LAMP-1", 1)]


def test_an_engraving_is_taken_as_typed_and_shown_as_text(ben, put, pen):
    put(ben, pen, 1, engraving='<b>Moin</b> & "tschüs"')

    response = ben.get("/de/cart/")

    assert "&lt;b&gt;Moin&lt;/b&gt; &amp; &quot;tschüs&quot;" in response.content.decode()
    assert CartLine.objects.get().engraving == '<b>Moin</b> & "tschüs"'


@pytest.mark.parametrize("text", ["x" * 25, "x" * 61, "a\x00b"])
def test_an_engraving_that_does_not_fit_is_refused(ben, pen, text):
    response = ben.post("/de/cart/lines/", {"variant": pen.pk, "quantity": 1, "engraving": text})

    assert response.status_code == 422
    assert not CartLine.objects.exists()


def test_a_mug_is_not_engraved(ben, mug):
    response = ben.post("/en/cart/lines/", {"variant": mug.pk, "quantity": 1, "engraving": "Moin"})

    assert response.status_code == 422
    assert Page(response).problems == [("", "No engraving.")]
    assert not CartLine.objects.exists()


def test_a_page_that_asked_for_a_part_gets_the_part(ben, mug, put):
    headers = {"X-Fragment": "cart_added"}
    data = {"variant": mug.pk, "quantity": 2}

    added = ben.post("/de/cart/lines/", data, headers=headers)
    refused = ben.post("/de/cart/lines/", data | {"quantity": 99}, headers=headers)
    line = line_of(Cart.objects.get())
    changed = ben.post(
        f"/de/cart/lines/{line.pk}/", {"quantity": 3}, headers={"X-Fragment": "lines"}
    )

    assert [one.status_code for one in (added, refused, changed)] == [200, 409, 200]
    assert "48,00 €" in Page(added).text
    for part in (added, refused, changed):
        assert "<html" not in part.content.decode()
    assert line_of(Cart.objects.get()).quantity == 3


# --- Changing -------------------------------------------------------------------------------------


def test_a_line_is_changed_and_taken_out(ben, put, mug):
    line = line_of(put(ben, mug, 2))

    assert ben.post(f"/de/cart/lines/{line.pk}/", {"quantity": "5"}).status_code == 302
    assert line_of(line.cart).quantity == 5
    assert ben.post(f"/de/cart/lines/{line.pk}/removal/").status_code == 302

    assert not CartLine.objects.exists()
    assert "Your cart is empty" in Page(ben.get("/en/cart/")).text


@pytest.mark.parametrize("path", ["", "removal/"])
def test_the_lines_of_others_do_not_exist(ben, put, mug, tea, path):
    put(ben, mug)
    line = line_of(put(Client(), tea, 2))
    before = held()

    for client in (ben, Client()):
        foreign = client.post(f"/de/cart/lines/{line.pk}/{path}", {"quantity": 1})
        missing = client.post(f"/de/cart/lines/{10**18}/{path}", {"quantity": 1})
        beyond = client.post(f"/de/cart/lines/{10**30}/{path}", {"quantity": 1})
        assert {one.status_code for one in (foreign, missing, beyond)} == {404}

    assert held() == before


@pytest.mark.parametrize(
    "path", ["cart/lines/", "cart/lines/1/", "cart/lines/1/removal/", "checkout/place/"]
)
def test_what_changes_something_is_never_a_get(ben, path):
    assert ben.get(f"/de/{path}").status_code == 405


@pytest.mark.parametrize(
    "value",
    ["", "nonsense", "x" * 4000, '"\\000"', '"\\000\\001"', "ä", "../../etc", '"'],
)
def test_a_cookie_that_names_no_cart_is_an_empty_cart(mug, value):
    client = Client(headers={"Cookie": f"cart={value}"})

    for path in ("/de/", "/de/cart/", "/de/checkout/", "/de/checkout/review/"):
        assert client.get(path).status_code in (200, 302), path
    response = client.post("/de/cart/lines/", {"variant": mug.pk, "quantity": 1})

    assert response.status_code == 302
    assert Cart.objects.get().lines.count() == 1


# --- Whose cart -----------------------------------------------------------------------------------


def _sign_in(client, email="ada@example.com"):
    response = client.post("/de/account/login/", {"login": email, "password": PASSWORD})
    assert response.status_code == 302, response.content.decode()


def test_the_guests_cart_comes_along_to_the_account_once_however_often_one_signs_in(
    ada, put, mug, tea
):
    elsewhere, here = Client(), Client()
    _sign_in(elsewhere)
    put(elsewhere, tea, 1)
    put(here, mug, 2)
    put(here, tea, 3)

    _sign_in(here)
    here.post("/de/account/logout/")
    _sign_in(here)

    cart = Cart.objects.get()
    assert cart.customer == ada
    assert held() == [(cart.token, "MUG-1", 2), (cart.token, "TEA-250", 3)]
    assert here.cookies["cart"].value == cart.token
    assert count_of(here) == "5"
    assert count_of(elsewhere) == "5"


def test_an_account_with_an_empty_cart_finds_it_on_every_device(ada, put, mug):
    here, there = Client(), Client()
    _sign_in(here)
    put(here, mug, 2)

    _sign_in(there)

    assert count_of(there) == "2"
    assert "Becher" in Page(there.get("/de/cart/")).text


def test_a_customers_cart_is_shown_to_that_customer_alone(ada, carol, put, mug):
    hers = Client()
    _sign_in(hers)
    token = put(hers, mug, 2).token
    line = CartLine.objects.get()

    for stranger in (Client(), Client()):
        stranger.cookies["cart"] = token
        if stranger is not None and stranger.cookies:
            assert count_of(stranger) == ""
            assert "Becher" not in Page(stranger.get("/de/cart/")).text
            assert stranger.get("/de/checkout/").status_code == 302
            assert stranger.post(f"/de/cart/lines/{line.pk}/", {"quantity": 9}).status_code == 404
    other = Client()
    _sign_in(other, "carol@example.com")
    other.cookies["cart"] = token
    put(other, mug, 1)

    assert Cart.objects.get(customer=ada).lines.get().quantity == 2
    assert count_of(other) == "1"


def test_after_signing_out_the_browser_shows_no_cart_of_the_account(ada, put, mug):
    here = Client()
    _sign_in(here)
    put(here, mug, 2)

    here.post("/de/account/logout/")

    assert count_of(here) == ""
    assert "Becher" not in Page(here.get("/de/cart/")).text
    put(here, mug, 1)
    assert Cart.objects.get(customer=None).lines.get().quantity == 1
    assert Cart.objects.get(customer=ada).lines.get().quantity == 2


def test_signing_in_with_the_cookie_of_anothers_cart_takes_nothing(ada, carol, put, mug):
    hers = Client()
    _sign_in(hers)
    token = put(hers, mug, 2).token
    other = Client()
    other.cookies["cart"] = token

    _sign_in(other, "carol@example.com")

    assert Cart.objects.get(customer=ada).token == token
    assert Cart.objects.get(customer=ada).lines.get().quantity == 2
    assert Cart.objects.get(customer=carol).lines.count() == 0
    assert other.cookies["cart"].value != token
