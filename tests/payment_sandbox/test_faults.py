"""Faults on demand: before the act, after it, instead of it."""

import time

import pytest
import stripe

from tests.payment_sandbox.fixtures import order

CREATE = "POST /v1/checkout/sessions"


@pytest.fixture
def sandbox(payment_sandbox):
    return payment_sandbox()


def _create(sandbox, key="key-1"):
    return sandbox.client.v1.checkout.sessions.create(
        params=order(), options={"idempotency_key": key}
    )


def _number_of_sessions(sandbox):
    return len(sandbox.control.state()["sessions"])


@pytest.mark.parametrize(
    ("kind", "error", "status", "done"),
    [
        ("500", stripe.APIError, 500, 0),
        ("500_after", stripe.APIError, 500, 1),
        ("429", stripe.RateLimitError, 429, 0),
        ("409", stripe.APIError, 409, 0),
        ("close_before", stripe.APIConnectionError, None, 0),
        ("close_after", stripe.APIConnectionError, None, 1),
    ],
)
def test_a_fault_strikes_once_and_where_it_should(sandbox, kind, error, status, done):
    sandbox.control.fault(kind, CREATE)

    with pytest.raises(error) as caught:
        _create(sandbox)

    assert caught.value.http_status == status
    assert _number_of_sessions(sandbox) == done
    assert _create(sandbox, "key-2").status == "open"


@pytest.mark.parametrize("kind", ["429", "409", "close_before", "close_after"])
def test_the_same_key_heals_what_is_not_kept(sandbox, kind):
    sandbox.control.fault(kind, CREATE)
    with pytest.raises(stripe.StripeError):
        _create(sandbox)

    session = _create(sandbox)

    assert session.status == "open"
    assert _number_of_sessions(sandbox) == 1


def test_an_answer_lost_after_the_act_is_replayed(sandbox):
    sandbox.control.fault("close_after", CREATE)
    with pytest.raises(stripe.APIConnectionError):
        _create(sandbox)

    session = _create(sandbox)

    assert session.last_response.headers["Idempotent-Replayed"] == "true"
    assert session.id == sandbox.control.state()["sessions"][0]["id"]


def test_a_delay_only_takes_time(sandbox):
    sandbox.control.fault("delay", CREATE, delay=0.2)
    start = time.monotonic()

    session = _create(sandbox)

    assert time.monotonic() - start >= 0.2
    assert session.status == "open"


def test_a_fault_counts_and_matches(sandbox):
    sandbox.control.fault("429", "GET /v1/events*", count=2)

    assert _create(sandbox).status == "open"
    for _ in range(2):
        with pytest.raises(stripe.RateLimitError):
            sandbox.client.v1.events.list()
    assert sandbox.client.v1.events.list().data == []
    (rule,) = sandbox.control.ask("GET", "faults")["faults"]
    assert (rule["hits"], rule["left"]) == (2, 0)


def test_a_share_of_calls_fails_in_the_same_places_for_one_seed(sandbox):
    def failing():
        sandbox.control.clear_faults()
        sandbox.control.fault("429", "GET /v1/events", count=1000, share=0.3, seed=5)
        places = []
        for place in range(40):
            try:
                sandbox.client.v1.events.list()
            except stripe.RateLimitError:
                places.append(place)
        return places

    first = failing()

    assert failing() == first
    assert 4 <= len(first) <= 20


def test_the_clients_own_retries_pay_for_one_session_only(sandbox):
    sandbox.control.fault("close_after", CREATE)

    session = sandbox.client.v1.checkout.sessions.create(
        params=order(), options={"max_network_retries": 2}
    )

    assert session.status == "open"
    assert _number_of_sessions(sandbox) == 1
    statuses = [row["status"] for row in sandbox.control.requests()]
    assert statuses == [None, 200]


def test_a_fault_that_does_not_exist_is_refused(sandbox):
    with pytest.raises(Exception, match="Invalid kind"):
        sandbox.control.fault("flood")
