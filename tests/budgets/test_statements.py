"""How many statements a page may cost when caches are warm: as many for 24 products as for one."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog import categories, pricing, search
from catalog.models import PriceKind, Product, ProductPicture
from shop.kit import clock
from tests.concurrency.conftest import filled_cart, place
from tests.making import fill_shelves, make_product, make_variant, put_in_stock
from tests.sights import paths

pytestmark = pytest.mark.django_db

BUDGETS = {
    "/de/": 4,
    "/de/c/for-mug/": 4,
    "/de/p/mug/": 6,
    "/de/search/?q=becher": 4,
    "/de/cart/": 8,
}
WIDTHS = [160, 320, 640, 960, 1600]


def statements(client, path):
    """The statements of the third visit."""
    for _visit in range(2):
        client.get(path)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
    assert response.status_code == 200
    return [one["sql"] for one in captured.captured_queries]


def more_products(mug, warehouse, *, until):
    """Fill the mug's shelf up: with pictures, two variants each, some reduced, some featured."""
    for number in range(Product.objects.count(), until):
        product = make_product(
            f"mug-no-{number}",
            category=mug.product.category,
            name_de=f"Becher Nummer {number}",
            is_featured=number % 3 == 0,
            published_at=clock.now(),
        )
        for place_ in range(2):
            variant = make_variant(product, gross=f"{10 + number + place_}.00")
            put_in_stock(variant, number % 4, warehouse)
        if number % 2:
            start = clock.now() - datetime.timedelta(days=1)
            pricing.set_price(variant, gross=Decimal("9.00"), start=start, kind=PriceKind.SALE)
        for position in range(3):
            ProductPicture.objects.create(
                product=product, key=f"{number:020x}", width=1600, height=1600, widths=WIDTHS,
                color="#ffffff", alt_de="Ein Becher, von der Seite", alt_en="A mug from the side",
                position=position,
            )  # fmt: skip
    categories.changed()
    search.reindex_all()
    fill_shelves()


@pytest.mark.parametrize("path", BUDGETS)
def test_a_warm_page_stays_within_its_budget_for_one_product_and_for_24(
    path, mug, warehouse, ben, rules
):
    if path == "/de/cart/":
        ben.cookies["cart"] = filled_cart(mug).token
    search.reindex_all()
    one = statements(ben, path)

    more_products(mug, warehouse, until=24)
    many = statements(ben, path)

    assert len(one) == len(many), "\n".join(many)
    assert len(many) <= BUDGETS[path], "\n".join(many)


def test_a_cart_of_many_lines_costs_what_a_cart_of_one_does(mug, warehouse, ben):
    more_products(mug, warehouse, until=10)
    sellable = [one for one in Product.objects.order_by("pk") if one.slug[-1] in "1235679"][:5]
    goods = [one.variants.order_by("pk").last() for one in sellable]

    ben.cookies["cart"] = filled_cart(mug).token
    small = statements(ben, "/de/cart/")
    ben.cookies["cart"] = filled_cart(mug, *goods).token
    large = statements(ben, "/de/cart/")

    assert len(small) == len(large) <= 8


@pytest.mark.parametrize("path", BUDGETS)
def test_a_cart_costs_one_statement_more_and_a_session_at_most_two(
    path, mug, warehouse, ben, carol
):
    """A session is read together with its customer, on pages that ask for one."""
    plain = len(statements(ben, path))
    shopper, customer = Client(), Client()
    shopper.cookies["cart"] = filled_cart(mug).token
    customer.force_login(carol)

    assert len(statements(customer, path)) <= plain + 2
    if path != "/de/cart/":
        assert len(statements(shopper, path)) == plain + 1


def test_a_page_of_24_products_is_at_most_80_kilobytes_of_html(mug, warehouse, ben):
    more_products(mug, warehouse, until=25)

    shelf = ben.get("/de/c/for-mug/").content
    home = ben.get("/de/").content

    assert shelf.count(b'class="card__link"') == 24
    assert len(shelf) <= 80_000
    assert len(home) <= 80_000


@pytest.mark.parametrize("language", ["de", "en"])
def test_no_get_writes_to_the_database(language, mug, ada):
    """Whatever writes fails: the transaction is read-only. (Returning with `?session=` asks the
    payment provider and notes the answer; it is the one exception, and not among these.)"""
    order = place(filled_cart(mug))
    guest, shopper, customer = Client(), Client(), Client()
    shopper.cookies["cart"] = filled_cart(mug).token
    customer.force_login(ada)
    seen = {}

    for name, client in (("guest", guest), ("shopper", shopper), ("customer", customer)):
        for kind, path in paths(language, order).items():
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL transaction_read_only = on")
                seen[name, kind] = client.get(path).status_code
                transaction.set_rollback(True)

    assert {status for status in seen.values()} <= {200, 302, 404}
    assert seen["shopper", "review"] == 200
    assert seen["customer", "account"] == 200
    assert seen["guest", "order"] == 200
    assert [key for key, status in seen.items() if status == 404] == [
        (name, "not found") for name in ("guest", "shopper", "customer")
    ]
