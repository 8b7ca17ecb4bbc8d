"""WooCommerce's files: types of products, variations anywhere in the file, German columns."""

from decimal import Decimal

import pytest

from catalog import pricing
from catalog.models import Category, Product, Variant
from tests.imports.conftest import applied, said, sample
from tests.making import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def imported(warehouse):
    return applied(sample("woocommerce.csv"), creates_categories=True)


def test_what_the_shop_cannot_say_is_an_error_at_its_column(imported):
    assert said(imported) == [
        (4, "Type", "The shop has no products of the type “grouped”."),
        (5, "Type", "The shop has no products of the type “external”."),
        (6, "Type", "The shop has no products of the type “downloadable”."),
        (9, "Parent", "The product of this variation is not in the file."),
    ]
    assert imported.counts == {"new": 2, "changed": 0, "unchanged": 0, "failed": 4}
    assert Product.objects.count() == 2


def test_variations_find_their_product_by_number_and_by_sku(imported):
    kettle = Product.objects.get(slug="wasserkessel")
    variants = kettle.variants.order_by("position").values_list("sku", "label_de", "weight_g")

    assert list(variants) == [("KETTLE-R", "Rot", 1200), ("KETTLE-W", "Weiß", 1300)]
    assert kettle.specifications_de == [["Inhalt", "2,5 Liter"]]
    assert kettle.description_de == "Pfeift.\n\nVon Hand emailliert."
    assert kettle.summary_de == "Emaille für jeden Herd."
    assert kettle.is_featured
    assert kettle.category.path == "kueche/kessel"
    assert [one.path for one in kettle.categories.all()] == ["geschenke"]
    assert Category.objects.filter(is_active=True).count() == 0
    assert kettle.brand.name == "Salzkontor"


def test_a_sale_price_is_a_sale_with_its_days_and_never_a_struck_price(imported):
    oil = Variant.objects.get(sku="OIL-500")
    price = pricing.price_of([oil.pk], NOON)[oil.pk]

    assert (price.gross, price.before) == (Decimal("7.90"), None)
    assert oil.vat_class == "reduced"
    sale = oil.prices.get(kind="sale")
    assert sale.valid.lower == NOON
    assert sale.valid.upper.isoformat() == "2026-12-31T23:00:00+00:00"
    assert oil.prices.get(kind="regular").gross == Decimal("9.90")


def test_the_second_import_changes_nothing(imported):
    again = applied(sample("woocommerce.csv"), creates_categories=True)

    assert again.counts == {"new": 0, "changed": 0, "unchanged": 2, "failed": 4}
    assert again.changes.count() == 0


def test_german_columns_semicolons_and_windows_letters(kitchen, warehouse):
    batch = applied(sample("woocommerce_german_cp1252.csv"), creates_categories=True)
    brush = Product.objects.get()

    assert (batch.encoding, batch.separator, batch.format) == ("cp1252", ";", "woocommerce")
    assert said(batch) == []
    assert brush.name_de == "Spülbürste „Möwe“"
    assert brush.slug == "spuelbuerste-moewe"
    assert brush.category.path == "kueche/buersten"
    assert brush.category.parent == kitchen
    assert brush.specifications_de == [["Länge", "24 cm"]]
    assert brush.variants.get().weight_g == 80


def test_two_products_of_one_name_get_addresses_of_their_own(kitchen, warehouse):
    data = "ID,Type,SKU,Name,Regular price\n1,simple,A-1,Becher,5\n2,simple,A-2,Becher,6\n"

    first = applied(data, fallback_category=kitchen)
    second = applied(data, fallback_category=kitchen)

    assert first.counts["new"] == 2
    assert list(Product.objects.order_by("slug").values_list("slug", flat=True)) == [
        "becher",
        "becher-2",
    ]
    assert second.counts["unchanged"] == 2
