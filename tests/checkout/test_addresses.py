"""Addresses as each country writes them; stations of DHL; a bill that goes elsewhere."""

import pytest

from catalog.models import SendingBan
from checkout import card_numbers
from checkout.addressing import rules, stations
from checkout.models import Cart, DeliveryKind
from orders.models import AddressKind, Order
from tests import making
from tests.checkout.conftest import CONTACT
from tests.pages import Page

EN, DE = "/en/checkout/", "/de/checkout/"
BILL = {
    "other_billing": "on",
    "billing_country": "DE",
    "billing_name": "Quast GmbH",
    "billing_street": "Kai 1",
    "billing_postcode": "20457",
    "billing_city": "Hamburg",
}
STATION = {
    "to_station": "on",
    "station": "Packstation",
    "station_number": "123",
    "post_number": "12345678",
    "street": "",
}


def send(client, url=EN, **changed):
    return client.post(url, CONTACT | changed)


def problems(response):
    assert response.status_code == 422
    return dict(Page(response).problems)


def order_of(client):
    form = Page(client.get("/en/checkout/review/")).form("/en/checkout/place/").values
    assert client.post("/en/checkout/place/", form).status_code == 303
    return Order.objects.get()


@pytest.fixture
def served(mug):
    """The mug goes to these countries too."""
    countries = ["IT", "ES", "IE", "PL", "FI", "DK", "FR", "GR", "HU", "LV"]
    making.make_delivery("union", "14.90", countries, (5, 9))
    for country in countries:
        making.make_rates(country, 22, 10)


# --- Fields by country ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("country", "fields"),
    [
        ("DE", ["street", "extra", "postcode", "city"]),
        ("IT", ["street", "extra", "postcode", "city", "region"]),
        ("ES", ["street", "extra", "postcode", "city", "region"]),
        ("IE", ["street", "extra", "city", "region", "postcode"]),
        ("HU", ["city", "street", "extra", "postcode"]),
        ("XX", ["street", "extra", "postcode", "city"]),
    ],
)
def test_each_country_has_its_fields_in_its_order(country, fields):
    assert list(rules.rules_of(country).fields) == fields


@pytest.mark.parametrize(
    ("country", "typed", "written"),
    [
        ("DE", "D-20459", "20459"),
        ("DE", " 20 459 ", "20459"),
        ("AT", "A 1010", "1010"),
        ("NL", "1012ab", "1012 AB"),
        ("PL", "00950", "00-950"),
        ("PT", "2725 079", "2725-079"),
        ("SE", "se-11455", "114 55"),
        ("GR", "15124", "151 24"),
        ("CZ", "11000", "110 00"),
        ("IE", "d02x285", "D02 X285"),
        ("LV", "1073", "LV-1073"),
        ("LU", "L-4750", "4750"),
    ],
)
def test_a_postcode_is_written_as_its_country_writes_it(country, typed, written):
    found = rules.rules_of(country)

    assert found.normalised(typed) == written
    assert found.normalised(written) == written
    assert found.is_postcode(written)


@pytest.mark.parametrize(
    ("country", "typed"),
    [("DE", "2045"), ("DE", "2045٣"), ("NL", "0012 AB"), ("PL", "9500"), ("IE", "BT1 1AA")],
)
def test_what_cannot_be_a_postcode_is_none(country, typed):
    found = rules.rules_of(country)

    assert not found.is_postcode(found.normalised(typed))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("url", "country", "labels"),
    [
        (EN, "IE", ["Eircode", "County"]),
        (EN, "IT", ["Postcode", "Province"]),
        (DE, "IT", ["Postleitzahl", "Provinz"]),
        (DE, "IE", ["Eircode", "Grafschaft"]),
    ],
)
def test_update_shows_the_fields_of_the_country_and_checks_nothing(
    ben, put, mug, served, url, country, labels
):
    put(ben, mug)

    response = ben.post(url, {"country": country, "name": "Ben", "email": "", "update": "1"})

    page = Page(response)
    assert response.status_code == 200
    assert all(label in page.text for label in labels)
    assert page.problems == []
    assert page.form("").values["name"] == "Ben"
    assert page.form("").values["country"] == country
    assert Cart.objects.get().contact == {}
    offered = [one["value"] for _tag, one in page.elements if one.get("name") == "delivery_method"]
    assert offered == ["union"]


@pytest.mark.django_db
def test_a_province_is_asked_for_where_parcels_need_one(ben, put, mug, served):
    put(ben, mug)
    rome = {"country": "IT", "postcode": "00144", "city": "Roma", "delivery_method": "union"}

    assert problems(send(ben, **rome)) == {"id_region": "Choose the province."}
    assert "id_region" in problems(send(ben, **rome, region="XX"))
    assert send(ben, **rome, region="RM").status_code == 302

    order = order_of(ben)
    address = order.addresses.get(kind=AddressKind.DELIVERY)
    assert (address.postcode, address.region) == ("00144", "RM")


@pytest.mark.django_db
def test_an_irish_address_needs_neither_number_nor_eircode(ben, put, mug, served):
    put(ben, mug)
    home = {"country": "IE", "street": "Rose Cottage", "postcode": "", "city": "Kinsale"}

    assert send(ben, **home, delivery_method="union").status_code == 302


@pytest.mark.django_db
def test_a_postcode_is_kept_as_it_is_printed(ben, put, mug):
    put(ben, mug)

    assert send(ben, country="NL", postcode="1012ab", delivery_method="europe").status_code == 302
    assert Cart.objects.get().contact["postcode"] == "1012 AB"


@pytest.mark.django_db
def test_a_guest_sees_at_most_eight_fields_and_none_for_a_phone(ben, put, mug, served):
    put(ben, mug)
    hidden = ("billing_", "station", "post_number", "csrf", "search", "q", "theme", "next")
    hidden += ("coupon", "homepage")  # folded away; a trap for robots
    for country in ("DE", "IT", "IE", "ES"):
        html = ben.post(EN, {"country": country, "update": "1"})
        seen = {
            one["name"]
            for tag, one in Page(html).elements
            if tag in ("input", "select", "textarea")
            and one.get("name", "csrf") and one.get("type") not in ("hidden", "radio", "checkbox")
            and not one.get("name", "").startswith(hidden)
        }  # fmt: skip
        assert "email" in seen
        assert len(seen) <= 8, seen
        assert "phone" not in seen


@pytest.mark.django_db
def test_in_german_problems_are_named_in_the_title_above_and_at_the_fields(ben, put, mug):
    put(ben, mug)

    response = send(ben, DE, postcode="204", city="")

    page = Page(response)
    assert response.status_code == 422
    assert "<title>Fehler:" in page.html
    assert page.problems == [
        (
            "id_postcode",
            "Diese Postleitzahl passt nicht zum gewählten Land. Richtig ist eine wie 26133.",
        ),
        ("id_city", "Geben Sie den Ort ein."),
    ]
    assert page.field("postcode")["aria-invalid"] == "true"
    assert page.form("").values["postcode"] == "204"


# --- Where nothing goes --------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("country", "postcode", "place"),
    [
        ("DE", "27498", "Heligoland"),
        ("DE", "78266", "Büsingen am Hochrhein"),
        ("ES", "35001", "the Canary Islands"),
        ("ES", "51001", "Ceuta"),
        ("IT", "23041", "Livigno"),
        ("IT", "22061", "Campione d’Italia"),
        ("FI", "22100", "Åland"),
        ("FR", "97100", "overseas France"),
        ("GR", "63086", "Mount Athos"),
        ("IE", "BT1 1AA", "Northern Ireland"),
    ],
)
def test_territories_beyond_the_vat_area_are_refused_by_postcode(
    ben, put, mug, served, country, postcode, place
):
    put(ben, mug)
    method = "standard" if country == "DE" else "union"

    found = problems(send(ben, country=country, postcode=postcode, delivery_method=method))

    assert place in found["id_postcode"]
    assert "id_delivery_method" not in found
    assert Cart.objects.get().contact == {}


@pytest.mark.django_db
def test_a_country_that_staff_refused_can_be_chosen_to_read_why(ben, put, mug):
    put(ben, mug)
    making.make_zone(["CH"], refusal_de="Zoll fällt an.", refusal_en="Customs would be due.")

    assert "Not delivered to" in ben.get(EN).content.decode()
    looked = ben.post(EN, {"country": "CH", "update": "1"})
    found = problems(send(ben, country="CH", postcode="8000"))

    assert "Customs would be due." in Page(looked).text
    assert found == {"id_country": "Customs would be due."}
    assert "Customs would be due." in Page(ben.get("/en/legal/shipping/")).text
    assert "Zoll fällt an." in Page(ben.get("/de/legal/shipping/")).text


@pytest.mark.django_db
def test_goods_that_may_not_be_sent_somewhere_say_so(ben, put, mug):
    put(ben, mug)
    SendingBan.objects.create(
        product=mug.product, countries=["AT"], reason_de="dort verboten.", reason_en="not allowed."
    )

    found = problems(send(ben, country="AT", postcode="1010", delivery_method="europe"))

    assert found == {"id_country": "Mug cannot be sent to Austria: not allowed."}
    assert send(ben).status_code == 302


@pytest.mark.django_db
def test_an_island_has_its_own_fee_and_the_review_shows_it(ben, put, mug):
    put(ben, mug)
    islands = making.make_zone(["DE"], postcodes="18565, 25980-25999", name_en="Islands")
    method = making.DeliveryMethod.objects.get(code="standard")
    making.DeliveryRate.objects.create(method=method, zone=islands, gross="9.90")

    assert send(ben, postcode="25980").status_code == 302

    assert "9.90" in Page(ben.get("/en/checkout/review/")).text
    assert order_of(ben).delivery_gross == making.Decimal("9.90")


# --- Stations ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_packstation_needs_a_post_number_and_no_street(ben, put, mug):
    put(ben, mug)

    assert send(ben, **STATION).status_code == 302

    order = order_of(ben)
    address = order.addresses.get(kind=AddressKind.DELIVERY)
    assert (address.street, address.post_number) == ("Packstation 123", "12345678")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("station_number", ""),
        ("station_number", "12"),
        ("station_number", "abc"),
        ("post_number", ""),
        ("post_number", "12345"),
        ("post_number", "12345678901"),
        ("post_number", "01234567"),
        ("station", "Mond"),
    ],
)
def test_a_station_that_cannot_be_is_refused_at_its_field(ben, put, mug, field, value):
    put(ben, mug)

    found = problems(send(ben, **STATION | {field: value}))

    assert list(found) == [f"id_{field}"]
    assert Cart.objects.get().contact == {}


@pytest.mark.django_db
def test_a_station_is_shown_again_as_it_was_typed(ben, put, mug):
    put(ben, mug)
    send(ben, **STATION)

    form = Page(ben.get(EN)).form("").values

    assert form["to_station"] == "on"
    assert (form["station_number"], form["post_number"]) == ("123", "12345678")
    assert form["street"] == ""


@pytest.mark.django_db
def test_who_writes_a_station_into_the_street_is_told_where_it_belongs(ben, put, mug):
    put(ben, mug)

    found = problems(send(ben, street="Packstation 123"))

    assert "Tick" in found["id_street"]


@pytest.mark.django_db
def test_a_forwarding_agent_goes_to_no_station(ben, put, mug):
    making.make_delivery("agent", "39.00", ["DE"], (5, 8), kind=DeliveryKind.FORWARDING)
    put(ben, mug)

    found = problems(send(ben, **STATION, delivery_method="agent"))

    assert list(found) == ["id_to_station"]


@pytest.mark.django_db
def test_stations_are_asked_for_in_germany_alone(ben, put, mug):
    put(ben, mug)

    page = Page(ben.post(EN, {"country": "AT", "update": "1"}))

    assert "id_to_station" not in page.ids
    assert "id_to_station" in Page(ben.get(EN)).ids


def test_numbers_of_stations():
    assert stations.is_number("101")
    assert not stations.is_number("٣٣٣")
    assert stations.is_post_number("123456")
    assert not stations.is_post_number("12 345 678")


# --- The bill ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_bill_goes_to_the_delivery_address_unless_another_is_given(ben, put, mug):
    put(ben, mug)

    send(ben, billing_name="typed, but the box is not ticked")

    order = order_of(ben)
    bill = order.addresses.get(kind=AddressKind.BILLING)
    assert (bill.name, bill.street) == (CONTACT["name"], CONTACT["street"])


@pytest.mark.django_db
def test_another_address_for_the_bill_is_kept_shown_and_ordered(ben, put, mug):
    put(ben, mug)

    assert send(ben, **BILL).status_code == 302

    form = Page(ben.get(EN)).form("").values
    assert {name: form[name] for name in BILL} == BILL
    review = Page(ben.get("/en/checkout/review/"))
    assert "Quast GmbH" in review.text
    assert "/en/checkout/#billing" in review.links
    order = order_of(ben)
    kinds = {one.kind: one for one in order.addresses.all()}
    assert kinds[AddressKind.BILLING].name == "Quast GmbH"
    assert kinds[AddressKind.DELIVERY].name == CONTACT["name"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("billing_name", ""),
        ("billing_street", ""),
        ("billing_street", "Kai"),
        ("billing_postcode", "204"),
        ("billing_city", ""),
        ("billing_country", "CH"),
        ("billing_country", ""),
    ],
)
def test_what_is_missing_in_the_bill_is_named_at_its_field(ben, put, mug, field, value):
    put(ben, mug)

    found = problems(send(ben, **BILL | {field: value}))

    assert list(found) == [f"id_{field}"]


@pytest.mark.django_db
def test_the_bill_may_go_anywhere_in_the_union(ben, put, mug):
    put(ben, mug)
    rome = BILL | {"billing_country": "IT", "billing_postcode": "00144", "billing_region": "RM"}

    assert send(ben, **rome).status_code == 302


# --- Cards ---------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    "field", ["name", "street", "extra", "city", "billing_name", "billing_street"]
)
def test_the_number_of_a_card_is_refused_in_every_text(ben, put, mug, field):
    put(ben, mug)

    found = problems(send(ben, **BILL | {field: "card 4242 4242 4242 4242 7"}))

    assert found[f"id_{field}"] == "Never enter the number of a card here."
    assert Cart.objects.get().contact == {}


@pytest.mark.parametrize(
    ("text", "is_card"),
    [
        ("4242424242424242", True),
        ("4242-4242-4242-4242", True),
        ("378282246310005", True),
        ("4222222222222", True),
        ("4242424242424241", False),  # wrong check digit
        ("0000000000000000", False),
        ("12345678", False),
        ("20 digits: 42424242424242424242", False),
        ("Hafenstraße 7, 20459 Hamburg", False),
    ],
)
def test_numbers_of_cards_are_told_from_others(text, is_card):
    assert card_numbers.is_in(text) == is_card
    assert (card_numbers.masked(text) != text) == is_card


def test_of_a_masked_number_the_last_digits_stay():
    assert card_numbers.masked("pay 4242 4242 4242 4242 now") == "pay ••••••••4242 now"
