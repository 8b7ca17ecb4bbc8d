"""Staff keep types, attributes and choices, and say what each product has."""

import pytest
from django.urls import reverse

from catalog import attributes
from catalog.attributes import reading
from catalog.models import Attribute, AttributeChoice, Option, Product, ProductType
from tests import backoffice
from tests.attributes.conftest import make_attribute, make_choice


@pytest.fixture
def desk(sam):
    sam.language = "en"
    sam.save()
    return backoffice.Desk(sam)


@pytest.fixture
def cup(mug, cups):
    mug.product.product_type = cups
    mug.product.save()
    return mug.product


def page_of(row):
    name = f"admin:catalog_{row._meta.model_name}_change"
    return reverse(name, args=[row.pk])


def rows(product, variant=0):
    tables = reading.specifications([product], "en")[product.pk]
    return [(row.label, row.value) for row in tables.get(variant, tables[0])]


def revision(product):
    return Product.objects.get(pk=product.pk).revision


def field(attribute, language=""):
    return f"typed_{attribute.pk}{language}"


def test_a_type_brings_its_attributes_onto_the_page_of_the_product(desk, mug, cups, width):
    before = desk.text(page_of(mug.product))
    assert "its attributes appear here" in before or "erscheinen hier" in before
    assert field(width) not in before

    response = desk.save(page_of(mug.product), product_type=str(cups.pk))

    assert response.status_code == 302, backoffice.errors(response)
    after = desk.text(page_of(mug.product))
    assert f'name="{field(width)}"' in after
    assert "0 of 3 attributes filled" in after or "0 von 3 Merkmalen ausgefüllt" in after


def test_each_kind_has_a_field_that_is_saved(
    desk, cup, cups, material, rooms, width, dishwasher, note, since
):
    tint = make_attribute("tint", "swatch", "Farbe", "Colour")
    blue = make_choice(tint, "blue", "Blau", "Blue", swatch="#0000aa")
    for number, attribute in enumerate((rooms, note, since, tint)):
        cups.type_attributes.create(attribute=attribute, position=9 + number)
    kitchen, bath = rooms.choices.get(code="kitchen"), rooms.choices.get(code="bath")
    before = revision(cup)

    response = desk.save(
        page_of(cup),
        **{
            field(material): str(material.choices.get(code="oak").pk),
            field(rooms): [str(kitchen.pk), str(bath.pk)],
            field(width): "0,085 m",
            field(dishwasher): "false",
            field(note, "_de"): "Rauch",
            field(note, "_en"): "smoke",
            field(since): "2026-01-02",
            field(tint): str(blue.pk),
        },
    )

    assert response.status_code == 302, backoffice.errors(response)
    assert rows(cup) == [
        ("Width", "8.5\u00a0cm"),
        ("Material", "Oak"),
        ("Dishwasher-safe", "No"),
        ("Rooms", "Bathroom, Kitchen"),
        ("Notes", "smoke"),
        ("Since", "January 2, 2026"),
        ("Colour", "Blue"),
    ]
    assert revision(cup) > before
    assert 'fill="#0000aa"' in desk.text(page_of(cup))
    assert "style=" not in desk.text(page_of(cup)).split('fill="#0000aa"')[0][-200:]


def test_saving_without_a_change_changes_no_value(desk, cup, material, width, dishwasher):
    attributes.set_value(cup, material, "oak")
    attributes.set_value(cup, width, "1.2345")
    attributes.set_value(cup, dishwasher, True)
    keys = set(cup.attribute_values.values_list("pk", flat=True))

    response = desk.save(page_of(cup))

    assert response.status_code == 302, backoffice.errors(response)
    assert set(cup.attribute_values.values_list("pk", flat=True)) == keys


def test_an_empty_field_takes_a_value_away_unless_goods_on_sale_need_it(desk, cup, material, width):
    attributes.set_value(cup, material, "oak")
    attributes.set_value(cup, width, 8)

    refused = desk.save(page_of(cup), **{field(width): "", field(material): ""})
    assert "„Breite“ angeben" in backoffice.errors(refused)
    assert len(rows(cup)) == 2
    Product.objects.filter(pk=cup.pk).update(status="draft")
    desk.save(page_of(cup), **{field(width): "", field(material): ""})

    assert rows(cup) == []


def test_a_number_of_the_wrong_dimension_is_refused_at_its_field(desk, cup, width):
    response = desk.save(page_of(cup), **{field(width): "3 kg"})

    assert response.status_code == 200
    assert f"{field(width)}: " in backoffice.errors(response)
    assert "kg" in backoffice.errors(response)
    assert rows(cup) == []


def test_a_variant_says_what_differs_on_its_own_page(desk, cup, mug, width, material):
    attributes.set_value(cup, width, 8)
    page = desk.text(page_of(mug))
    assert f'name="{field(width)}"' in page
    assert field(material) not in page

    response = desk.save(page_of(mug), **{field(width): "12"})

    assert response.status_code == 302, backoffice.errors(response)
    assert rows(cup) == [("Width", "8\u00a0cm")]
    assert rows(cup, mug.pk) == [("Width", "12\u00a0cm")]


def test_what_an_option_says_has_no_field(desk, cup, mug, width):
    Option.objects.create(product=cup, code="width", attribute=width)

    assert field(width) not in desk.text(page_of(cup))
    assert field(width) not in desk.text(page_of(mug))


def test_who_may_only_look_sees_the_page(cup, material):
    attributes.set_value(cup, material, "oak")
    viewer = backoffice.Desk(backoffice.clerk("catalog"))

    assert viewer.get(page_of(cup)).status_code == 200


def test_a_new_name_of_a_choice_reaches_the_pages_that_show_it(desk, mug, lamp, material):
    attributes.set_value(mug.product, material, "oak")
    oak = material.choices.get(code="oak")
    before, untouched = revision(mug.product), revision(lamp.product)
    form = desk.form(page_of(material))
    name = next(key for key, value in form.items() if key.endswith("name_en") and value == "Oak")

    response = desk.save(page_of(material), **{name: "Solid oak"})

    assert response.status_code == 302, backoffice.errors(response)
    oak.refresh_from_db()
    assert oak.name_en == "Solid oak"
    assert revision(mug.product) == before + 1
    assert revision(lamp.product) == untouched
    desk.save(page_of(material))
    assert revision(mug.product) == before + 1


def test_kind_and_unit_stay_while_there_are_values(desk, mug, width):
    attributes.set_value(mug.product, width, 8)

    desk.save(page_of(width), kind="text", unit="m")

    width.refresh_from_db()
    assert (width.kind, width.unit) == ("number", "cm")


def test_a_new_attribute_of_choices_goes_on_to_its_choices(desk):
    address = reverse("admin:catalog_attribute_add")

    response = desk.post(
        address, name_de="Griff", name_en="Handle", code="handle", kind="choice", position="0"
    )

    made = Attribute.objects.get(code="handle")
    assert response["Location"] == page_of(made)
    page = desk.form(page_of(made))
    response = desk.post(
        page_of(made),
        **page
        | {
            "choices-TOTAL_FORMS": "1",
            "choices-0-name_de": "Henkel",
            "choices-0-name_en": "Handle",
            "choices-0-code": "handle",
            "choices-0-position": "0",
            "choices-0-attribute": str(made.pk),
        },
    )
    assert response.status_code == 302, backoffice.errors(response)
    assert AttributeChoice.objects.get().attribute == made


def test_only_numbers_have_a_unit_and_units_are_written_one_way(desk):
    address = reverse("admin:catalog_attribute_add")
    facts = {"name_de": "Maß", "name_en": "Measure", "code": "measure", "position": "0"}

    refused = desk.post(address, **facts, kind="text", unit="cm")
    desk.post(address, **facts, kind="number", unit="Zoll")

    assert "unit" in backoffice.errors(refused)
    assert Attribute.objects.get().unit == "in"


def test_another_order_of_a_type_reaches_its_products(desk, cup, lamp, cups, width, material):
    attributes.set_value(cup, width, 8)
    attributes.set_value(cup, material, "oak")
    before, untouched = revision(cup), revision(lamp.product)
    form = desk.form(page_of(cups))
    place = next(
        key.removesuffix("attribute") + "position"
        for key, value in form.items()
        if key.endswith("-attribute") and str(value) == str(width.pk)
    )

    response = desk.save(page_of(cups), **{place: "7"})

    assert response.status_code == 302, backoffice.errors(response)
    assert [label for label, _value in rows(cup)] == ["Material", "Width"]
    assert revision(cup) == before + 1
    assert revision(lamp.product) == untouched


def test_lists_of_types_and_attributes_cost_the_same_for_many(desk, cups, material):
    lists = [reverse("admin:catalog_attribute_changelist")]
    lists.append(reverse("admin:catalog_producttype_changelist"))
    few = [desk.statements(one) for one in lists]
    for number in range(12):
        make_attribute(f"a{number}", "number")
        ProductType.objects.create(code=f"t{number}", name_de="Ding", name_en="Thing")

    assert [desk.statements(one) for one in lists] == few


def test_a_page_of_a_product_costs_the_same_for_many_attributes(desk, cup, cups, material):
    few = desk.statements(page_of(cup))
    for number in range(8):
        more = make_attribute(f"a{number}", "choice")
        make_choice(more, "one")
        cups.type_attributes.create(attribute=more)
        attributes.set_value(cup, more, "one")

    assert desk.statements(page_of(cup)) <= few + 1


def test_an_option_is_linked_to_an_attribute_and_its_values_find_their_choices(desk, mug):
    tint = make_attribute("tint", "swatch", "Farbe", "Colour")
    blue = make_choice(tint, "blue", "Blau", "Blue", swatch="#0000aa")
    number = make_attribute("number", "number")
    option = Option.objects.create(product=mug.product, code="tone", name_de="Ton", name_en="Tone")
    value = option.values.create(code="b", name_de="blau", name_en="blue")
    other = option.values.create(code="g", name_de="grün", name_en="green", position=1)
    before = revision(mug.product)

    response = desk.save(page_of(option), attribute=str(tint.pk))

    assert response.status_code == 302, backoffice.errors(response)
    value.refresh_from_db()
    other.refresh_from_db()
    assert (value.choice, other.choice) == (blue, None)
    assert revision(mug.product) > before
    refused = desk.save(page_of(option), attribute=str(number.pk))
    assert "attribute" in backoffice.errors(refused)
    page = desk.form(page_of(option))
    assert page["values-0-choice"] == blue.pk
    desk.save(page_of(option), attribute="")
    value.refresh_from_db()
    assert value.choice is None
