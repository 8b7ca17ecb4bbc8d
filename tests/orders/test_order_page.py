"""The order page is for whoever holds its link, and believes nothing but the database."""

import datetime

import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from orders import access, fulfilments, payments
from orders.models import Order

pytestmark = pytest.mark.django_db(transaction=True)


def get(order, query="", **headers):
    return Client().get(access.path_of(order) + query, headers=headers)


def test_the_link_leads_to_the_order(place):
    order = place()

    answer = get(order)

    assert answer.status_code == 200
    text = answer.content.decode()
    assert order.number in text
    assert "Becher Elbe" in text
    assert "52,90" in text
    assert "Deichstraße 7" in text


def test_nobody_keeps_indexes_or_passes_on_the_page(place):
    answer = get(place())

    assert answer["Cache-Control"] == "no-store"
    # `no-referrer` would make browsers send `Origin: null` with our own form.
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert 'content="noindex, nofollow"' in answer.content.decode()


FORGED = [
    "x",
    "1",
    "WzEsMV0",
    "WzEsMV0:",
    "WzEsMV0:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "🙂:🙂",
    "a" * 5000,
    signing.Signer(salt="other").sign_object([1, 1]),
    signing.Signer(salt="orders.access").sign_object("text"),
    signing.Signer(salt="orders.access").sign_object([10**30, 1]),
    signing.Signer(salt="orders.access").sign_object({"pk": 1}),
]


@pytest.mark.parametrize("token", FORGED, ids=range(len(FORGED)))
@pytest.mark.parametrize("name", ["order", "payment"])
def test_a_forged_link_leads_nowhere(place, token, name):
    place()
    path = reverse(f"orders:{name}", args=[token])

    answer = Client().get(path) if name == "order" else Client().post(path)

    assert answer.status_code == 404


def test_a_link_dies_when_the_version_counts_up(place):
    order = place()
    path = access.path_of(order)
    Order.objects.update(access_version=2)

    assert Client().get(path).status_code == 404
    assert get(Order.objects.get(pk=order.pk)).status_code == 200


def test_a_link_of_one_order_does_not_open_another(place):
    first, second = place(quantity=1), place(quantity=1)

    assert second.number not in get(first).content.decode()
    assert access.order_for(access.token_for(first)) == first


def test_links_survive_a_rolled_secret(place, settings):
    order = place()
    path = access.path_of(order)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "n" * 60

    assert Client().get(path).status_code == 200


def test_a_look_writes_nothing(place_and_start):
    order, _payment = place_and_start()

    with CaptureQueriesContext(connection) as queries:
        get(order)

    writing = [one["sql"] for one in queries if not one["sql"].startswith("SELECT")]
    assert writing == []


def test_the_return_from_the_payment_page_asks_the_provider_once(place_and_start, sandbox):
    order, payment = place_and_start()
    sandbox.pay(payment)

    answer = get(order, f"?session={payment.provider_session}")

    order.refresh_from_db()
    assert (order.status, order.payment_status) == ("confirmed", "paid")
    assert answer.context["status"] == "confirmed"


def test_a_session_of_somebody_else_asks_nobody(place_and_start, place, sandbox):
    _order, payment = place_and_start()
    other = place()
    sandbox.pay(payment)
    asked = len(sandbox.calls("GET", "/v1/"))

    answer = get(other, f"?session={payment.provider_session}")

    assert len(sandbox.calls("GET", "/v1/")) == asked
    assert answer.context["status"] == "checking"
    other.refresh_from_db()
    assert other.payment_status == "unpaid"


def test_ten_reloads_are_one_question(place_and_start, sandbox, monkeypatch):
    from orders.views import orders as views

    monkeypatch.setattr(views, "ASK_AGAIN_SECONDS", 60)
    order, payment = place_and_start()
    asked = len(sandbox.calls("GET", "/v1/"))

    for _time in range(10):
        get(order, f"?session={payment.provider_session}")

    assert len(sandbox.calls("GET", "/v1/")) == asked + 1


def test_a_silent_provider_does_not_keep_the_shopper_waiting(place_and_start, sandbox, monkeypatch):
    monkeypatch.setattr(payments, "SHORT_PATIENCE", 0.5)
    order, payment = place_and_start()
    sandbox.fault("delay", "GET /v1/checkout/sessions/*", count=9, delay=3)
    started = datetime.datetime.now(datetime.UTC)  # noqa: TID251 - measures the wait itself

    answer = get(order, f"?session={payment.provider_session}")

    waited = datetime.datetime.now(datetime.UTC) - started  # noqa: TID251
    assert answer.status_code == 200
    assert answer.context["status"] == "checking"
    assert waited < datetime.timedelta(seconds=2)


def test_the_page_that_waits_can_ask_for_its_progress_alone(place_and_start):
    order, _payment = place_and_start()

    answer = get(order, "?returned=1", **{"X-Fragment": "order"})

    text = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in text
    assert "?returned=1" in text


# --- Pay again -----------------------------------------------------------------------------------


def test_an_expired_page_is_said_and_can_be_opened_anew(place_and_start, sandbox, moment):
    order, payment = place_and_start()
    sandbox.advance(32 * 60)
    payments.settle(payment.pk, moment=moment)

    context = get(order).context

    assert context["status"] == "awaiting_payment"
    assert "zu lange offen" in context["payment_problem"]
    assert context["pay_url"]


def test_after_four_hours_nothing_can_be_paid(place, moment):
    order = place(at=moment - datetime.timedelta(hours=5))

    assert get(order).context["pay_url"] == ""


def pay(order, **more):
    path = reverse("orders:payment", args=[access.token_for(order)])
    return Client(**more).post(path)


def test_paying_leads_to_the_payment_page(place, sandbox):
    order = place()

    answer = pay(order)

    assert answer.status_code == 303
    assert answer["Location"] == order.payments.get().url


def test_a_form_without_its_token_is_refused(place, sandbox):
    assert pay(place(), enforce_csrf_checks=True).status_code == 403


def test_a_paid_order_leads_back_to_its_page(paid_order, sandbox):
    order = paid_order()

    answer = pay(order)

    assert answer.status_code == 303
    assert answer["Location"] == access.path_of(order)
    assert len(sandbox.sessions()) == 1


def test_when_the_provider_is_away_the_page_says_so(place, sandbox, monkeypatch, settings):
    order = place()
    settings.STRIPE_API_BASE = "http://127.0.0.1:9"

    answer = Client().post(reverse("orders:payment", args=[access.token_for(order)]), follow=True)

    assert answer.status_code == 200
    assert answer.context["status"] == "awaiting_payment"
    assert "nicht erreichbar" in answer.context["payment_problem"]
    assert answer.context["pay_url"]
    order.refresh_from_db()
    assert order.status == "placed"


# --- What it shows -------------------------------------------------------------------------------


def test_it_tells_how_far_the_order_is(paid_order, moment):
    order = paid_order()
    context = get(order).context
    assert context["status"] == "confirmed"
    assert [one["title"] for one in context["events"]] == [
        "Bestellung eingegangen",
        "Bezahlt und bestätigt",
    ]

    fulfilments.ship(order, carrier="DHL", tracking_number="0034", by=None, moment=moment)

    context = get(order).context
    assert context["status"] == "shipped"
    assert context["events"][-1]["title"] == "Paket übergeben"
    assert context["parcels"][0]["tracking_url"].endswith("piececode=0034")


def test_it_speaks_the_language_of_its_address(place):
    order = place(language="en")

    assert 'lang="en"' in get(order).content.decode()
    assert access.path_of(order).startswith("/en/")
    assert access.path_of(order, language="de").startswith("/de/")
