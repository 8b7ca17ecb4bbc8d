"""What the delivery costs and when it comes, before anybody types an address."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.pages import Page

pytestmark = pytest.mark.django_db


def shown(client, query="", language="de"):
    return Page(client.get(f"/{language}/cart/{query}"))


def bar(page):
    values = next((values for tag, values in page.elements if tag == "progress"), None)
    return (Decimal(values["value"]), Decimal(values["max"])) if values else None


def test_fee_and_days_are_told_for_the_country_that_is_chosen(ben, put, mug):
    put(ben, mug, 1)

    home, abroad = shown(ben), shown(ben, "?country=AT")

    assert "Lieferung standard" in home.text
    assert "4,90 €" in home.text
    assert "zwischen" in home.text
    assert "Lieferung europe" in abroad.text
    assert "11,90 €" in abroad.text
    assert "Lieferung standard" not in abroad.text
    assert home.field("country")["autocomplete"] == "country"


def test_the_choice_is_remembered_without_a_row_and_asked_by_no_other_name(ben, put, mug):
    put(ben, mug, 1)
    with CaptureQueriesContext(connection) as captured:
        shown(ben, "?country=AT")

    again = shown(ben)

    assert "Lieferung europe" in again.text
    assert ben.cookies["country"].value == "AT"
    assert ben.cookies["country"]["httponly"]
    assert not [one for one in captured if one["sql"].startswith(("UPDATE", "INSERT"))]


@pytest.mark.parametrize("country", ["XX", "", "de", "D" * 500, "US", "\x00", "'"])
def test_a_country_that_is_not_served_is_home(ben, put, mug, country):
    put(ben, mug, 1)
    ben.cookies["country"] = "ZZ"

    page = Page(ben.get("/de/cart/", {"country": country}))

    assert "Lieferung standard" in page.text


def test_what_was_typed_at_the_checkout_counts_until_another_choice(ben, put, to_review, mug):
    to_review(ben, {mug: 1}, country="AT", postcode="1010", delivery_method="europe")

    assert "Lieferung europe" in shown(ben).text
    assert "Lieferung standard" in shown(ben, "?country=DE").text


def test_the_way_to_free_delivery_is_a_bar_with_words(ben, put, mug):
    put(ben, mug, 2)

    some, other = shown(ben), shown(ben, language="en")
    put(ben, mug, 1)
    much = shown(ben)

    assert bar(some) == (Decimal("48.00"), Decimal("60.00"))
    assert "Noch 12,00 €, dann ist die Lieferung kostenlos." in some.text
    assert "€12.00 more and the delivery is free." in other.text
    labelled = next(values for tag, values in some.elements if tag == "progress")
    assert labelled["aria-labelledby"] in some.ids
    assert bar(much) == (1, 1)
    assert "Die Lieferung ist kostenlos." in much.text


def test_the_note_after_adding_tells_the_way_to_free_delivery_too(ben, mug):
    answer = ben.post(
        "/de/cart/lines/",
        {"variant": mug.pk, "quantity": 1},
        headers={"X-Fragment": "cart_added"},
    )

    assert "Noch 36,00 €, dann ist die Lieferung kostenlos." in answer.text.replace("\xa0", " ")


def test_downloads_ask_for_no_country_and_have_no_bar(ben, put, pattern):
    put(ben, pattern, 1)

    page = shown(ben)

    assert not [values for _tag, values in page.elements if values.get("name") == "country"]
    assert bar(page) is None
