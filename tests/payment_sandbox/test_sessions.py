"""Sessions, intents and events through the real Stripe client."""

import time

import pytest
import stripe

from tests.payment_sandbox.fixtures import order


def test_a_new_session_is_open_unpaid_and_without_an_intent(payment_sandbox):
    sandbox = payment_sandbox()
    before = int(time.time())

    session = sandbox.client.v1.checkout.sessions.create(params=order())

    assert session.id.startswith("cs_test_")
    assert (session.status, session.payment_status) == ("open", "unpaid")
    assert session.payment_intent is None
    assert (session.amount_subtotal, session.amount_total, session.currency) == (4470, 4470, "eur")
    assert session.url == f"{sandbox.url}/c/pay/{session.id}"
    assert session.client_reference_id == "order-1001"
    assert session.metadata.to_dict() == {"order": "1001"}
    assert before + 86400 <= session.expires_at <= before + 86402
    assert session.livemode is False
    assert session.payment_method_types == ["card", "sepa_debit"]


def test_a_paid_session_shows_intent_and_charge_when_expanded(payment_sandbox):
    sandbox = payment_sandbox()
    made = sandbox.client.v1.checkout.sessions.create(params=order())
    sandbox.control.buy(made.id)

    session = sandbox.client.v1.checkout.sessions.retrieve(
        made.id, params={"expand": ["payment_intent.latest_charge", "line_items"]}
    )

    assert (session.status, session.payment_status, session.url) == ("complete", "paid", None)
    intent = session.payment_intent
    assert (intent.status, intent.amount, intent.amount_received) == ("succeeded", 4470, 4470)
    assert intent.metadata.to_dict() == {"order": "1001"}
    assert intent.description == "Order 1001"
    charge = intent.latest_charge
    assert (charge.status, charge.captured, charge.amount_captured) == ("succeeded", True, 4470)
    assert charge.metadata.to_dict() == {"order": "1001"}
    assert charge.billing_details.email == "ada@example.org"
    lines = [(item.description, item.quantity, item.amount_total) for item in session.line_items]
    assert lines == [("Becher", 2, 3980), ("Versand", 1, 490)]


def test_without_expand_there_are_only_identifiers(payment_sandbox):
    sandbox = payment_sandbox()
    made = sandbox.client.v1.checkout.sessions.create(params=order())
    sandbox.control.buy(made.id)

    session = sandbox.client.v1.checkout.sessions.retrieve(made.id)
    intent = sandbox.client.v1.payment_intents.retrieve(session.payment_intent)

    assert session.payment_intent.startswith("pi_")
    assert intent.latest_charge.startswith("ch_")
    assert "line_items" not in session


def test_an_intent_can_be_read_with_its_charge(payment_sandbox):
    sandbox = payment_sandbox()
    made = sandbox.client.v1.checkout.sessions.create(params=order())
    identifier = sandbox.control.buy(made.id)["payment_intent"]

    intent = sandbox.client.v1.payment_intents.retrieve(
        identifier, params={"expand": ["latest_charge.payment_intent"]}
    )

    assert intent.latest_charge.payment_intent.id == identifier


def test_the_lines_of_a_session_have_a_list_of_their_own(payment_sandbox):
    sandbox = payment_sandbox()
    made = sandbox.client.v1.checkout.sessions.create(params=order())

    first = sandbox.client.v1.checkout.sessions.line_items.list(made.id, params={"limit": 1})

    assert [item.description for item in first.data] == ["Becher"]
    assert first.has_more is True
    assert [item.description for item in first.auto_paging_iter()] == ["Becher", "Versand"]


def test_sessions_are_found_by_intent_status_email_and_time(payment_sandbox):
    sandbox = payment_sandbox()
    sessions = sandbox.client.v1.checkout.sessions
    paid = sessions.create(params=order())
    waiting = sessions.create(params=order(customer_email="ben@example.org"))
    intent = sandbox.control.buy(paid.id)["payment_intent"]

    def found(**params):
        return [row.id for row in sessions.list(params=params)]

    assert found() == [waiting.id, paid.id]
    assert found(payment_intent=intent) == [paid.id]
    assert found(status="open") == [waiting.id]
    assert found(customer_details={"email": "ben@example.org"}) == [waiting.id]
    assert found(created={"gte": paid.created, "lte": waiting.created}) == [waiting.id, paid.id]
    assert found(created={"gt": waiting.created}) == []
    assert found(created=1) == []


def test_expiring_closes_an_open_session_once(payment_sandbox):
    sandbox = payment_sandbox()
    made = sandbox.client.v1.checkout.sessions.create(params=order())

    session = sandbox.client.v1.checkout.sessions.expire(made.id)

    assert (session.status, session.url) == ("expired", None)
    with pytest.raises(stripe.InvalidRequestError, match="status of expired"):
        sandbox.client.v1.checkout.sessions.expire(made.id)


def test_a_paid_session_cannot_be_expired(payment_sandbox):
    sandbox = payment_sandbox()
    made = sandbox.client.v1.checkout.sessions.create(params=order())
    sandbox.control.buy(made.id)

    with pytest.raises(stripe.InvalidRequestError, match="status of complete"):
        sandbox.client.v1.checkout.sessions.expire(made.id)

    assert sandbox.client.v1.checkout.sessions.retrieve(made.id).payment_status == "paid"


def test_intents_are_listed_newest_first(payment_sandbox):
    sandbox = payment_sandbox()
    made = [sandbox.client.v1.checkout.sessions.create(params=order()) for _ in range(3)]
    paid = [sandbox.control.buy(session.id)["payment_intent"] for session in made]

    page = sandbox.client.v1.payment_intents.list(params={"limit": 2, "created": {"gt": 0}})

    assert [intent.id for intent in page.data] == [paid[2], paid[1]]
    assert page.has_more is True
    assert [intent.id for intent in page.auto_paging_iter()] == paid[::-1]


def test_events_are_listed_by_type_and_page(payment_sandbox):
    sandbox = payment_sandbox()
    made = sandbox.client.v1.checkout.sessions.create(params=order())
    sandbox.control.buy(made.id)
    events = sandbox.client.v1.events

    def kinds(**params):
        return [event.type for event in events.list(params=params)]

    assert kinds() == [
        "checkout.session.completed",
        "payment_intent.succeeded",
        "charge.succeeded",
        "payment_intent.created",
    ]
    assert kinds(type="payment_intent.*") == ["payment_intent.succeeded", "payment_intent.created"]
    assert kinds(types=["charge.succeeded", "charge.failed"]) == ["charge.succeeded"]
    newest = events.list(params={"limit": 1}).data[0]
    assert kinds(starting_after=newest.id, limit=1) == ["payment_intent.succeeded"]
    oldest = events.list().data[-1]
    assert kinds(ending_before=oldest.id, limit=1) == ["charge.succeeded"]
    assert events.retrieve(newest.id).data.object["id"] == made.id
    with pytest.raises(stripe.InvalidRequestError):
        kinds(type="charge.*", types=["charge.failed"])


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda v1: v1.checkout.sessions.retrieve("cs_test_x"), "No such checkout.session"),
        (lambda v1: v1.payment_intents.retrieve("pi_x"), "No such payment_intent: 'pi_x'"),
        (lambda v1: v1.refunds.retrieve("re_x"), "No such refund: 're_x'"),
        (lambda v1: v1.events.retrieve("evt_x"), "No such event: 'evt_x'"),
    ],
)
def test_an_unknown_identifier_is_stripes_404(payment_sandbox, ask, message):
    sandbox = payment_sandbox()

    with pytest.raises(stripe.InvalidRequestError, match=message) as caught:
        ask(sandbox.client.v1)

    assert (caught.value.http_status, caught.value.code) == (404, "resource_missing")


def test_an_endpoint_that_is_not_spoken_says_so(payment_sandbox):
    sandbox = payment_sandbox()

    with pytest.raises(stripe.InvalidRequestError, match="Unrecognized request URL") as caught:
        sandbox.client.v1.customers.create(params={"email": "ada@example.org"})

    assert caught.value.http_status == 404


@pytest.mark.parametrize(
    ("path", "words"),
    [("colour", "cannot be expanded"), ("customer", "not implemented"), ("a.b.c.d.e", "4 levels")],
)
def test_expanding_something_else_is_refused(payment_sandbox, path, words):
    sandbox = payment_sandbox()
    made = sandbox.client.v1.checkout.sessions.create(params=order())

    with pytest.raises(stripe.InvalidRequestError, match=words) as caught:
        sandbox.client.v1.checkout.sessions.retrieve(made.id, params={"expand": [path]})

    assert caught.value.param == "expand[0]"
