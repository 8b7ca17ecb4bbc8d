"""A discount from the cart to the books: what was quoted is stored, shown, charged, given back."""

import dataclasses
import uuid
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Customer
from catalog.collections import members
from catalog.models import Category, Collection, CollectionMember
from checkout import cart_items, carts, drafting, placing, presenting, seen
from checkout.models import Cart
from checkout.promotions import rules
from checkout.promotions.rules import Conditions, Kind, Scope
from orders import books, emails, lifecycle, payments, personal_data, receipts
from orders.gateways import stripe
from orders.models import MailKind, Order, OrderDiscount, OrderMail, Payment, Refund
from orders.refunding import frozen, refunds
from shop.kit import clock
from tests import making
from tests.backoffice import Desk
from tests.checkout.conftest import CONTACT
from tests.checkout.promotions import carts as random_carts
from tests.checkout.promotions.goods import ALL_KINDS, amount, percent, promotion

pytestmark = pytest.mark.django_db

TEN_OFF = dataclasses.replace(
    amount(1, "10.00", combines_with=ALL_KINDS), name="Herbst", coupon_code="HERBST10"
)
FREE_DELIVERY = promotion(2, rules.FreeShipping(), kind=Kind.SHIPPING, combines_with=ALL_KINDS)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def filled(db, moment):
    """`filled({variant: quantity})`: a guest's cart with address, delivery and payment chosen."""

    def filled(wanted, **contact):
        cart = carts.create(customer=None, moment=moment)
        for variant, quantity in wanted.items():
            carts.add(cart, variant, quantity=quantity, moment=moment)
        typed = CONTACT | contact
        Cart.objects.filter(pk=cart.pk).update(
            delivery_method=typed.pop("delivery_method"),
            payment_method=typed.pop("payment_method"),
            contact=typed,
        )
        cart.refresh_from_db()
        return cart

    return filled


@pytest.fixture
def place(moment):
    def place(cart, *promotions):
        agreed = placing.prepare(cart, moment=moment, promotions=promotions).quote
        return placing.place(
            cart,
            agreed_total=agreed.total_gross,
            token=cart.placement_token,
            terms_version="2026-11",
            moment=moment,
            seen_digest=seen.digest(cart, agreed),
            promotions=promotions,
        )

    return place


def _wrong():
    return {name: found for name, check in books.CHECKS if (found := check())}


def test_what_was_quoted_is_frozen_line_by_line(filled, place, mug, tea):
    order = place(filled({mug: 2, tea: 1}), TEN_OFF, FREE_DELIVERY)

    assert (order.goods_gross, order.discount_gross) == (Decimal("57.90"), Decimal("10.00"))
    assert (order.delivery_gross, order.delivery_discount_gross) == (0, Decimal("4.90"))
    assert order.total_gross == Decimal("47.90")
    lines = order.lines.order_by("position")
    assert [(one.gross, one.discount_gross, one.net + one.vat) for one in lines] == [
        (Decimal("48.00"), Decimal("8.29"), Decimal("39.71")),
        (Decimal("9.90"), Decimal("1.71"), Decimal("8.19")),
    ]
    on_goods, on_delivery = order.discounts.order_by("position")
    assert (on_goods.title, on_goods.kind, on_goods.gross) == (
        "Herbst (HERBST10)",
        "order",
        Decimal("10.00"),
    )
    shares = on_goods.shares.order_by("pk").values_list("line", "gross")
    assert list(shares) == [(lines[0].pk, Decimal("8.29")), (lines[1].pk, Decimal("1.71"))]
    assert list(on_delivery.shares.values_list("line", "gross")) == [(None, Decimal("4.90"))]
    assert _wrong() == {}


def test_discounts_cost_two_statements_and_none_where_there_are_none(filled, place, mug, moment):
    def statements(*promotions):
        with CaptureQueriesContext(
            connection,
        ) as seen_ones:
            place(filled({mug: 1}), *promotions)
        return len(seen_ones)

    plain = statements()

    assert statements(TEN_OFF) == statements(TEN_OFF, FREE_DELIVERY) == plain + 2


def test_an_order_that_costs_nothing_is_confirmed_and_nobody_is_asked_for_money(filled, place, mug):
    order = place(filled({mug: 1}), percent(1, 100, combines_with=ALL_KINDS), FREE_DELIVERY)

    assert (order.total_gross, order.status, order.payment_status) == (0, "confirmed", "paid")
    assert not order.payments.exists()
    assert _wrong() == {}


def test_the_value_for_free_delivery_counts_goods_after_their_discounts(filled, mug, moment):
    """Three mugs are 72.00; delivery is free from 60.00 on."""
    cart = filled({mug: 3})

    plain = placing.prepare(cart, moment=moment)
    less = placing.prepare(cart, moment=moment, promotions=[amount(1, "12.01")])
    enough = placing.prepare(cart, moment=moment, promotions=[amount(1, "12.00")])

    assert [one.quote.delivery_gross for one in (plain, less, enough)] == [
        0,
        Decimal("4.90"),
        0,
    ]
    standard = next(one for one in less.offers if one.delivery.code == "standard")
    assert standard.missing_for_free == Decimal("0.01")


def test_ways_of_delivery_are_shown_at_what_would_be_charged(filled, mug, moment):
    half = promotion(1, rules.Percent(Decimal(50)), kind=Kind.SHIPPING)
    prepared = placing.prepare(filled({mug: 1}), moment=moment, promotions=[half])

    charged = {one.delivery.code: one.delivery.gross for one in placing.charged_offers(prepared)}

    assert charged == {"standard": Decimal("2.45"), "express": Decimal("6.45")}
    assert presenting.charged(prepared.quote) == "€2.45"


def test_another_discount_at_the_same_total_is_another_agreement(filled, mug, moment):
    cart = filled({mug: 2})
    other = dataclasses.replace(TEN_OFF, code="another")
    on_one_line = amount(1, "10.00", scope=Scope(product_ids=frozenset({mug.product_id})))
    digests = {
        seen.digest(cart, placing.prepare(cart, moment=moment, promotions=[one]).quote)
        for one in (TEN_OFF, other, dataclasses.replace(TEN_OFF, coupon_code=""))
    }
    plain = placing.prepare(cart, moment=moment).quote

    assert len(digests | {seen.digest(cart, plain)}) == 4
    with pytest.raises(placing.TotalChanged):
        placing.place(
            cart,
            agreed_total=plain.total_gross,
            token=cart.placement_token,
            terms_version="2026-11",
            moment=moment,
            promotions=[on_one_line],
        )
    assert not Order.objects.exists()


# --- What the goods tell promotions --------------------------------------------------------------


def test_items_bear_their_categories_collections_and_minimum_price(filled, mug, tea, moment):
    above = Category.objects.create(slug="all", path="for-mug-all", name_de="A", name_en="A")
    top = Category.objects.create(slug="x", path="x", name_de="X", name_en="X")
    below = Category.objects.create(slug="y", path="x/y", parent=top, name_de="Y", name_en="Y")
    mug.product.categories.add(below)
    picks = Collection.objects.create(slug="picks", kind="picked", name_de="P", name_en="P")
    CollectionMember.objects.create(collection=picks, product=tea.product)
    mug.minimum_gross = Decimal("20.00")
    mug.save(update_fields=["minimum_gross"])
    scope = Scope(category_ids=frozenset({top.pk}), collection_ids=frozenset({picks.pk}))
    cart, by_scope = filled({mug: 1, tea: 1}), percent(1, 50, scope=scope)

    of_mug, of_tea = cart_items.of(cart, moment=moment, currency="EUR", promotions=[by_scope])
    quote = placing.prepare(cart, moment=moment, promotions=[by_scope]).quote

    assert of_mug.category_ids == {mug.product.category_id, top.pk, below.pk}
    assert above.pk not in of_mug.category_ids, "its path only begins with the same letters"
    assert (of_tea.collection_ids, of_mug.collection_ids) == ({picks.pk}, frozenset())
    assert members.of_products([mug.product_id]) == {}
    assert (of_mug.minimum_gross, of_tea.minimum_gross) == (Decimal("20.00"), 0)
    assert [line.discount_gross for line in quote.lines] == [Decimal("4.00"), Decimal("9.90")]


def test_shelves_are_read_only_when_a_scope_asks_for_them(filled, mug, moment):
    cart = filled({mug: 1})
    named = percent(1, 10, scope=Scope(product_ids=frozenset({mug.product_id})))
    shelved = percent(1, 10, scope=Scope(excluded_category_ids=frozenset({1})))

    def statements(*promotions):
        with CaptureQueriesContext(connection) as found:
            placing.prepare(cart, moment=moment, promotions=promotions)
        return len(found)

    assert statements(named) == statements()
    assert statements(shelved) == statements() + 1


def test_a_gift_card_is_never_sold_for_less(filled, mug, warehouse, moment):
    card = making.make_variant(
        making.make_product("card", is_gift_card=True), gross="50.00", has_stock_limit=False
    )

    quote = placing.prepare(
        filled({mug: 1, card: 1}), moment=moment, promotions=[percent(1, 10)]
    ).quote

    assert [line.discount_gross for line in quote.lines] == [Decimal("2.40"), 0]


# --- Where it is shown and charged ---------------------------------------------------------------


def test_pages_show_each_discount_beside_what_it_is_taken_off(filled, mug, tea, moment):
    quote = placing.prepare(
        filled({mug: 2, tea: 1}), moment=moment, promotions=[TEN_OFF, FREE_DELIVERY]
    ).quote

    rows = [(one["kind"], one["label"], one["value"]) for one in presenting.totals(quote)]
    lines = [presenting.line(one, "EUR")["discount"] for one in quote.lines]

    assert rows[:5] == [
        ("goods", "Goods", "€57.90"),
        ("discount", "Herbst (HERBST10)", "−€10.00"),
        ("delivery", "Delivery (Delivery standard)", "€4.90"),
        ("discount", "Promotion 2", "−€4.90"),
        ("total", "Total", "€47.90"),
    ]
    assert lines == ["−€8.29", "−€1.71"]


def test_order_page_and_mails_say_what_the_checkout_said(ben, filled, place, mug, tea):
    order = place(filled({mug: 2, tea: 1}), TEN_OFF, FREE_DELIVERY)

    mail = emails.build(OrderMail.objects.get(kind=MailKind.ACKNOWLEDGEMENT))
    html = mail.alternatives[0][0]
    page = ben.get(emails.access.path_of(order)).content.decode()

    for row in ("Herbst (HERBST10): −€10.00", "Promotion 2: −€4.90", "Total: €47.90"):
        assert row in mail.body
    for text in ("Herbst (HERBST10)", "−€10.00", "−€4.90", "€47.90", "Discount: −€8.29"):
        assert text in html
        assert text in page
    assert "Discount: −€1.71" in mail.body


def test_orders_without_discounts_ask_for_none(filled, place, mug):
    order = place(filled({mug: 1}))

    with CaptureQueriesContext(connection) as found:
        receipts.totals(order)

    assert [one["sql"] for one in found if "discount" in one["sql"].split("FROM")[1]] == []


def test_the_payment_page_asks_for_exactly_the_total(filled, place, mug, tea, sandbox, moment):
    order = place(filled({mug: 2, tea: 1}), TEN_OFF, FREE_DELIVERY)

    payments.start(order, moment=moment)

    (session,) = sandbox.world.store.rows("session")
    asked = stripe.Stripe().parameters(
        order, order.payments.get(), order_url="https://shop.example/", moment=moment
    )["line_items"]
    named = {one["price_data"]["product_data"]["name"]: one for one in asked}
    assert session["amount_total"] == 4790
    assert sum(one["price_data"]["unit_amount"] * one["quantity"] for one in asked) == 4790
    assert {name: one["price_data"]["unit_amount"] for name, one in named.items()} == {
        "2 × Mug": 3971,
        "East Frisian tea": 819,
    }


def test_staff_see_who_bears_a_discount(sam, filled, place, mug, tea):
    order = place(filled({mug: 2, tea: 1}), TEN_OFF, FREE_DELIVERY)

    text = Desk(sam).text(f"/admin/orders/order/{order.pk}/change/")

    assert "Herbst (HERBST10)" in text
    assert "MUG-1 8.29, TEA-250 1.71" in text


def test_staff_give_a_variant_its_minimum_price(sam, mug):
    desk = Desk(sam)
    address = f"/admin/catalog/variant/{mug.pk}/change/"

    desk.post(address, **desk.form(address) | {"minimum_gross": "18.50"})

    mug.refresh_from_db()
    assert mug.minimum_gross == Decimal("18.50")


def test_the_table_of_the_page_in_which_order_things_are_asked(filled, rules, moment):
    """Goods of 62.00; delivery is free from 60.00 on, else 4.90."""
    sofa = making.make_variant(gross="62.00", has_stock_limit=False)
    one, five = (amount(3, value, combines_with=ALL_KINDS) for value in ("1.00", "5.00"))
    asked = [(), (one,), (five,), (five, FREE_DELIVERY)]

    quotes = [
        placing.prepare(filled({sofa: 1}), moment=moment, promotions=offered).quote
        for offered in asked
    ]

    found = [
        (one.payable_goods_gross, one.delivery.gross, one.delivery_gross, one.total_gross)
        for one in quotes
    ]
    assert found == [
        tuple(map(Decimal, row.split()))
        for row in ("62 0 0 62", "61 0 0 61", "57 4.90 4.90 61.90", "57 4.90 0 57")
    ]


# --- Every random cart, to the books and back ----------------------------------------------------


def _of_one_variant(variant, items, offered, fee):
    """The quote of `items` as if all of them were pieces of one variant that there is."""
    its = {"variant_id": variant.pk}
    items = [
        dataclasses.replace(
            item, **its, parts=tuple(dataclasses.replace(one, **its) for one in item.parts)
        )
        for item in items
    ]
    return random_carts.quote(items, offered, fee if fee is not None else Decimal("0.00"))


def _written(quote):
    """The order of a quote, as placing writes it."""
    moment = clock.now()
    cart = Cart(
        placement_token=uuid.uuid4(), payment_method="stripe", contact=CONTACT, customer=None
    )
    draft = drafting.draft(quote, cart, number="K-1", terms_version="2026-11", moment=moment)
    return lifecycle.create(draft, moment=moment)


@given(random_carts.items(most=3), random_carts.promotions(most=3), random_carts.fees)
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_every_cart_is_clean_in_the_books_and_goes_back_to_the_cent(mug, items, offered, fee):
    """Written as placed, asked of the books, read for a full refund; then rolled back."""
    quote = _of_one_variant(mug, items, offered, fee)
    with transaction.atomic():
        order = _written(quote)
        order.refresh_from_db()
        paid = frozen.paid(order)
        wrong = {name for name in _wrong() if "download" not in name}
        stored = sum(one.gross for one in OrderDiscount.objects.all())
        transaction.set_rollback(True)

    assert wrong == set()
    assert order.total_gross == quote.total_gross == paid.gross
    assert stored == order.discount_gross + order.delivery_discount_gross
    assert sum(one.gross for one in paid.delivery) == order.delivery_gross
    whole = paid.back({pk: line.quantity for pk, line in paid.lines.items()}, delivery=True)
    assert [(one.rate, one.gross, one.net) for one in whole.by_rate if one.gross] == [
        (one.rate, one.gross, one.net) for one in quote.vat_sums if one.gross
    ]


@given(
    random_carts.items(most=3),
    random_carts.promotions(most=3),
    random_carts.fees,
    st.randoms(use_true_random=False),
)
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_refunds_of_pieces_in_any_order_are_all_that_came_in_and_never_more(
    mug, moment, items, offered, fee, dice
):
    quote = _of_one_variant(mug, items, offered, fee)
    with transaction.atomic():
        order = _written(quote)
        payment = order.payments.first()
        if payment is None:  # nothing to pay, nothing to give back
            assert frozen.paid(order).gross == 0
            transaction.set_rollback(True)
            return
        Payment.objects.filter(pk=payment.pk).update(
            state="succeeded", captured=payment.amount, settled_at=moment
        )
        paid, before = frozen.paid(order), {}
        pieces = [pk for pk, line in paid.lines.items() for _one in range(line.quantity)]
        dice.shuffle(pieces)
        for place, pk in enumerate(pieces):
            is_last = place == len(pieces) - 1
            back = paid.back({pk: 1}, before=before, delivery=is_last)
            before[pk] = before.get(pk, 0) + 1
            if back.gross:
                refunds.request(payment, amount=back.gross, reason="t", by=None, moment=moment)
        gone = sum(one.amount for one in Refund.objects.filter(payment=payment))
        with pytest.raises(refunds.NotRefundable):
            refunds.request(payment, amount=Decimal("0.01"), reason="more", by=None, moment=moment)
        transaction.set_rollback(True)

    assert gone == payment.amount == quote.total_gross


# --- The books find what is broken ---------------------------------------------------------------

NAME = "orders: discounts = their shares, no line below its minimum"
BROKEN = [
    "UPDATE orders_orderdiscount SET gross = gross + 1 WHERE kind = 'order'",
    "UPDATE orders_orderdiscountshare SET gross = gross + 1 WHERE line_id IS NULL",
    "DELETE FROM orders_orderdiscountshare WHERE line_id IS NOT NULL",
    "UPDATE orders_order SET delivery_discount_gross = 0",
]


@pytest.mark.parametrize("statement", BROKEN, ids=range(len(BROKEN)))
def test_a_broken_discount_is_told_by_its_check_and_no_other(filled, place, mug, statement):
    place(filled({mug: 2}), TEN_OFF, FREE_DELIVERY)
    assert _wrong() == {}

    with connection.cursor() as cursor:
        cursor.execute(statement)

    assert set(_wrong()) == {NAME}


def test_the_database_refuses_a_line_below_its_minimum(filled, place, mug):
    order = place(filled({mug: 2}), TEN_OFF)

    with pytest.raises(Exception, match="order_line_not_below_minimum"):
        order.lines.update(minimum_gross=Decimal("20.00"))


def test_a_customer_is_told_which_coupons_the_shop_remembers(ada: Customer, filled, place, mug):
    order = place(filled({mug: 2}), TEN_OFF)
    Order.objects.filter(pk=order.pk).update(customer=ada)

    (told,) = personal_data.export(ada)["orders"]

    assert told["discounts"] == [{"name": "Herbst", "coupon": "HERBST10", "gross": "10.00"}]


def test_a_condition_on_the_way_of_delivery_holds_for_the_chosen_one(filled, mug, moment):
    by_express = amount(1, "5.00", conditions=Conditions(delivery_codes=frozenset({"express"})))
    cart = filled({mug: 1})

    standard = placing.prepare(cart, moment=moment, promotions=[by_express]).quote
    express = placing.prepare(
        cart, moment=moment, promotions=[by_express], delivery_method="express"
    ).quote

    assert standard.refused[0].reason == rules.Reason.DELIVERY
    assert express.discount_gross == Decimal("5.00")
