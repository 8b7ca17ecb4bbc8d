"""Every message three times, in any order, late or early: one payment, one mail, one effect."""

import itertools

import pytest
from django.core import mail as django_mail

from orders import fulfilments, jobs
from orders.models import WebhookEvent
from tests.orders.conftest import kinds_of, stock_of

pytestmark = pytest.mark.django_db(transaction=True)


def work_off():
    for pk in WebhookEvent.objects.pending().order_by("pk").values_list("pk", flat=True):
        assert jobs.process_webhook_event(event_pk=pk)


def check_sold_once(order, mug):
    order.refresh_from_db()
    assert (order.status, order.payment_status) == ("confirmed", "paid")
    assert order.payments.get().state == "succeeded"
    assert order.events.filter(to_status="confirmed").count() == 1
    assert order.mails.filter(kind="confirmation").count() == 1
    assert stock_of(mug) == (10, 2)
    assert not WebhookEvent.objects.pending().exists()


@pytest.mark.parametrize("seed", range(6))
def test_all_events_three_times_in_random_order(place_and_start, sandbox, mug, dice, seed):
    order, payment = place_and_start()
    sandbox.pay(payment)
    events = sandbox.events()
    assert {"checkout.session.completed", "payment_intent.succeeded"} <= {
        row["type"] for row in sandbox.world.store.rows("event")
    }
    dice.seed(seed)
    deliveries = events * 3
    dice.shuffle(deliveries)

    for event in deliveries:
        assert sandbox.deliver(event).status_code == 200
        if dice.random() < 0.5:
            work_off()
    work_off()

    assert WebhookEvent.objects.count() == len(events)
    check_sold_once(order, mug)
    jobs.sweep_mails()
    assert len(django_mail.outbox) == 1


def test_every_permutation_of_a_delayed_payment_ends_the_same(place_and_start, sandbox, mug):
    """Also `async_payment_succeeded` before `completed`: the provider is asked, not the event."""
    order, payment = place_and_start()
    sandbox.pay_later(payment)
    sandbox.settle(payment, ok=True)
    events = [
        event
        for kind in ("checkout.session", "payment_intent.succeeded", "payment_intent.processing")
        for event in sandbox.events(kind)
    ]

    for order_of_events in itertools.islice(itertools.permutations(events), 24):
        WebhookEvent.objects.all().delete()
        for event in order_of_events:
            sandbox.deliver(event)
        work_off()
        check_sold_once(order, mug)


def test_an_event_of_three_days_ago_changes_nothing_after_the_order_was_shipped(
    place_and_start, sandbox, mug, moment
):
    order, payment = place_and_start()
    sandbox.pay(payment)
    first, *late = sandbox.events()
    sandbox.deliver(first)
    sandbox.deliver(sandbox.events("checkout.session.completed")[0])
    work_off()
    order.refresh_from_db()
    fulfilments.ship(order, carrier="DHL", tracking_number="1", by=None, moment=moment)
    events = order.events.count()
    sandbox.advance(3 * 24 * 3600)

    for event in late:
        sandbox.deliver(event)
    work_off()

    order.refresh_from_db()
    assert (order.status, order.fulfilment_status) == ("confirmed", "fulfilled")
    assert order.events.count() == events
    assert stock_of(mug) == (8, 0)
    assert kinds_of(order) == ["confirmation", "shipped"]


def test_a_lost_wake_up_is_found_by_the_sweeper(place_and_start, sandbox, mug):
    order, payment = place_and_start()
    sandbox.pay(payment)
    for event in sandbox.events():
        sandbox.deliver(event)

    assert jobs.sweep_webhook_events() == len(sandbox.events())

    check_sold_once(order, mug)


def test_no_event_at_all_and_the_sweeper_finds_the_payment(
    place_and_start, sandbox, mug, moment, monkeypatch
):
    import datetime

    from shop.kit import clock

    order, payment = place_and_start()
    sandbox.pay(payment)
    monkeypatch.setattr(clock, "now", lambda: moment + datetime.timedelta(minutes=32))

    jobs.sweep_payments()

    check_sold_once(order, mug)
