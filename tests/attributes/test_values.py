"""Saying what goods have, reading it as a table, and asking for what is missing."""

import datetime
from decimal import Decimal

import pytest

from catalog import attributes, product_facts, products
from catalog.attributes import completeness, reading
from catalog.models import (
    AttributeValue,
    Option,
    Product,
    SearchDocument,
    TypeAttribute,
)
from catalog.products import copies
from shop.kit import clock
from tests import making
from tests.attributes.conftest import make_attribute


def rows(product, language="en", variant=0):
    tables = reading.specifications([product], language)[product.pk]
    return [(row.label, row.value) for row in tables.get(variant, tables[0])]


def values(product):
    return AttributeValue.objects.filter(product=product).count()


def revision(product):
    return Product.objects.get(pk=product.pk).revision


def test_each_kind_is_said_and_read_in_both_languages(
    mug, material, rooms, width, dishwasher, note, since
):
    product = mug.product

    attributes.set_value(product, material, "stoneware")
    attributes.set_value(product, rooms, ["Küche", "bath"])
    attributes.set_value(product, width, "0,085 m")
    attributes.set_value(product, dishwasher, "ja")
    attributes.set_value(product, note, {"de": "Rauch", "en": "smoke"})
    attributes.set_value(product, since, "24.12.2025")

    assert rows(product, "de") == [
        ("Material", "Steinzeug"),
        ("Breite", "8,5\u00a0cm"),
        ("Spülmaschinenfest", "Ja"),
        ("Räume", "Bad, Küche"),
        ("Aroma", "Rauch"),
        ("Seit", "24. Dezember 2025"),
    ]
    assert rows(product, "en") == [
        ("Material", "Stoneware"),
        ("Width", "8.5\u00a0cm"),
        ("Dishwasher-safe", "Yes"),
        ("Rooms", "Bathroom, Kitchen"),
        ("Notes", "smoke"),
        ("Since", "December 24, 2025"),
    ]


def test_a_new_value_takes_the_place_of_the_old_one_and_touches_once(mug, material, rooms):
    product = mug.product
    before = revision(product)

    assert attributes.set_value(product, material, "stoneware")
    assert attributes.set_value(product, material, "oak")
    assert not attributes.set_value(product, material, "Eiche")
    assert attributes.set_value(product, rooms, ["bath", "kitchen"])
    assert attributes.set_value(product, rooms, ["kitchen"])

    assert rows(product) == [("Material", "Oak"), ("Rooms", "Kitchen")]
    assert revision(product) == before + 4
    assert attributes.clear(product, material)
    assert not attributes.clear(product, material)
    assert rows(product) == [("Rooms", "Kitchen")]
    assert revision(product) == before + 5


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("material", "clay", "“Material” has no choice “clay”."),
        ("material", ["oak", "stoneware"], "“Material” has one value only."),
        ("rooms", ["bath", "attic"], "“Rooms” has no choice “attic”."),
        ("width", "3 kg", "“kg” cannot be converted to cm."),
        ("width", True, "“True” is not a number."),
        ("dishwasher", "maybe", "neither yes nor no"),
        ("note", "x" * 501, "at most 500 characters"),
        ("since", "31.02.2026", "not a date like"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_changed(request, mug, name, value, why):
    attribute = request.getfixturevalue(name)
    before = revision(mug.product)

    with pytest.raises(attributes.Wrong, match=why):
        attributes.set_value(mug.product, attribute, value)

    assert values(mug.product) == 0
    assert revision(mug.product) == before


def test_a_choice_of_another_attribute_is_refused(mug, material, rooms):
    with pytest.raises(attributes.Wrong):
        attributes.set_value(mug.product, material, rooms.choices.first())

    assert values(mug.product) == 0


def test_numbers_dates_and_yes_come_as_python_has_them(mug, width, dishwasher, since):
    attributes.set_value(mug.product, width, Decimal("8.5"))
    attributes.set_value(mug.product, dishwasher, False)
    attributes.set_value(mug.product, since, datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC))

    assert rows(mug.product) == [
        ("Width", "8.5\u00a0cm"),
        ("Dishwasher-safe", "No"),
        ("Since", "January 2, 2026"),
    ]


def test_what_a_variant_says_stands_instead_of_the_product(mug, width, material):
    product = mug.product
    large = making.make_variant(product)

    attributes.set_value(product, width, 8)
    attributes.set_value(product, material, "oak")
    attributes.set_value(product, width, 12, variant=large)

    assert rows(product) == [("Material", "Oak"), ("Width", "8\u00a0cm")]
    assert rows(product, variant=large.pk) == [("Material", "Oak"), ("Width", "12\u00a0cm")]
    assert rows(product, variant=mug.pk) == rows(product)
    attributes.clear(product, width)
    assert rows(product) == [("Material", "Oak")]
    assert rows(product, variant=large.pk)[1] == ("Width", "12\u00a0cm")


def test_the_type_gives_the_order_and_free_rows_follow_without_double_labels(
    mug, cups, material, width, note
):
    product = mug.product
    product.product_type = cups
    product.specifications_en = [["MATERIAL ", "clay"], ["Made in", "Kiel"]]
    product.save()

    attributes.set_value(product, note, "smoke")
    attributes.set_value(product, material, "oak")
    attributes.set_value(product, width, 8)

    assert [label for label, _value in rows(product)] == ["Width", "Material", "Notes", "Made in"]


def test_what_is_not_for_the_table_is_not_in_it(mug, material):
    attributes.set_value(mug.product, material, "oak")
    material.is_shown = False
    material.save()

    assert rows(mug.product) == []


def test_the_page_shows_the_table_of_the_chosen_variant(client, mug, width, dishwasher):
    large = making.make_variant(mug.product, sku="MUG-2")
    attributes.set_value(mug.product, dishwasher, True)
    attributes.set_value(mug.product, width, 12, variant=large)
    url = f"/en{mug.product.get_absolute_url().removeprefix('/en').removeprefix('/de')}"

    page = client.get(url).content.decode()
    page_of_large = client.get(f"{url}?variant=MUG-2").content.decode()

    assert "<dt>Dishwasher-safe</dt><dd>Yes</dd>" in page
    assert "Width" not in page
    assert "<dt>Width</dt><dd>12\u00a0cm</dd>" in page_of_large


def test_the_facts_of_a_page_are_kept_per_revision(mug, width, django_assert_num_queries):
    attributes.set_value(mug.product, width, 12)
    product_facts.of(mug.product_id, revision(mug.product))

    with django_assert_num_queries(0):
        product_facts.of(mug.product_id, mug.product.revision + 1)


def test_many_products_are_read_in_one_statement(width, material, django_assert_num_queries):
    goods = [making.make_product() for _number in range(10)]
    for product in goods:
        attributes.set_value(product, width, 3)
        attributes.set_value(product, material, "oak")

    with django_assert_num_queries(1):
        tables = reading.specifications(goods, "de")

    assert len(tables) == 10
    assert all(len(table[0]) == 2 for table in tables.values())


def test_what_is_missing_is_said_per_field(mug, cups, material, width):
    product = mug.product
    assert not [one for one in products.missing(product, making.NOON) if "attribute" in one]
    product.product_type = cups
    product.save()

    wanted = products.missing(product, making.NOON)

    assert wanted["attribute_width"] == "Say “Width”: the type “Cups” requires it."
    assert wanted["attribute_material"] == "Say “Material”: the type “Cups” requires it."
    assert "attribute_dishwasher" not in wanted
    assert completeness.of([product])[product.pk].text == "0 of 3 attributes filled"


def test_every_variant_for_sale_needs_what_is_said_per_variant(mug, cups, material, width):
    product = mug.product
    product.product_type = cups
    product.save()
    large = making.make_variant(product)
    making.make_variant(product, is_active=False)
    attributes.set_value(product, material, "oak")

    attributes.set_value(product, width, 8, variant=mug)
    assert list(completeness.missing(product)) == ["attribute_width"]
    attributes.set_value(product, width, 12, variant=large)

    assert completeness.missing(product) == {}
    assert completeness.of([product])[product.pk].text == "2 of 3 attributes filled"


def test_an_option_of_the_product_says_it_too(mug, cups, width):
    product = mug.product
    product.product_type = cups
    product.save()

    Option.objects.create(product=product, code="width", attribute=width)

    assert list(completeness.missing(product)) == ["attribute_material"]


def test_how_complete_many_are_costs_four_statements(cups, django_assert_num_queries):
    goods = [making.make_product(product_type=cups) for _number in range(5)]

    with django_assert_num_queries(4):
        known = completeness.of(goods)

    assert {one.total for one in known.values()} == {3}


def test_a_product_without_what_its_type_requires_does_not_go_live(mug, cups):
    product = mug.product
    product.product_type = cups
    product.status = "draft"
    product.save()

    with pytest.raises(products.NotReady) as problem:
        products.publish(product, moment=making.NOON)

    assert {"attribute_width", "attribute_material"} <= set(problem.value.missing)
    product.refresh_from_db()
    assert product.status == "draft"


def test_the_search_reads_values_but_not_what_goods_lack(mug, material, width, dishwasher, rooms):
    product = mug.product
    gold = make_attribute("gold", "boolean", "Goldrand", "Gold rim")
    attributes.set_value(product, material, "stoneware")
    attributes.set_value(product, width, 12, variant=mug)
    attributes.set_value(product, dishwasher, True)
    attributes.set_value(product, gold, False)

    products.search_index.reindex([product.pk])

    words = set(SearchDocument.objects.get(product=product, language="de").words.split())
    assert {"steinzeug", "spülmaschinenfest", "breite", "12"} <= words
    assert not {"goldrand", "ja", "nein"} & words


def test_types_ask_for_an_attribute_once_only_where_they_name_it(mug, cups, material):
    TypeAttribute.objects.filter(attribute=material).delete()
    mug.product.product_type = cups

    assert list(completeness.missing(mug.product)) == ["attribute_width"]


def test_a_copy_has_the_same_values_on_its_own_variants(mug, cups, material, width):
    product = mug.product
    product.product_type = cups
    product.save()
    attributes.set_value(product, material, "oak")
    attributes.set_value(product, width, 12, variant=mug)

    copy = copies.duplicate(product, moment=clock.now())

    twin = copy.variants.get()
    assert copy.product_type == cups
    assert rows(copy) == [("Material", "Oak")]
    assert rows(copy, variant=twin.pk) == [("Width", "12\u00a0cm"), ("Material", "Oak")]
    assert values(product) == 2
