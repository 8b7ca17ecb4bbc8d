"""Orders are written as they were agreed, and end in an orderly way."""

import dataclasses
import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from orders import lifecycle, payments
from orders.findings import ProviderAway
from orders.models import Order, OrderMail, OrderStatus, Payment, PaymentState
from orders.states import WrongState
from tests.orders.conftest import draft_for, kinds_of, line_for, stock_of

pytestmark = pytest.mark.django_db(transaction=True)


def create(draft, moment):
    with transaction.atomic():
        return lifecycle.create(draft, moment=moment)


def test_an_order_keeps_the_words_and_sums_of_the_moment(make_variant, moment):
    mug = make_variant()
    pen = make_variant(has_stock_limit=False)
    lines = (
        line_for(mug, base_price="12,00 €/100 g"),
        line_for(
            pen,
            quantity=1,
            unit=Decimal("49.00"),
            engraving="Für Anna",
            withdrawal_exception="custom_made",
        ),
    )
    draft = draft_for(*lines, note="Bitte klingeln.")

    order = create(draft, moment)

    order.refresh_from_db()
    assert order.number == draft.number
    assert order.placement_token == draft.placement_token
    assert order.goods_gross == Decimal("97.00")
    assert order.total_gross == Decimal("101.90")
    assert (order.status, order.payment_status) == ("placed", "unpaid")
    assert order.fulfilment_status == "unfulfilled"
    assert order.placed_at == moment
    assert order.reserved_until == moment + datetime.timedelta(minutes=45)
    assert order.note == "Bitte klingeln."
    first, second = order.lines.order_by("position")
    assert (first.sku, first.quantity, first.gross) == (mug.sku, 2, Decimal("48.00"))
    assert (first.net, first.vat) == (Decimal("40.34"), Decimal("7.66"))
    assert first.base_price == "12,00 €/100 g"
    assert (second.engraving, second.withdrawal_exception) == ("Für Anna", "custom_made")
    assert [one.city for one in order.addresses.order_by("kind")] == ["Hamburg", "Hamburg"]
    assert order.vat_sums.get().gross == Decimal("101.90")
    event = order.events.get()
    assert (event.kind, event.to_status) == ("placed", "placed")


def test_an_order_is_born_with_an_attempt_and_an_acknowledgement_that_waits(mug, moment):
    order = create(draft_for(line_for(mug)), moment)

    payment = order.payments.get()
    assert (payment.state, payment.amount) == ("new", order.total_gross)
    assert payment.key == f"{payment.public_id}-session-v1"
    assert payment.parameters is None
    mail = order.mails.get()
    assert (mail.kind, mail.address, mail.language) == ("acknowledgement", order.email, "de")
    assert mail.next_try_at == moment + lifecycle.ACKNOWLEDGE_AFTER


@pytest.mark.parametrize("count", [1, 8])
def test_writing_an_order_costs_eight_statements_however_many_lines(make_variant, moment, count):
    lines = tuple(line_for(make_variant()) for _number in range(count))
    draft = draft_for(*lines)

    with (
        transaction.atomic(),
        CaptureQueriesContext(
            connection,
        ) as queries,
    ):
        lifecycle.create(draft, moment=moment)

    assert len(queries) <= 8, [query["sql"][:60] for query in queries]


def test_a_placement_token_makes_one_order(mug, moment):
    draft = draft_for(line_for(mug))
    create(draft, moment)

    with pytest.raises(IntegrityError):
        create(dataclasses.replace(draft, number="K-OTHER"), moment)

    assert Order.objects.count() == 1
    assert Payment.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"total_gross": Decimal("1.00")},
        {"goods_gross": Decimal("1.00")},
        {"delivery_gross": Decimal("-4.90")},
        {"currency": "USD"},
        {"language": "fr"},
    ],
)
def test_sums_that_do_not_add_up_are_refused(mug, moment, change):
    draft = dataclasses.replace(draft_for(line_for(mug)), **change)

    with pytest.raises(IntegrityError):
        create(draft, moment)

    assert not Order.objects.exists()
    assert not OrderMail.objects.exists()


def test_an_order_that_costs_nothing_is_confirmed_at_once(make_variant, moment):
    free = make_variant(has_stock_limit=False)
    line = line_for(free, quantity=1, unit=Decimal("0.00"), needs_shipping=False, is_digital=True)

    order = create(draft_for(line, delivery_gross=Decimal("0.00")), moment)

    order.refresh_from_db()
    assert (order.status, order.payment_status) == ("confirmed", "paid")
    assert order.fulfilment_status == "fulfilled"
    assert not order.payments.exists()
    assert kinds_of(order) == ["confirmation"]


# --- Cancel --------------------------------------------------------------------------------------


def test_cancelling_closes_the_payment_page_before_it_gives_the_goods_back(
    place_and_start, sandbox, mug, sam, moment
):
    order, payment = place_and_start()
    assert stock_of(mug) == (10, 2)

    lifecycle.cancel(order, by=sam, reason="asked by phone", moment=moment)

    order.refresh_from_db()
    payment.refresh_from_db()
    assert order.status == "cancelled"
    assert payment.state == "expired"
    assert [row["status"] for row in sandbox.sessions()] == ["expired"]
    assert stock_of(mug) == (10, 0)
    assert kinds_of(order) == ["cancelled"]
    assert order.events.last().actor == sam


def test_an_order_whose_page_was_never_opened_is_cancelled_without_a_call(
    place, sandbox, mug, moment
):
    order = place()

    lifecycle.cancel(order, by=None, reason="expired", moment=moment)

    assert order.payments.get().state == "canceled"
    assert stock_of(mug) == (10, 0)
    assert sandbox.calls("POST", "/v1/") == []


def test_a_payment_that_was_faster_than_the_cancellation_wins(
    place_and_start, sandbox, mug, moment
):
    order, payment = place_and_start()
    sandbox.pay(payment)

    with pytest.raises(lifecycle.NotCancellable):
        lifecycle.cancel(order, by=None, reason="expired", moment=moment)

    order.refresh_from_db()
    assert (order.status, order.payment_status) == ("confirmed", "paid")
    assert stock_of(mug) == (10, 2)
    assert sandbox.refunds() == []


def test_staff_cancel_a_paid_order_and_the_money_goes_back(paid_order, sandbox, mug, sam, moment):
    order = paid_order()

    lifecycle.cancel(order, by=sam, reason="cannot deliver", moment=moment)

    order.refresh_from_db()
    assert (order.status, order.payment_status) == ("cancelled", "refunded")
    assert [row["amount"] for row in sandbox.refunds()] == [5290]
    assert stock_of(mug) == (10, 0)
    assert kinds_of(order) == ["cancelled", "confirmation", "refunded"]


def test_nothing_changes_while_the_provider_is_away(place_and_start, sandbox, mug, moment):
    order, payment = place_and_start()
    sandbox.fault("500", "POST /v1/checkout/sessions/*/expire", count=9)

    with pytest.raises(ProviderAway):
        lifecycle.cancel(order, by=None, reason="expired", moment=moment, patience=3)

    order.refresh_from_db()
    payment.refresh_from_db()
    assert (order.status, payment.state) == ("placed", "open")
    assert stock_of(mug) == (10, 2)
    assert kinds_of(order) == ["acknowledgement"]


def test_an_order_with_a_payment_under_way_is_not_cancelled(place_and_start, sandbox, mug, moment):
    order, payment = place_and_start()
    sandbox.pay_later(payment)

    with pytest.raises(lifecycle.NotCancellable):
        lifecycle.cancel(order, by=None, reason="expired", moment=moment)

    order.refresh_from_db()
    assert (order.status, order.payment_status) == ("placed", "pending")
    assert stock_of(mug) == (10, 2)


def test_a_cancelled_order_is_not_cancelled_again(place, mug, moment):
    order = place()
    lifecycle.cancel(order, by=None, reason="expired", moment=moment)
    events = order.events.count()

    with pytest.raises(lifecycle.NotCancellable):
        lifecycle.cancel(order, by=None, reason="expired", moment=moment)

    assert order.events.count() == events
    assert stock_of(mug) == (10, 0)
    assert kinds_of(order) == ["cancelled"]


# --- Complete ------------------------------------------------------------------------------------


def test_only_what_was_sent_can_be_completed(paid_order, moment):
    order = paid_order()

    with pytest.raises(WrongState):
        lifecycle.complete(order, by=None, moment=moment)

    order.refresh_from_db()
    assert order.status == OrderStatus.CONFIRMED


def test_gateway_calls_are_refused_inside_a_transaction(place, sandbox, moment):
    order = place()

    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        payments.start(order, moment=moment)

    assert sandbox.calls("POST", "/v1/") == []
    assert order.payments.get().state == PaymentState.NEW
