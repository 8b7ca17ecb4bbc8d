"""Something that the shop needs is away: what still works, and what visitors see otherwise."""

import json
import socket

import pytest
import stripe
from django.conf import settings

from orders.models import Order, WebhookEvent
from tests.checkout.conftest import CONTACT
from tests.conftest import PASSWORD
from tests.shop.elsewhere import NOBODY, visit

NO_DATABASE = "postgres://kontor@127.0.0.1:1/kontor"


def _message():
    session = {"id": "cs_1", "object": "checkout.session"}
    event = {"id": "evt_1", "object": "event", "type": "checkout.session.completed"}
    body = json.dumps({**event, "data": {"object": session}})
    secret = settings.STRIPE_WEBHOOK_SECRETS[0]
    signature = stripe.WebhookSignature.generate_signature_header(body, secret, None)
    return {
        "method": "POST",
        "path": "/webhooks/stripe/",
        "body": body,
        "headers": {"Stripe-Signature": signature},
    }


@pytest.mark.django_db
def test_the_database_is_away_everything_answers_503_and_asks_to_come_again():
    visits = [
        {"path": "/de/"},
        {"path": "/en/p/mug/"},
        {"path": "/de/nothing/here/"},
        {"path": "/de/cart/"},
        {"method": "POST", "path": "/de/cart/lines/", "data": {"variant": 1, "quantity": 1}},
        {
            "method": "POST",
            "path": "/de/account/login/",
            "data": {"login": "ada@example.com", "password": PASSWORD},
        },
        {
            "method": "POST",
            "path": "/de/checkout/place/",
            "data": {"agreed_total": "1.00", "token": "2b7a35a1-9a52-4ea9-9a7b-8c5c8b1b1f6e"},
        },
        _message(),
        {"path": "/healthz"},
        {"path": "/readyz"},
    ]

    answers = visit(visits, at_once=True, DATABASE_URL=NO_DATABASE)

    *pages, alive, ready = answers
    assert {one["path"]: one["status"] for one in pages} == {one["path"]: 503 for one in pages}
    message = pages.pop()
    assert int(message["headers"]["Retry-After"]) <= 60  # the provider sends it again
    for one in pages:
        assert one["headers"]["Retry-After"] == "5", one["path"]
        assert one["headers"]["Cache-Control"] == "no-store"
        assert "frame-ancestors 'none'" in one["headers"]["Content-Security-Policy"]
        assert one["headers"]["X-Request-ID"] in one["body"]
        assert "Kontor" in one["body"]
        assert "Traceback" not in one["body"]
        assert one["seconds"] < 8
    assert alive["status"] == 200
    assert (ready["status"], json.loads(ready["body"])["database"]) == (503, "away")


@pytest.mark.django_db(transaction=True)
def test_cache_and_broker_are_away_and_the_shop_sells(ada, mug, sandbox):
    form = {"method": "POST", "is_form": True}
    visits = [
        {"path": "/de/"},
        {"path": "/de/c/for-mug/"},
        {"path": "/de/p/mug/"},
        {"path": "/de/search/?q=becher"},
        {"method": "POST", "path": "/de/cart/lines/", "data": {"variant": mug.pk, "quantity": 2}},
        {"path": "/de/cart/"},
        {
            "method": "POST",
            "path": "/de/account/login/",
            "data": {"login": ada.email, "password": PASSWORD},
        },
        {"path": "/de/account/"},
        {"method": "POST", "path": "/de/checkout/", "data": CONTACT},
        {"path": "/de/checkout/review/"},
        {**form, "path": "/de/checkout/place/"},
        {"path": "/readyz"},
    ]

    answers = visit(
        visits, REDIS_URL=NOBODY, BROKER_URL=NOBODY, STRIPE_API_BASE=settings.STRIPE_API_BASE
    )

    statuses = [one["status"] for one in answers]
    assert statuses == [200, 200, 200, 200, 302, 200, 302, 200, 302, 200, 303, 503]
    placed = answers[-2]
    assert placed["headers"]["Location"].startswith(sandbox.url)
    order = Order.objects.get()
    assert order.customer == ada
    assert order.mails.filter(state="queued").count() == 1  # found by the job when they are back
    assert max(one["seconds"] for one in answers[1:]) < 3
    assert json.loads(answers[-1]["body"]) == {
        "database": "ok",
        "cache": "away",
        "broker": "away",
    }


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_hangs_keeps_nobody_waiting():
    """The message is stored; the job finds it. Waiting would use up the web server's threads."""
    with socket.create_server(("127.0.0.1", 0)) as hanging:
        broker = f"redis://127.0.0.1:{hanging.getsockname()[1]}/0"
        answers = visit([{"path": "/healthz"}, _message(), _message()], BROKER_URL=broker)

    assert [one["status"] for one in answers] == [200, 200, 200]
    assert answers[1]["seconds"] < 2
    assert answers[2]["seconds"] < 0.3
    assert WebhookEvent.objects.pending().count() == 1


@pytest.mark.django_db(transaction=True)
def test_wrong_passwords_are_still_counted_while_the_cache_is_away(ada):
    wrong = {"login": ada.email, "password": "not this one"}
    visits = [{"method": "POST", "path": "/en/account/login/", "data": wrong}] * 8
    right = {"login": ada.email, "password": PASSWORD}
    visits.append({"method": "POST", "path": "/en/account/login/", "data": right})

    answers = visit(visits, REDIS_URL=NOBODY)

    assert {one["status"] for one in answers[:-1]} <= {200, 429}
    assert answers[-1]["status"] != 302, "the limit of five failures forgot to count"
