"""Ten orders leave the house in few clicks: with typed numbers, and with labels of our own."""

from decimal import Decimal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import transaction

from accounts.models import Customer
from inventory import stock
from orders import lifecycle
from orders.carriers import check_digits
from orders.models import Fulfilment, Order
from shop.kit import clock
from tests.browser import counting
from tests.making import put_in_stock
from tests.orders.conftest import draft_for, line_for

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AT_MOST = 12
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture
def waiting(shop, mug, warehouse):
    """Ten orders that are paid; nothing to pay is paid."""
    put_in_stock(mug, 40, warehouse)
    moment = clock.now()
    for _at in range(10):
        assert _free_order(mug, moment).is_shippable
    return list(Order.objects.order_by("placed_at", "pk"))


def _free_order(variant, moment):
    nothing = Decimal("0.00")
    line = line_for(variant, quantity=2, unit=nothing)
    with transaction.atomic():
        order = lifecycle.create(draft_for(line, delivery_gross=nothing), moment=moment)
        stock.reserve({variant.pk: 2}, reference=order.number, moment=moment)
    order.refresh_from_db()
    return order


@pytest.fixture
def hands(shop, new_page):
    sam = Customer.objects.create_superuser("sam@kontor.example", "correct horse battery")
    page = new_page(viewport=(1440, 900), bypass_csp=True)
    counting.sign_in(page, shop.url, sam)
    return counting.Hands(page)


def _number(at):
    digits = f"0034043400000000{at:03d}"
    return digits + check_digits.gs1_digit(digits)


def test_ten_orders_leave_with_typed_numbers(hands, waiting):
    hands.click("a[href$='/admin/orders/fulfilment/shipping/'] >> nth=0")
    fields = hands.page.locator("input[name^=number_]")
    for at in range(10):
        hands.fill(fields.nth(at), _number(at))
    hands.click("button[value=ship]")
    hands.page.wait_for_function("() => !document.querySelector('input[name^=number_]')")

    assert hands.total <= AT_MOST, (hands.clicks, hands.fills)
    assert Fulfilment.objects.filter(carrier_code="dhl").count() == 10
    assert not Order.objects.exclude(fulfilment_status="fulfilled").exists()


def test_ten_orders_leave_with_labels_and_papers_in_four_clicks(hands, waiting):
    page = hands.page
    hands.click("a[href$='/admin/orders/fulfilment/shipping/'] >> nth=0")
    for act in ("papers", "labels"):
        with page.expect_response(lambda answer: answer.request.method == "POST") as told:
            hands.click(f"button[value={act}]")
        assert told.value.headers["content-type"] == "application/pdf"
        page.goto(page.url if "shipping" in page.url else "/")
    hands.click("button[value=ship]")
    page.wait_for_function("() => !document.querySelector('input[name^=number_]')")

    assert (hands.clicks, hands.fills) == (4, 0)
    assert Fulfilment.objects.filter(carrier_code="local", label__isnull=False).count() == 10


def test_the_pages_of_the_warehouse_are_accessible(hands, shop, waiting):
    pk = waiting[0].pk
    for path in ("shipping/", "shipping/?kind=pickup", "packing/", f"packing/{pk}/", ""):
        hands.page.goto(f"{shop.url}/admin/orders/fulfilment/{path}")
        found = Axe().run(hands.page, options={"runOnly": WCAG}).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"][:160]) for one in found] == [], path
