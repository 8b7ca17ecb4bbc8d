"""Machines at the checkout: told in words, nothing lost, and people notice nothing."""

import pytest
from django.test import Client

from accounts import humans
from checkout.models import Cart
from orders.money import paying
from shop.kit import limits
from tests.checkout.conftest import CONTACT
from tests.pages import Page

pytestmark = pytest.mark.django_db


def filled(client):
    """The form as a guest has it before them, with an address typed in."""
    return Page(client.get("/de/checkout/")).form("").values | CONTACT


def kept(answer, **more):
    page = Page(answer)
    assert answer.status_code == 422
    for name in ("email", "name", "postcode", "city"):
        assert page.field(name)["value"] == CONTACT[name]
    return page


def test_a_field_for_machines_that_was_filled_is_shown_to_be_emptied(ben, put, mug):
    put(ben, mug)

    page = kept(ben.post("/de/checkout/", CONTACT | {"homepage": "https://example.com"}))
    passed = ben.post("/de/checkout/", CONTACT | {"homepage": ""})

    assert [text for _field, text in page.problems] == [
        "Bitte lassen Sie das Feld „Homepage“ leer; es ist nur für Maschinen da."
    ]
    assert page.field("homepage")["value"] == "https://example.com"
    assert passed.status_code == 302


def test_after_orders_that_came_to_nothing_a_form_that_comes_at_once_is_asked_for_once_more(
    ben, put, mug, monkeypatch
):
    put(ben, mug)
    form = filled(ben)
    assert ben.post("/de/checkout/", form).status_code == 302
    for _order in range(3):
        limits.allows((paying.ORDERS_PER_VISITOR, "127.0.0.1/32 "))
    monkeypatch.setattr(humans, "TOO_FAST_SECONDS", 3600)  # however slow this machine is

    page = kept(ben.post("/de/checkout/", form))
    monkeypatch.setattr(humans, "TOO_FAST_SECONDS", -1)  # as if a second had passed
    passed = ben.post("/de/checkout/", form | {"shown_at": page.field("shown_at")["value"]})

    assert "Das war schneller, als Menschen tippen." in page.text
    assert passed["Location"] == "/de/checkout/review/"
    assert Cart.objects.get().contact["email"] == CONTACT["email"]


def test_nothing_of_the_trap_is_kept_with_the_address(ben, put, mug):
    put(ben, mug)
    ben.post("/de/checkout/", CONTACT)

    assert not {"homepage", "shown_at"} & set(Cart.objects.get().contact)


def test_who_is_known_is_never_too_fast(ada, put, mug):
    client = Client()
    client.force_login(ada)
    put(client, mug)

    page = Page(client.get("/de/checkout/"))

    assert page.field("email")["value"] == ada.email
    assert "shown_at" not in page.html


def test_people_do_not_meet_the_field(ben, put, mug):
    put(ben, mug)

    page = Page(ben.get("/de/checkout/"))

    assert page.field("homepage")["tabindex"] == "-1"
    assert page.field("homepage")["autocomplete"] == "off"
    assert 'class="trap" aria-hidden="true"' in page.html
