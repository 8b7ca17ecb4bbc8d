"""Export → import changes nothing, in every format; and an empty shop becomes the same shop."""

import datetime
from decimal import Decimal

import pytest

from catalog import pricing, products
from catalog.imports import exporting
from catalog.models import (
    Brand,
    Category,
    Manufacturer,
    Option,
    OptionValue,
    Product,
    ProductPicture,
    Variant,
)
from inventory.import_shelves import ImportShelves
from inventory.models import StockItem
from shop.kit import languages
from tests.imports.conftest import applied, checked, said
from tests.making import LONG_AGO, NOON, make_product, make_variant, make_warehouse, put_in_stock

pytestmark = pytest.mark.django_db
WIDTHS = [160, 320]


@pytest.fixture
def range_of_goods(mug, lamp, tea, pen, pattern, warehouse):
    """The town's goods, and one product that has everything a product can have."""
    store = make_warehouse("store-kiel", kind="store", position=1)
    put_in_stock(mug, 3, store)
    top = Category.objects.create(
        slug="a-b", path="a-b", name_de="A/B, Küche", name_en="A, kitchen"
    )
    shelf = Category.objects.create(
        slug="c", path="a-b/c", parent=top, name_de="Schüsseln", name_en="Bowls"
    )
    bowl = make_product(
        "bowl",
        category=shelf,
        name_de="=Schüssel",
        name_en="'=Bowl",
        description_de="Erste Zeile\nzweite Zeile\n\n– ein <Absatz> & mehr, mit \\n darin",
        description_en="One line",
        specifications_de=[["Höhe", "12,5 cm"], ["Farben", "rot, blau"]],
        specifications_en=[["Height: total", "12.5 cm"]],
        brand=Brand.objects.create(slug="nordlicht", name="Nordlicht, Kiel"),
        manufacturer=Manufacturer.objects.create(
            name="Töpferei", address="Weg 1\n24103 Kiel", email="post@toepferei.example"
        ),
        energy_label={"class": "E", "scale": "A–G", "kwh_per_1000h": "7"},
        warnings_de="Heiß!",
        battery_note_en="No battery",
        is_featured=True,
        engraving_length=12,
    )
    bowl.categories.set([mug.product.category])
    bowl.related.set([mug.product, lamp.product])
    _variants(bowl, warehouse)
    return bowl


def _variants(bowl, warehouse):
    size = Option.objects.create(product=bowl, code="size", name_de="Größe", name_en="Size")
    tint = Option.objects.create(
        product=bowl, code="tint", name_de="Farbe", name_en="Colour", position=1
    )
    values = [
        OptionValue.objects.create(option=size, code="s", name_de="Klein, rund", name_en="Small"),
        OptionValue.objects.create(option=size, code="l", name_de="Groß", name_en="Large"),
    ]
    blue = OptionValue.objects.create(
        option=tint, code="blue", name_de="Blau", name_en="Blue", swatch="#0000aa"
    )
    for number, value in enumerate(values):
        variant = make_variant(
            bowl,
            sku=f"+BOWL-{number}",
            gross="30.00",
            weight_g=1501 + number,
            minimum_gross=Decimal("25.00") if number else None,
        )
        variant.option_values.set([value, blue])
        put_in_stock(variant, number, warehouse)
    sale_start, sale_end = NOON - datetime.timedelta(days=2), NOON + datetime.timedelta(days=9)
    pricing.set_price(variant, gross=Decimal("25.50"), start=sale_start, end=sale_end, kind="sale")
    Variant.objects.filter(pk=variant.pk).update(
        gtin="4006381333931", content_amount=Decimal("0.750"), content_unit="m", vat_class="reduced"
    )
    products.label_variants(bowl)
    for position, shown in enumerate((values[1], None)):
        ProductPicture.objects.create(
            product=bowl, key=f"{position:020x}", width=320, height=320, widths=WIDTHS,
            color="#ffffff", alt_de=f"Bild {position}", alt_en=f"Picture {position}",
            option_value=shown, position=position,
        )  # fmt: skip


def exported(format_name, language="de"):
    lines = exporting.lines(
        Product.objects.all(),
        format_name=format_name,
        language=language,
        shelves=ImportShelves(),
        moment=NOON,
    )
    return "".join(lines)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("format_name", ["kontor", "shopify", "woocommerce"])
def test_what_was_exported_changes_nothing(format_name, language, range_of_goods):
    data = exported(format_name, language)

    batch = checked(data, language=language)

    changed = {row.handle: row.difference for row in batch.rows.exclude(outcome="unchanged")}
    assert batch.format == format_name
    assert said(batch) == []
    assert changed == {}
    assert batch.counts["unchanged"] == Product.objects.count() == 6


def test_no_cell_of_an_export_is_a_formula(range_of_goods):
    for format_name in ("kontor", "shopify", "woocommerce"):
        text = exported(format_name)
        assert ",=" not in text and ',"=' not in text
        assert ",+BOWL" not in text
        assert "'+BOWL-0" in text


def _facts():
    """Everything of the shop that Kontor's format holds, without keys."""
    found = {}
    for product in Product.objects.order_by("slug"):
        texts = {
            f"{name}_{code}": getattr(product, f"{name}_{code}")
            for name in ("name", "summary", "description", "specifications", "warnings")
            for code in languages.codes()
        }
        found[product.slug] = {
            **texts,
            "brand": str(product.brand),
            "maker": (str(product.manufacturer), getattr(product.manufacturer, "address", "")),
            "energy": product.energy_label,
            "related": sorted(product.related.values_list("slug", flat=True)),
            "engraving": product.engraving_length,
            "variants": [_variant_facts(one) for one in product.variants.order_by("sku")],
        }
    return found


def _variant_facts(variant):
    prices = pricing.price_of([variant.pk], NOON).get(variant.pk)
    names = ("sku", "gtin", "label_de", "label_en", "vat_class", "weight_g", "content_amount",
             "content_unit", "minimum_gross", "has_stock_limit", "lead_days",
             "is_active")  # fmt: skip
    stock = StockItem.objects.filter(variant=variant, on_hand__gt=0)
    return {
        **{name: getattr(variant, name) for name in names},
        "gross": prices.gross if prices else None,
        "stock": sorted(stock.values_list("location__code", "on_hand")),
        "swatches": sorted(variant.option_values.values_list("swatch", flat=True)),
    }


def test_our_own_format_makes_an_empty_shop_the_same(range_of_goods):
    data, before = exported("kontor"), _facts()
    data = data.replace("http://testserver/media/pictures", "https://pictures.example")
    Product.objects.all().delete()
    Brand.objects.all().delete()
    Manufacturer.objects.all().delete()

    batch = applied(data)

    assert said(batch) == []
    assert batch.counts["new"] == 6
    assert _facts() == before
    assert batch.pictures.filter(state="waiting").count() == 2
    again = applied(data)
    assert again.counts["unchanged"] == 6


def test_a_picture_of_ours_is_not_fetched_but_taken(range_of_goods):
    data = exported("kontor").replace("\r\nbowl,", "\r\nbowl-two,").replace("+BOWL-", "+TWO-")
    data = data.replace("4006381333931", "")

    batch = applied(data)

    assert said(batch) == []
    two = Product.objects.get(slug="bowl-two")
    assert [one.key for one in two.pictures.order_by("position")] == [f"{0:020x}", f"{1:020x}"]
    assert two.pictures.first().option_value.option.product == two
    assert batch.pictures.count() == 0


def test_the_export_costs_as_many_statements_for_many_as_for_one(
    mug, warehouse, django_assert_max_num_queries
):
    for _number in range(20):
        make_variant()
    with django_assert_max_num_queries(18):
        exported("kontor")
    assert LONG_AGO < NOON
