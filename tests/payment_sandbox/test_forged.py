"""Webhooks that Stripe would not send, and one that only looks odd."""

import json

import pytest
import stripe

from tests.payment_sandbox.fixtures import WEBHOOK_SECRET, order


@pytest.fixture
def sandbox(payment_sandbox, webhook_inbox):
    return payment_sandbox(webhook_url=webhook_inbox.url)


@pytest.mark.parametrize("kind", ["stale", "wrong_secret", "tampered", "unsigned", "garbage"])
def test_a_forged_webhook_does_not_pass_stripes_own_check(sandbox, webhook_inbox, kind):
    assert sandbox.control.forge(kind)["status"] == 200  # this inbox takes everything

    with pytest.raises(stripe.SignatureVerificationError):
        webhook_inbox.posts[0].event()
    assert sandbox.control.state()["events"] == []


def test_a_rolled_secret_passes(sandbox, webhook_inbox):
    told = sandbox.control.forge("rolled", changes={"client_reference_id": "order-1001"})

    event = webhook_inbox.posts[0].event()
    assert event.id == told["event"]
    assert event.data.object["client_reference_id"] == "order-1001"
    assert webhook_inbox.posts[0].signature.count("v1=") == 2


def test_a_signed_body_that_is_no_event(sandbox, webhook_inbox):
    sandbox.control.forge("not_json")

    with pytest.raises(json.JSONDecodeError):
        webhook_inbox.posts[0].event()


def test_a_real_event_can_be_abused(sandbox, webhook_inbox):
    session = sandbox.client.v1.checkout.sessions.create(params=order())
    sandbox.control.buy(session.id)
    sandbox.control.wait_until_idle()
    real = sandbox.client.v1.events.list(params={"limit": 1}).data[0].id
    webhook_inbox.posts.clear()

    assert sandbox.control.forge("wrong_secret", event=real)["event"] == real

    with pytest.raises(stripe.SignatureVerificationError):
        webhook_inbox.posts[0].event(WEBHOOK_SECRET)
