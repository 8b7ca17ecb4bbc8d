"""The order button: one order for one agreement, and nothing at all when something has changed."""

import datetime
import re
import uuid
from decimal import Decimal

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog import pricing
from catalog.models import VatRate
from checkout import carts, placing
from checkout.models import Cart, DeliveryMethod
from content import merchant as facts
from inventory import books, stock
from inventory.models import Reservation, StockItem
from orders.models import Order, OrderMail
from shop.kit import clock
from tests.checkout.conftest import CONTACT
from tests.content.conftest import publish
from tests.making import make_goods
from tests.pages import Page

pytestmark = pytest.mark.django_db
PLACE, REVIEW = "/en/checkout/place/", "/en/checkout/review/"


def agreement(client):
    """What the review page sends along with the order button."""
    return Page(client.get(REVIEW)).form(PLACE).values


def sessions(sandbox):
    return list(sandbox.world.store.rows("session"))


def nothing_happened(cart, *, lines):
    cart.refresh_from_db()
    return (
        not Order.objects.exists()
        and not OrderMail.objects.exists()
        and not Reservation.objects.exists()
        and not StockItem.objects.exclude(reserved=0).exists()
        and cart.ordered_at is None
        and cart.lines.count() == lines
    )


def test_the_button_makes_the_order_and_leads_to_the_payment_page(
    ben, to_review, mug, tea, sandbox
):
    cart = to_review(ben, {mug: 2, tea: 1}, language="en")

    response = ben.post(PLACE, agreement(ben))

    order = Order.objects.get()
    assert response.status_code == 303
    assert response["Location"].startswith(sandbox.url)
    assert (order.total_gross, order.goods_gross) == (Decimal("62.80"), Decimal("57.90"))
    assert (order.delivery_gross, order.language, order.customer) == (Decimal("4.90"), "en", None)
    assert order.placement_token == cart.placement_token
    lines = order.lines.order_by("position").values_list("sku", "quantity", "gross", "vat_rate")
    assert list(lines) == [
        ("MUG-1", 2, Decimal("48.00"), Decimal("19.00")),
        ("TEA-250", 1, Decimal("9.90"), Decimal("7.00")),
    ]
    assert stock.promised(order.number) == {mug.pk: 2, tea.pk: 1}
    (session,) = sessions(sandbox)
    assert (session["amount_total"], session["currency"]) == (6280, "eur")
    assert [kind for kind, find in books.CHECKS if find()] == []


def test_after_the_order_the_cart_is_empty_and_holds_no_address(ben, to_review, mug, sandbox):
    cart = to_review(ben, {mug: 2})

    response = ben.post(PLACE, agreement(ben))

    assert response.cookies["cart"].value == ""
    assert ben.get("/en/cart/").status_code == 200
    cart.refresh_from_db()
    assert cart.ordered_at is not None
    assert cart.contact == {}


def test_what_was_agreed_is_copied_and_never_changes(ben, to_review, mug, sandbox):
    to_review(ben, {mug: 1}, language="en")
    ben.post(PLACE, agreement(ben))
    mug.product.name_en = "Cup"
    mug.product.save(update_fields=["name_en"])
    pricing.set_price(mug, gross=Decimal("99.00"), start=clock.now())

    line = Order.objects.get().lines.get()
    address = Order.objects.get().addresses.get(kind="delivery")

    assert (line.name, line.unit_gross) == ("Mug", Decimal("24.00"))
    assert (address.name, address.street, address.extra) == (
        "Ben Quast",
        "Deichstraße 7",
        "Hinterhaus",
    )


def test_what_the_cheapest_delivery_costs_is_kept_for_a_withdrawal(ben, to_review, mug, sandbox):
    to_review(ben, {mug: 1}, delivery_method="express")
    ben.post(PLACE, agreement(ben))

    order = Order.objects.get()

    assert order.delivery_gross == Decimal("12.90")
    assert order.standard_delivery_gross == Decimal("4.90")


# --- Something has changed ------------------------------------------------------------------------


def test_a_price_that_changed_in_between_is_shown_and_asked_again(ben, to_review, mug, sandbox):
    cart = to_review(ben, {mug: 2})
    agreed = agreement(ben)
    pricing.set_price(mug, gross=Decimal("25.00"), start=clock.now())

    response = ben.post(PLACE, agreed)

    assert response.status_code == 409
    page = Page(response)
    assert "The total has changed from €52.90 to €54.90." in page.text
    assert page.form(PLACE).values["agreed_total"] == "54.90"
    assert nothing_happened(cart, lines=1)
    assert sessions(sandbox) == []
    assert ben.post(PLACE, page.form(PLACE).values).status_code == 303
    assert Order.objects.get().total_gross == Decimal("54.90")


@pytest.mark.parametrize("agreed", ["0.01", "52.89", "52.91", "99999.00", "-52.90"])
def test_a_total_that_nobody_was_shown_orders_nothing(ben, to_review, mug, sandbox, agreed):
    cart = to_review(ben, {mug: 2})

    response = ben.post(PLACE, agreement(ben) | {"agreed_total": agreed})

    assert response.status_code == 409
    assert nothing_happened(cart, lines=1)


@pytest.mark.parametrize("field", ["agreed_total", "token"])
@pytest.mark.parametrize("value", ["", "abc", "1e400", "NaN", "1\x00", "52.900", "٣" * 40])
def test_a_form_that_was_tampered_with_leads_back_to_the_review(
    ben, to_review, mug, sandbox, field, value
):
    cart = to_review(ben, {mug: 2})

    response = ben.post(PLACE, agreement(ben) | {field: value})

    assert (response.status_code, response["Location"]) == (302, REVIEW)
    assert nothing_happened(cart, lines=1)


def test_stock_that_is_gone_is_told_line_by_line_and_nothing_is_charged(
    ben, to_review, mug, tea, lamp, sandbox
):
    cart = to_review(ben, {mug: 5, tea: 1, lamp: 1})
    agreed = agreement(ben)
    mug.stock_items.update(on_hand=2)
    lamp.stock_items.update(on_hand=0)

    response = ben.post(PLACE, agreed)

    assert response.status_code == 409
    text = Page(response).text
    assert "Mug: Only 2 are left." in text
    assert "Lamp: This is sold out. Please remove it." in text
    assert "Nothing was ordered or charged." in text
    assert "East Frisian tea:" not in text
    assert nothing_happened(cart, lines=3)
    assert sessions(sandbox) == []


def test_stock_that_goes_at_the_very_moment_is_told_in_the_same_words(
    ben, to_review, lamp, sandbox, moment
):
    """Two see the last piece in their review; the second press meets the guard of the stock."""
    cart = to_review(ben, {lamp: 1})
    agreed = agreement(ben)
    stock.reserve({lamp.pk: 1}, reference="K-rival", moment=moment)

    response = ben.post(PLACE, agreed)

    assert response.status_code == 409
    assert "Lamp: This is sold out. Please remove it." in Page(response).text
    assert not Order.objects.exists()
    cart.refresh_from_db()
    assert (cart.ordered_at, cart.lines.count()) == (None, 1)
    assert list(Reservation.objects.values_list("reference", flat=True)) == ["K-rival"]


def test_a_product_taken_off_in_between_is_not_sold(ben, to_review, mug, sandbox):
    cart = to_review(ben, {mug: 2})
    agreed = agreement(ben)
    mug.is_active = False
    mug.save(update_fields=["is_active"])

    response = ben.post(PLACE, agreed)

    assert response.status_code == 409
    assert nothing_happened(cart, lines=1)


def test_a_way_of_delivery_taken_off_in_between_asks_again(ben, to_review, mug, sandbox):
    cart = to_review(ben, {mug: 2})
    agreed = agreement(ben)
    DeliveryMethod.objects.filter(code="standard").update(is_active=False)

    response = ben.post(PLACE, agreed)

    assert (response.status_code, response["Location"]) == (302, "/en/checkout/")
    assert nothing_happened(cart, lines=1)


def test_digital_content_without_consent_is_not_sold(ben, to_review, pattern, sandbox):
    cart = to_review(ben, {pattern: 1}, delivery_method="email", digital_consent="on")
    agreed = agreement(ben)
    Cart.objects.filter(pk=cart.pk).update(
        contact={**cart.contact, **_address(), "digital_consent": False}
    )

    response = ben.post(PLACE, agreed)

    assert response.status_code == 409
    assert "Please agree to the immediate delivery" in Page(response).text
    assert not Order.objects.exists()


def _address():
    return {name: text for name, text in CONTACT.items() if not name.endswith("_method")}


def test_no_way_to_pay_no_order(ben, to_review, mug, settings):
    cart = to_review(ben, {mug: 2})
    agreed = agreement(ben)
    settings.STRIPE_SECRET_KEY = ""

    response = ben.post(PLACE, agreed)

    assert response.status_code == 409
    assert nothing_happened(cart, lines=1)


# --- Once ----------------------------------------------------------------------------------------


def test_pressing_twice_reloading_and_a_second_tab_give_the_same_one_order(
    ben, to_review, mug, sandbox
):
    to_review(ben, {mug: 2})
    agreed = agreement(ben)
    tab = Client()
    tab.cookies["cart"] = ben.cookies["cart"].value

    answers = [client.post(PLACE, agreed) for client in (ben, tab, ben, tab)]

    assert {one.status_code for one in answers} == {303}
    assert len({one["Location"] for one in answers}) == 1
    assert Order.objects.count() == 1
    assert len(sessions(sandbox)) == 1
    assert StockItem.objects.get(variant=mug).reserved == 2


def test_the_token_of_another_open_cart_orders_nothing(ben, to_review, mug, tea, sandbox):
    other = Client()
    theirs = to_review(other, {tea: 1})
    mine = to_review(ben, {mug: 2})

    response = ben.post(PLACE, agreement(ben) | {"token": str(theirs.placement_token)})

    assert response.status_code == 409
    assert nothing_happened(mine, lines=1)
    assert nothing_happened(theirs, lines=1)


def test_the_token_of_a_customers_order_opens_it_for_nobody_else(ada, ben, to_review, mug, sandbox):
    hers = Client()
    hers.force_login(ada)
    cart = to_review(hers, {mug: 1})
    agreed = agreement(hers)
    hers.post(PLACE, agreed)
    assert Order.objects.get().customer == ada

    empty = Client().post(PLACE, agreed)
    to_review(ben, {mug: 1})
    full = ben.post(PLACE, agreement(ben) | {"token": str(cart.placement_token)})

    assert empty["Location"] == "/en/cart/"
    assert full.status_code == 409
    assert "/orders/" not in full.content.decode()
    assert hers.post(PLACE, agreed).status_code == 303


def test_an_unknown_token_without_a_cart_leads_to_the_cart(ben, db):
    response = ben.post(PLACE, {"agreed_total": "52.90", "token": str(uuid.uuid4())})

    assert (response.status_code, response["Location"]) == (302, "/en/cart/")


def test_a_cart_filled_again_after_the_order_is_a_new_cart(ben, put, to_review, mug, sandbox):
    first = to_review(ben, {mug: 2})
    ben.post(PLACE, agreement(ben))

    second = put(ben, mug, 1)

    assert second.pk != first.pk
    assert second.placement_token != first.placement_token
    assert first.lines.get().quantity == 2


# --- Others are away ------------------------------------------------------------------------------


def test_the_payment_provider_is_away_the_order_stands_and_offers_to_pay(ben, to_review, mug):
    """Nobody listens where the settings of the tests say that the provider is."""
    to_review(ben, {mug: 2}, language="en")

    response = ben.post(PLACE, agreement(ben))

    order = Order.objects.get()
    assert response.status_code == 303
    assert response["Location"].startswith("/en/orders/")
    page = Page(ben.get(response["Location"]))
    assert order.number in page.text
    form = page.form(f"{response['Location']}payment/")
    again = ben.post(form.action, form.values)
    assert again["Location"].endswith("?unreachable=1")
    assert ben.get(again["Location"]).status_code == 200
    assert StockItem.objects.get(variant=mug).reserved == 2


def test_an_order_that_could_not_be_paid_is_paid_when_the_provider_is_back(
    ben, to_review, mug, settings, request
):
    to_review(ben, {mug: 2}, language="en")
    path = ben.post(PLACE, agreement(ben))["Location"]
    sandbox = request.getfixturevalue("sandbox")

    response = ben.post(f"{path}payment/")

    assert response["Location"].startswith(sandbox.url)
    assert len(sessions(sandbox)) == 1


# --- What it costs --------------------------------------------------------------------------------


# The statements of the button, measured: 1 finds the cart, 1 locks it, 8 quote it (lines, prices,
# stock, pictures, VAT; methods, rates and zones of delivery), 7 write the order, 1 closes the cart,
# 3 reserve the goods; then 10 in three short transactions open the payment page around the call to
# the provider.
MEASURED = 32


def _statements(client):
    agreed = agreement(client)
    with CaptureQueriesContext(connection) as captured:
        response = client.post(PLACE, agreed)
    assert response.status_code == 303
    return [one["sql"] for one in captured.captured_queries]


@pytest.mark.django_db(transaction=True)
def test_placing_takes_as_many_statements_whatever_the_number_of_lines(
    to_review, mug, warehouse, sandbox
):
    one, five = Client(), Client()
    to_review(one, {mug: 1})
    to_review(five, {mug: 1, **{make_goods(warehouse): 2 for _number in range(4)}})

    small, large = (
        [sql for sql in _statements(client) if sql not in ("BEGIN", "COMMIT")]
        for client in (one, five)
    )

    listed = "\n".join(sql[:110] for sql in large)
    assert len(small) == len(large), listed
    assert len(large) == MEASURED, listed


@pytest.mark.django_db(transaction=True)
def test_locks_are_taken_in_the_order_of_the_house_the_stock_last(
    to_review, mug, warehouse, sandbox
):
    client = Client()
    to_review(client, {mug: 1, make_goods(warehouse): 1})

    statements = _statements(client)

    first = statements[: statements.index("COMMIT") + 1]
    locking = [sql for sql in first if "FOR UPDATE" in sql]
    tables = [re.search(r'FOR UPDATE OF "(\w+)"', sql)[1] for sql in locking]
    assert tables == ["checkout_cart", "inventory_stockitem"]
    assert 'ORDER BY "inventory_stockitem"."id"' in locking[1]
    after = first[first.index(locking[1]) + 1 :]
    assert [sql.split()[0] for sql in after] == ["UPDATE", "INSERT", "COMMIT"]


# --- Without pages --------------------------------------------------------------------------------


def _ready(variant, moment, **contact):
    cart = carts.create(customer=None, moment=moment)
    carts.add(cart, variant, quantity=1, moment=moment)
    carts.save_choices(
        cart,
        contact=_address() | contact,
        delivery_method="standard",
        payment_method="stripe",
        moment=moment,
    )
    return cart


def test_the_vat_is_that_of_the_day_in_berlin(mug, moment):
    """Half past midnight there is still yesterday in Greenwich."""
    new_year = datetime.date(2031, 1, 1)
    VatRate.objects.filter(vat_class="standard").update(
        valid=DateRange(datetime.date(2021, 1, 1), new_year)
    )
    VatRate.objects.create(
        country="DE", vat_class="standard", rate=25, valid=DateRange(new_year, None)
    )
    cart = _ready(mug, moment)

    def rate(*parts):
        at = datetime.datetime(*parts, tzinfo=datetime.UTC)
        return placing.prepare(cart, moment=at).quote.vat_sums[0].rate

    assert rate(2030, 12, 31, 22, 59) == Decimal(19)
    assert rate(2030, 12, 31, 23, 0) == Decimal(25)


def test_terms_that_changed_while_somebody_read_are_shown_before_anything_is_ordered(
    ben, to_review, mug, sandbox, monkeypatch
):
    for name in facts.FIELDS:
        monkeypatch.setenv(facts.variable(name), "x")
    to_review(ben, {mug: 1})
    form = Page(ben.get(REVIEW)).form(PLACE).values
    publish("terms", extra="New.", moment=clock.now())

    refused = ben.post(PLACE, form)

    assert refused.status_code == 409
    assert not Order.objects.exists()
    again = Page(refused).form(PLACE).values
    assert again["seen_texts"] != form["seen_texts"]
    assert ben.post(PLACE, again).status_code == 303
    assert Order.objects.get().terms_version == again["seen_texts"].split()[0]


def test_a_shop_that_may_not_sell_places_nothing(mug, moment, settings, monkeypatch):
    cart = _ready(mug, moment)
    settings.DEMO = False
    monkeypatch.delenv("MERCHANT_NAME", raising=False)
    wish = {"agreed_total": Decimal("28.90"), "token": cart.placement_token}

    with pytest.raises(placing.NotSelling):
        placing.place(cart, **wish, terms_version="1", moment=moment)

    assert not Order.objects.exists()


def test_an_empty_cart_and_one_that_is_gone_cannot_be_ordered(mug, moment):
    cart = _ready(mug, moment)
    cart.lines.all().delete()
    wish = {
        "agreed_total": Decimal("28.90"),
        "token": cart.placement_token,
        "terms_version": "1",
        "moment": moment,
    }

    with pytest.raises(placing.Incomplete):
        placing.place(cart, **wish)
    gone = Cart(pk=cart.pk, placement_token=cart.placement_token)
    cart.delete()
    with pytest.raises(placing.Incomplete):
        placing.place(gone, **wish)

    assert not Order.objects.exists()
