"""The worked tables of docs/algorithms/delivery.md, and what must hold for any goods."""

import datetime
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.law import consignments
from catalog.models import SendingBan
from checkout import delivery, delivery_words
from checkout.models import DeliveryKind, DeliveryMethod, DeliveryRate
from checkout.sending import fees, postcodes
from inventory import working_days
from orders import emails
from orders.models import AddressKind, MailKind, Order, OrderMail
from shop import structured_data
from tests import making
from tests.checkout.conftest import CONTACT
from tests.pages import Page

date = datetime.date
SMALL, LONG, BULKY = {}, {"longest_mm": 1201}, {"bulky_pieces": 2}
MOMENT = datetime.datetime(2026, 11, 24, 8, 0, tzinfo=datetime.UTC)


def look(consignment, *, country="DE", postcode="20459", moment=MOMENT, lead_days=0):
    return delivery.look(
        delivery.rules(),
        consignment,
        country=country,
        postcode=postcode,
        needs_shipping=True,
        lead_days=lead_days,
        moment=moment,
    )


def goods(gross, grams, **more):
    return consignments.Consignment(Decimal(gross), weight_g=grams, **more)


@pytest.fixture
def table(db):
    """Germany and its islands, a parcel and a forwarding agent, as in the document."""
    standard = making.make_delivery(
        "standard", "4.90", ["DE"], (2, 3), free_from=Decimal(60), max_length_mm=1200
    )
    germany = standard.rates.get().zone
    standard.rates.update(up_to_weight_g=5000)
    islands = making.make_zone(
        ["DE"], postcodes="18565, 25980-25999", free_from=Decimal(120), extra_days=1
    )
    for zone, grams, gross in (
        (germany, 31_500, "8.90"),
        (islands, 5000, "9.90"),
        (islands, 31_500, "15.90"),
    ):
        DeliveryRate.objects.create(
            method=standard, zone=zone, up_to_weight_g=grams, gross=Decimal(gross)
        )
    making.make_delivery(
        "agent", "39.00", ["DE"], (5, 8), kind=DeliveryKind.FORWARDING,
        takes_bulky=True, bulky_gross=Decimal(10), max_weight_g=100_000,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("consignment", "postcode", "standard", "missing", "agent"),
    [
        (goods("24.00", 400), "20459", "4.90", "36.00", "39.00"),
        (goods("24.00", 5000), "20459", "4.90", "36.00", "39.00"),
        (goods("24.00", 5001), "20459", "8.90", "36.00", "39.00"),
        (goods("60.00", 5001), "20459", "0.00", None, "39.00"),
        (goods("60.00", 400), "25980", "9.90", "60.00", fees.Reason.NOT_THERE),
        (goods("24.00", 31_501), "20459", fees.Reason.TOO_HEAVY, None, "39.00"),
        (goods("24.00", 2000, **LONG), "20459", fees.Reason.TOO_LARGE, None, "39.00"),
        (goods("900.00", 40_000, **BULKY), "20459", fees.Reason.TOO_HEAVY, None, "59.00"),
        (goods("900.00", 4000, **BULKY), "20459", fees.Reason.BULKY, None, "59.00"),
    ],
)
def test_fees_are_those_of_the_table(table, consignment, postcode, standard, missing, agent):
    outlook = look(consignment, postcode=postcode)

    found = {one.delivery.code: one for one in outlook.offers}
    refused = {one.method.code: one.reason for one in outlook.refused}
    for code, wanted in (("standard", standard), ("agent", agent)):
        if isinstance(wanted, fees.Reason):
            assert refused[code] == wanted
            assert code not in found
        else:
            assert found[code].delivery.gross == Decimal(wanted)
    if "standard" in found:
        assert found["standard"].missing_for_free == (Decimal(missing) if missing else None)


def test_nothing_is_sent_to_heligoland_and_the_reason_is_of_the_postcode(table):
    with translation.override("en"):
        outlook = look(goods("24.00", 400), postcode="27498")

    assert outlook.offers == ()
    assert "Heligoland" in outlook.problem
    assert outlook.is_postcode_wrong


def test_an_excluded_postcode_falls_to_no_zone(table):
    zone = DeliveryRate.objects.filter(zone__postcodes="").first().zone
    zone.other_postcodes = "10*"
    zone.save()

    assert look(goods("24.00", 400), postcode="10115").offers == ()
    assert look(goods("24.00", 400), postcode="20459").offers


@pytest.mark.parametrize(
    ("text", "postcode", "is_in"),
    [
        ("18565", "18565", True),
        ("25849-25870", "25850", True),
        ("25849-25870", "25871", False),
        ("25849-25870", "2585", False),
        ("35*, 38*", "38001", True),
        ("35*", "1350", False),
        ("00-950", "00950", True),
        ("1012 ", "1012 AB", False),
        ("1012*", "1012 ab", True),
        ("", "20459", False),
        ("20459", "", False),
    ],
)
def test_lists_of_postcodes(text, postcode, is_in):
    assert postcodes.fits(text, postcode) == is_in


@pytest.mark.parametrize("text", ["a_b", "30-10", "12--13", "*", "1*2"])
def test_what_is_no_postcode_is_told(text):
    with pytest.raises(postcodes.Unreadable):
        postcodes.check(text)


# --- When it arrives -----------------------------------------------------------------------------


def utc(*parts):
    return datetime.datetime(*parts, tzinfo=datetime.UTC)


SH = working_days.Calendar(days=(2, 3), state="SH")
BY = working_days.Calendar(days=(2, 3), state="BY")


@pytest.mark.parametrize(
    ("moment", "lead_days", "calendar", "country", "window"),
    [
        (utc(2026, 11, 24, 12, 59, 59), 0, SH, "DE", (date(2026, 11, 26), date(2026, 11, 27))),
        (utc(2026, 11, 24, 13, 0), 0, SH, "DE", (date(2026, 11, 27), date(2026, 11, 30))),
        # The hour from two to three comes twice on that Sunday.
        (utc(2026, 10, 25, 0, 30), 0, SH, "DE", (date(2026, 10, 28), date(2026, 10, 29))),
        (utc(2026, 10, 25, 1, 30), 0, SH, "DE", (date(2026, 10, 28), date(2026, 10, 29))),
        # Reformation Day is kept in Schleswig-Holstein, not in Bavaria; carriers drive.
        (utc(2025, 10, 30, 14, 0), 0, SH, "DE", (date(2025, 11, 5), date(2025, 11, 6))),
        (utc(2025, 10, 30, 14, 0), 0, BY, "DE", (date(2025, 11, 4), date(2025, 11, 5))),
        (utc(2026, 12, 23, 9, 0), 0, SH, "DE", (date(2026, 12, 28), date(2026, 12, 29))),
        (utc(2026, 12, 23, 9, 0), 3, SH, "DE", (date(2026, 12, 31), date(2027, 1, 4))),
        # The Immaculate Conception, in Austria.
        (utc(2026, 12, 7, 9, 0), 0, SH, "AT", (date(2026, 12, 10), date(2026, 12, 11))),
        (utc(2026, 12, 7, 9, 0), 0, SH, "DE", (date(2026, 12, 9), date(2026, 12, 10))),
        (utc(2027, 3, 25, 9, 0), 0, SH, "DE", (date(2027, 3, 31), date(2027, 4, 1))),
    ],
)
def test_windows_are_those_of_the_table(moment, lead_days, calendar, country, window):
    found = working_days.arrival(moment, lead_days=lead_days, calendar=calendar, country=country)

    assert found == window


def test_saturdays_count_where_the_method_says_so():
    friday = utc(2026, 11, 27, 9, 0)
    express = working_days.Calendar(days=(1, 1), brings_on_saturday=True)

    assert working_days.arrival(friday, lead_days=0, calendar=express)[0] == date(2026, 11, 28)


def test_an_island_takes_a_day_longer(table):
    main, island = (
        look(goods("24.00", 400), postcode=code).offers[0].delivery for code in ("20459", "25980")
    )

    assert (main.earliest, main.latest) == (date(2026, 11, 26), date(2026, 11, 27))
    assert (island.earliest, island.latest) == (date(2026, 11, 27), date(2026, 11, 30))


# --- Machines ------------------------------------------------------------------------------------

sent = st.builds(
    consignments.Consignment,
    goods_gross=st.decimals(0, 200, places=2),
    weight_g=st.integers(0, 120_000),
    bulky_pieces=st.integers(0, 2),
    longest_mm=st.integers(0, 1500),
    bans=st.sampled_from(
        [(), (consignments.Ban("x", frozenset({"DE"}), ""),)],
    ),
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(consignment=sent)
def test_machines_are_told_what_the_checkout_would_ask(table, consignment):
    rules = delivery.rules()
    outlook = delivery.look(
        rules, consignment, country="DE", needs_shipping=True, lead_days=0, moment=MOMENT
    )

    told = structured_data.delivery_terms(rules, consignment)

    asked = [one.delivery.gross for one in outlook.offers]
    assert [(one.gross, one.countries) for one in told] == (
        [(min(asked), ("DE",))] if asked else []
    )
    arrival = delivery.arrival_of_cheapest(rules, consignment, lead_days=0, moment=MOMENT)
    cheapest = min(outlook.offers, key=lambda one: one.delivery.gross, default=None)
    assert arrival == ((cheapest.delivery.earliest, cheapest.delivery.latest) if cheapest else None)


@pytest.mark.django_db
def test_a_bulky_variant_is_told_with_the_agent_on_its_page_and_in_its_data(ben, table, warehouse):
    product = making.make_product("sofa", name_en="Sofa")
    variant = making.make_variant(product, gross="900.00", is_bulky=True, weight_g=40_000)
    making.put_in_stock(variant, 3, warehouse)

    html = Page(ben.get("/en/p/sofa/")).html

    assert '"value":"49.00"' in html.replace(" ", "")
    assert "parcel-agent" in html
    SendingBan.objects.create(product=product, countries=["DE"], reason_de="nein.", reason_en="no.")
    product.revision += 1
    product.save(update_fields=["revision"])
    assert "OfferShippingDetails" not in Page(ben.get("/en/p/sofa/")).html


# --- Pick-up -------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_pick_up_costs_nothing_and_is_said_everywhere(ben, put, mug):
    making.make_delivery("shop", "0.00", [], (0, 0), kind=DeliveryKind.PICKUP)
    put(ben, mug)

    page = Page(ben.get("/en/checkout/"))
    taken = ben.post("/en/checkout/", CONTACT | {"delivery_method": "shop"})
    review = Page(ben.get("/en/checkout/review/"))
    placed = ben.post("/en/checkout/place/", review.form("/en/checkout/place/").values)

    assert taken.status_code == 302
    for seen in (page, review):
        assert "shop-shop, Kai 1, 20457 Hamburg" in seen.text
        assert "Ready from" in seen.text
    assert "For the bill: you pick up the goods." in review.text
    assert placed.status_code == 303
    order = Order.objects.get()
    assert order.is_pickup
    assert order.delivery_gross == 0
    assert (order.terms_version, order.withdrawal_version) == ("2026-11", "2026-11")
    where = order.addresses.get(kind=AddressKind.DELIVERY)
    assert (where.name, where.street, where.country) == ("shop-shop", "Kai 1", "DE")
    assert order.addresses.get(kind=AddressKind.BILLING).name == CONTACT["name"]
    mail = _mail_of(order)
    assert "Picked up at" in mail
    assert "ready from" in mail
    assert f"Hello {CONTACT['name']}" in mail


def _mail_of(order):
    row = OrderMail(order=order, kind=MailKind.CONFIRMATION, address=order.email, language="en")
    return emails.build(row).body


@pytest.mark.django_db
def test_the_cart_quotes_the_fee_of_a_delivery_not_the_pick_up_that_costs_nothing(ben, put, mug):
    making.make_delivery("shop", "0.00", [], (0, 0), kind=DeliveryKind.PICKUP)
    put(ben, mug)

    assert "Delivery from €4.90" in Page(ben.get("/en/cart/")).text


@pytest.mark.django_db
def test_a_pick_up_is_open_to_addresses_where_nothing_goes(ben, put, mug):
    making.make_delivery("shop", "0.00", [], (0, 0), kind=DeliveryKind.PICKUP)
    put(ben, mug)

    there = CONTACT | {"postcode": "27498", "delivery_method": "shop"}

    assert ben.post("/en/checkout/", there).status_code == 302


@pytest.mark.django_db
def test_the_page_of_delivery_lists_steps_islands_and_the_place(table, client):
    making.make_delivery("shop", "0.00", [], (0, 0), kind=DeliveryKind.PICKUP)
    DeliveryMethod.objects.filter(code="standard").update(name_en="Parcel")

    rows = delivery_words.table()
    text = Page(client.get("/en/legal/shipping/")).text

    assert len(rows) == 4
    for words in (
        "up to 5 kg: €4.90; up to 31.5 kg: €8.90",
        "plus €10.00 for each bulky piece",
        "3–4 working days",
        "Kai 1, 20457 Hamburg",
    ):
        assert words in text
