"""A price is one price: page, JSON-LD, feed, list and cart say the same, and the truth.

Whatever was asked before, whatever is planned, whatever the content: each face is read as its
readers read it, and compared with a count by brute force.
"""

import datetime
import itertools
import json
import re
from decimal import ROUND_HALF_UP, Decimal
from xml.etree import ElementTree

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog import categories, jobs, pricing, products
from catalog.machines import feed_formats, feed_rows
from catalog.models import Category, Option, OptionValue, PriceKind, ProductPicture
from checkout import carts
from inventory.models import StockItem
from shop.kit import clock
from tests.making import (
    fill_shelves,
    make_product,
    make_rules,
    make_variant,
    make_warehouse,
    put_in_stock,
)

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
CENT = Decimal("0.01")
G = "{http://base.google.com/ns/1.0}"
FACTORS = {"g": (1000, "kg"), "ml": (1000, "l"), "m": (1, "m")}

amounts = st.integers(101, 99_999).map(lambda cents: Decimal(cents) / 100)
contents = st.one_of(
    st.none(),
    st.tuples(st.sampled_from(sorted(FACTORS)), st.integers(1, 5000)),
)
# (days ago, price): the history of the regular price; the first one began long ago.
histories = st.lists(
    st.tuples(st.integers(1, 80), amounts), max_size=3, unique_by=lambda one: one[0]
)
# (began, ends, price) in days from now; some are over, some are only planned.
sales = st.one_of(
    st.none(),
    st.tuples(st.integers(-40, 5), st.integers(1, 40), st.booleans(), amounts),
)
variants = st.fixed_dictionaries(
    {
        "first": amounts,
        "history": histories,
        "sale": sales,
        "content": contents,
        "pieces": st.integers(0, 8),
        "is_counted": st.booleans(),
        "lead_days": st.sampled_from([0, 0, 3]),
    }
)


_numbers = itertools.count(1)


@pytest.fixture
def warehouse():
    """A warehouse and the rules; nothing on sale yet."""
    make_rules()
    return make_warehouse("luebeck")


def stocked(warehouse, facts, now):
    """A product with these variants on a shelf of its own; what each must cost is counted beside
    it."""
    place = next(_numbers)
    shelf = categories.store(Category(slug=f"shelf-{place}", name_de="Regal", name_en="Shelf"))
    product = make_product(f"goods-{place}", category=shelf, is_digital=False)
    option = Option.objects.create(product=product, code="size", name_de="Größe", name_en="Size")
    ProductPicture.objects.create(
        product=product, key="0" * 20, width=1600, height=1600, widths=[160, 1600],
        color="#ffffff", alt_de="Bild", alt_en="Picture",
    )  # fmt: skip
    expected = {}
    for number, fact in enumerate(facts):
        unit, amount = fact["content"] or ("", None)
        variant = make_variant(
            product, gross=None, sku=f"V-{place}-{number}", position=number,
            content_unit=unit, content_amount=amount and Decimal(amount),
            has_stock_limit=fact["is_counted"], lead_days=fact["lead_days"],
        )  # fmt: skip
        value = OptionValue.objects.create(
            option=option, code=f"v{number}", name_de=f"v{number}", name_en=f"v{number}"
        )
        variant.option_values.add(value)
        put_in_stock(variant, fact["pieces"] or 1, warehouse)
        StockItem.objects.filter(variant=variant).update(on_hand=fact["pieces"])
        expected[variant.sku] = asked(variant, fact, now)
    products.label_variants(product)
    return product, expected


def asked(variant, fact, now):
    """Ask these prices; the price now, the lowest before, the base price, can it be bought?"""
    regular = [(now - 400 * DAY, fact["first"])]
    regular += sorted((now - days * DAY, gross) for days, gross in fact["history"])
    for start, gross in regular:
        pricing.set_price(variant, gross=gross, start=start)
    now_gross, before = regular[-1][1], None
    if fact["sale"]:
        began, length, is_open, gross = fact["sale"]
        start, hour = now + began * DAY, datetime.timedelta(hours=1)
        end = None if is_open else start + length * DAY + hour
        pricing.set_price(variant, gross=gross, start=start, end=end, kind=PriceKind.SALE)
        if start <= now and (end is None or now < end):
            now_gross = gross
            before = lowest(regular, start)
            before = before if gross < before else None
    base = ""
    if fact["content"]:
        unit, amount = fact["content"]
        factor, per = FACTORS[unit]
        base = (now_gross * factor / amount).quantize(CENT, ROUND_HALF_UP), per
    is_free = fact["pieces"] > 0 or not fact["is_counted"]
    return now_gross, before, base or None, is_free


def lowest(regular, start):
    """The lowest of the 30 days before `start`, hour by hour."""
    hours = [start - datetime.timedelta(hours=number) for number in range(1, 30 * 24 + 1)]
    # The 720th hour lies exactly at the beginning of the window.
    return min([gross for since, gross in regular if since <= hour][-1] for hour in hours)


def money(text):
    return Decimal(re.sub(r"[^0-9.]", "", text))


def found(pattern, html):
    match = re.search(pattern, html, re.DOTALL)
    return match[1] if match else None


def base_of(text):
    price, _slash, per = (text or "").partition("/")
    return (money(price), per.strip(" ()")) if per else None


def of_page(client, product, sku):
    html = client.get(f"/en/p/{product.slug}/?variant={sku}").content.decode()
    before = found(r'class="price__before">.*?<s>(.*?)</s>', html)
    return (
        money(found(r'class="price__amount">(.*?)</span>', html)),
        money(before) if before else None,
        base_of(found(r'class="price__base">(.*?)</p>', html)),
        'class="stock stock--sold_out"' not in html,
    )


def of_structured_data(client, product):
    html = client.get(f"/en/p/{product.slug}/").content.decode()
    node = json.loads(found(r'ld\+json">(.*?)</script>', html))["@graph"][0]
    return {one["sku"]: of_offer(one["offers"]) for one in node.get("hasVariant", [node])}


def of_offer(offer):
    asked_price, *struck = offer["priceSpecification"]
    assert asked_price["price"] == offer["price"]
    base = None
    if quantity := asked_price.get("referenceQuantity"):
        unit = {"GRM": "g", "MLT": "ml", "MTR": "m"}[quantity["unitCode"]]
        factor, per = FACTORS[unit]
        assert quantity["valueReference"]["unitCode"] == {"kg": "KGM", "l": "LTR", "m": "MTR"}[per]
        each = Decimal(offer["price"]) * factor / Decimal(quantity["value"])
        base = each.quantize(CENT, ROUND_HALF_UP), per
    before = Decimal(struck[0]["price"]) if struck else None
    return Decimal(offer["price"]), before, base, not offer["availability"].endswith("OutOfStock")


def of_feed(moment):
    source = jobs._source("en", moment)
    rows = feed_rows.rows(source, feed_rows.Count())
    lines = "".join(feed_formats.GOOGLE.line(row, source.shop) for row in rows)
    text = feed_formats.GOOGLE.head(source.shop, "en") + lines + feed_formats.GOOGLE.end
    return {
        item.findtext(f"{G}id"): of_item(item)
        for item in ElementTree.fromstring(text).iter("item")  # noqa: S314 - written by ourselves
    }


def of_item(item):
    price, sale = money(item.findtext(f"{G}price")), item.findtext(f"{G}sale_price")
    now, before = (money(sale), price) if sale else (price, None)
    base, measure = None, item.findtext(f"{G}unit_pricing_measure")
    if measure:
        amount, unit = re.fullmatch(r"([0-9.]+)(\w+)", measure).groups()
        factor, per = FACTORS[unit]
        assert item.findtext(f"{G}unit_pricing_base_measure") == f"1{per}"
        base = (now * factor / Decimal(amount)).quantize(CENT, ROUND_HALF_UP), per
    return now, before, base, item.findtext(f"{G}availability") == "in_stock"


def of_card(client, product):
    fill_shelves()
    html = client.get(f"/en/c/{product.category.path}/").content.decode()
    card = found(r'<li class="card">(.*?)</li>\s*', html)
    before = found(r'class="price__before">.*?<s>(.*?)</s>', card)
    return (
        money(found(r'class="price__amount">(.*?)</p>', card).partition("discount")[0]),
        money(before) if before else None,
        base_of(found(r'class="price__base">(.*?)</p>', card)),
        "badge--sold_out" not in card,
    )


def of_cart(client, product):
    """What each variant costs that can be put into a cart at all."""
    cart = carts.create(customer=None, moment=clock.now())
    added = set()
    for variant in product.variants.order_by("position"):
        try:
            carts.add(cart, variant, quantity=1, moment=clock.now())
            added.add(variant.sku)
        except carts.CartProblem:
            continue
    client.cookies["cart"] = cart.token
    html = client.get("/en/cart/").content.decode()
    lines = {}
    for line in html.split('<li class="line')[1:]:
        before = found(r'class="line__before">.*?<s>(.*?)</s>', line)
        unit = found(r'class="line__unit">(.*?)</p>', line)
        lines[found(r"\?variant=([\w-]+)", line)] = (
            money(unit.partition("<span")[0]),
            money(before) if before else None,
            base_of(found(r'class="line__base">\((.*?)\)</span>', line)),
            True,
        )
    assert set(lines) == added
    return lines


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(facts=st.lists(variants, min_size=1, max_size=3))
def test_every_face_of_the_shop_says_the_same(warehouse, facts):
    now, client = clock.now(), Client()
    product, expected = stocked(warehouse, facts, now)

    data, feed = of_structured_data(client, product), of_feed(now)
    for sku, truth in expected.items():
        assert of_page(client, product, sku) == truth
        assert data[sku] == truth
        assert feed[sku] == truth
    assert set(data) == set(feed) == set(expected)
    cart = of_cart(client, product)
    assert cart == {sku: truth for sku, truth in expected.items() if truth[3]}
    cheapest = min(expected.values(), key=lambda one: one[0])
    is_free = any(one[3] for one in expected.values())
    assert of_card(client, product) == (*cheapest[:3], is_free)

    products.archive(product)
    assert of_feed(now) == {}
