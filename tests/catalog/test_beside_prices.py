"""Beside every price: the base price, the deposit, and what is said of VAT and shipping.

§§ 4 to 7 PAngV: in the immediate vicinity of the price, in lists, pages, carts, orders and mails.
"""

import re
from decimal import Decimal

import pytest
from django.core.cache import cache

from catalog import listing_index, search
from catalog.models import Product
from orders import access, emails
from orders.models import Order, OrderMail
from shop.kit import clock
from tests.checkout.conftest import CONTACT
from tests.house import code
from tests.making import make_product, make_variant, put_in_stock
from tests.pages import Page

# The price stands in a template under one of these names.
_PRINTED = re.compile(r"{{\s*(?:\w+\.)*(?:price|unit_price|line_total|price_text)\s*}}")
# Templates that print a price which is none of goods, with what it is.
NO_GOODS = {
    "checkout/cart_delivery.html": "the fee of a way of delivery",
    "checkout/options.html": "the fee of a way of delivery",
    "checkout/review_blocks.html": "the fee of the chosen way of delivery",
    "legal/2026-11/de/shipping.html": "fees of delivery",
    "legal/2026-11/en/shipping.html": "fees of delivery",
}
_NOTE = re.compile(r"inkl\. MwSt\., zzgl\.\s*(?:<a [^>]*href=\"[^\"]*/legal/shipping/|Versand)")
NEAR = 700  # characters of markup between a price and what belongs to it


def test_every_template_that_prints_a_price_prints_base_price_and_deposit():
    bare = [
        name
        for name in code.template_files()
        if name not in NO_GOODS
        and not name.startswith("admin/")
        and _PRINTED.search(code.template(name))
        and not ("base_price" in code.template(name) and "deposit" in code.template(name))
    ]

    assert not bare, f"Show them beside the price (§§ 4, 7 PAngV): {bare}"
    assert _PRINTED.search("{{ one.price }}")
    assert not _PRINTED.search("{{ price_note }}")


_INCLUDED = re.compile(r"{%\s*include\s+[\"']components/price\.html[\"'](.*?)%}")


def test_whoever_shows_the_price_component_hands_it_all_that_belongs_to_it():
    wanted = ("base_price=", "deposit=", "reason=", "shipping_url=", "note=")
    found = [
        (name, rest)
        for name in code.template_files()
        for rest in _INCLUDED.findall(code.template(name))
    ]

    poor = [name for name, rest in found if not all(one in rest for one in wanted)]
    assert len(found) >= 3
    assert not poor, f"Hand over {wanted}: {poor}"


@pytest.fixture
def water(rules, warehouse):
    """0.75 l at 1.19 €: 1.59 €/l, and 0.25 € of deposit."""
    cache.clear()
    product = make_product("quellwasser", name_de="Quellwasser", name_en="Spring water")
    variant = make_variant(
        product,
        gross="1.19",
        sku="WATER-075",
        deposit=Decimal("0.25"),
        content_amount=Decimal(750),
        content_unit="ml",
    )
    put_in_stock(variant, 99, warehouse)
    Product.objects.filter(pk=product.pk).update(is_featured=True)
    search.reindex_all()
    listing_index.refresh([product.pk], moment=clock.now())
    return variant


def bare_prices(html, language="de"):
    """The places where the price stands without its base price or deposit nearby."""
    price, base, deposit = {
        "de": ("1,19\xa0€", "1,59\xa0€/l", "0,25\xa0€ Pfand"),
        "en": ("€1.19", "€1.59/l", "€0.25 deposit"),
    }[language]
    html = html.replace("&nbsp;", "\xa0")
    html = re.sub(r"<script.*?</script>|<meta[^>]*>", "", html, flags=re.DOTALL)
    places = [found.start() for found in re.finditer(re.escape(price), html)]
    assert places, "the page shows no price at all"
    return [
        html[at - 100 : at + 200]
        for at in places
        if not (base in html[at : at + NEAR] and deposit in html[at : at + NEAR])
    ]


def has_note(html):
    """VAT and shipping, with a link to what shipping costs."""
    return bool(_NOTE.search(html))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/de/",
        "/de/c/for-quellwasser/",
        "/de/search/?q=quellwasser",
        "/de/search/suggestions/?q=quellw",
        "/de/p/quellwasser/",
    ],
)
def test_on_pages_and_in_lists(ben, water, path):
    html = ben.get(path).content.decode()

    assert bare_prices(html) == []
    assert has_note(html)
    assert "/de/legal/shipping/" in html


@pytest.mark.django_db
def test_on_the_card_of_what_goes_well_with_it(ben, water, mug):
    mug.product.related.add(water.product)
    Product.objects.update(revision=7)

    html = ben.get(f"/de/p/{mug.product.slug}/").content.decode()

    assert bare_prices(html) == []


@pytest.mark.django_db
def test_from_the_cart_to_the_order_and_its_mails(ben, water, put, sandbox, settings):
    put(ben, water, 2)
    pages = {"cart": ben.get("/de/cart/"), "checkout": ben.get("/de/checkout/")}
    ben.post("/de/checkout/", CONTACT)
    pages["review"] = ben.get("/de/checkout/review/")
    ben.post("/de/checkout/place/", Page(pages["review"]).form("/de/checkout/place/").values)
    order = Order.objects.get()
    mail = emails.build(OrderMail.objects.get())
    pages["order"] = ben.get(access.url_of(order).removeprefix(settings.SITE_URL))

    shown = {name: response.content.decode() for name, response in pages.items()}
    # The summary of the checkout shows the sum of a line; the others the price of a piece.
    assert "1,59\xa0€/l" in shown["checkout"]
    assert "zzgl. 0,25\xa0€ Pfand" in shown["checkout"]
    for name in ("cart", "review", "order"):
        assert bare_prices(shown[name]) == [], name
    assert has_note(shown["cart"])
    for name in ("cart", "checkout", "review", "order"):
        assert re.search(r"MwSt|VAT", shown[name]), name
    assert bare_prices(mail.body) == []
    assert bare_prices(mail.alternatives[0].content) == []
    assert "MwSt" in mail.body


@pytest.fixture
def put():
    def put(client, variant, quantity=1):
        data = {"variant": variant.pk, "quantity": quantity}
        assert client.post("/de/cart/lines/", data).status_code == 302

    return put
