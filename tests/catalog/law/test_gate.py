"""What a product lacks before it may go live, said at the field where it is mended."""

import pytest

from catalog import products
from catalog.law import gate
from catalog.models import Device, FibreShare, Food, Product, ProductStatus, Variant
from tests.catalog.law.goods import make_complete, make_maker
from tests.making import NOON, make_variant

pytestmark = pytest.mark.django_db
OUTSIDE = {"country": "CN"}
PERSON = {
    "responsible_name": "Import GmbH",
    "responsible_address": "Kai 2, 20457 Hamburg",
    "responsible_email": "import@example.com",
}


def wanted(product):
    return sorted(products.missing(Product.objects.get(pk=product.pk), NOON))


def test_a_complete_product_lacks_nothing():
    assert wanted(make_complete()) == []


@pytest.mark.parametrize("field", ["name", "summary", "description"])
@pytest.mark.parametrize("code", ["de", "en"])
def test_each_text_is_wanted_in_each_language(field, code):
    assert wanted(make_complete(**{f"{field}_{code}": " "})) == [f"{field}_{code}"]


def test_warnings_in_one_language_are_wanted_in_the_other():
    assert wanted(make_complete(warnings_de="Heiß!")) == ["warnings_en"]


@pytest.mark.parametrize(
    ("maker", "field"),
    [
        ({"country": ""}, ["manufacturer"]),
        ({"address": " "}, ["manufacturer"]),
        ({"email": ""}, ["manufacturer"]),
        (OUTSIDE, ["manufacturer"]),
        (OUTSIDE | PERSON | {"responsible_email": ""}, ["manufacturer"]),
        (OUTSIDE | PERSON, []),
        ({"country": "IT"}, []),
        ({"country": "NO"}, []),
        ({"country": "CH"}, ["manufacturer"]),
        ({"country": "GB"}, ["manufacturer"]),
    ],
)
def test_a_maker_outside_the_union_needs_somebody_responsible_inside_it(maker, field):
    assert wanted(make_complete(manufacturer=make_maker(**maker))) == field


def test_goods_without_a_maker_are_held_back_but_gift_cards_and_food_have_none():
    assert wanted(make_complete(manufacturer=None)) == ["manufacturer"]
    assert "manufacturer" not in wanted(make_complete(manufacturer=None, is_gift_card=True))
    assert wanted(make_complete("food", manufacturer=None)) == ["food"]


def test_pictures_need_words_for_those_who_cannot_see():
    product = make_complete()

    product.pictures.update(alt_en=" ")
    assert wanted(product) == ["pictures"]
    product.pictures.all().delete()
    assert wanted(product) == ["pictures"]


def test_only_gift_cards_go_without_vat():
    product = make_complete()
    product.variants.update(vat_class="zero")

    assert wanted(product) == ["variants"]
    Product.objects.filter(pk=product.pk).update(is_gift_card=True)
    assert wanted(product) == []


def test_a_variant_without_a_price_today_is_named():
    product = make_complete()
    other = make_variant(product, gross=None)

    assert products.missing(product, NOON) == {"prices": f"No price today: {other.sku}"}
    Variant.objects.filter(pk=other.pk).update(is_active=False)
    assert wanted(product) == []


def test_goods_sold_by_weight_need_their_content_for_the_base_price():
    product = make_complete("measured")
    bare = make_variant(product)

    found = products.missing(product, NOON)
    assert list(found) == ["contents"]
    assert bare.sku in found["contents"]
    assert wanted(make_complete("measured")) == []


def test_textiles_need_their_fibres():
    product = make_complete("textile")

    assert wanted(product) == ["fibres"]
    FibreShare.objects.create(product=product, fibre="cotton", percent=100)
    assert wanted(product) == []


def test_lamps_need_class_scale_label_and_sheet():
    product = make_complete("energy")
    assert wanted(product) == ["documents", "energy_label"]

    Product.objects.filter(pk=product.pk).update(energy_label={"class": "E", "scale": "A–G"})
    for kind in ("energy_label", "product_information_sheet"):
        assert wanted(product) == ["documents"]
        product.documents.create(
            kind=kind, name_de="E", name_en="E", sha256="0" * 64, size=1, content_type="image/png"
        )
    assert wanted(product) == []


def test_devices_need_to_say_what_battery_they_have():
    product = make_complete("electrical")

    assert wanted(product) == ["device"]
    Device.objects.create(product=product)
    assert wanted(product) == []


def test_warnings_can_be_mandatory():
    assert wanted(make_complete("warned")) == ["warnings_de", "warnings_en"]
    assert wanted(make_complete("warned", warnings_de="Heiß!", warnings_en="Hot!")) == []


def test_half_a_food_is_held_back_even_without_a_type():
    product = make_complete()
    Food.objects.create(
        product=product,
        designation_de="Müsli",
        designation_en="Muesli",
        ingredients_de="*Hafer, Nüsse",
        ingredients_en="*Oats*, nuts",
        operator_name="Mühle",
        operator_address="Weg 1",
    )

    text = products.missing(Product.objects.get(pk=product.pk), NOON)["food"]
    assert text == "An allergen has only one star (de). The nutrition table is not complete."


def test_nothing_goes_live_while_something_is_wanted():
    product = make_complete("textile")

    with pytest.raises(products.NotReady) as refused:
        products.publish(product, moment=NOON)

    assert list(refused.value.missing) == ["fibres"]
    assert Product.objects.get(pk=product.pk).status == ProductStatus.DRAFT


def test_many_products_are_looked_through_in_few_statements(django_assert_max_num_queries):
    ids = [make_complete("textile").pk for _number in range(3)]
    make_complete()

    with django_assert_max_num_queries(12):
        found = {product.pk: list(lacks) for product, lacks in gate.incomplete(ids, NOON)}

    assert found == {pk: ["fibres"] for pk in ids}


def test_fields_have_the_names_that_staff_know():
    assert gate.name_of("fibres") == "fibre content"
    assert gate.name_of("summary_de") == "essential characteristics (German)"
