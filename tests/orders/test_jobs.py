"""What the clock catches up: nothing is lost when a wake-up is."""

import datetime

import pytest

from orders import jobs, payments
from orders.models import Order, Payment, WebhookEvent
from shop.kit import clock
from tests.orders.conftest import kinds_of, stock_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def at(monkeypatch, moment, sandbox):
    """Let minutes pass, here and at the provider."""
    passed = 0

    def at(minutes):
        nonlocal passed
        sandbox.advance((minutes - passed) * 60)
        passed = minutes
        now = moment + datetime.timedelta(minutes=minutes)
        monkeypatch.setattr(clock, "now", lambda: now)
        return now

    return at


def sweep():
    jobs.sweep_payments()
    jobs.sweep_reservations()


def test_an_order_that_nobody_pays_is_ended_and_its_goods_come_back(
    place_and_start, sandbox, mug, at
):
    order, payment = place_and_start()

    at(30)
    sweep()
    payment.refresh_from_db()
    assert payment.state == "open"
    assert stock_of(mug) == (10, 2)

    at(32)
    sweep()
    payment.refresh_from_db()
    order.refresh_from_db()
    assert (payment.state, order.status) == ("expired", "placed")
    assert stock_of(mug) == (10, 2)

    at(46)
    sweep()
    sweep()
    order.refresh_from_db()
    assert order.status == "cancelled"
    assert order.events.last().facts == {"reason": "expired"}
    assert stock_of(mug) == (10, 0)
    assert kinds_of(order) == ["cancelled"]


def test_an_order_whose_page_was_never_opened_is_ended_too(place, sandbox, mug, at):
    order = place()

    at(6)
    sweep()
    assert order.payments.get().state == "canceled"

    at(46)
    sweep()
    order.refresh_from_db()
    assert order.status == "cancelled"
    assert stock_of(mug) == (10, 0)
    assert sandbox.calls("POST", "/v1/") == []


def test_goods_stay_reserved_while_the_provider_cannot_be_asked(place_and_start, sandbox, mug, at):
    order, _payment = place_and_start()
    sandbox.fault("close_before", "* /v1/checkout/sessions*", count=1000)

    at(50)
    sweep()
    order.refresh_from_db()
    assert order.status == "placed"
    assert stock_of(mug) == (10, 2)

    sandbox.world.faults.clear()
    at(55)
    sweep()
    order.refresh_from_db()
    assert order.status == "cancelled"
    assert stock_of(mug) == (10, 0)


def test_a_payment_in_the_last_second_wins_over_the_sweeper(place_and_start, sandbox, mug, at):
    order, payment = place_and_start()
    sandbox.pay(payment)

    at(50)
    sweep()

    order.refresh_from_db()
    assert (order.status, order.payment_status) == ("confirmed", "paid")
    assert stock_of(mug) == (10, 2)


def test_a_delayed_payment_keeps_its_goods_for_days_and_frees_them_on_failure(
    place_and_start, sandbox, mug, at
):
    order, payment = place_and_start()
    sandbox.world.settings.__dict__["settle_after"] = 10**9  # Nothing settles by itself here.
    sandbox.pay_later(payment)

    at(33)
    sweep()
    order.refresh_from_db()
    assert order.payment_status == "pending"

    Payment.objects.update(next_check_at=clock.now() + datetime.timedelta(days=9))
    at(60 * 24)
    sweep()
    order.refresh_from_db()
    assert order.status == "placed"
    assert stock_of(mug) == (10, 2)

    sandbox.settle(payment, ok=False)
    Payment.objects.update(next_check_at=clock.now())
    sweep()
    order.refresh_from_db()
    assert (order.status, order.payment_status) == ("cancelled", "unpaid")
    assert stock_of(mug) == (10, 0)
    assert not order.fulfilments.exists()


def test_a_mismatch_is_left_to_staff(place_and_start, sandbox, mug, at, moment):
    order, payment = place_and_start()
    sandbox.pay(payment)
    sandbox.change(payment, amount_total=1)
    payments.settle(payment.pk, moment=moment)

    at(200)
    sweep()

    order.refresh_from_db()
    assert (order.status, order.payment_status) == ("placed", "mismatch")
    assert stock_of(mug) == (10, 2)


def test_one_order_that_cannot_be_ended_does_not_hold_up_the_others(
    place, sandbox, make_variant, at, moment
):
    first, second = place(variant=make_variant()), place(variant=make_variant())
    payments.start(first, moment=moment)
    payment = first.payments.get()
    sandbox.fault("500", f"* /v1/checkout/sessions/{payment.provider_session}*", count=1000)

    at(50)
    jobs.sweep_reservations()

    assert Order.objects.get(pk=first.pk).status == "placed"
    assert Order.objects.get(pk=second.pk).status == "cancelled"


def test_what_piled_up_while_the_broker_was_away_is_worked_off_in_one_sweep(
    place_and_start, sandbox, monkeypatch
):
    monkeypatch.setattr(jobs, "BATCH", 2)
    orders = []
    for _number in range(3):
        order, payment = place_and_start()
        sandbox.pay(payment)
        orders.append(order)
    for event in sandbox.events():
        sandbox.deliver(event)
    waiting = WebhookEvent.objects.pending().count()
    assert waiting > 6

    assert jobs.sweep_webhook_events() == waiting
    assert jobs.sweep_mails() == 3

    assert not WebhookEvent.objects.pending().exists()
    assert [kinds_of(order) for order in orders] == [["confirmation"]] * 3


def test_a_sweep_that_gets_nothing_done_ends(monkeypatch, place_and_start, sandbox):
    monkeypatch.setattr(jobs, "BATCH", 1)
    place_and_start()
    tried = []

    def fail(pk):
        tried.append(pk)
        raise payments.ProviderAway

    assert jobs._each(Payment.objects.values_list("pk", flat=True), fail) == 0
    assert len(tried) == 1


def test_the_schedule_names_every_sweeper():
    tasks = {entry["task"] for entry in jobs.SCHEDULE.values()}

    written = {f"orders.jobs.{name}" for name in vars(jobs) if name.startswith("sweep_")}
    assert "orders.jobs.sweep_webhook_events" in written
    assert written <= tasks
    assert {"orders.jobs.note_distance_sales", "orders.jobs.reconcile"} <= tasks
    sweepers = [one for one in jobs.SCHEDULE.values() if ".sweep_" in one["task"]]
    assert {entry["schedule"] for entry in sweepers} == {20.0}
