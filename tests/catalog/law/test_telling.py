"""Fibres, food, batteries and guarantees in words."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import translation

from catalog.law import devices, fibres, foods, guarantees
from catalog.models import Device, FibreShare, Food, Guarantee, Product, Variant
from catalog.products import copies
from shop.kit import clock
from tests.catalog.law.goods import make_complete
from tests.making import NOON, make_product, make_variant

GUARANTEE = {
    "brand": "Lichtwerk",
    "model_identifier": "LW-1",
    "months": 60,
    "covers_whole_product": True,
    "is_free": True,
    "guarantor_name": "Lichtwerk GmbH",
    "guarantor_address": "Kai 1, 23552 Lübeck",
    "terms_de": "Fünf Jahre.",
    "terms_en": "Five years.",
}
FOOD = {
    "designation_de": "Nussmus",
    "designation_en": "Nut spread",
    "ingredients_de": "*Haselnüsse* (60 %), Zucker, *Milch*pulver",
    "ingredients_en": "*Hazelnuts* (60%), sugar, *milk* powder",
    "operator_name": "Mühle & Söhne",
    "operator_address": "Weg 1, 24103 Kiel",
    "origin_de": "Türkei",
    "origin_en": "Turkey",
    "energy_kj": 2500,
    "energy_kcal": 600,
    "fat": "45",
    "saturates": "4.5",
    "carbohydrate": "40",
    "sugars": "38",
    "protein": "9",
    "salt": "0.05",
}


def test_fibres_stand_by_part_with_the_largest_first_and_others_last():
    shares = [
        ("lining", "polyester", 100),
        ("outer", "other", 60),
        ("outer", "elastane", 2),
        ("outer", "cotton", 38),
    ]

    with translation.override("de"):
        german = fibres.lines(shares)

    assert german == [
        "Oberstoff: 38\xa0% Baumwolle, 2\xa0% Elasthan, 60\xa0% sonstige Fasern",
        "Futter: 100\xa0% Polyester",
    ]
    assert fibres.lines([("whole", "virgin_wool", 100)]) == ["100% virgin wool"]


@pytest.mark.django_db
def test_the_database_refuses_parts_that_do_not_add_up():
    product = make_product()

    with transaction.atomic():
        FibreShare.objects.create(product=product, fibre="cotton", percent=98)
        FibreShare.objects.create(product=product, fibre="elastane", percent=2)
        FibreShare.objects.create(product=product, part="lining", fibre="silk", percent=100)
        connection.check_constraints()
    with transaction.atomic():
        FibreShare.objects.filter(fibre="elastane").delete()
        with pytest.raises(IntegrityError, match="whole: 98"):
            connection.check_constraints()
        transaction.set_rollback(True)

    assert FibreShare.objects.count() == 3
    product.delete()
    connection.check_constraints()
    assert not FibreShare.objects.exists()


def test_sums_other_than_a_hundred_are_named():
    assert fibres.wrong_sums([("outer", 60), ("outer", 39), ("lining", 100)]) == {"outer": 99}


def test_allergens_stand_out_and_a_loose_star_is_noticed():
    found = foods.spans("Zucker, *Milch*pulver")

    assert [(one.text, one.is_allergen) for one in found] == [
        ("Zucker, ", False),
        ("Milch", True),
        ("pulver", False),
    ]
    assert foods.has_loose_star("*Milch, Zucker")
    assert not foods.has_loose_star("*Milch*, *Ei*")


@pytest.mark.django_db
def test_the_page_of_a_food_says_all_that_article_14_asks_for(ben):
    variant = make_variant(
        make_product("nussmus"), content_amount=Decimal(250), content_unit="g", gross="4.99"
    )
    Food.objects.create(product=variant.product, alcohol_percent="1.2", **FOOD)

    html = ben.get("/de/p/nussmus/").content.decode()

    for text in (
        "<strong>Haselnüsse</strong> (60 %), Zucker, <strong>Milch</strong>pulver",
        "<dd>250 g</dd>",
        "Nussmus",
        "Türkei",
        "Mühle &amp; Söhne, Weg 1, 24103 Kiel",
        "Nährwertdeklaration je 100 g",
        "2500 kJ / 600 kcal",
        "<td>0,05 g</td>",
        "davon gesättigte Fettsäuren",
    ):
        assert text in html, text
    assert "% vol" not in html
    Food.objects.update(alcohol_percent="5.5")
    Product.objects.update(revision=9)
    assert "5,5 % vol" in ben.get("/de/p/nussmus/").content.decode()


@pytest.mark.parametrize(
    ("place", "text"),
    [("separate", "Comes with"), ("removable", "you can take out"), ("fixed", "professionals")],
)
def test_notes_on_batteries_follow_from_typed_facts(place, text):
    device = Device(battery_kind="lithium_ion", battery_place=place, hazard_symbol="Cd")

    battery, old = devices.notes(device)

    assert text in battery["text"]
    assert "lithium-ion battery" in battery["text"]
    assert "Cd: cadmium" in battery["text"]
    assert battery["url"].endswith("/legal/batteries-packaging/#batteries")
    assert old["url"].endswith("#devices")
    assert devices.notes(Device(is_electrical=False)) == []


@pytest.mark.django_db
def test_the_anchors_of_the_notes_exist(ben):
    for code in ("de", "en"):
        html = ben.get(f"/{code}/legal/batteries-packaging/").content.decode()
        assert 'id="batteries"' in html
        assert 'id="devices"' in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        {"months": 24},
        {"months": 31},
        {"covers_whole_product": False},
        {"is_free": False},
        {"brand": ""},
        {"model_identifier": ""},
        {"guarantor_address": ""},
        {"terms_en": ""},
    ],
)
def test_half_a_guarantee_cannot_be_saved(change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Guarantee.objects.create(product=make_product(), **GUARANTEE | change)


def test_the_duration_is_told_in_years_and_halves():
    assert [guarantees.duration(months) for months in (30, 36, 60)] == [
        "2.5 years",
        "3 years",
        "5 years",
    ]
    with translation.override("de"):
        assert guarantees.duration(30) == "2,5 Jahre"


@pytest.mark.django_db
def test_a_guarantee_is_told_from_the_page_to_the_cart(mug, ben):
    Guarantee.objects.create(product=mug.product, **GUARANTEE)
    FibreShare.objects.create(product=mug.product, fibre="cotton", percent=100)

    page = ben.get(f"/en/p/{mug.product.slug}/").content.decode()
    ben.post("/en/cart/lines/", {"variant": mug.pk, "quantity": "1"})
    cart = ben.get("/en/cart/").content.decode()

    assert "5 years guarantee of durability by the producer" in page
    assert "Five years." in page
    assert "Lichtwerk GmbH, Kai 1, 23552 Lübeck" in page
    for text in ("5 years guarantee of durability", "model LW-1", "100% cotton"):
        assert text in cart


@pytest.mark.django_db
def test_a_product_without_special_laws_shows_none_of_their_blocks(client: Client):
    product = make_complete()
    product.status, product.published_at = "active", product.created_at
    product.save()

    html = client.get(f"/en/p/{product.slug}/").content.decode()

    for text in ("Fibre content", "About the food", "guarantee of durability", "deposit"):
        assert text not in html
    assert Variant.objects.get().deposit == 0


@pytest.mark.django_db
def test_a_copy_takes_along_what_the_law_wants_known():
    product = make_complete()
    FibreShare.objects.create(product=product, fibre="silk", percent=100)
    Food.objects.create(product=product, **FOOD)
    Device.objects.create(product=product, battery_kind="button", battery_place="fixed")
    Guarantee.objects.create(product=product, **GUARANTEE)
    Product.objects.filter(pk=product.pk).update(publish_problem="late", unpublish_at=NOON)

    copy = copies.duplicate(product, moment=clock.now())

    copy.refresh_from_db()
    assert (copy.publish_problem, copy.unpublish_at) == ("", None)
    assert copy.fibre_shares.get().fibre == "silk"
    assert (copy.food.origin_en, copy.device.battery_kind) == ("Turkey", "button")
    assert copy.guarantee.months == 60
    assert product.fibre_shares.count() == 1
