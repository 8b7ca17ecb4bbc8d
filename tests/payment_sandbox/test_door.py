"""Who may talk to the sandbox: keys, versions, controls."""

import base64
import http.client
import json
from urllib.parse import urlsplit

import pytest
import stripe

from demo.payment_sandbox.remote import ControlError, Remote
from tests.payment_sandbox.fixtures import SECRET_KEY, order


@pytest.fixture
def sandbox(payment_sandbox):
    return payment_sandbox()


def _ask(sandbox, method, path, body=None, **headers):
    parts = urlsplit(sandbox.url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=5)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read()), dict(answer.getheaders())
    finally:
        connection.close()


def test_a_wrong_key_is_refused(sandbox):
    with pytest.raises(stripe.AuthenticationError, match="Invalid API Key provided") as caught:
        sandbox.client_with("sk_test_somebody_else").v1.events.list()

    assert caught.value.http_status == 401
    assert "somebody" not in str(caught.value)


@pytest.mark.parametrize("header", ["", "Bearer", "Digest x", "Basic !!!", "Bearer \xe4"])
def test_no_key_is_refused(sandbox, header):
    status, body, _ = _ask(sandbox, "GET", "/v1/events", Authorization=header)

    assert (status, body["error"]["type"]) == (401, "invalid_request_error")


def test_a_key_may_come_as_the_name_of_basic_auth(sandbox):
    given = base64.b64encode(f"{SECRET_KEY}:".encode()).decode()

    status, body, headers = _ask(sandbox, "GET", "/v1/events", Authorization=f"Basic {given}")

    assert (status, body["object"]) == (200, "list")
    assert headers["Request-Id"].startswith("req_")
    assert headers["Stripe-Version"] == stripe.api_version


def test_another_version_of_the_api_is_refused(sandbox):
    client = sandbox.client_with(stripe_version="2024-06-20")

    with pytest.raises(stripe.InvalidRequestError, match=stripe.api_version):
        client.v1.events.list()


def test_other_peoples_accounts_are_refused(sandbox):
    with pytest.raises(stripe.InvalidRequestError, match="not implemented"):
        sandbox.client.v1.events.list(options={"stripe_account": "acct_1"})


def test_a_refused_request_can_be_looked_up(sandbox):
    with pytest.raises(stripe.InvalidRequestError) as caught:
        sandbox.client.v1.checkout.sessions.create(params=order(colour="red"))

    row = sandbox.control.ask("GET", f"requests/{caught.value.request_id}")

    assert (row["status"], row["path"]) == (400, "/v1/checkout/sessions")
    assert "colour" in row["error"]


def test_controls_answer_only_to_local_names_and_json(sandbox):
    rebound = _ask(sandbox, "GET", "/_control/state", Host="evil.example")
    form = _ask(sandbox, "POST", "/_control/reset", "a=b", **{"Content-Type": "text/plain"})

    assert (rebound[0], form[0]) == (403, 415)


def test_controls_can_ask_for_a_secret(payment_sandbox):
    sandbox = payment_sandbox(control_secret="open sesame")

    with pytest.raises(ControlError, match="403"):
        Remote(sandbox.url, secret="guess").state()

    assert sandbox.control.state()["sessions"] == []


@pytest.mark.parametrize(
    ("path", "told", "status"),
    [
        ("nothing", {}, 404),
        ("clock", {"advance": "soon"}, 400),
        ("settle", {"payment_intent": "pi_1"}, 404),
        ("sessions/cs_test_1", {"choice": "pay"}, 404),
        ("disputes", {"payment_intent": "pi_1"}, 404),
        ("refund-outcomes", {"next": ["lost"]}, 400),
        ("webhooks/deliver", {"events": ["evt_1"]}, 404),
        ("webhooks/forge", {"kind": "nice"}, 400),
    ],
)
def test_a_control_that_makes_no_sense_is_refused(sandbox, path, told, status):
    with pytest.raises(ControlError, match=f"^{status}:"):
        sandbox.control.ask("POST", path, told)


def test_the_report_counts_money_by_order(sandbox):
    sessions = sandbox.client.v1.checkout.sessions
    paid = [sessions.create(params=order()).id for _ in range(2)]
    for identifier in paid:
        sandbox.control.buy(identifier)
    later = sessions.create(params=order(client_reference_id="order-1002"))
    sandbox.control.buy(later.id, "pay-later")

    report = sandbox.control.report()

    assert report["orders"]["order-1001"]["payments"] == 2  # paid twice: a test would see it
    assert report["orders"]["order-1001"]["captured"] == 8940
    assert report["orders"]["order-1002"]["pending"] == 4470
    assert report["totals"] == {"captured": 8940, "refunded": 0, "pending": 4470, "payments": 2}


def test_a_reset_forgets_everything(sandbox):
    sandbox.client.v1.checkout.sessions.create(params=order())
    sandbox.control.advance(100)

    sandbox.control.reset()

    state = sandbox.control.state()
    assert (state["sessions"], state["offset"], state["faults"]) == ([], 0, [])
