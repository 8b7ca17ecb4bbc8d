"""Money is asked for once, under one key, and believed only from the provider's own answer."""

import datetime
import threading

import pytest
from django.db import connection

from orders import attempts, payments
from orders.gateways import stripe as gateway
from orders.models import Order, Payment, PaymentState
from orders.states import WrongState
from tests.orders.conftest import kinds_of, line_for, stock_of

pytestmark = pytest.mark.django_db(transaction=True)

MINUTE = datetime.timedelta(minutes=1)
CREATE = "POST /v1/checkout/sessions"


def created(sandbox):
    calls = sandbox.calls("POST", "/v1/checkout/sessions")
    return [row for row in calls if row["path"] == "/v1/checkout/sessions"]


# --- Start ---------------------------------------------------------------------------------------


def test_the_payment_page_shows_the_order_to_the_cent(place, make_variant, sandbox, moment):
    lines = (line_for(make_variant()), line_for(make_variant(), quantity=1, label=""))
    order = place(lines=lines)

    payments.start(order, moment=moment)

    session = sandbox.sessions()[0]
    assert session["amount_total"] == 7690
    assert session["currency"] == "eur"
    assert session["client_reference_id"] == order.number
    assert session["customer_email"] == order.email
    assert session["locale"] == "de"
    assert session["metadata"] == {
        "order": order.number,
        "payment": str(order.payments.get().public_id),
    }
    items = order.payments.get().parameters["line_items"]
    assert [
        (
            item["price_data"]["product_data"]["name"],
            item["price_data"]["unit_amount"],
            item["quantity"],
        )
        for item in items
    ] == [
        ("Becher Elbe, blau", 2400, 2),
        ("Becher Elbe", 2400, 1),
        ("Paket nach Hause", 490, 1),
    ]


def test_an_order_with_very_many_lines_becomes_one_row_on_the_payment_page(
    place, make_variant, sandbox, moment
):
    mug = make_variant(pieces=200)
    lines = tuple(line_for(mug, quantity=1, engraving=str(number)) for number in range(101))
    order = place(lines=lines)

    payments.start(order, moment=moment)

    assert len(order.payments.get().parameters["line_items"]) == 1
    assert sandbox.sessions()[0]["amount_total"] == 242890


def test_starting_again_leads_to_the_same_page(place, sandbox, moment):
    order = place()

    first = payments.start(order, moment=moment)
    second = payments.start(order, moment=moment + MINUTE)

    assert first == second
    assert len(created(sandbox)) == 1
    assert order.payments.count() == 1


def test_the_parameters_are_stored_with_their_fingerprint(place, sandbox, moment):
    order = place()

    payments.start(order, moment=moment)

    payment = order.payments.get()
    assert payment.fingerprint == attempts.fingerprint(payment.parameters)
    assert payment.called_at == moment
    assert payment.parameters["expires_at"] == int((moment + gateway.LIFETIME).timestamp())


@pytest.mark.parametrize("kind", ["close_after", "500_after"])
def test_a_lost_answer_is_fetched_again_under_the_same_key(place, sandbox, moment, kind):
    """A 500 is kept under its key, as Stripe keeps it: then the page is looked for."""
    order = place()
    sandbox.fault(kind, CREATE, count=1)
    with pytest.raises(payments.CannotStart):
        payments.start(order, moment=moment, patience=3)

    url = payments.start(order, moment=moment + MINUTE, patience=3)

    payment = order.payments.get()
    assert {row["idempotency_key"] for row in created(sandbox)} == {payment.key}
    assert [row["url"] for row in sandbox.sessions()] == [url]
    assert (payment.state, payment.url) == ("open", url)


def test_a_call_that_failed_for_good_does_not_bar_the_shopper(place, sandbox, moment):
    order = place()
    sandbox.fault("500", CREATE, count=1)
    with pytest.raises(payments.CannotStart):
        payments.start(order, moment=moment, patience=3)

    url = payments.start(order, moment=moment + MINUTE, patience=3)

    assert [row["url"] for row in sandbox.sessions()] == [url]
    assert sorted(order.payments.values_list("state", flat=True)) == ["failed", "open"]


def test_a_shopper_waits_no_longer_than_their_patience(place, sandbox, moment):
    order = place()
    sandbox.fault("delay", CREATE, count=9, delay=5)
    started = datetime.datetime.now(datetime.UTC)  # noqa: TID251 - measures the wait itself

    with pytest.raises(payments.CannotStart) as caught:
        payments.start(order, moment=moment, patience=1)

    waited = datetime.datetime.now(datetime.UTC) - started  # noqa: TID251
    assert isinstance(caught.value.__cause__, payments.ProviderAway)
    assert waited < datetime.timedelta(seconds=3)
    assert order.payments.get().state == "new"


def test_a_refused_call_ends_the_attempt_and_the_next_one_has_a_key_of_its_own(
    place, sandbox, moment
):
    order = place(email="not an address@@")

    with pytest.raises(payments.CannotStart) as caught:
        payments.start(order, moment=moment)

    assert isinstance(caught.value.__cause__, payments.ProviderRefused)
    assert order.payments.get().state == "failed"
    Order.objects.filter(pk=order.pk).update(email="ben@example.org")
    assert payments.start(order, moment=moment).startswith(sandbox.box.url)
    assert len({one.key for one in order.payments.all()}) == 2


def test_after_the_page_expired_the_shopper_gets_a_new_one(place_and_start, sandbox, moment):
    order, payment = place_and_start()
    sandbox.advance(32 * 60)

    url = payments.start(order, moment=moment + 32 * MINUTE)

    payment.refresh_from_db()
    assert payment.state == "expired"
    fresh = order.payments.get(state="open")
    assert url == fresh.url
    assert fresh.key != payment.key
    order.refresh_from_db()
    assert order.reserved_until == moment + 77 * MINUTE


def test_goods_are_not_kept_for_ever(place, sandbox, moment):
    order = place(at=moment - datetime.timedelta(hours=4, minutes=1))

    with pytest.raises(payments.CannotStart) as caught:
        payments.start(order, moment=moment)

    assert isinstance(caught.value.__cause__, payments.NotPayable)
    assert sandbox.sessions() == []


def test_a_paid_order_cannot_be_paid_again(paid_order, sandbox, moment):
    order = paid_order()

    with pytest.raises(payments.CannotStart) as caught:
        payments.start(order, moment=moment)

    assert isinstance(caught.value.__cause__, payments.NotPayable)
    assert len(created(sandbox)) == 1


def test_two_presses_at_once_open_one_page(place, sandbox, moment):
    order = place()
    urls, barrier = [], threading.Barrier(4)

    def press():
        barrier.wait()
        try:
            urls.append(payments.start(order, moment=moment))
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(urls) == 4
    assert len(set(urls)) == 1
    assert len(sandbox.sessions()) == 1
    assert order.payments.count() == 1


def test_payment_is_offered_only_with_a_key(settings):
    assert [one.code for one in payments.methods()] == ["stripe"]

    settings.STRIPE_SECRET_KEY = ""

    assert payments.methods() == []


# --- Settle --------------------------------------------------------------------------------------


def test_settling_twice_changes_nothing(paid_order, sandbox, mug, moment):
    order = paid_order()
    payment = order.payments.get()
    events = list(order.events.values_list("pk", flat=True))

    payments.settle(payment.pk, moment=moment + MINUTE)
    payments.settle(payment.pk, moment=moment + MINUTE)

    payment.refresh_from_db()
    assert (payment.state, payment.captured) == ("succeeded", payment.amount)
    assert payment.settled_at == moment
    assert list(order.events.values_list("pk", flat=True)) == events
    assert kinds_of(order) == ["confirmation"]
    assert stock_of(mug) == (10, 2)


def test_eight_at_once_settle_it_once(place_and_start, sandbox, moment):
    order, payment = place_and_start()
    sandbox.pay(payment)
    failures, barrier = [], threading.Barrier(8)

    def settle():
        barrier.wait()
        try:
            payments.settle(payment.pk, moment=moment)
        except Exception as problem:
            failures.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=settle) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert order.events.filter(to_status="confirmed").count() == 1
    assert order.events.filter(kind="payment").count() == 1
    assert kinds_of(order) == ["confirmation"]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"amount_total": 5289}, "asked 52.90, came 52.90"),
        ({"currency": "usd"}, "currency USD"),
        ({"client_reference_id": "K-OTHER"}, "other order"),
    ],
)
def test_money_that_differs_is_a_mismatch_and_never_ships(
    place_and_start, sandbox, moment, change, problem
):
    order, payment = place_and_start()
    sandbox.pay(payment)
    sandbox.change(payment, **change)

    payments.settle(payment.pk, moment=moment)

    order.refresh_from_db()
    payment.refresh_from_db()
    assert (payment.state, payment.problem) == ("mismatch", problem)
    assert (order.status, order.payment_status) == ("placed", "mismatch")
    assert not order.is_shippable
    assert not order.is_payable
    assert kinds_of(order) == ["acknowledgement"]


def test_a_session_of_another_attempt_is_never_applied(place_and_start, place, sandbox, moment):
    _order, payment = place_and_start()
    sandbox.pay(payment)
    other = place()

    with pytest.raises(WrongState):
        payments.settle(other.payments.get().pk, moment=moment, session_id=payment.provider_session)

    other.refresh_from_db()
    assert other.payment_status == "unpaid"
    assert other.payments.get().provider_session == ""


def test_a_delayed_payment_is_pending_until_the_bank_says_so(place_and_start, sandbox, mug, moment):
    order, payment = place_and_start()
    sandbox.pay_later(payment)

    payments.settle(payment.pk, moment=moment)

    order.refresh_from_db()
    assert (order.status, order.payment_status) == ("placed", "pending")
    assert not order.is_shippable
    assert kinds_of(order) == ["payment_pending"]

    sandbox.settle(payment, ok=True)
    payments.settle(payment.pk, moment=moment)

    order.refresh_from_db()
    assert (order.status, order.payment_status) == ("confirmed", "paid")
    assert kinds_of(order) == ["confirmation", "payment_pending"]
    assert stock_of(mug) == (10, 2)


def test_a_delayed_payment_that_fails_leaves_the_order_unpaid(place_and_start, sandbox, moment):
    order, payment = place_and_start()
    sandbox.pay_later(payment)
    payments.settle(payment.pk, moment=moment)

    sandbox.settle(payment, ok=False)
    payments.settle(payment.pk, moment=moment)

    order.refresh_from_db()
    payment.refresh_from_db()
    assert payment.state == "failed"
    assert (order.status, order.payment_status) == ("placed", "unpaid")
    assert "confirmation" not in kinds_of(order)


def test_a_declined_card_leaves_the_page_open(place_and_start, sandbox, moment):
    from demo.payment_sandbox import paying

    order, payment = place_and_start()
    sandbox.act(payment, paying.decline)

    payments.settle(payment.pk, moment=moment)

    payment.refresh_from_db()
    assert payment.state == "open"
    assert payments.start(order, moment=moment) == payment.url


def test_a_second_payment_goes_back_and_the_order_stays_paid(place_and_start, sandbox, mug, moment):
    """Our books thought the first page dead; both were paid."""
    order, first = place_and_start()
    Payment.objects.filter(pk=first.pk).update(state=PaymentState.EXPIRED)
    payments.start(order, moment=moment)
    second = order.payments.get(state="open")
    sandbox.pay(second)
    payments.settle(second.pk, moment=moment)
    sandbox.pay(first)

    payments.settle(first.pk, moment=moment)

    order.refresh_from_db()
    first.refresh_from_db()
    assert (first.state, first.problem) == ("mismatch", "paid twice")
    assert (order.status, order.payment_status) == ("confirmed", "paid")
    assert [(row["amount"], row["payment_intent"]) for row in sandbox.refunds()] == [
        (5290, first.provider_intent)
    ]
    assert kinds_of(order) == ["confirmation", "late_payment", "refunded"]
    assert stock_of(mug) == (10, 2)


def test_when_one_page_is_paid_the_other_is_closed(place_and_start, sandbox, moment):
    order, first = place_and_start()
    Payment.objects.filter(pk=first.pk).update(state=PaymentState.EXPIRED)
    payments.start(order, moment=moment)
    second = order.payments.get(state="open")
    sandbox.pay(first)

    payments.settle(first.pk, moment=moment)

    order.refresh_from_db()
    second.refresh_from_db()
    assert (order.status, second.state) == ("confirmed", "expired")
    assert {row["id"]: row["status"] for row in sandbox.sessions()} == {
        first.provider_session: "complete",
        second.provider_session: "expired",
    }


def test_the_page_is_learned_from_a_hint_when_its_answer_was_lost(place, sandbox, moment):
    order = place()
    sandbox.fault("close_after", CREATE, count=9)
    with pytest.raises(payments.CannotStart):
        payments.start(order, moment=moment, patience=3)
    payment = order.payments.get()
    assert payment.provider_session == ""

    payments.settle(payment.pk, moment=moment, session_id=sandbox.sessions()[0]["id"])

    payment.refresh_from_db()
    assert (payment.state, payment.provider_session) == ("open", sandbox.sessions()[0]["id"])
