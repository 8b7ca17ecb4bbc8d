"""Types and attributes in files: our own format holds all, the words of other shops find ours."""

import csv
import io
from decimal import Decimal

import pytest
from django.utils import translation

from catalog import attributes, products
from catalog.attributes import reading
from catalog.imports import exporting
from catalog.models import (
    Attribute,
    AttributeChoice,
    AttributeValue,
    Product,
    ProductType,
    TypeAttribute,
)
from inventory.import_shelves import ImportShelves
from tests.imports.conftest import applied, checked, said, undone
from tests.making import NOON, make_variant

pytestmark = pytest.mark.django_db


def make_attribute(code, kind, de, en, *choices, unit=""):
    attribute = Attribute.objects.create(
        code=code, kind=kind, name_de=de, name_en=en, unit=unit, position=Attribute.objects.count()
    )
    for place, (choice, name_de, name_en) in enumerate(choices):
        AttributeChoice.objects.create(
            attribute=attribute, code=choice, name_de=name_de, name_en=name_en, position=place
        )
    return attribute


@pytest.fixture
def known():
    """Attributes of every kind, and a type."""
    made = [
        make_attribute("material", "choice", "Material", "Material", ("oak", "Eiche", "Oak"),
                       ("clay", "Ton, hell", "Clay, light")),
        make_attribute("rooms", "multi_choice", "Räume", "Rooms", ("bath", "Bad", "Bathroom"),
                       ("kitchen", "Küche", "Kitchen")),
        make_attribute("width", "number", "Breite", "Width", unit="cm"),
        make_attribute("safe", "boolean", "Spülmaschinenfest", "Dishwasher-safe"),
        make_attribute("note", "text", "Aroma", "Notes"),
        make_attribute("since", "date", "Seit", "Since"),
    ]  # fmt: skip
    kind = ProductType.objects.create(code="cups", name_de="Becher", name_en="Cups")
    TypeAttribute.objects.create(product_type=kind, attribute=made[0])
    return {one.code: one for one in made}


@pytest.fixture
def cup(mug, known):
    """A mug with a type and a value of every kind; its second variant is wider."""
    product = mug.product
    product.product_type = ProductType.objects.get()
    product.specifications_de = [["Breite", "ungefähr"], ["Farben", "rot, blau"]]
    product.save()
    attributes.set_value(product, known["material"], "clay")
    attributes.set_value(product, known["rooms"], ["bath", "kitchen"])
    attributes.set_value(product, known["width"], Decimal("8.125"))
    attributes.set_value(product, known["safe"], False)
    attributes.set_value(product, known["note"], {"de": "Rauch: fein, mild", "en": "smoke"})
    attributes.set_value(product, known["since"], "2026-01-02")
    return product


@pytest.fixture
def wide(cup, mug, known):
    from catalog.models import Option, OptionValue

    option = Option.objects.create(product=cup, code="size", name_de="Größe", name_en="Size")
    for place, (code, variant) in enumerate((("s", mug), ("l", make_variant(cup, sku="MUG-2")))):
        value = OptionValue.objects.create(
            option=option, code=code, name_de=code.upper(), name_en=code.upper(), position=place
        )
        variant.option_values.set([value])
    products.label_variants(cup)
    attributes.set_value(cup, known["width"], 12, variant=variant)
    return variant


def exported(format_name, language="de"):
    rows = exporting.lines(
        Product.objects.all(),
        format_name=format_name,
        language=language,
        shelves=ImportShelves(),
        moment=NOON,
    )
    return "".join(rows)


def facts():
    """Everything that is said, without keys."""
    rows = AttributeValue.objects.select_related("attribute", "choice", "variant")
    return sorted(
        (str(one.variant or ""), one.attribute.code, reading.text_of(one, "de"), one.text_en)
        for one in rows
    )


def table(product, language="en"):
    rows = reading.specifications([product], language)[product.pk][0]
    return [(row.label, row.value) for row in rows]


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("format_name", ["kontor", "shopify", "woocommerce"])
def test_what_was_exported_changes_nothing(format_name, language, wide):
    before = facts()

    batch = checked(exported(format_name, language), language=language)

    assert said(batch) == said(batch, is_error=False) == []
    assert [row.difference for row in batch.rows.all()] == [[]]
    assert batch.counts["unchanged"] == 1
    assert facts() == before


def test_our_own_format_makes_an_empty_shop_the_same(wide):
    data, before = exported("kontor"), facts()
    assert len(before) == 8
    Product.objects.all().delete()

    batch = applied(data)

    assert said(batch) == []
    assert facts() == before
    assert Product.objects.get().product_type.code == "cups"
    assert applied(data).counts["unchanged"] == 1


def changed(data, **columns):
    """The first line of the file with other cells."""
    rows = list(csv.DictReader(io.StringIO(data)))
    rows[0] |= columns
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def test_a_difference_is_shown_carried_out_and_undone(wide, cup):
    data, before = exported("kontor"), facts()
    data = changed(
        data,
        product_type="",
        attributes="material: oak\nrooms: kitchen\nwidth: 1,2 m\nnote.de: Rauch: fein, mild",
        variant_attributes="width: 90 mm",
    )

    batch = checked(data)

    with translation.override("en"):
        shown = {(one[0], one[1]): one[2:] for one in batch.rows.get().difference}
    assert shown["", "Material"] == ["clay", "oak"]
    assert shown["", "Rooms"] == ["bath; kitchen", "kitchen"]
    assert shown["", "Width"] == ["8.1250", "120"]
    assert shown["", "Dishwasher-safe"] == ["false", "–"]
    assert shown["", "Notes"] == ["de: Rauch: fein, mild; en: smoke", "de: Rauch: fein, mild"]
    assert shown["", "Since"] == ["2026-01-02", "–"]
    assert shown["MUG-1", "Width"] == ["–", "9"]
    assert shown["", "product type"] == ["Cups", "–"]
    assert facts() == before
    batch = applied(data)
    assert said(batch) == []
    assert table(cup) == [
        ("Material", "Oak"),
        ("Rooms", "Kitchen"),
        ("Width", "120\u00a0cm"),
        ("Notes", "Rauch: fein, mild"),
    ]
    assert Product.objects.get().product_type is None
    undone(batch)
    assert facts() == before
    assert Product.objects.get().product_type.code == "cups"


def test_what_somebody_changed_since_stays_when_an_import_is_undone(cup, known):
    batch = applied(changed(exported("kontor"), attributes="material: oak\nwidth: 3"))
    attributes.set_value(cup, known["width"], 4)

    undone(batch)

    assert ("Width", "4\u00a0cm") in table(cup)
    assert ("Material", "Clay, light") in table(cup)
    kept = batch.changes.filter(kind="attribute").exclude(remark="")
    assert kept.count() == 1


@pytest.mark.parametrize(
    ("columns", "column", "text"),
    [
        ({"attributes": "colour: red"}, "attributes", "There is no attribute “colour”."),
        ({"attributes": "material: red"}, "attributes", "“Material” has no choice “red”."),
        ({"attributes": "width: 3 kg"}, "attributes", "“kg” cannot be converted to cm."),
        ({"attributes": "oak"}, "attributes", "Attributes are lines “code: value”."),
        ({"attributes": "note.fr: oui"}, "attributes", "Attributes are lines “code: value”."),
        ({"variant_attributes": "width: x"}, "variant_attributes", "“x” is not a number."),
        ({"product_type": "hats"}, "product_type", "There is no product type “hats”."),
    ],
)
def test_what_cannot_be_is_an_error_at_its_column_and_nothing_is_done(cup, columns, column, text):
    before = facts()

    batch = applied(changed(exported("kontor"), **columns))

    assert said(batch) == [(2, column, text)]
    assert facts() == before


def test_a_file_without_the_columns_says_nothing_of_attributes(cup):
    before = facts()

    batch = applied("product,name_de\nmug,Neuer Name\n")

    assert batch.counts["changed"] == 1
    assert facts() == before
    assert Product.objects.get().product_type.code == "cups"


def test_attributes_of_woocommerce_become_ours_where_name_and_value_fit(mug, known):
    data = (
        "Type,SKU,Name,Attribute 1 name,Attribute 1 value(s),Attribute 2 name,"
        "Attribute 2 value(s),Attribute 3 name,Attribute 3 value(s),Attribute 4 name,"
        "Attribute 4 value(s),Attribute 5 name,Attribute 5 value(s)\n"
        'simple,MUG-1,Becher,MATERIAL,Eiche,Räume,"Bad, Küche",Breite,"8,5 cm",Glasur,matt,'
        "Spülmaschinenfest,vielleicht\n"
    )

    batch = applied(data)

    assert said(batch) == []
    assert [line[2] for line in said(batch, is_error=False)] == [
        "“vielleicht” is neither yes nor no. It is no attribute."
    ]
    product = Product.objects.get(pk=mug.product_id)
    assert facts() == [
        ("", "material", "Eiche", ""),
        ("", "rooms", "Bad", ""),
        ("", "rooms", "Küche", ""),
        ("", "width", "8,5\u00a0cm", ""),
    ]
    assert product.specifications_de == [["Glasur", "matt"], ["Spülmaschinenfest", "vielleicht"]]
    assert applied(data).counts["unchanged"] == 1


def test_metafields_of_shopify_become_ours_where_name_or_key_fits(mug, known):
    data = (
        "Handle,Title,Material (product.metafields.custom.material),"
        "Zimmer (product.metafields.custom.rooms),Notes (product.metafields.custom.aroma),"
        "Glanz (product.metafields.custom.gloss)\n"
        "mug,Becher,oak,Bad; Küche,Holz,matt\n"
    )

    batch = applied(data)

    assert said(batch) == said(batch, is_error=False) == []
    assert facts() == [
        ("", "material", "Eiche", ""),
        ("", "note", "Holz", ""),
        ("", "rooms", "Bad", ""),
        ("", "rooms", "Küche", ""),
    ]
    assert {one["column"] for one in batch.unknown} >= {"Glanz (product.metafields.custom.gloss)"}
    assert applied(data).counts["unchanged"] == 1


def test_a_text_in_one_language_leaves_the_other_as_it_is(cup, known):
    data = "Handle,Notes (product.metafields.custom.note)\nmug,Holz\n"

    applied(data, language="de")

    value = AttributeValue.objects.get(attribute=known["note"])
    assert (value.text_de, value.text_en) == ("Holz", "smoke")


def test_options_that_are_called_like_an_attribute_are_linked_to_it(kitchen, known):
    tint = make_attribute("tint", "swatch", "Farbe", "Colour", ("blue", "Blau", "Blue"))
    make_attribute("length", "number", "Länge", "Length", unit="cm")
    data = (
        "Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU\n"
        "vase,Vase,Farbe,blau,Länge,kurz,V-1\n"
        "vase,,,Grün,,lang,V-2\n"
    )

    batch = applied(data, fallback_category=kitchen)

    assert said(batch) == []
    colour, length = Product.objects.get().options.order_by("position")
    assert (colour.attribute, length.attribute) == (tint, None)
    values = colour.values.order_by("position").values_list("name_de", "choice__code")
    assert list(values) == [("blau", "blue"), ("Grün", None)]
    assert applied(data).counts["unchanged"] == 1
