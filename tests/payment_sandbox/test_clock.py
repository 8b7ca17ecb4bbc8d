"""Expiry by the sandbox's clock."""

import time

import pytest
import stripe

from tests.payment_sandbox.fixtures import order


@pytest.fixture
def sandbox(payment_sandbox):
    return payment_sandbox()


def _create(sandbox, **changes):
    return sandbox.client.v1.checkout.sessions.create(params=order(**changes))


def _now(sandbox):
    return sandbox.control.ask("GET", "clock")["now"]


def _status(sandbox, session):
    return sandbox.client.v1.checkout.sessions.retrieve(session.id).status


def test_a_session_expires_when_its_time_has_come(sandbox, buyer):
    session = _create(sandbox, expires_at=_now(sandbox) + 1860)
    sandbox.control.advance(1800)
    assert _status(sandbox, session) == "open"

    sandbox.control.advance(61)

    assert _status(sandbox, session) == "expired"
    types = [row["type"] for row in sandbox.control.state()["events"]]
    assert types == ["checkout.session.expired"]
    assert buyer.look(session.url).status == 410
    buyer.press(session.url, "pay")
    assert sandbox.control.report()["totals"]["payments"] == 0


def test_the_expiry_is_told_without_anybody_asking(payment_sandbox, webhook_inbox):
    sandbox = payment_sandbox(webhook_url=webhook_inbox.url)
    _create(sandbox, expires_at=_now(sandbox) + 1860)
    sandbox.control.advance(1859)
    assert webhook_inbox.posts == []

    end = time.monotonic() + 5
    while not webhook_inbox.posts and time.monotonic() < end:
        time.sleep(0.05)

    assert webhook_inbox.types() == ["checkout.session.expired"]


def test_a_paid_session_does_not_expire(sandbox):
    session = _create(sandbox)
    sandbox.control.buy(session.id)

    sandbox.control.advance(3 * 24 * 3600)

    assert _status(sandbox, session) == "complete"
    types = [row["type"] for row in sandbox.control.state()["events"]]
    assert "checkout.session.expired" not in types


def test_new_objects_carry_the_sandboxs_time(sandbox):
    sandbox.control.advance(7 * 24 * 3600)

    session = _create(sandbox)

    assert session.created - time.time() == pytest.approx(7 * 24 * 3600, abs=5)


def test_the_clock_goes_back_to_real_time_when_told(sandbox):
    sandbox.control.advance(1000)

    told = sandbox.control.ask("POST", "clock", {"reset": True})

    assert told["offset"] == 0
    assert told["now"] == pytest.approx(time.time(), abs=2)
    with pytest.raises(Exception, match="only moves forward"):
        sandbox.control.advance(-1)


def test_a_delayed_payment_can_be_settled_by_hand_against_the_buyers_wish(sandbox):
    session = _create(sandbox)
    sandbox.control.buy(session.id, "pay-later")

    sandbox.control.settle(session.id, ok=False)

    assert sandbox.control.report()["totals"]["captured"] == 0
    with pytest.raises(Exception, match="No payment is pending"):
        sandbox.control.settle(session.id)
    sandbox.control.advance(100)
    types = [row["type"] for row in sandbox.control.state()["events"]]
    assert types.count("checkout.session.async_payment_failed") == 1
    assert "checkout.session.async_payment_succeeded" not in types
    with pytest.raises(stripe.InvalidRequestError):
        sandbox.client.v1.refunds.create(params={"payment_intent": session.id})
