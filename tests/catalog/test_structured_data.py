"""JSON-LD and Open Graph: complete by the rules of search engines, and only what is shown."""

import datetime
import json
import re
from decimal import Decimal

import pytest
from django.test import Client

from catalog import pricing, products
from catalog.models import (
    Brand,
    Option,
    OptionValue,
    PriceKind,
    Product,
    ProductPicture,
)
from inventory.models import StockItem
from reviews.models import RatingSummary
from shop.kit import clock
from tests.making import make_product, make_variant, put_in_stock
from tests.pages import Page

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def graph(path, client=None):
    """The nodes of a page's JSON-LD, by their type."""
    html = (client or Client()).get(path).content.decode()
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert len(blocks) <= 1
    data = json.loads(blocks[0]) if blocks else {"@graph": []}
    if blocks:
        assert data["@context"] == "https://schema.org"
    return {node["@type"]: node for node in data["@graph"]}


def tags(path):
    found = {}
    for tag, values in Page(Client().get(path)).elements:
        if tag == "meta" and ("property" in values or values.get("name", "").startswith("twitter")):
            found[values.get("property") or values["name"]] = values["content"]
    return found


@pytest.fixture
def shirt(rules, warehouse):
    """Three sizes in two colours; the last size is sold out, one variant is reduced."""
    product = make_product("shirt", name_de="Hemd", name_en="Shirt")
    product.brand = Brand.objects.create(slug="trave", name="Trave")
    product.save()
    values = {}
    for place, (code, name, choices) in enumerate(
        (("size", "Size", "sml"), ("color", "Colour", ["red", "blue"]))
    ):
        option = Option.objects.create(
            product=product, code=code, name_de=name, name_en=name, position=place
        )
        for number, choice in enumerate(choices):
            values[choice] = OptionValue.objects.create(
                option=option, code=choice, name_de=choice, name_en=choice, position=number
            )
    for number, (size, colour) in enumerate((s, c) for s in "sml" for c in ("red", "blue")):
        variant = make_variant(
            product, gross="59.90", sku=f"SHIRT-{size}-{colour}", position=number,
            gtin=with_check(f"40063813339{number}"),
        )  # fmt: skip
        variant.option_values.add(values[size], values[colour])
        put_in_stock(variant, 9, warehouse)
        if size == "l":
            StockItem.objects.filter(variant=variant).update(on_hand=0)
    ProductPicture.objects.create(
        product=product, key="0" * 20, width=2000, height=1500, widths=[160, 640, 1600],
        color="#ffffff", alt_de="Ein Hemd", alt_en="A shirt",
    )  # fmt: skip
    products.label_variants(product)
    return product


def with_check(digits):
    """A GTIN from all of its digits but the last (GS1 General Specifications, 7.9)."""
    weighted = sum(int(one) * (3, 1)[place % 2] for place, one in enumerate(reversed(digits)))
    return digits + str(-weighted % 10)


def is_gtin(text):
    return len(text) in (8, 12, 13, 14) and text.isdecimal() and with_check(text[:-1]) == text


# --- The rules of Google's merchant listings ------------------------------------------------------

AMOUNT = re.compile(r"[0-9]+\.[0-9]{2}")
SCHEMA = "https://schema.org/"


def faults_of_product(node, known):
    """What a validator would call an error or a warning of a product with an offer."""
    if not node.get("name"):
        yield "name"
    if not node.get("image"):
        yield "image"
    if not ("offers" in node or "aggregateRating" in node):
        yield "offers"
    if not node.get("sku"):
        yield "sku"
    if "gtin" in node and not is_gtin(node["gtin"]):
        yield "gtin"
    if "offers" in node:
        yield from faults_of_offer(node["offers"], known)


def faults_of_offer(node, known):
    words = {SCHEMA + word for word in ("InStock", "OutOfStock", "MadeToOrder")}
    rules = {
        "price": AMOUNT.fullmatch(node.get("price", "")) and Decimal(node["price"]) > 0,
        "priceCurrency": node.get("priceCurrency") == "EUR",
        "availability": node.get("availability") in words,
        "itemCondition": node.get("itemCondition") == f"{SCHEMA}NewCondition",
        "url": node.get("url", "").startswith("http"),
        "priceValidUntil": datetime.date.fromisoformat(node.get("priceValidUntil", "2030-01-01")),
    }
    yield from (name for name, is_kept in rules.items() if not is_kept)
    yield from faults_of_returns(known[node["hasMerchantReturnPolicy"]["@id"]])
    for parcel in node.get("shippingDetails", []):
        yield from faults_of_parcel(known[parcel["@id"]])
    for part in node["priceSpecification"]:
        yield from faults_of_price(part)


def faults_of_price(part):
    if not AMOUNT.fullmatch(part["price"]) or part["priceCurrency"] != "EUR":
        yield "priceSpecification"
    if quantity := part.get("referenceQuantity"):
        if not (Decimal(quantity["value"]) > 0 and quantity["unitCode"]):
            yield "referenceQuantity"
        if not quantity["valueReference"]["unitCode"]:
            yield "valueReference"


def faults_of_parcel(node):
    if not AMOUNT.fullmatch(node["shippingRate"]["value"]):
        yield "shippingRate.value"
    if node["shippingRate"]["currency"] != "EUR":
        yield "shippingRate.currency"
    if not all(re.fullmatch("[A-Z]{2}", one["addressCountry"]) for one in node[
        "shippingDestination"
    ]):  # fmt: skip
        yield "addressCountry"
    for part in ("handlingTime", "transitTime"):
        days = node["deliveryTime"][part]
        if not 0 <= days["minValue"] <= days["maxValue"] or days["unitCode"] != "DAY":
            yield part


def faults_of_returns(node):
    if not node["applicableCountry"]:
        yield "applicableCountry"
    if not node["merchantReturnLink"].startswith("http"):
        yield "merchantReturnLink"
    if node["returnPolicyCategory"] == f"{SCHEMA}MerchantReturnFiniteReturnWindow":
        wanted = {"merchantReturnDays", "returnFees", "returnMethod", "refundType"}
        yield from wanted - node.keys()
    elif node["returnPolicyCategory"] != f"{SCHEMA}MerchantReturnNotPermitted":
        yield "returnPolicyCategory"


def faults(path):
    """All that the rules find fault with on a page with goods."""
    html = Client().get(path).content.decode()
    block = re.search(r'ld\+json">(.*?)</script>', html, re.DOTALL)
    nodes = json.loads(block[1])["@graph"]
    known = {node["@id"]: node for node in nodes if "@id" in node}
    main = nodes[0]
    if main["@type"] == "ProductGroup":
        group = [name for name in ("name", "productGroupID", "variesBy", "url") if not main[name]]
        strange = [
            one["sku"]
            for one in main["hasVariant"]
            if one["inProductGroupWithID"] != main["productGroupID"]
        ]
        members = [fault for one in main["hasVariant"] for fault in faults_of_product(one, known)]
        return group + strange + members
    return list(faults_of_product(main, known))


def test_goods_of_every_kind_keep_the_rules(mug, tea, pen, pattern, lamp, shirt):
    for slug in ("mug", "tea", "pen", "pattern", "lamp", "shirt"):
        product = Product.objects.get(slug=slug)
        if not product.pictures.exists():
            ProductPicture.objects.create(
                product=product, key="1" * 20, width=800, height=800, widths=[160, 800],
                color="#ffffff", alt_de="Bild", alt_en="Picture",
            )  # fmt: skip
    for language in ("de", "en"):
        for slug in ("mug", "tea", "pen", "pattern", "lamp", "shirt"):
            assert faults(f"/{language}/p/{slug}/") == [], slug


def test_the_rules_find_what_is_wrong(mug):
    assert faults("/en/p/mug/") == ["image"]
    assert list(faults_of_product({"name": "", "gtin": "123"}, {})) == [
        "name", "image", "offers", "sku", "gtin",
    ]  # fmt: skip


# --- What is said ---------------------------------------------------------------------------------


def test_a_product_tells_its_price_its_stock_and_its_terms(mug):
    found = graph("/en/p/mug/")

    offer = found["Product"]["offers"]
    assert found["Product"]["@id"] == "http://testserver/en/p/mug/#product"
    assert (offer["price"], offer["priceCurrency"]) == ("24.00", "EUR")
    assert offer["availability"] == "https://schema.org/InStock"
    assert offer["url"] == "http://testserver/en/p/mug/"
    assert "priceValidUntil" not in offer
    assert [one["price"] for one in offer["priceSpecification"]] == ["24.00"]
    policy = found["MerchantReturnPolicy"]
    assert policy["merchantReturnDays"] == 14
    assert policy["applicableCountry"] == ["DE", "AT", "NL"]


def test_parcels_cost_what_the_checkout_asks(mug, tea, lamp):
    html = Client().get("/en/p/mug/").content.decode()
    nodes = json.loads(re.search(r'ld\+json">(.*?)</script>', html)[1])["@graph"]
    parcels = [one for one in nodes if one["@type"] == "OfferShippingDetails"]

    told = {
        tuple(place["addressCountry"] for place in one["shippingDestination"]): (
            one["shippingRate"]["value"],
            one["deliveryTime"]["transitTime"]["minValue"],
            one["deliveryTime"]["transitTime"]["maxValue"],
        )
        for one in parcels
    }
    assert told == {("DE",): ("4.90", 2, 3), ("AT", "NL"): ("11.90", 4, 7)}
    assert graph("/en/p/lamp/")["OfferShippingDetails"]["shippingRate"]["value"] == "0.00"


def test_variants_each_have_an_offer_and_an_address_of_their_own(shirt):
    group = graph("/en/p/shirt/")["ProductGroup"]

    assert group["variesBy"] == ["https://schema.org/size", "https://schema.org/color"]
    assert group["brand"]["name"] == "Trave"
    assert len(group["hasVariant"]) == 6
    first, last = group["hasVariant"][0], group["hasVariant"][-1]
    assert first["name"] == "Shirt, s / red"
    assert (first["size"], first["color"]) == ("s", "red")
    assert first["offers"]["url"] == "http://testserver/en/p/shirt/?variant=SHIRT-s-red"
    assert first["offers"]["availability"] == "https://schema.org/InStock"
    assert last["offers"]["availability"] == "https://schema.org/OutOfStock"
    assert is_gtin(first["gtin"])
    assert graph("/en/p/shirt/?variant=SHIRT-m-red")["ProductGroup"] == group


def test_a_sale_tells_until_when_and_the_lowest_price_before(mug):
    end = datetime.datetime(2030, 1, 1, tzinfo=datetime.UTC) - datetime.timedelta(hours=1)
    start = clock.now() - DAY
    pricing.set_price(mug, gross=Decimal("18.00"), start=start, end=end, kind=PriceKind.SALE)

    offer = graph("/en/p/mug/")["Product"]["offers"]

    assert offer["price"] == "18.00"
    assert offer["priceValidUntil"] == "2029-12-31"  # midnight where the shop is
    assert offer["priceSpecification"][1] == {
        "@type": "UnitPriceSpecification",
        "priceType": "https://schema.org/StrikethroughPrice",
        "price": "24.00",
        "priceCurrency": "EUR",
        "valueAddedTaxIncluded": True,
    }


def test_the_base_price_is_told_by_the_content(tea):
    quantity = graph("/en/p/tea/")["Product"]["offers"]["priceSpecification"][0][
        "referenceQuantity"
    ]

    assert (quantity["value"], quantity["unitCode"]) == ("250", "GRM")
    assert quantity["valueReference"]["unitCode"] == "KGM"


def test_what_cannot_be_given_back_says_so_and_downloads_have_no_parcel(pen, pattern):
    for path in ("/en/p/pen/", "/en/p/pattern/"):
        policy = graph(path)["MerchantReturnPolicy"]
        assert policy["returnPolicyCategory"] == "https://schema.org/MerchantReturnNotPermitted"

    made = graph("/en/p/pen/")
    assert made["Product"]["offers"]["availability"] == "https://schema.org/MadeToOrder"
    assert made["OfferShippingDetails"]["deliveryTime"]["handlingTime"]["minValue"] == 3
    assert "OfferShippingDetails" not in graph("/en/p/pattern/")


def test_stars_are_those_that_are_shown_and_none_are_made_up(mug):
    assert "aggregateRating" not in graph("/de/p/mug/")["Product"]
    RatingSummary.objects.create(
        product=mug.product, count=3, average=Decimal("4.67"), stars_5=2, stars_4=1
    )
    products.touch([mug.product_id])

    rating = graph("/de/p/mug/")["Product"]["aggregateRating"]

    assert (rating["ratingValue"], rating["reviewCount"]) == ("4.7", 3)
    assert "4,7" in Page(Client().get("/de/p/mug/")).text


def test_the_energy_class_is_told_with_its_scale(lamp):
    label = {"class": "E", "scale": "A–G", "kwh_per_1000h": "7"}
    Product.objects.filter(pk=lamp.product_id).update(energy_label=label)
    products.touch([lamp.product_id])

    rating = graph("/en/p/lamp/")["Product"]["hasCertification"]["certificationRating"]

    assert (rating["ratingValue"], rating["bestRating"], rating["worstRating"]) == ("E", "A", "G")


def test_what_has_no_price_is_no_offer(mug, shirt):
    mug.prices.all().delete()
    shirt.variants.get(sku="SHIRT-s-red").prices.all().delete()

    assert "offers" not in graph("/en/p/mug/")["Product"]
    assert len(graph("/en/p/shirt/")["ProductGroup"]["hasVariant"]) == 5


def test_no_text_can_leave_the_data_block(mug):
    evil = "</script><script>alert(1)</script><!-- & \u2028"
    Product.objects.filter(pk=mug.product_id).update(name_en=evil, description_en=evil)
    products.touch([mug.product_id])

    html = Client().get("/en/p/mug/").content.decode()

    assert "<script>alert" not in html
    assert graph("/en/p/mug/")["Product"]["name"] == evil


def test_breadcrumbs_are_those_of_the_page(mug):
    for path in ("/en/p/mug/", "/en/c/for-mug/"):
        page = Page(Client().get(path))
        items = graph(path)["BreadcrumbList"]["itemListElement"]
        assert [one["position"] for one in items] == list(range(1, len(items) + 1))
        assert items[0]["item"] == "http://testserver/en/"
        assert items[-1]["item"] == f"http://testserver{path}"
        assert all(one["name"] in page.text for one in items)


def test_the_home_page_tells_who_sells_and_guesses_nothing(mug, monkeypatch):
    monkeypatch.setenv("MERCHANT_VAT_ID", "DE123456789")
    monkeypatch.delenv("MERCHANT_PHONE", raising=False)
    monkeypatch.setenv("MERCHANT_EMAIL", "")

    store = graph("/de/")["OnlineStore"]

    assert store["@id"] == "http://testserver/#shop"
    assert store["vatID"] == "DE123456789"
    assert "telephone" not in store
    assert "email" not in store
    assert "[[" not in json.dumps(store)
    assert store["hasMerchantReturnPolicy"]["@id"] == "http://testserver/#returns"


def test_a_part_of_a_page_brings_no_data(mug):
    part = Client().get("/en/p/mug/", headers={"X-Fragment": "product"}).content.decode()

    assert "product__buy" in part
    assert "ld+json" not in part


# --- Shared links ---------------------------------------------------------------------------------


def test_a_shared_product_shows_picture_price_and_stock(shirt):
    found = tags("/en/p/shirt/?variant=SHIRT-l-red")

    assert found["og:type"] == "product"
    assert found["og:title"] == "Shirt"
    assert found["og:url"] == "http://testserver/en/p/shirt/"
    assert found["og:site_name"] == "Kontor"
    assert (found["og:locale"], found["og:locale:alternate"]) == ("en_GB", "de_DE")
    assert int(found["og:image:width"]) == 1600
    assert int(found["og:image:height"]) == 1200
    assert found["og:image:alt"] == "A shirt"
    assert found["og:image"].startswith("http://testserver/media/")
    assert found["product:price:amount"] == "59.90"
    assert found["product:price:currency"] == "EUR"
    assert found["product:availability"] == "out of stock"
    assert found["product:condition"] == "new"
    assert found["product:retailer_item_id"] == "SHIRT-l-red"
    assert found["product:brand"] == "Trave"
    assert found["twitter:card"] == "summary_large_image"


def test_pages_without_a_picture_say_what_they_are_all_the_same(mug):
    for path in ("/de/", "/de/p/mug/", "/de/c/for-mug/", "/de/legal/imprint/"):
        found = tags(path)
        assert {"og:title", "og:url", "og:site_name", "og:locale", "og:type"} <= found.keys(), path
        assert found["og:locale"] == "de_DE"
