"""Cards and product pages: kept pieces are never out of date, and say what the law wants said."""

import datetime
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import translation

from catalog import pricing, products
from catalog.models import (
    Manufacturer,
    Option,
    OptionValue,
    PriceKind,
    Product,
    ProductPicture,
    ProductStatus,
)
from inventory import stock, working_days
from inventory.models import StockItem
from orders import receipts
from shop.kit import clock
from tests.making import NOON, make_product, make_variant, put_in_stock
from tests.pages import Page

pytestmark = pytest.mark.django_db
SHELF, PAGE = "/en/c/for-mug/", "/en/p/mug/"


def text(path):
    return Page(Client().get(path)).text


def on_sale(variant, gross):
    start = clock.now() - datetime.timedelta(hours=1)
    return pricing.set_price(variant, gross=Decimal(gross), start=start, kind=PriceKind.SALE)


def test_a_new_price_stands_on_card_and_page_at_once(mug):
    assert "€24.00" in text(SHELF)
    assert "€24.00" in text(PAGE)

    pricing.set_price(mug, gross=Decimal("26.50"), start=clock.now())

    for path in (SHELF, PAGE, "/en/"):
        assert "€26.50" in text(path)
        assert "€24.00" not in text(path)


def test_a_sale_shows_the_lowest_price_of_thirty_days_and_the_percentage_from_it(mug):
    on_sale(mug, "18.00")

    for path in (SHELF, PAGE):
        shown = text(path)
        assert "€18.00" in shown
        assert "€24.00" in shown
        assert "−25 %" in shown


def test_what_is_sold_out_says_so_at_once_and_can_be_had_again_at_once(lamp):
    shelf, page = "/en/c/for-lamp/", "/en/p/lamp/"
    assert "Sold out" not in text(shelf)
    assert "Only 1 left" in text(page)

    stock.reserve({lamp.pk: 1}, reference="K-1", moment=NOON)
    assert "Sold out" in text(shelf)
    assert "Sold out" in text(page)
    assert "/en/cart/lines/" not in [one.action for one in Page(Client().get(page)).forms]

    stock.release("K-1", moment=NOON)
    assert "Sold out" not in text(shelf)
    assert "Only 1 left" in text(page)


def test_a_change_of_words_is_seen_when_the_product_was_touched(mug):
    assert "Mug" in text(PAGE)
    Product.objects.filter(pk=mug.product_id).update(name_en="Harbour cup")

    products.touch([mug.product_id])

    assert "Harbour cup" in text(PAGE)
    assert "Harbour cup" in text(SHELF)


def test_the_base_price_stands_beside_the_price(tea):
    for path in ("/en/c/for-tea/", "/en/p/tea/"):
        assert "€39.60/kg" in text(path)
    assert "39,60 €/kg" in text("/de/p/tea/")


def test_texts_of_staff_are_shown_as_text(mug):
    evil = "<script>alert(1)</script><b>\"'&"
    Product.objects.filter(pk=mug.product_id).update(name_en=evil, summary_en=evil)
    products.touch([mug.product_id])

    for path in (PAGE, SHELF, "/en/"):
        html = Client().get(path).content.decode()
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_what_the_law_wants_beside_the_price_is_there(pen, pattern, mug):
    assert "the right of withdrawal does not apply" in text("/en/p/pen/")
    assert "the right of withdrawal ends when delivery begins" in text("/en/p/pattern/")
    shelf = Page(Client().get(PAGE))
    assert "/en/legal/shipping/" in shelf.links
    assert "Made for you" in text("/en/p/pen/")
    with translation.override("en"):
        made, stored = (
            receipts.window(
                *working_days.arrival(
                    clock.now(), lead_days=days, calendar=working_days.Calendar(days=(2, 3))
                )
            )
            for days in (3, 0)
        )
    assert made != stored
    assert f"Delivery {made}" in text("/en/p/pen/")
    assert f"Delivery {stored}" in text(PAGE)


def test_the_address_chooses_the_variant_and_links_need_no_script(rules, warehouse):
    shirt = make_product("shirt")
    size = Option.objects.create(product=shirt, code="size", name_de="Größe", name_en="Size")
    for position, (code, pieces) in enumerate((("s", 0), ("m", 3), ("l", 2))):
        value = OptionValue.objects.create(
            option=size, code=code, name_de=code.upper(), name_en=code.upper(), position=position
        )
        variant = make_variant(
            shirt, gross=f"{20 + position}.00", sku=f"SHIRT-{code}", position=position
        )
        variant.option_values.add(value)
        put_in_stock(variant, pieces or 1, warehouse)
        StockItem.objects.filter(variant=variant).update(on_hand=pieces)
    products.label_variants(shirt)

    page = Page(Client().get("/en/p/shirt/"))
    chosen = Page(Client().get("/en/p/shirt/?variant=SHIRT-l"))

    assert {f"/en/p/shirt/?variant=SHIRT-{code}" for code in "sml"} <= set(page.links)
    assert "€21.00" in page.text  # the first that can be had
    assert "€22.00" in chosen.text
    medium = shirt.variants.get(sku="SHIRT-m")
    assert page.form("/en/cart/lines/").values["variant"] == str(medium.pk)
    assert "Sold out" in text("/en/p/shirt/?variant=SHIRT-s")


# --- Publishing -----------------------------------------------------------------------------------


def _complete(product):
    product.manufacturer = Manufacturer.objects.create(
        name="Töpferei", address="Weg 1, 23552 Lübeck", email="post@example.com", country="DE"
    )
    product.description_de, product.description_en = "Ein Becher.", "A mug."
    product.save()
    ProductPicture.objects.create(
        product=product, key="0" * 20, width=400, height=400, widths=[160, 400], color="#ffffff",
        alt_de="Ein Becher", alt_en="A mug",
    )  # fmt: skip
    return make_variant(product)


def test_an_incomplete_product_is_not_published_and_says_what_is_missing():
    draft = make_product("draft", status=ProductStatus.DRAFT, published_at=None)

    with pytest.raises(products.NotReady) as refusal:
        products.publish(draft, moment=NOON)

    assert set(refusal.value.missing) == {
        "description_de", "description_en", "manufacturer", "pictures", "variants",
    }  # fmt: skip
    draft.refresh_from_db()
    assert draft.status == ProductStatus.DRAFT


def test_a_complete_product_is_published_from_that_moment_on():
    draft = make_product("draft", status=ProductStatus.DRAFT, published_at=None)
    variant = _complete(draft)

    products.publish(draft, moment=NOON)

    draft.refresh_from_db()
    assert (draft.status, draft.published_at) == (ProductStatus.ACTIVE, NOON)
    assert Client().get("/en/p/draft/").status_code == 200
    variant.prices.all().delete()
    assert list(products.missing(draft, NOON)) == ["prices"]
