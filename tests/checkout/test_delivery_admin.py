"""Zones to deliver to, ways of delivery, rates: kept by staff."""

import datetime
from decimal import Decimal

import pytest

from catalog import categories
from checkout.models import DeliveryMethod, DeliveryRate, DeliveryZone
from tests import backoffice, making

METHODS = "/admin/checkout/deliverymethod/"
ZONES = "/admin/checkout/deliveryzone/"
METHOD = {
    "code": "express",
    "name_de": "Express",
    "name_en": "Express",
    "kind": "parcel",
    "min_days": "1",
    "max_days": "2",
    "cut_off": "12:30",
    "state": "SH",
    "bulky_gross": "0",
    "is_active": "on",
    "position": "5",
    "rates-TOTAL_FORMS": "0",
    "rates-INITIAL_FORMS": "0",
}
ZONE = {
    "code": "alps",
    "name_de": "Alpen",
    "name_en": "The Alps",
    "countries": "de, at DE",
    "postcodes": "",
    "other_postcodes": "",
    "free_from": "80",
    "extra_days": "1",
    "refusal_de": "",
    "refusal_en": "",
    "position": "3",
}


@pytest.fixture
def desk(sam):
    return backoffice.Desk(sam)


def with_rate(zone, **step):
    values = {"zone": zone.pk, "up_to_weight_g": "", "from_goods": "0", "gross": "12.50"} | step
    rows = {f"rates-0-{name}": value for name, value in values.items()}
    return METHOD | rows | {"rates-TOTAL_FORMS": "1"}


def test_every_page_opens(desk, rules):
    for model, base in ((DeliveryMethod, METHODS), (DeliveryZone, ZONES)):
        desk.get(base + "?q=e")
        desk.get(f"{base}add/")
        desk.get(f"{base}{model.objects.first().pk}/change/")


def test_a_way_of_delivery_is_offered_and_the_caches_are_told(desk, db):
    zone, before = making.make_zone(["DE"]), categories.version()

    response = desk.post(f"{METHODS}add/", **with_rate(zone, up_to_weight_g="5000"))

    method = DeliveryMethod.objects.get(code="express")
    assert response.status_code == 302
    assert (method.cut_off, method.state) == (datetime.time(12, 30), "SH")
    rate = method.rates.get()
    assert (rate.zone, rate.up_to_weight_g, rate.gross) == (zone, 5000, Decimal("12.50"))
    assert categories.version() > before


def test_a_zone_is_kept_and_the_caches_are_told(desk, db):
    before = categories.version()

    response = desk.post(f"{ZONES}add/", **ZONE)

    zone = DeliveryZone.objects.get(code="alps")
    assert response.status_code == 302
    assert zone.countries == ["DE", "AT"]
    assert (zone.free_from, zone.extra_days) == (Decimal(80), 1)
    assert categories.version() > before


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"min_days": "5"}, "max_days"),
        ({"max_days": "-1"}, "max_days"),
        ({"name_en": ""}, "name_en"),
        ({"kind": "drone"}, "kind"),
        ({"kind": "pickup"}, "pickup_location"),
        ({"cut_off": "noon"}, "cut_off"),
        ({"state": "XX"}, "state"),
        ({"bulky_gross": "-1"}, "bulky_gross"),
        ({"max_weight_g": "heavy"}, "max_weight_g"),
    ],
)
def test_impossible_ways_of_delivery_are_refused_at_their_field(desk, db, changes, field):
    response = desk.post(f"{METHODS}add/", **(METHOD | changes))

    assert response.status_code == 200
    assert field in backoffice.errors(response)
    assert not DeliveryMethod.objects.exists()


@pytest.mark.parametrize("step", [{"gross": "-1"}, {"gross": "cheap"}, {"from_goods": "-5"}])
def test_impossible_rates_are_refused(desk, db, step):
    response = desk.post(f"{METHODS}add/", **with_rate(making.make_zone(["DE"]), **step))

    assert response.status_code == 200
    assert not DeliveryMethod.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"countries": "DE, XX"}, "countries"),
        ({"countries": ""}, "countries"),
        ({"countries": "CH"}, "countries"),  # outside of the EU, and no word why
        ({"free_from": "-1"}, "free_from"),
        ({"postcodes": "18565, a_l"}, "postcodes"),
        ({"postcodes": "30-10"}, "postcodes"),
        ({"refusal_de": "Zu weit."}, "refusal_en"),
    ],
)
def test_impossible_zones_are_refused_at_their_field(desk, db, changes, field):
    response = desk.post(f"{ZONES}add/", **(ZONE | changes))

    assert response.status_code == 200
    assert field in backoffice.errors(response)
    assert not DeliveryZone.objects.exists()


def test_a_country_outside_of_the_union_is_a_zone_with_a_reason(desk, db):
    refusal = {"countries": "CH", "refusal_de": "Zoll fällt an.", "refusal_en": "Customs are due."}

    assert desk.post(f"{ZONES}add/", **(ZONE | refusal)).status_code == 302
    assert DeliveryZone.objects.get().is_refused


def test_the_code_stays_what_orders_call_it(desk, rules):
    method = DeliveryMethod.objects.order_by("pk").first()

    desk.save(f"{METHODS}{method.pk}/change/", code="other", position="9")

    after = DeliveryMethod.objects.get(pk=method.pk)
    assert (after.code, after.position) == (method.code, 9)


def test_a_zone_with_rates_is_not_deleted(desk, rules):
    zone = DeliveryZone.objects.order_by("pk").first()

    desk.post(f"{ZONES}{zone.pk}/delete/", post="yes")

    assert DeliveryZone.objects.filter(pk=zone.pk).exists()
    assert DeliveryRate.objects.filter(zone=zone).exists()


def test_a_clerk_changes_but_deletes_nothing(rules):
    desk = backoffice.Desk(backoffice.clerk("checkout"))
    method = DeliveryMethod.objects.order_by("pk").first()

    assert desk.save(f"{METHODS}{method.pk}/change/", position="9").status_code == 302
    assert desk.post(f"{METHODS}{method.pk}/delete/", post="yes").status_code == 403
    assert DeliveryMethod.objects.filter(pk=method.pk).exists()


TRIAL = {
    "goods_gross": "24.00",
    "weight_g": "400",
    "bulky_pieces": "0",
    "longest_mm": "0",
    "girth_mm": "0",
    "lead_days": "0",
    "country": "de",
    "postcode": "20459",
    "moment": "2026-11-24T09:00",
}


def test_staff_try_what_would_be_on_offer(desk, rules):
    assert f"{METHODS}trial/" in desk.text(METHODS)
    desk.get(f"{METHODS}trial/")

    answer = desk.post(f"{METHODS}trial/", **TRIAL)

    result = answer.context["result"]
    assert [(one["name"], one["fee"]) for one in result["offers"]] == [
        ("Lieferung standard", "4,90\xa0€"),
        ("Lieferung express", "12,90\xa0€"),
    ]
    assert "Do., 26. Nov." in result["offers"][0]["arrival"]
    assert [one["name"] for one in result["refused"]] == ["Lieferung europe"]


def test_a_trial_says_why_nothing_goes_there(desk, rules):
    island = desk.post(f"{METHODS}trial/", **TRIAL | {"postcode": "27498"})
    nowhere = desk.post(f"{METHODS}trial/", **TRIAL | {"country": "QQ"})

    assert "Helgoland" in island.context["result"]["problem"]
    assert nowhere.status_code == 422
    assert "country" in nowhere.context["form"].errors
