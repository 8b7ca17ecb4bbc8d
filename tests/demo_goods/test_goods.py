import dataclasses
from decimal import Decimal

from demo.goods import catalogue, check, gtins, reading


def test_the_goods_are_complete_in_both_languages_and_all_references_lead_somewhere():
    assert check() == []


def test_the_shop_has_about_sixty_products_in_ten_departments():
    goods = catalogue()

    assert 55 <= len(goods.products) <= 70
    assert sum(len(product.variants) for product in goods.products) >= 150
    assert len([category for category in goods.categories if category.parent is None]) == 10
    used = {product.category for product in goods.products}
    parents = {category.parent for category in goods.categories}
    assert {category.slug for category in goods.categories} - parents <= used


def test_reading_the_goods_twice_gives_equal_goods():
    first = catalogue()
    reading.catalogue.cache_clear()

    assert catalogue() == first


def test_gtins_have_the_check_digit_of_gs1():
    assert gtins.check_digit("400638133393") == "1"
    assert gtins.in_store(101) == "2000000001012"
    assert not gtins.is_valid("2000000001013")


def test_the_check_finds_a_missing_language_a_dead_reference_and_a_wrong_number():
    goods = catalogue()
    mug = goods.product("becher-speicherstadt")
    wrong = dataclasses.replace(mug.variants[0], gtin="2000000000000", price=Decimal("0.00"))
    broken = dataclasses.replace(
        mug, name_en="", related=("no-such-thing",), variants=(wrong, *mug.variants[1:])
    )
    products = tuple(broken if product is mug else product for product in goods.products)

    faults = check(dataclasses.replace(goods, products=products))

    assert "becher-speicherstadt: name exists in one language only" in faults
    assert "becher-speicherstadt: related product no-such-thing is unknown" in faults
    assert f"becher-speicherstadt: {wrong.sku}: GTIN 2000000000000 is wrong" in faults
    assert (
        f"becher-speicherstadt: {wrong.sku}: price 0.00 is not a positive amount of cents" in faults
    )


def test_goods_of_each_legal_kind_carry_what_the_law_asks_for():
    goods = catalogue()

    tea = goods.product("friesische-mischung")
    assert tea.vat_class == "reduced" and tea.food is not None
    assert [(v.content.amount, v.content.unit) for v in tea.variants if v.content] == [
        (Decimal(100), "g"),
        (Decimal(250), "g"),
        (Decimal(500), "g"),
    ]
    pen = goods.product("kugelschreiber-gravur")
    assert pen.withdrawal_exception == "custom_made"
    assert all(variant.is_made_to_order and variant.lead_days == 5 for variant in pen.variants)
    pattern = goods.product("schnittmuster-fischerhemd")
    assert pattern.is_digital and pattern.withdrawal_exception == "digital"
    card = goods.product("geschenkkarte")
    assert card.is_gift_card and card.vat_class == "zero" and card.withdrawal_exception == ""
    opener = goods.product("briefoeffner-pike")
    assert opener.manufacturer.country == "GB"
    assert opener.responsible_person is not None and opener.responsible_person.country == "DE"
    assert [
        v.energy.kwh_per_1000h if v.energy else None
        for v in goods.product("led-lampe-faden").variants
    ] == [
        Decimal("4.0"),
        None,
    ]
