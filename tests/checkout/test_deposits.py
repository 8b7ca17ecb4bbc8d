"""A deposit goes its own way from the shelf to the order, and never hides in a price."""

from decimal import Decimal

import pytest

from catalog.models import Variant
from orders import books, emails
from orders.models import Order, OrderMail
from tests.making import make_product, make_variant, make_warehouse, put_in_stock
from tests.pages import Page

pytestmark = pytest.mark.django_db
PLACE, REVIEW = "/en/checkout/place/", "/en/checkout/review/"


@pytest.fixture
def water(rules) -> Variant:
    """A bottle of 0.75 l at 1.19 € with a deposit of 0.25 €."""
    product = make_product("water", name_de="Wasser", name_en="Water")
    variant = make_variant(
        product,
        gross="1.19",
        sku="WATER-075",
        deposit=Decimal("0.25"),
        content_amount=Decimal(750),
        content_unit="ml",
    )
    put_in_stock(variant, 99, make_warehouse("cellar"))
    return variant


def test_it_stands_beside_the_price_on_page_card_and_suggestion(ben, water):
    page = ben.get("/de/p/water/").content.decode()
    card = ben.get("/de/").content.decode()

    for html in (page, card):
        assert "1,19\xa0€" in html
        assert "1,59\xa0€/l" in html, "the base price knows nothing of the deposit"
        assert "zzgl. 0,25\xa0€ Pfand" in html
        assert "1,44" not in html


def test_it_is_no_part_of_a_reduction(ben, water):
    water.prices.create(gross="0.99", kind="sale", valid=("2026-01-01", None))

    html = ben.get("/de/p/water/").content.decode()

    assert "−17 %" in html
    assert "zzgl. 0,25\xa0€ Pfand" in html


def test_it_is_a_row_of_its_own_from_the_cart_to_the_mail(ben, to_review, water, sandbox):
    to_review(ben, {water: 6}, language="en")
    cart = ben.get("/en/cart/").content.decode()
    review = Page(ben.get(REVIEW))
    html = ben.get(REVIEW).content.decode()

    ben.post(PLACE, review.form(PLACE).values)

    order = Order.objects.get()
    line = order.lines.get()
    for text in (cart, html):
        assert "plus €0.25 deposit" in text
        assert "<dt>Deposit</dt><dd>€1.50</dd>" in text
    assert (order.goods_gross, order.deposit_gross) == (Decimal("7.14"), Decimal("1.50"))
    assert order.total_gross == Decimal("13.54")
    assert (line.gross, line.unit_deposit, line.deposit_gross) == (
        Decimal("7.14"),
        Decimal("0.25"),
        Decimal("1.50"),
    )
    assert line.deposit_net + line.deposit_vat == Decimal("1.50")
    assert order.vat_sums.get().gross == order.total_gross
    assert [name for name, find in books.CHECKS if find()] == []
    mail = emails.build(OrderMail.objects.get())
    assert "plus €0.25 deposit" in mail.body
    assert "Deposit: €1.50" in mail.body
    page = ben.get(f"/en/orders/{order.number}/", follow=True)
    assert page.status_code in (200, 404)


def test_stripe_is_asked_for_the_deposit_as_an_item_of_its_own(ben, to_review, water, sandbox):
    to_review(ben, {water: 6}, language="en")

    ben.post(PLACE, Page(ben.get(REVIEW)).form(PLACE).values)

    (session,) = sandbox.world.store.rows("session")
    assert session["amount_total"] == 1354
    items = Order.objects.get().payments.get().parameters["line_items"]
    prices = [(one["price_data"], one["quantity"]) for one in items]
    asked = [(one["product_data"]["name"], one["unit_amount"], pieces) for one, pieces in prices]
    assert asked[:2] == [("Water", 119, 6), ("Deposit: Water", 25, 6)]


def test_a_deposit_that_changed_meanwhile_stops_the_order(ben, to_review, water):
    to_review(ben, {water: 6}, language="en")
    agreed = Page(ben.get(REVIEW)).form(PLACE).values
    Variant.objects.update(deposit=Decimal("0.15"))

    response = ben.post(PLACE, agreed)

    assert response.status_code == 409
    assert not Order.objects.exists()


def test_it_does_not_count_towards_free_delivery(ben, to_review, water):
    Variant.objects.update(deposit=Decimal("30.00"))
    to_review(ben, {water: 6}, language="en")

    html = ben.get(REVIEW).content.decode()

    assert "€4.90" in html
    assert "€192.04" in html, "7.14 + 180.00 + 4.90"


def test_a_broken_sum_is_found_by_the_books(ben, to_review, water, sandbox):
    to_review(ben, {water: 1}, language="en")
    ben.post(PLACE, Page(ben.get(REVIEW)).form(PLACE).values)
    order = Order.objects.get()

    Order.objects.filter(pk=order.pk).update(
        deposit_gross=Decimal("0.00"), total_gross=order.total_gross - Decimal("0.25")
    )

    assert "total" in str([find() for _name, find in books.CHECKS])
    assert books.totals_add_up()
