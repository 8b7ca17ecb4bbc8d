"""The one page of the checkout: what it asks, what it refuses, and that nothing typed is lost."""

import pytest
from django.test import Client

from accounts.models import Address
from checkout.models import Cart
from orders.models import Order
from tests.checkout.conftest import CONTACT
from tests.conftest import PASSWORD
from tests.making import make_delivery
from tests.pages import Page

pytestmark = pytest.mark.django_db
URL = "/en/checkout/"


def send(client, **changed):
    return client.post(URL, CONTACT | changed)


def test_without_goods_the_checkout_leads_back_to_the_cart(ben, put, mug):
    assert ben.get(URL)["Location"] == "/en/cart/"
    cart = put(ben, mug)
    cart.lines.all().delete()

    assert ben.get(URL)["Location"] == "/en/cart/"
    assert send(ben)["Location"] == "/en/cart/"
    assert ben.get("/en/checkout/review/")["Location"] == "/en/cart/"


def test_what_was_typed_is_kept_in_the_cart(ben, put, mug):
    put(ben, mug)

    assert send(ben)["Location"] == "/en/checkout/review/"

    cart = Cart.objects.get()
    assert cart.contact == {
        name: value for name, value in CONTACT.items() if not name.endswith("_method")
    }
    assert (cart.delivery_method, cart.payment_method) == ("standard", "stripe")
    form = Page(ben.get(URL)).form("").values
    assert {name: form[name] for name in CONTACT} == CONTACT


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("email", "", "Enter your e-mail address."),
        ("email", "ben", "Enter an e-mail address like name@example.com."),
        ("email", "ben@example.org\nBcc: all@example.org", "Enter an e-mail address"),
        ("name", "", "Enter your full name."),
        ("name", "  ", "Enter your full name."),
        ("street", "", "Enter street and number."),
        ("street", "Deichstraße", "Enter the house number too."),
        ("postcode", "", "Enter the postcode."),
        ("postcode", "2045", "This postcode does not look right"),
        ("postcode", "2045٣", "This postcode does not look right"),
        ("city", "", "Enter the city."),
        ("country", "US", "We deliver within the European Union only"),
        ("country", "SK", "We do not deliver to this country yet."),
        ("country", "", ""),
        ("delivery_method", "", "Choose a way of delivery."),
        ("delivery_method", "europe", "This way of delivery is not on offer for your address."),
        ("delivery_method", "drone", "This way of delivery is not on offer for your address."),
        ("payment_method", "", "Choose a way to pay."),
        ("payment_method", "gold", "This way to pay is not on offer."),
        ("name", "x" * 121, ""),
        ("email", "x" * 250 + "@a.de", ""),
        ("street", "Kai 1\x00", ""),
    ],
)
def test_a_field_that_is_wrong_is_named_and_everything_typed_stays(
    ben, put, mug, field, value, message
):
    put(ben, mug)

    response = send(ben, **{field: value})

    assert response.status_code == 422
    page = Page(response)
    found = dict(page.problems)
    assert f"id_{field}" in found
    assert message in found[f"id_{field}"]
    assert set(found) <= page.ids
    assert page.html.index("error-summary") < page.html.index('<form class="checkout__form"')
    assert "<title>Error:" in page.html
    _is_marked(page, field)
    _stays(page, CONTACT | {field: value})
    assert Cart.objects.get().contact == {}


def _is_marked(page, field):
    """The message stands at the field too, and the field points to it."""
    error = f"id_{field}_error"
    assert error in page.ids
    pointing = [one for _tag, one in page.elements if error in one.get("aria-describedby", "")]
    assert pointing
    if not field.endswith("_method"):
        assert page.field(field)["aria-invalid"] == "true"


def _stays(page, typed):
    form = page.form("").values
    for name, value in typed.items():
        if value and name != "country" and not name.endswith("_method") and "\n" not in value:
            assert form.get(name, "").strip() == value.strip(), name
    assert "password" not in form


def test_all_fields_that_are_wrong_are_named_at_once_in_their_order(ben, put, mug):
    put(ben, mug)

    response = ben.post(URL, {})

    wrong = [field for field, _text in Page(response).problems]
    required = ["email", "country", "name", "street", "postcode", "city"]
    assert wrong == [f"id_{name}" for name in [*required, "delivery_method", "payment_method"]]


@pytest.mark.parametrize(
    ("country", "postcode", "offered"),
    [
        ("DE", "20459", ["standard", "express"]),
        ("AT", "1010", ["europe"]),
        ("NL", "1012 AB", ["europe"]),
    ],
)
def test_each_country_has_its_ways_of_delivery(ben, put, mug, country, postcode, offered):
    put(ben, mug)

    refused = Page(send(ben, country=country, postcode=postcode, delivery_method="none"))
    values = [
        one["value"] for _tag, one in refused.elements if one.get("name") == "delivery_method"
    ]
    taken = send(ben, country=country, postcode=postcode, delivery_method=offered[-1])

    assert values == offered
    assert taken.status_code == 302
    assert Cart.objects.get().delivery_method == offered[-1]


def test_digital_content_asks_for_consent_and_comes_by_mail(ben, put, pattern):
    put(ben, pattern)
    assert "digital_consent" not in Page(ben.get(URL)).form("").values

    refused = send(ben, delivery_method="email")
    taken = send(ben, delivery_method="email", digital_consent="on")

    assert refused.status_code == 422
    problems = dict(Page(refused).problems)
    assert problems == {
        "id_digital_consent": "Without this consent we cannot deliver digital content."
    }
    assert taken.status_code == 302
    assert Cart.objects.get().contact["digital_consent"] is True
    review = Page(ben.get("/en/checkout/review/"))
    assert "You agreed that the delivery of the digital content begins at once." in review.text


def test_goods_and_a_download_together_are_shipped(ben, put, mug, pattern):
    put(ben, mug)
    put(ben, pattern)

    assert send(ben, delivery_method="email", digital_consent="on").status_code == 422
    assert send(ben, digital_consent="on").status_code == 302


def test_without_digital_content_there_is_no_consent_to_give(ben, put, mug):
    put(ben, mug)

    assert all(one.get("name") != "digital_consent" for _tag, one in Page(ben.get(URL)).elements)
    send(ben, digital_consent="on")
    assert "digital_consent" not in Cart.objects.get().contact


def test_a_customer_finds_address_and_mail_filled_in(ada, put, mug):
    Address.objects.create(
        customer=ada,
        name="Ada Petersen",
        street="Kai 1",
        postcode="20457",
        city="Hamburg",
        is_default=True,
    )
    client = Client()
    client.post("/en/account/login/", {"login": ada.email, "password": PASSWORD})
    put(client, mug)

    form = Page(client.get(URL)).form("").values

    assert (form["email"], form["name"], form["street"]) == (ada.email, "Ada Petersen", "Kai 1")


def _signed_in(customer):
    client = Client()
    client.post("/en/account/login/", {"login": customer.email, "password": PASSWORD})
    return client


def _address(customer, **fields):
    values = {"name": "Ada Petersen", "street": "Kai 1", "postcode": "20457", "city": "Hamburg"}
    return Address.objects.create(customer=customer, **values | fields)


def test_a_station_of_the_address_book_is_filled_in_as_one(ada, put, mug):
    _address(ada, street="Packstation 123", post_number="12345678", is_default=True)
    client = _signed_in(ada)
    put(client, mug)

    form = Page(client.get(URL)).form("").values

    assert form["to_station"] == "on"
    assert (form["station"], form["station_number"]) == ("Packstation", "123")
    assert (form["post_number"], form.get("street", "")) == ("12345678", "")


def test_the_country_of_the_cart_is_where_the_checkout_begins(ben, put, mug):
    put(ben, mug)
    ben.get("/en/cart/", {"country": "AT"})

    assert Page(ben.get(URL)).form("").values["country"] == "AT"
    send(ben, country="NL", postcode="1012 AB", delivery_method="europe")
    assert Page(ben.get(URL)).form("").values["country"] == "NL"


def test_a_country_that_is_not_served_presets_nothing(ben, put, mug):
    put(ben, mug)
    ben.cookies["country"] = "ZZ"

    assert Page(ben.get(URL)).form("").values["country"] == "DE"


def test_the_country_of_the_cart_chooses_the_address_in_the_book(ada, put, mug):
    _address(ada, is_default=True)
    _address(ada, country="AT", street="Ring 1", postcode="1010", city="Wien")
    client = _signed_in(ada)
    put(client, mug)
    assert Page(client.get(URL)).form("").values["street"] == "Kai 1"

    client.get("/en/cart/", {"country": "AT"})
    form = Page(client.get(URL)).form("").values
    assert (form["country"], form["street"], form["email"]) == ("AT", "Ring 1", ada.email)

    client.get("/en/cart/", {"country": "NL"})
    form = Page(client.get(URL)).form("").values
    assert (form["country"], form.get("street", ""), form["email"]) == ("NL", "", ada.email)


def test_the_review_without_an_address_leads_back_to_the_form(ben, put, mug):
    put(ben, mug)

    assert ben.get("/en/checkout/review/")["Location"] == URL
    response = ben.post(
        "/en/checkout/place/",
        {"agreed_total": "28.90", "token": str(Cart.objects.get().placement_token)},
    )

    assert response.status_code == 302
    assert response["Location"] == URL
    assert not Order.objects.exists()


def test_a_way_of_delivery_that_is_gone_leads_back_to_the_form(ben, to_review, mug):
    cart = to_review(ben, {mug: 1})
    Cart.objects.filter(pk=cart.pk).update(delivery_method="drone")

    assert ben.get("/en/checkout/review/")["Location"] == URL


def test_the_review_shows_all_that_the_law_wants_before_the_button(ben, to_review, tea, pen):
    to_review(ben, {tea: 2, pen: 1}, language="en")

    page = Page(ben.get("/en/checkout/review/"))

    for fact in (
        "East Frisian tea", "€39.60/kg", "€19.80", "Fountain pen", "Stoneware, 300 ml",
        "€63.70",  # 19.80 + 39.00 + 4.90
        "ben@example.org", "Deichstraße 7", "Hinterhaus", "20459 Hamburg", "Germany",
        "Delivery standard", "Pay online", "no right of withdrawal",
        "VAT 19% included", "VAT 7% included", "Order with obligation to pay",
    ):  # fmt: skip
        assert fact in page.text, fact
    form = page.form("/en/checkout/place/").values
    assert form["agreed_total"] == "63.70"
    assert form["token"] == str(Cart.objects.get().placement_token)


def test_a_line_that_ran_short_leads_from_the_review_back_to_the_cart(ben, to_review, mug):
    to_review(ben, {mug: 5})
    mug.stock_items.update(on_hand=2)

    assert ben.get("/en/checkout/review/")["Location"] == "/en/cart/"
    page = Page(ben.get("/en/cart/"))
    assert "Only 2 are left." in page.text
    assert "/en/checkout/" not in page.links


@pytest.mark.parametrize("path", ["checkout/", "checkout/review/"])
def test_pages_with_personal_data_are_kept_by_nobody(ben, to_review, mug, path):
    to_review(ben, {mug: 1})

    response = ben.get(f"/en/{path}")

    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]


def test_nothing_is_said_of_a_right_of_withdrawal_that_does_not_exist(ben, to_review, mug, pen):
    to_review(ben, {pen: 1}, language="en")
    alone = Page(ben.get("/en/checkout/review/")).text
    to_review(ben, {mug: 1}, language="en")
    mixed = Page(ben.get("/en/checkout/review/")).text

    assert "There is no right of withdrawal for this order" in alone
    assert "of 14 days" not in alone
    assert "You have a right of withdrawal of 14 days." in mixed


def test_a_pen_without_a_text_is_not_put_into_the_cart(ben, pen):
    response = ben.post("/en/cart/lines/", {"variant": pen.pk, "quantity": 1, "engraving": " "})

    assert response.status_code == 422
    assert "Enter the text of the engraving." in Page(response).text
    assert not Cart.objects.exists()


def test_another_country_chooses_a_way_that_is_on_offer_there(ben, put, mug):
    put(ben, mug)
    typed = CONTACT | {"country": "AT", "postcode": "1010", "delivery_method": "standard"}
    refused = ben.post("/en/checkout/", typed)

    assert refused.status_code == 422
    assert 'value="europe" required checked' in refused.content.decode()


def test_paying_at_the_counter_goes_with_a_delivery_that_is_fetched(ben, put, mug):
    make_delivery("counter", "0.00", [], (0, 0), kind="pickup")
    put(ben, mug)
    assert "on_pickup" in ben.get(URL).content.decode()

    refused = send(ben, payment_method="on_pickup", delivery_method="standard")
    assert refused.status_code == 422
    assert "You can pay so only when you fetch the goods." in Page(refused).text

    taken = send(ben, payment_method="on_pickup", delivery_method="counter")
    assert taken["Location"] == "/en/checkout/review/"
    page = Page(ben.get(taken["Location"]))
    assert "Pay at pick-up" in page.text
    answer = ben.post("/en/checkout/place/", page.form("/en/checkout/place/").values)
    order = Order.objects.get()
    assert (order.status, order.payment_status) == ("confirmed", "unpaid")
    assert answer["Location"].startswith("/en/orders/")


def test_without_a_pick_up_nobody_is_offered_to_pay_there(ben, put, mug):
    put(ben, mug)

    assert "on_pickup" not in ben.get(URL).content.decode()
    assert send(ben, payment_method="on_pickup").status_code == 422


def test_no_address_keeps_goods_waiting_for_more_than_three_payments(ben, put, mug, settings):
    settings.BANK_HOLDER, settings.BANK_IBAN = "Kontor", "DE02120300000000202051"
    answers = []
    for _number in range(4):
        put(ben, mug)
        send(ben, payment_method="prepayment")
        page = Page(ben.get("/en/checkout/review/"))
        answers.append(ben.post("/en/checkout/place/", page.form("/en/checkout/place/").values))

    assert [one.status_code for one in answers] == [303, 303, 303, 409]
    assert "Please pay them first, or online." in Page(answers[-1]).text
    assert Order.objects.count() == 3

    send(ben, payment_method="stripe")
    page = Page(ben.get("/en/checkout/review/"))
    ben.post("/en/checkout/place/", page.form("/en/checkout/place/").values)
    assert Order.objects.count() == 4
