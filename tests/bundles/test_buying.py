"""A bundle from the page to the parcel: split by component, reserved and sent by component."""

from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from catalog.bundles import composing
from catalog.models import Product, Variant
from checkout import cart_items, carts, placing
from inventory import availability, books, stock
from inventory.models import StockItem
from orders import books as order_books
from orders import emails, fulfilments, history, lifecycle, settling
from orders.models import MailKind, OrderLineComponent, OrderMail, OrderStatus
from shop.kit import clock
from tests.bundles.conftest import make_bundle
from tests.concurrency.conftest import filled_cart, place
from tests.making import make_file, make_product, make_variant, put_in_stock
from tests.pages import Page

pytestmark = pytest.mark.django_db


def left(*variants):
    found = availability.of([one.pk for one in variants])
    return [found[one.pk].left for one in variants]


def reserved():
    return dict(StockItem.objects.values_list("variant__sku", "reserved"))


def broken():
    return [text for text, find in [*books.CHECKS, *order_books.CHECKS] if find()]


def cart_of(*pairs):
    cart = carts.create(customer=None, moment=clock.now())
    for variant, quantity in pairs:
        carts.add(cart, variant, quantity=quantity, moment=clock.now())
    return cart


def quote_of(cart):
    return placing.prepare(cart, moment=clock.now()).quote


# --- Stock ---------------------------------------------------------------------------------------


def test_a_bundle_is_there_as_often_as_its_scarcest_component_allows(fixed, mug, tea, warehouse):
    assert left(fixed, mug, tea) == [5, 10, 30]

    with transaction.atomic():
        stock.reserve({mug.pk: 7}, reference="K-0", moment=clock.now())

    assert left(fixed, mug, tea) == [1, 3, 30]
    assert availability.sold_out([fixed.product_id]) == set()
    with transaction.atomic():
        stock.reserve({mug.pk: 2}, reference="K-1", moment=clock.now())
    assert left(fixed, mug) == [0, 1]
    assert availability.sold_out([fixed.product_id, mug.product_id]) == {fixed.product_id}


def test_what_is_not_counted_sets_no_limit_and_the_longest_lead_time_counts(mug, rules):
    oven = make_variant(has_stock_limit=False, lead_days=7)
    wool = make_variant(has_stock_limit=False, lead_days=2)

    both = make_bundle((mug, 1), (oven, 3), gross="60.00")
    neither = make_bundle((wool, 1), (oven, 1), gross="60.00")

    assert left(both, neither) == [10, None]
    assert availability.of([both.pk])[both.pk].lead_days == 7
    assert availability.sold_out([both.product_id, neither.product_id]) == set()


@pytest.mark.parametrize(
    "change", [{"is_active": False}, {"status": "archived"}, {"unpublish_at": clock.now()}]
)
def test_a_component_that_is_off_sale_takes_the_bundle_along(fixed, mug, change):
    rows = Variant.objects.filter(pk=mug.pk)
    rows = rows if "is_active" in change else Product.objects.filter(pk=mug.product_id)
    rows.update(**change)

    assert left(fixed) == [0]
    assert availability.sold_out([fixed.product_id]) == {fixed.product_id}
    with pytest.raises(carts.NotEnough):
        cart_of((fixed, 1))


def test_what_the_cart_holds_of_a_component_is_not_there_for_a_bundle(fixed, mug):
    cart = cart_of((mug, 7), (fixed, 1))

    with pytest.raises(carts.NotEnough) as problem:
        carts.add(cart, fixed, quantity=1, moment=clock.now())

    assert problem.value.left == 1
    with pytest.raises(carts.NotEnough) as problem:
        carts.add(cart, mug, quantity=2, moment=clock.now())
    assert problem.value.left == 8
    carts.add(cart, mug, quantity=1, moment=clock.now())


def test_lines_get_what_is_left_in_their_order(fixed, mug):
    cart = cart_of((fixed, 4), (mug, 2))
    with transaction.atomic():
        stock.reserve({mug.pk: 1}, reference="K-0", moment=clock.now())

    items = cart_items.of(cart, moment=clock.now(), currency="EUR")

    assert [(one.sku, one.left, one.is_short) for one in items] == [
        (fixed.sku, 4, False),
        ("MUG-1", 1, True),
    ]


def test_a_cart_with_bundles_costs_one_statement_more_however_many(fixed, summed, mug, tea):
    def statements(*variants):
        cart = cart_of(*((one, 1) for one in variants))
        with CaptureQueriesContext(connection) as seen:
            cart_items.of(cart, moment=clock.now(), currency="EUR")
        return len(seen)

    assert statements(mug) == 4
    assert statements(fixed) == statements(fixed, summed, mug, tea) == 5


# --- The split -----------------------------------------------------------------------------------


def test_the_price_is_split_by_what_the_components_cost_singly(fixed):
    (line,) = quote_of(cart_of((fixed, 2))).lines

    # 50.00 over 9.90 and 48.00: 8.549… and 41.450…
    assert [(one.part.sku, one.rate, one.gross) for one in line.shares] == [
        ("TEA-250", 7, Decimal("17.10")),
        ("MUG-1", 19, Decimal("82.90")),
    ]
    assert line.gross == Decimal("100.00")
    assert line.rate is None
    assert line.net + line.vat == line.gross


def test_a_bundle_of_one_rate_has_that_rate(mug, lamp):
    set_ = make_bundle((mug, 1), (lamp, 1), gross="160.00")

    (line,) = quote_of(cart_of((set_, 1))).lines

    assert line.rate == 19


def test_the_order_keeps_the_split(fixed, mug, tea, ada):
    order = place(filled_cart(fixed, mug))

    line = order.lines.order_by("position").first()
    rows = line.components.order_by("position")
    assert list(rows.values_list("sku", "quantity", "gross", "vat_rate")) == [
        ("TEA-250", 1, Decimal("8.55"), Decimal("7.00")),
        ("MUG-1", 2, Decimal("41.45"), Decimal("19.00")),
    ]
    assert sum(one.net for one in rows) == line.net
    assert line.vat_rate is None
    assert {one.rate for one in order.vat_sums.all()} == {7, 19}
    assert not broken()
    assert OrderLineComponent.objects.count() == 2


def test_a_split_that_does_not_add_up_is_found(fixed):
    place(filled_cart(fixed))
    OrderLineComponent.objects.filter(sku="MUG-1").update(gross=1, net=1, vat=0)

    assert broken() == ["orders: components of a bundle add up to its line"]


# --- Reserve, send, give back --------------------------------------------------------------------


def test_lines_and_bundles_that_want_the_same_goods_are_summed(fixed, summed, mug, tea):
    place(filled_cart(fixed, mug, summed))

    assert reserved() == {"MUG-1": 2 + 1 + 1, "TEA-250": 1 + 1}
    assert not broken()


def test_together_too_many_is_refused_and_nothing_is_reserved(fixed, mug):
    cart = filled_cart(fixed, mug)
    carts.set_quantity(cart, cart.lines.get(variant=mug).pk, quantity=8, moment=clock.now())
    agreed = quote_of(cart).total_gross
    with transaction.atomic():
        stock.reserve({mug.pk: 1}, reference="K-0", moment=clock.now())

    with pytest.raises(placing.Short) as problem:
        placing.place(
            cart,
            agreed_total=agreed,
            token=cart.placement_token,
            terms_version="1",
            moment=clock.now(),
        )

    assert set(problem.value.lines) == {cart.lines.get(variant=mug).pk}
    assert reserved() == {"MUG-1": 1, "TEA-250": 0}


def test_what_was_seen_is_the_composition_too(fixed, tea, mug, client):
    cart = filled_cart(fixed)
    client.cookies["cart"] = cart.token
    page = Page(client.get("/de/checkout/review/"))
    composing.compose(
        fixed,
        [composing.Part(tea, 2), composing.Part(mug, 1)],
        pricing="fixed",
        moment=clock.now(),
    )

    response = client.post("/de/checkout/place/", page.form("/de/checkout/place/").values)

    assert response.status_code == 409
    assert "Etwas hat sich geändert" in response.content.decode()
    assert reserved() == {"MUG-1": 0, "TEA-250": 0}


def test_an_order_that_late_money_revives_wants_the_pieces_that_it_was_placed_with(fixed, tea, mug):
    order = place(filled_cart(fixed, mug))

    assert settling.stock_needed(order) == stock.promised(order.number)
    assert settling.stock_needed(order) == {tea.pk: 1, mug.pk: 3}


def paid(*variants):
    order = place(filled_cart(*variants))
    order.payments.update(state="succeeded", captured=order.total_gross)
    type(order).objects.filter(pk=order.pk).update(status="confirmed", payment_status="paid")
    order.refresh_from_db()
    return order


def test_components_leave_the_shelf_with_the_parcel(fixed, mug, tea):
    order = paid(fixed, mug)
    mug_line = order.lines.get(sku="MUG-1")

    fulfilments.ship(
        order, carrier="DHL", tracking_number="", by=None, moment=clock.now(),
        lines={mug_line.pk: 1},
    )  # fmt: skip
    assert reserved() == {"MUG-1": 2, "TEA-250": 1}
    fulfilments.ship(order, carrier="DHL", tracking_number="", by=None, moment=clock.now())

    on_hand = dict(StockItem.objects.values_list("variant__sku", "on_hand"))
    assert (on_hand, reserved()) == ({"MUG-1": 7, "TEA-250": 29}, {"MUG-1": 0, "TEA-250": 0})
    assert [text for text, find in books.CHECKS if find()] == []


def test_one_of_three_sets_is_sent_with_its_pieces_alone(fixed, mug, tea):
    order = place(filled_cart(fixed))
    stock.release(order.number, moment=clock.now())
    cart = filled_cart(fixed)
    carts.set_quantity(cart, cart.lines.get().pk, quantity=3, moment=clock.now())
    order = place(cart)
    order.payments.update(state="succeeded", captured=order.total_gross)
    type(order).objects.filter(pk=order.pk).update(status="confirmed", payment_status="paid")
    line = order.lines.get()

    fulfilments.ship(
        order, carrier="", tracking_number="", by=None, moment=clock.now(), lines={line.pk: 1}
    )

    assert reserved() == {"MUG-1": 4, "TEA-250": 2}
    assert fulfilments.left_of(order) == {line.pk: 2}


def test_what_was_reserved_is_what_is_given_back(fixed, summed, mug):
    before = left(fixed, summed, mug)
    order = place(filled_cart(fixed, summed))

    composing.compose(  # meanwhile the set is another one
        fixed,
        [composing.Part(mug, 1), composing.Part(make_variant(), 1)],
        pricing="fixed",
        moment=clock.now(),
    )
    stock.release(order.number, moment=clock.now())

    assert reserved() == {"MUG-1": 0, "TEA-250": 0}
    assert left(summed, mug) == before[1:]
    assert stock.release(order.number, moment=clock.now()) == 0


# --- Words and files -----------------------------------------------------------------------------


def test_cart_order_and_mails_say_what_is_in_it(fixed, client, ada):
    cart = filled_cart(fixed)
    client.cookies["cart"] = cart.token

    in_cart = Page(client.get("/de/cart/")).text
    order = place(cart)
    mail = OrderMail(order=order, kind=MailKind.ACKNOWLEDGEMENT, language="de", address="a@b.c")
    message = emails.build(mail)

    assert "1 × Ostfriesentee" in in_cart
    assert "2 × Becher" in in_cart
    assert "- 2 × Becher" in message.body
    assert "2 × Becher" in message.alternatives[0].content


def test_a_parcel_and_the_desk_say_what_to_pack(fixed, sam, client):
    order = paid(fixed)
    parcel = fulfilments.ship(
        order, carrier="DHL", tracking_number="1", by=None, moment=clock.now()
    )
    mail = OrderMail(
        order=order, kind=MailKind.SHIPPED, reference=str(parcel.pk), language="de", address="a@b.c"
    )
    client.force_login(sam)

    desk = client.get(f"/admin/orders/order/{order.pk}/change/").content.decode()

    assert "- 2 × Becher" in emails.build(mail).body
    assert "2 × MUG-1 · Becher" in desk
    assert "(1 × TEA-250, 2 × MUG-1)" in desk


def test_downloads_of_a_mixed_bundle_are_delivered_after_consent(pattern, mug, ben, sandbox):
    make_file(pattern.product, content=b"%PDF-1.4 other\n%%EOF\n")
    kit = make_bundle((pattern, 1), (mug, 1), gross="30.00")
    cart = filled_cart(kit)
    quote = quote_of(cart)

    assert placing.needs_digital_consent(quote)
    with pytest.raises(placing.Incomplete):
        place(cart)
    cart.contact["digital_consent"] = True
    cart.save()
    order = place(cart)
    fulfilments.hand_over(order)
    fulfilments.hand_over(order)

    assert order.has_digital
    assert order.lines.get().needs_shipping
    assert [one.line.sku for one in order.downloads.all()] == [kit.sku, kit.sku]
    type(order).objects.filter(pk=order.pk).update(status=OrderStatus.CONFIRMED)
    assert order_books.downloads_are_there() == []


def test_who_bought_the_set_bought_what_is_in_it(fixed, mug, lamp, ada):
    order = paid(fixed)
    type(order).objects.filter(pk=order.pk).update(customer=ada)

    assert history.has_bought(ada, mug.product)
    assert history.has_bought(ada, fixed.product)
    assert not history.has_bought(ada, lamp.product)


def test_sealed_components_have_notes_of_their_own(mug, rules, warehouse, client):
    herbs = make_variant(make_product(name_de="Kräuter", withdrawal_exception="sealed"))
    put_in_stock(herbs, 5, warehouse)
    client.cookies["cart"] = filled_cart(make_bundle((mug, 1), (herbs, 1), gross="30.00")).token

    page = Page(client.get("/de/checkout/review/")).text

    assert "Kräuter: " in page
    assert "Becher: " not in page


def test_the_page_says_what_is_in_it_and_what_that_costs_singly(fixed, mug, client):
    page = client.get("/de/p/set/").content.decode()
    text = Page(client.get("/de/p/set/")).text

    assert 'href="/de/p/mug/?variant=MUG-1"' in page
    assert "Einzeln gekauft: 57,90 €. Sie sparen 7,90 €." in text
    assert "39,60 €/kg" in text  # the tea's base price stands beside its price
    assert "<s>" not in page.partition('id="bundle-contents"')[2].partition("</section>")[0]


def test_no_saving_is_told_where_there_is_none(mug, tea, client):
    make_bundle((tea, 1), (mug, 1), gross="33.90", slug="dear")

    text = Page(client.get("/de/p/dear/")).text

    assert "Das ist drin" in text
    assert "Sie sparen" not in text


def test_a_page_with_a_bundle_stays_within_its_budget(fixed, mug, client):
    def statements(path):
        for _visit in range(2):
            client.get(path)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path).status_code == 200
        return len(seen)

    assert statements("/de/p/set/") == statements("/de/p/mug/") <= 6


@pytest.mark.django_db(transaction=True)
def test_cancelling_gives_components_back_and_the_books_hold(fixed, sandbox, capsys):
    order = place(filled_cart(fixed))

    lifecycle.cancel(order, by=None, reason="test", moment=clock.now())

    assert reserved() == {"MUG-1": 0, "TEA-250": 0}
    call_command("check_books")
    assert "BROKEN" not in capsys.readouterr().out
