"""The last import can be taken back; what somebody changed since stays."""

from decimal import Decimal

import pytest

from catalog import pricing, products
from catalog.imports import mending, running
from catalog.models import (
    Brand,
    Category,
    ImportPicture,
    ImportState,
    Option,
    Price,
    Product,
    ProductStatus,
    Variant,
)
from inventory.books import CHECKS
from inventory.models import StockItem
from orders.models import OrderLine
from tests.imports.conftest import applied, checked, sample, undone
from tests.making import NOON, make_order

pytestmark = pytest.mark.django_db
LATER, LAST = NOON.replace(hour=14), NOON.replace(hour=16)
CHANGE = (
    "Handle,Title,Vendor,Variant SKU,Variant Price,Variant Inventory Tracker,"
    "Variant Inventory Qty,Variant Grams,Image Src\n"
    "mug,Neuer Becher,Salzkontor,MUG-1,26.00,shopify,7,450,https://pictures.example/mug.jpg\n"
)


def on_hand(variant):
    return StockItem.objects.get(variant=variant).on_hand


def price(variant, moment):
    return pricing.price_of([variant.pk], moment)[variant.pk].gross


def test_new_products_categories_and_brands_are_gone_again(warehouse):
    batch = applied(sample("shopify_admin.csv"), creates_categories=True)
    assert Category.objects.count() == 3

    undone(batch)

    assert batch.state == ImportState.UNDONE
    assert not Product.objects.exists()
    assert not Category.objects.exists()
    assert not Brand.objects.exists()
    assert not ImportPicture.objects.exists()
    assert [find() for _name, find in CHECKS] == [[], [], []]


def test_old_values_prices_and_stock_come_back_and_history_stays(mug):
    batch = applied(CHANGE, moment=LATER)
    mug.refresh_from_db()
    assert (mug.weight_g, mug.product.name_de, on_hand(mug)) == (450, "Neuer Becher", 7)
    assert price(mug, LATER) == Decimal("26.00")

    undone(batch, moment=LAST)

    mug = Variant.objects.get(pk=mug.pk)
    assert (mug.weight_g, mug.product.name_de, on_hand(mug)) == (400, "Becher", 10)
    assert mug.product.brand is None
    assert price(mug, LAST) == Decimal("24.00")
    grosses = Price.objects.filter(variant=mug).order_by("valid").values_list("gross", flat=True)
    assert list(grosses) == [Decimal("24.00"), Decimal("26.00"), Decimal("24.00")]
    assert set(batch.changes.values_list("remark", flat=True)) == {""}


def test_what_staff_changed_since_stays_and_is_named(mug):
    batch = applied(CHANGE, moment=LATER)
    Product.objects.filter(pk=mug.product_id).update(name_de="Von Hand")
    pricing.set_price(mug, gross=Decimal("29.00"), start=LAST)

    undone(batch, moment=LAST.replace(minute=5))

    product = Product.objects.get(pk=mug.product_id)
    assert (product.name_de, product.brand) == ("Von Hand", None)
    assert price(mug, LAST) == Decimal("29.00")
    remarks = set(batch.changes.exclude(remark="").values_list("kind", "remark"))
    assert remarks == {
        ("product", "Changed since, left as it is: name (German)"),
        ("price", "Changed since, left as it is: price"),
    }


def test_what_was_sold_meanwhile_is_counted(mug):
    batch = applied(CHANGE.replace("shopify,7", "shopify,12"), moment=LATER)
    StockItem.objects.filter(variant=mug).update(reserved=11)

    undone(batch, moment=LAST)

    assert on_hand(mug) == 12
    assert batch.changes.get(kind="stock").remark.startswith("Too few pieces")


def test_what_was_ordered_is_taken_offline_instead_of_deleted(kitchen, warehouse, ada):
    batch = applied(sample("shopify_admin.csv"), fallback_category=kitchen)
    salt = Variant.objects.get(sku="SALT-250")
    make_order(ada, names=["salt"], variants=[salt])

    undone(batch)

    assert list(Product.objects.values_list("slug", "status")) == [("kraeutersalz", "archived")]
    assert OrderLine.objects.get().variant == salt


def test_a_new_variant_of_a_product_on_sale_is_taken_off_sale(mug):
    data = "Handle,Option1 Name,Option1 Value,Variant SKU,Variant Price\n"
    data += "mug,Farbe,Rot,MUG-1,24.00\nmug,,Blau,MUG-2,24.00\n"
    batch = applied(data, moment=LATER)
    assert mug.product.options.count() == 1

    undone(batch, moment=LAST)

    assert not Variant.objects.get(sku="MUG-2").is_active
    assert Variant.objects.get(sku="MUG-1").option_values.count() == 0
    assert Option.objects.count() == 1  # MUG-2 still has its value.


def test_only_the_last_import_can_be_undone_and_only_once(mug, kitchen):
    first = applied(CHANGE, moment=LATER)
    second = applied(CHANGE.replace("26.00", "27.00"), moment=LATER.replace(minute=5))

    assert not running.begin_undoing(first)
    undone(second, moment=LAST)
    assert not running.begin_undoing(second)
    first.refresh_from_db()
    undone(first, moment=LAST.replace(minute=5))

    assert price(mug, LAST.replace(minute=6)) == Decimal("24.00")


def test_an_import_that_was_not_applied_cannot_be_undone(mug):
    assert not running.begin_undoing(checked(CHANGE, moment=LATER))


def test_a_status_comes_back(mug):
    batch = applied("product,status\nmug,archived\n", moment=LATER)
    assert Product.objects.get().status == ProductStatus.ARCHIVED

    undone(batch, moment=LAST)

    assert Product.objects.get().status == ProductStatus.ACTIVE
    assert products.missing(Product.objects.get(), LAST)


PARTLY = (
    "Handle,Title,Type,Vendor,Variant SKU,Variant Price,Variant Inventory Tracker,"
    "Variant Inventory Qty,Colour of the box\n"
    "mug,Neuer Becher,,Salzkontor,MUG-1,26.00,shopify,7,red\n"
    "tray,Tablett,Holz,Salzkontor,TRAY-1,19.00,shopify,4,blue\n"
    "bowl,Schale,Holz,Salzkontor,BOWL-1,no price,shopify,3,\n"
    "jug,Krug,Holz,Salzkontor,MUG-1,12.00,shopify,3,\n"
)


def test_an_import_that_failed_in_part_is_mended_and_both_are_taken_back(mug, kitchen):
    first = applied(PARTLY, fallback_category=kitchen, moment=LATER)
    assert {name: first.counts[name] for name in ("new", "changed", "failed")} == {
        "new": 1, "changed": 1, "failed": 2,
    }  # fmt: skip
    assert [one["column"] for one in first.unknown] == ["Colour of the box"]

    text = "".join(mending.lines(first))
    mended = text.replace("no price", "9.00").replace("MUG-1,12.00", "JUG-1,12.00")
    second = applied(mended, fallback_category=kitchen, moment=LATER)
    assert {name: second.counts[name] for name in ("new", "changed", "failed")} == {
        "new": 2, "changed": 0, "failed": 0,
    }  # fmt: skip

    undone(second, moment=LAST)
    undone(first, moment=LAST)

    assert set(Product.objects.values_list("slug", flat=True)) == {"mug"}
    mug.refresh_from_db()
    assert (mug.product.name_de, on_hand(mug)) == ("Becher", 10)
    assert price(mug, LAST) == Decimal("24.00")
    assert not Brand.objects.filter(name="Salzkontor").exists()
    assert [find() for _name, find in CHECKS] == [[], [], []]
