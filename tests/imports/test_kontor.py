"""Our own format: both languages, related products that come later, prices alone."""

from decimal import Decimal

import pytest

from catalog import pricing
from catalog.models import Product, ProductPicture, ProductStatus, Variant
from tests.imports.conftest import applied, checked, said, sample
from tests.making import NOON

pytestmark = pytest.mark.django_db


def test_both_languages_maker_sale_and_what_comes_later_in_the_file(warehouse):
    batch = applied(sample("kontor.csv"), creates_categories=True)
    dish = Product.objects.get(slug="seifenschale")

    assert said(batch) == []
    assert (dish.name_de, dish.name_en) == ("Seifenschale", "Soap dish")
    assert dish.manufacturer.email == "post@toepferei.example"
    assert [one.slug for one in dish.related.all()] == ["seife"]
    assert dish.category.path == "bad/seife"
    moss = Variant.objects.get(sku="DISH-MOSS")
    assert (moss.label_de, moss.label_en) == ("Moos", "Moss")
    assert pricing.price_of([moss.pk], NOON)[moss.pk].gross == Decimal("12.90")
    assert batch.rows.filter(is_deferred=True).count() == 0
    again = applied(sample("kontor.csv"), creates_categories=True)
    assert again.counts == {"new": 0, "changed": 0, "unchanged": 2, "failed": 0}


def test_a_complete_product_goes_on_sale_when_it_has_its_picture(mug, warehouse):
    key, facts = "a" * 20, {"width": 320, "height": 320, "widths": [320], "color": "#ffffff"}
    ProductPicture.objects.create(product=mug.product, key=key, alt_de="x", alt_en="x", **facts)
    ours = f"http://testserver/media/pictures/{key}-320.webp"
    data = sample("kontor.csv").decode().replace("https://pictures.example/dish.jpg", ours)

    batch = applied(data, creates_categories=True)

    dish = Product.objects.get(slug="seifenschale")
    assert (dish.status, dish.published_at) == (ProductStatus.ACTIVE, NOON)
    assert said(batch, is_error=False) == []
    assert Product.objects.get(slug="seife").status == ProductStatus.DRAFT


def test_a_list_of_prices_changes_prices_and_nothing_else(mug, tea):
    data = "product;sku;price\nmug;MUG-1;25,00\ntea;TEA-250;9,90\n"

    batch = applied(data, moment=NOON)

    assert batch.counts == {"new": 0, "changed": 1, "unchanged": 1, "failed": 0}
    assert batch.rows.get(outcome="changed").difference == [["MUG-1", "price", "24.00", "25.00"]]
    assert list(batch.changes.values_list("kind", flat=True)) == ["price"]


def test_lines_of_a_product_must_not_contradict_each_other(mug):
    data = "product,name_de,sku,price\nmug,Becher,MUG-1,24\nmug,Tasse,MUG-2,24\n"

    assert (3, "name_de", "This differs from the first line of the product.") in said(checked(data))


def test_a_sku_belongs_to_one_product(mug, tea, kitchen):
    data = "product,name_de,sku\nmug,Becher,TEA-250\na,A,X-1\nb,B,X-1\n"

    batch = checked(data, fallback_category=kitchen)

    assert said(batch) == [
        (2, "sku", "The SKU TEA-250 belongs to another product."),
        (4, "sku", "The SKU X-1 stands in line 3 already, for another product."),
    ]


def test_a_price_that_is_planned_is_in_the_way(mug):
    pricing.set_price(mug, gross=Decimal("30.00"), start=NOON.replace(day=20))

    batch = checked("product,sku,price\nmug,MUG-1,26.00\n")

    assert said(batch) == [(2, "price", "A later price is planned already: take it back first.")]


def test_what_is_promised_to_orders_cannot_be_counted_away(mug):
    mug.stock_items.update(reserved=6)

    batch = checked("product,sku,stock_luebeck\nmug,MUG-1,5\n")

    assert said(batch) == [
        (2, "stock_luebeck", "6 pieces are promised to orders: fewer cannot be there.")
    ]


def test_the_stock_can_be_left_alone(mug):
    batch = checked("product,sku,stock_luebeck\nmug,MUG-1,5\n", sets_stock=False)

    assert batch.counts["unchanged"] == 1


def test_an_empty_cell_empties_a_text_and_leaves_price_and_stock(mug):
    data = "product,name_de,summary_de,sku,price,stock_luebeck\nmug,,,MUG-1,,\n"

    batch = applied(data)

    assert batch.rows.get().difference == [
        ["", "essential characteristics (German)", "Steinzeug, 300 ml", "–"]
    ]
