"""What people type, and what strangers make of the fields."""

import pytest

from checkout.models import Cart
from tests.checkout.conftest import CONTACT
from tests.pages import Page

pytestmark = pytest.mark.django_db
URL = "/en/checkout/"


@pytest.mark.parametrize(
    "address",
    [
        '"<script>alert(1)</script>"@example.org', '"a@b"@example.org', '"a\x01b"@example.org',
        "ben@[127.0.0.1]", "ben@localhost",
    ],
)  # fmt: skip
def test_addresses_that_the_payment_partner_refuses_are_refused_at_the_field(
    ben, put, mug, address
):
    """Such an order could be placed, and never be paid."""
    put(ben, mug)

    response = ben.post(URL, CONTACT | {"email": address})

    assert response.status_code == 422
    assert "Enter an e-mail address like name@example.com." in Page(response).text
    assert Cart.objects.get().contact == {}


@pytest.mark.parametrize(
    "address", ["ben+x@example.org", "o'neil@a-b.example", "ben@bücher.example"]
)
def test_unusual_addresses_of_real_people_are_taken(ben, put, mug, address):
    put(ben, mug)

    assert ben.post(URL, CONTACT | {"email": address}).status_code == 302

    assert Cart.objects.get().contact["email"] == address


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ben\r\n\r\nVisit evil.example", "Ben Visit evil.example"),
        ("Ben\u2028Quast\t Harms", "Ben Quast Harms"),
        ("\u202egnp.neB\u202c", "gnp.neB"),
        ("Zoë  O'Neil-Łuczak", "Zoë O'Neil-Łuczak"),
    ],
)
def test_a_name_stays_one_line_that_reads_as_it_is_written(ben, put, mug, typed, kept):
    """A mail greets by it: no line of a stranger may look like ours."""
    put(ben, mug)

    ben.post(URL, CONTACT | {"name": typed, "city": typed, "street": f"{typed} 7"})

    contact = Cart.objects.get().contact
    assert (contact["name"], contact["city"], contact["street"]) == (kept, kept, f"{kept} 7")


def test_an_engraving_is_one_line(ben, put, pen):
    cart = put(ben, pen, engraving="For\nBen\x07")

    assert cart.lines.get().engraving == "For Ben"
