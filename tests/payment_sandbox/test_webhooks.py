"""Webhooks: signed, complete, retried, held back, sent again, forged."""

import time

import pytest
import stripe

from tests.payment_sandbox.fixtures import order

PAID = [
    "charge.succeeded",
    "checkout.session.completed",
    "payment_intent.created",
    "payment_intent.succeeded",
]


@pytest.fixture
def sandbox(payment_sandbox, webhook_inbox):
    return payment_sandbox(webhook_url=webhook_inbox.url, retry_delays=(100.0, 200.0))


def _buy(sandbox, choice="pay", **changes):
    session = sandbox.client.v1.checkout.sessions.create(params=order(**changes))
    bought = sandbox.control.buy(session.id, choice)
    sandbox.control.wait_until_idle()
    return bought


def test_a_purchase_is_told_in_signed_snapshots(sandbox, webhook_inbox):
    session = _buy(sandbox)

    assert webhook_inbox.types() == PAID
    (event,) = webhook_inbox.of_type("checkout.session.completed")
    assert event.api_version == stripe.api_version
    assert (event.object, event.livemode, event.pending_webhooks) == ("event", False, 1)
    assert event.data.object["id"] == session["id"]
    assert event.data.object["payment_status"] == "paid"
    assert event.data.object["metadata"]["order"] == "1001"
    assert abs(event.created - time.time()) < 5
    assert sandbox.client.v1.events.retrieve(event.id).pending_webhooks == 0


def test_an_event_names_the_request_that_caused_it(sandbox, webhook_inbox):
    session = _buy(sandbox)

    refund = sandbox.client.v1.refunds.create(
        params={"payment_intent": session["payment_intent"]},
        options={"idempotency_key": "refund-1"},
    )
    sandbox.control.wait_until_idle()

    (event,) = webhook_inbox.of_type("refund.created")
    assert event.request.idempotency_key == "refund-1"
    assert event.request.id == refund.last_response.request_id


def test_the_snapshot_stays_as_it_was(sandbox):
    _buy(sandbox)

    created = sandbox.client.v1.events.list(params={"type": "payment_intent.created"}).data[0]

    assert created.data.object["status"] == "requires_payment_method"


@pytest.mark.parametrize(
    ("choice", "types"),
    [
        (
            "decline",
            ["charge.failed", "payment_intent.created", "payment_intent.payment_failed"],
        ),
        (
            "pay-later",
            [
                "charge.pending",
                "checkout.session.completed",
                "payment_intent.created",
                "payment_intent.processing",
            ],
        ),
    ],
)
def test_each_choice_has_its_events(sandbox, webhook_inbox, choice, types):
    _buy(sandbox, choice)

    assert webhook_inbox.types() == types


def test_an_expired_session_cancels_its_intent(sandbox, webhook_inbox):
    session = _buy(sandbox, "decline")
    webhook_inbox.posts.clear()

    sandbox.client.v1.checkout.sessions.expire(session["id"])
    sandbox.control.wait_until_idle()

    assert webhook_inbox.types() == ["checkout.session.expired", "payment_intent.canceled"]


def test_a_failed_delivery_is_repeated_until_the_shop_says_yes(sandbox, webhook_inbox):
    webhook_inbox.statuses[:] = [500, 500, 500, 302]
    _buy(sandbox)
    first = {post.event().id for post in webhook_inbox.posts}
    states = sandbox.control.state()["deliveries_by_state"]
    assert (len(first), states) == (4, {"pending": 4})

    sandbox.control.advance(100)
    sandbox.control.wait_until_idle()

    again = [post.event().id for post in webhook_inbox.posts[4:]]
    assert (set(again), len(again)) == (first, 4)
    assert sandbox.control.state()["deliveries_by_state"] == {"delivered": 4}
    failed = sandbox.client.v1.events.list(params={"delivery_success": False})
    assert failed.data == []


def test_a_shop_that_never_says_yes_is_given_up_and_can_be_tried_again(sandbox, webhook_inbox):
    webhook_inbox.statuses[:] = [503] * 12
    _buy(sandbox)
    for seconds in (100, 200, 10_000):
        sandbox.control.advance(seconds)
        sandbox.control.wait_until_idle()
    assert len(webhook_inbox.posts) == 12
    state = sandbox.control.state()
    assert state["deliveries_by_state"] == {"failed": 4}
    assert [row["status"] for row in state["deliveries"][0]["attempts"]] == [503, 503, 503]

    assert sandbox.control.retry() == 4
    sandbox.control.wait_until_idle()

    assert sandbox.control.state()["deliveries_by_state"] == {"delivered": 4}


def test_a_shop_that_is_down_blocks_no_buyer(payment_sandbox):
    sandbox = payment_sandbox(webhook_url="http://127.0.0.1:9/webhooks/stripe/")

    session = _buy(sandbox)

    assert session["payment_status"] == "paid"
    attempt = sandbox.control.state()["deliveries"][0]["attempts"][0]
    assert attempt["status"] is None
    assert "refused" in attempt["error"]


def test_a_slow_shop_blocks_no_buyer(sandbox, webhook_inbox):
    webhook_inbox.delay = 0.7
    session = sandbox.client.v1.checkout.sessions.create(params=order())

    sandbox.control.buy(session.id)
    paid = sandbox.client.v1.checkout.sessions.retrieve(session.id)

    assert (paid.payment_status, webhook_inbox.posts) == ("paid", [])
    sandbox.control.wait_until_idle()
    assert webhook_inbox.types() == PAID


def test_each_attempt_is_signed_anew_with_real_time(sandbox, webhook_inbox):
    webhook_inbox.statuses[:] = [500] * 4
    _buy(sandbox)

    sandbox.control.advance(3 * 24 * 3600)
    sandbox.control.wait_until_idle()

    assert len(webhook_inbox.posts) == 8
    for post in webhook_inbox.posts:
        post.event()  # raises for a stamp that is more than 300 seconds off


def test_deliveries_can_be_held_back(sandbox, webhook_inbox):
    sandbox.control.pause()
    session = sandbox.client.v1.checkout.sessions.create(params=order())
    sandbox.control.buy(session.id)
    time.sleep(0.1)
    assert webhook_inbox.posts == []

    sandbox.control.resume()
    sandbox.control.wait_until_idle()

    assert webhook_inbox.types() == PAID


def test_events_can_be_sent_again_many_times_in_another_order(sandbox, webhook_inbox):
    _buy(sandbox)
    webhook_inbox.posts.clear()

    told = sandbox.control.deliver(times=5, shuffle=True, seed=7, parallel=4, delay=0.01)

    assert (told["sent"], told["statuses"]) == (20, {"200": 20})
    assert webhook_inbox.types() == sorted(PAID * 5)
    assert sandbox.control.state()["deliveries_by_state"] == {"delivered": 4}


def test_a_shuffle_with_one_seed_is_the_same_each_time(sandbox, webhook_inbox):
    _buy(sandbox)
    orders = []
    for seed in (1, 1, 2):
        webhook_inbox.posts.clear()
        sandbox.control.deliver(times=3, shuffle=True, seed=seed)
        orders.append([post.event().id for post in webhook_inbox.posts])

    assert orders[0] == orders[1]
    assert orders[0] != orders[2]


def test_chosen_events_are_sent_in_the_order_given(sandbox, webhook_inbox):
    _buy(sandbox)
    newest_first = [event.id for event in sandbox.client.v1.events.list()]
    webhook_inbox.posts.clear()

    sandbox.control.deliver(newest_first)

    assert [post.event().id for post in webhook_inbox.posts] == newest_first


def test_without_an_address_nothing_waits_for_delivery(payment_sandbox):
    sandbox = payment_sandbox()

    _buy(sandbox)

    assert sandbox.control.state()["deliveries_by_state"] == {"unwanted": 4}
    assert sandbox.client.v1.events.list().data[0].pending_webhooks == 0
