"""The large made-up catalogue: the same every time, and nothing that the shop would refuse."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Sum
from django.test import Client

from catalog import products, search
from catalog.models import (
    AttributeValue,
    Category,
    Option,
    Price,
    Product,
    ProductStatus,
    SearchNumber,
    Variant,
)
from demo.catalogue import filling, goods, planning
from demo.goods import gtins
from inventory import books
from inventory.models import StockItem, StockMovement
from orders import lifecycle
from orders.models import Order
from shop.kit import clock
from tests.making import NOON
from tests.orders.conftest import draft_for, line_for

PRODUCTS = 300


def _goods(products, seed):
    plan = planning.Plan(products, seed)
    return [goods.good(number, plan) for number in range(products)]


def test_the_same_seed_makes_the_same_goods_and_another_one_others():
    assert _goods(60, 7) == _goods(60, 7)
    assert _goods(60, 7) != _goods(60, 8)


def test_a_hundred_thousand_products_have_a_quarter_of_a_million_variants_and_one_number_each():
    plan = planning.Plan(100_000, 7)
    made = [goods.good(number, plan) for number in range(0, 100_000, 25)]
    made += [goods.good(number, plan) for number in range(20)]
    pieces = [piece for one in made for piece in one.pieces]

    assert sum(len(goods.good(number, plan).pieces) for number in range(200)) == 500
    assert len({one.slug for one in made}) == len({one.number for one in made})
    assert len({one.sku for one in pieces}) == len({one.gtin for one in pieces})
    assert all(gtins.is_valid(one.gtin) and one.gtin.startswith("29") for one in pieces)


@pytest.mark.parametrize(("size", "least", "most"), [(10_000, 50, 75), (100_000, 500, 700)])
def test_a_larger_shop_has_more_shelves_and_not_longer_ones(size, least, most):
    plan = planning.Plan(size, 7)

    tops = [one for one in plan.shelves if one.parent is None]
    assert least <= len(plan.leaves) <= most
    assert len(tops) == 8
    assert {one.path.count("/") for one in plan.leaves} == {2}
    assert len({one.path for one in plan.shelves}) == len(plan.shelves)


def test_every_tenth_product_has_one_word_and_words_are_as_common_as_in_a_language():
    texts = [f"{one.name_de} {one.text_de}".lower() for one in _goods(2000, 7)]

    assert sum("handarbeit" in text for text in texts) == 200
    words = [set(re.findall(r"\w+", text)) for text in texts]
    once = sum(1 for word in set().union(*words) if sum(word in text for text in words) == 1)
    assert once > 500  # the long tail


@pytest.mark.slow
@pytest.mark.django_db
def test_a_generated_shop_is_whole_sells_and_is_found():
    """One test, because filling is what takes the time."""
    filled = filling.fill(PRODUCTS, seed=7, moment=clock.now())

    assert Product.objects.count() == filled.rows["catalog_product"] == PRODUCTS
    assert Variant.objects.count() == filled.rows["catalog_variant"] == PRODUCTS * 5 // 2
    _the_quality_gate_lets_them_through()
    _attributes_and_options_are_filled()
    _prices_have_a_history()
    _the_stock_is_what_was_received()
    _it_is_found()
    _pages_answer()
    with pytest.raises(CommandError, match="filled before"):
        call_command("generate_catalogue", "--products", "20")
    assert Product.objects.count() == PRODUCTS


def _the_quality_gate_lets_them_through():
    moment = clock.now()
    for product in Product.objects.filter(status=ProductStatus.ACTIVE)[:80]:
        assert products.missing(product, moment) == {}, product.slug
    assert not Product.objects.filter(brand=None).exists()
    assert not Product.objects.filter(product_type=None).exists()


def _attributes_and_options_are_filled():
    kinds = set(AttributeValue.objects.values_list("kind", flat=True))
    assert kinds == {"choice", "swatch", "number", "boolean"}
    assert not Option.objects.filter(attribute=None).exists()
    assert not Option.objects.filter(values__choice=None).exists()
    several = Variant.objects.filter(product__options__isnull=False).distinct()
    assert several.exists()
    assert not several.filter(option_values=None).exists()
    assert not several.filter(label_de="").exists()
    content = Variant.objects.exclude(content_unit="")
    assert set(content.values_list("content_unit", flat=True)) <= {"g", "ml"}
    assert content.exists()


def _prices_have_a_history():
    moment = clock.now()
    now = Price.objects.filter(valid__contains=moment)
    assert set(now.filter(kind="regular").values_list("variant_id", flat=True)) == set(
        Variant.objects.values_list("pk", flat=True)
    )
    assert 0 < now.filter(kind="sale").count() < Variant.objects.count() / 5
    assert Price.objects.exclude(valid__contains=moment).exists()
    assert not Price.objects.filter(gross__lte=0).exists()


def _the_stock_is_what_was_received():
    assert books.stock_is_sum_of_movements() == []
    stock = StockItem.objects.aggregate(pieces=Sum("on_hand"))["pieces"]
    assert stock == StockMovement.objects.aggregate(pieces=Sum("quantity"))["pieces"]


def _it_is_found():
    moment = clock.now()
    active = Product.objects.filter(status=ProductStatus.ACTIVE)
    product = active.order_by("pk")[0]
    assert product.pk in search.find(product.name_de, moment=moment, language="de")[:5]
    variant = product.variants.first()
    assert SearchNumber.objects.filter(number=variant.gtin).exists()
    assert search.answer(variant.sku, moment=moment, language="en").sku == variant.sku
    tenth = active.filter(description_de__contains="Handarbeit").count()
    assert len(search.find("handarbeit", moment=moment, language="de")) == tenth > 0


def _pages_answer():
    shopper = Client()
    for shelf in Category.objects.filter(path__in=["moebelwelt", "moebelwelt/tische"]):
        assert shelf.name_de in shopper.get(f"/de/c/{shelf.path}/").content.decode()
    product = Product.objects.filter(status=ProductStatus.ACTIVE).latest("published_at")
    page = shopper.get(f"/en/p/{product.slug}/").content.decode()
    assert product.name_en in page
    assert shopper.get("/de/").status_code == 200


@pytest.mark.django_db
def test_a_shop_with_orders_is_left_alone(mug):
    lifecycle.create(draft_for(line_for(mug)), moment=NOON)

    with pytest.raises(CommandError, match="has orders"):
        call_command("generate_catalogue", "--products", "20")

    assert Order.objects.count() == 1
    assert not Category.objects.filter(slug="moebelwelt").exists()
