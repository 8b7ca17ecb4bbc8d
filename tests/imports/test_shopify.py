"""Shopify's files: the export of its admin, and the newer template."""

from decimal import Decimal

import pytest

from catalog import pricing
from catalog.models import (
    ImportPicture,
    ImportState,
    Price,
    Product,
    ProductStatus,
    Variant,
)
from inventory.models import StockItem, StockMovement
from tests.imports.conftest import applied, checked, said, sample
from tests.making import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def imported(kitchen, warehouse):
    return applied(sample("shopify_admin.csv"), fallback_category=kitchen)


def test_an_export_of_the_admin_becomes_drafts_with_variants_prices_and_stock(imported):
    apron = Product.objects.get(slug="leinenschuerze")
    skus = apron.variants.order_by("position").values_list("sku", "label_de", "weight_g", "gtin")

    assert said(imported) == []
    assert imported.counts == {"new": 2, "changed": 0, "unchanged": 0, "failed": 0}
    assert (apron.status, apron.name_de, apron.name_en) == ("draft", "Leinenschürze", "")
    assert apron.description_de == "Aus Leinen genäht.\n\n– waschbar\n– zwei Taschen"
    assert apron.brand.name == "Nordlicht"
    assert list(skus) == [
        ("APRON-NAT-S", "Natur / Kurz", 320, "4006381333931"),
        ("APRON-NAT-L", "Natur / Lang", 380, ""),
        ("APRON-BLU-S", "Blau / Kurz", 320, ""),
    ]
    keys = Variant.objects.values_list("pk", "sku")
    prices = pricing.price_of([pk for pk, _sku in keys], NOON)
    assert {sku: prices[pk].gross for pk, sku in keys} == {
        "APRON-NAT-S": Decimal("39.90"),
        "APRON-NAT-L": Decimal("44.90"),
        "APRON-BLU-S": Decimal("39.90"),
        "SALT-250": Decimal("5.90"),
    }
    stock = dict(StockItem.objects.values_list("variant__sku", "on_hand"))
    assert stock == {"APRON-NAT-S": 12, "APRON-NAT-L": 4, "SALT-250": 25}
    assert set(StockMovement.objects.values_list("reference", flat=True)) == {imported.reference}


def test_the_price_to_compare_with_never_becomes_a_struck_price(imported):
    assert Price.objects.filter(kind="sale").count() == 0
    apron = Variant.objects.get(sku="APRON-NAT-S")
    assert pricing.price_of([apron.pk], NOON)[apron.pk].before is None
    listed = {one["column"]: one for one in imported.unknown}
    assert listed["Variant Compare At Price"] == {
        "column": "Variant Compare At Price", "filled": 1, "sample": "49.90",
    }  # fmt: skip
    row = imported.rows.get(handle="leinenschuerze")
    assert row.extra["2"]["Variant Compare At Price"] == "49.90"
    assert row.extra["2"]["Care (product.metafields.custom.care)"] == "Bei 40 Grad waschen"


def test_contents_and_no_option_at_all(imported):
    salt = Variant.objects.get(sku="SALT-250")

    assert (salt.content_amount, salt.content_unit) == (Decimal(250), "g")
    assert salt.product.options.count() == 0
    assert salt.label_de == ""
    assert salt.product.status == ProductStatus.DRAFT


def test_the_second_import_of_a_file_changes_nothing(imported, kitchen):
    before = list(Price.objects.order_by("pk").values())

    again = applied(sample("shopify_admin.csv"), fallback_category=kitchen)

    assert again.counts == {"new": 0, "changed": 0, "unchanged": 2, "failed": 0}
    assert list(Price.objects.order_by("pk").values()) == before
    assert StockMovement.objects.exclude(reference=imported.reference).count() == 0
    assert again.changes.count() == 0


def test_what_calls_itself_active_stays_a_draft_and_says_why(imported):
    notes = [text for _line, _column, text in said(imported, is_error=False)]

    assert any(text.startswith("Stays a draft. name (English)") for text in notes)
    assert any("Selling beyond the stock" in text for text in notes)
    assert imported.rows.get(handle="leinenschuerze").wants_publication


def test_pictures_wait_for_the_background_and_know_what_they_show(imported):
    waiting = ImportPicture.objects.order_by("product_id", "position")
    found = {one.url.rpartition("/")[2]: one for one in waiting}

    assert [one.state for one in waiting] == ["waiting"] * 4
    assert found["apron-natural.jpg"].alt_de == "Schürze in Natur"
    assert found["apron-natural.jpg"].alt_en == "Schürze in Natur"
    assert found["apron-natural.jpg"].option_value.name_de == "Natur"
    assert found["apron-blue.jpg"].option_value.name_de == "Blau"
    assert found["apron-detail.jpg"].option_value is None
    assert found["apron-detail.jpg"].alt_de == "Leinenschürze"


def test_the_newer_template_in_english(kitchen, warehouse):
    batch = applied(sample("shopify_template.csv"), language="en", creates_categories=True)
    blanket = Product.objects.get(slug="wool-blanket")

    assert said(batch) == []
    assert (blanket.name_en, blanket.name_de) == ("Wool blanket", "")
    assert blanket.category.path == "home-garden/blankets"
    assert blanket.category.is_active is False
    assert list(blanket.variants.order_by("position").values_list("sku", "label_en")) == [
        ("BLANKET-GREY", "Grey"),
        ("BLANKET-RED", "Red"),
    ]
    assert blanket.options.get().name_en == "Color"


def test_a_dry_run_shows_old_and_new_and_writes_nothing(imported, kitchen):
    data = sample("shopify_admin.csv").decode()
    data = data.replace("5.90,,TRUE", "6.40,,TRUE").replace(
        "SALT-250,290,shopify,25", "SALT-250,290,shopify,20"
    )

    batch = checked(data, fallback_category=kitchen, moment=NOON.replace(hour=15))

    assert batch.state == ImportState.CHECKED
    assert batch.counts == {"new": 0, "changed": 1, "unchanged": 1, "failed": 0}
    assert batch.rows.get(outcome="changed").difference == [
        ["SALT-250", "price", "5.90", "6.40"],
        ["SALT-250", "stock (luebeck)", "25", "20"],
    ]
    assert Price.objects.filter(variant__sku="SALT-250").count() == 1


def test_what_cannot_be_is_an_error_with_line_and_column_and_nothing_of_it_is_kept(
    kitchen, warehouse
):
    data = sample("shopify_admin.csv").decode().replace("44.90,,TRUE", "44.9050,,TRUE")

    batch = applied(data, fallback_category=kitchen)

    assert said(batch) == [(3, "Variant Price", "“44.9050” has fractions of a cent.")]
    assert batch.counts == {"new": 1, "changed": 0, "unchanged": 0, "failed": 1}
    assert not Product.objects.filter(slug="leinenschuerze").exists()
    assert not Variant.objects.filter(sku__startswith="APRON").exists()
    assert Product.objects.filter(slug="kraeutersalz").exists()


def test_a_fourth_option_has_no_column_and_a_missing_value_is_an_error(kitchen, warehouse):
    data = "Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU\n"
    data += "mug,Becher,Farbe,Rot,Größe,S,M-1\nmug,,,Blau,,,M-2\n"

    batch = checked(data, fallback_category=kitchen)

    assert said(batch) == [(3, "Option2 Value", "This variant has no value for an option.")]


def test_a_running_sale_ends_when_the_file_asks_another_price(mug, kitchen):
    pricing.set_price(mug, gross=Decimal("20.00"), start=NOON, kind="sale")
    later = NOON.replace(hour=15)
    data = "Handle,Variant SKU,Variant Price\nmug,MUG-1,{}\n"

    same = checked(data.format("20.00"), moment=later)
    other = applied(data.format("22.00"), moment=later)

    assert same.counts["unchanged"] == 1
    assert other.counts["changed"] == 1
    now = pricing.price_of([mug.pk], later)[mug.pk]
    assert (now.gross, now.before) == (Decimal("22.00"), None)
    assert Price.objects.filter(variant=mug).count() == 3
