"""What the database refuses to believe about attributes and their values."""

import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from catalog.models import (
    Attribute,
    AttributeChoice,
    AttributeKind,
    AttributeValue,
    Option,
    OptionValue,
    ProductType,
    TypeAttribute,
)
from tests import making

FILLED = {
    "number": Decimal(3),
    "boolean": False,
    "text_de": "Ton",
    "text_en": "clay",
    "date": datetime.date(2026, 3, 2),
}
COLUMN = {
    AttributeKind.NUMBER: ("number",),
    AttributeKind.BOOLEAN: ("boolean",),
    AttributeKind.TEXT: ("text_de", "text_en"),
    AttributeKind.DATE: ("date",),
    AttributeKind.CHOICE: (),
    AttributeKind.MULTI_CHOICE: (),
    AttributeKind.SWATCH: (),
}


def make_attribute(kind, code="finish", **fields):
    return Attribute.objects.create(code=code, name_de=code, name_en=code, kind=kind, **fields)


def make_choice(attribute, code="matt", **fields):
    return AttributeChoice.objects.create(
        attribute=attribute, code=code, name_de=code, name_en=code, **fields
    )


def say(product, attribute, **fields):
    """Store a value, and let the foreign keys speak now instead of at commit."""
    with transaction.atomic():
        value = AttributeValue.objects.create(
            product=product, attribute=attribute, **{"kind": attribute.kind} | fields
        )
        check_now()
    return value


def check_now():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def refused(by, product, attribute, **fields):
    with pytest.raises(IntegrityError, match=by):
        say(product, attribute, **fields)


@pytest.mark.parametrize("kind", AttributeKind)
def test_a_kind_takes_its_own_column_and_no_other(db, kind):
    product = making.make_product()
    attribute = make_attribute(kind)
    choice = make_choice(attribute)

    columns = ["choice", *FILLED]
    own = COLUMN[kind] or ("choice",)
    values = {"choice": choice, **FILLED}
    refused("attribute_value_fits_kind", product, attribute)
    for column in columns:
        if column not in own:
            both = {column: values[column], **{one: values[one] for one in own}}
            refused("attribute_value_fits_kind", product, attribute, **{column: values[column]})
            refused("attribute_value_fits_kind", product, attribute, **both)
    assert not AttributeValue.objects.exists()

    say(product, attribute, **{one: values[one] for one in own})

    assert AttributeValue.objects.get().kind == kind


def test_a_text_in_one_language_is_enough(db):
    value = say(making.make_product(), make_attribute(AttributeKind.TEXT), text_en="clay")

    assert (value.text_de, value.text_en) == ("", "clay")


def test_a_value_is_of_the_kind_of_its_attribute(db):
    product = making.make_product()
    number = make_attribute(AttributeKind.NUMBER)

    refused("attribute_value_kind_of_attribute", product, number, kind="boolean", boolean=True)
    refused("attribute_value_(kind_known|fits_kind)", product, number, kind="colour", number=1)


def test_the_kind_of_an_attribute_changes_only_where_its_values_allow(db):
    product = making.make_product()
    finish = make_attribute(AttributeKind.CHOICE)
    value = say(product, finish, choice=make_choice(finish))

    Attribute.objects.update(kind=AttributeKind.MULTI_CHOICE)
    with pytest.raises(IntegrityError, match="attribute_value_fits_kind"), transaction.atomic():
        Attribute.objects.update(kind=AttributeKind.NUMBER)

    value.refresh_from_db()
    assert value.kind == AttributeKind.MULTI_CHOICE


def test_a_choice_belongs_to_the_attribute(db):
    finish, shape = make_attribute("choice"), make_attribute("choice", code="shape")
    square = make_choice(shape, "square")

    refused("attribute_value_choice_of_attribute", making.make_product(), finish, choice=square)


def test_a_variant_belongs_to_the_product(db):
    product, other = making.make_product(), making.make_variant()
    width = make_attribute(AttributeKind.NUMBER, unit="cm")

    refused("attribute_value_variant_of_product", product, width, number=3, variant=other)


def test_a_product_and_each_variant_have_one_value_and_any_number_of_choices(db):
    product = making.make_product()
    variant = making.make_variant(product)
    width = make_attribute(AttributeKind.NUMBER, code="width", unit="cm")
    rooms = make_attribute(AttributeKind.MULTI_CHOICE, code="rooms")
    finish = make_attribute(AttributeKind.CHOICE)
    kitchen, bath = make_choice(rooms, "kitchen"), make_choice(rooms, "bath")
    matt, glossy = make_choice(finish, "matt"), make_choice(finish, "glossy")

    say(product, width, number=3)
    say(product, width, number=4, variant=variant)
    say(product, rooms, choice=kitchen)
    say(product, rooms, choice=bath)
    say(product, finish, choice=matt)

    refused("attribute_value_(once|single)", product, width, number=5)
    refused("attribute_value_(once|single)", product, width, number=5, variant=variant)
    refused("attribute_value_once", product, rooms, choice=bath)
    refused("attribute_value_single", product, finish, choice=glossy)
    assert AttributeValue.objects.count() == 5


def test_codes_units_and_colours_are_clean(db):
    finish = make_attribute(AttributeKind.SWATCH)
    make_choice(finish)
    kind = ProductType.objects.create(code="cups", name_de="Becher", name_en="Cups")
    TypeAttribute.objects.create(product_type=kind, attribute=finish)

    for name, act in {
        "catalog_attribute_code": lambda: make_attribute("number"),
        "attribute_kind_known": lambda: make_attribute("colour", code="a"),
        "attribute_unit_of_number": lambda: make_attribute("text", code="a", unit="cm"),
        "attribute_choice_once": lambda: make_choice(finish),
        "attribute_choice_swatch_is_colour": lambda: make_choice(finish, "a", swatch="red"),
        "type_attribute_once": lambda: TypeAttribute.objects.create(
            product_type=kind, attribute=finish
        ),
    }.items():
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            act()


def test_what_is_in_use_stays(db):
    product = making.make_product()
    finish = make_attribute(AttributeKind.CHOICE)
    matt = make_choice(finish)
    value = say(product, finish, choice=matt)

    with pytest.raises(ProtectedError):
        matt.delete()
    with pytest.raises(ProtectedError):
        finish.delete()
    product.delete()

    assert not AttributeValue.objects.filter(pk=value.pk).exists()
    matt.delete()
    assert Attribute.objects.get() == finish


def test_an_option_names_the_attribute_that_it_is_one_of(db):
    product = making.make_product()
    finish = make_attribute(AttributeKind.CHOICE)
    matt = make_choice(finish)

    option = Option.objects.create(product=product, code="finish", attribute=finish)
    OptionValue.objects.create(option=option, code="matt", choice=matt)
    with pytest.raises(ProtectedError):
        matt.delete()

    assert list(finish.options.all()) == [option]


def test_the_values_of_many_products_are_read_by_an_index(db):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT * FROM catalog_attributevalue WHERE product_id = ANY(%s)",
            [list(range(1, 101))],
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())

    assert "attribute_value_once" in plan
