"""Idempotency-Key as Stripe honours it."""

import threading
import time

import pytest
import stripe

from tests.payment_sandbox.fixtures import order

DAY = 24 * 3600


@pytest.fixture
def sandbox(payment_sandbox):
    return payment_sandbox()


def _create(sandbox, key, **changes):
    return sandbox.client.v1.checkout.sessions.create(
        params=order(**changes), options={"idempotency_key": key}
    )


def _number_of_sessions(sandbox):
    return len(sandbox.control.state()["sessions"])


def _wait_for_fault(sandbox):
    """The first call has arrived and is being held up."""
    while sandbox.control.ask("GET", "faults")["faults"][0]["hits"] == 0:
        time.sleep(0.01)


def test_the_same_key_gives_the_same_body_and_makes_nothing_new(sandbox):
    first = _create(sandbox, "key-1")
    again = _create(sandbox, "key-1")

    assert again.id == first.id
    assert again.last_response.body == first.last_response.body
    assert again.last_response.headers["Idempotent-Replayed"] == "true"
    assert again.last_response.headers["Original-Request"] == first.last_response.request_id
    assert again.last_response.request_id != first.last_response.request_id
    assert "Idempotent-Replayed" not in first.last_response.headers
    assert _number_of_sessions(sandbox) == 1


def test_the_kept_body_is_the_first_one_even_when_the_object_moved_on(sandbox):
    first = _create(sandbox, "key-1")
    sandbox.control.buy(first.id)

    again = _create(sandbox, "key-1")

    assert (again.status, again.payment_status) == ("open", "unpaid")


def test_another_key_makes_another_session(sandbox):
    assert _create(sandbox, "key-1").id != _create(sandbox, "key-2").id
    assert _number_of_sessions(sandbox) == 2


def test_the_same_key_with_other_parameters_is_refused(sandbox):
    _create(sandbox, "key-1")

    with pytest.raises(stripe.IdempotencyError, match="same parameters") as caught:
        _create(sandbox, "key-1", client_reference_id="order-1002")

    assert caught.value.http_status == 400
    assert _number_of_sessions(sandbox) == 1


def test_the_same_key_at_another_endpoint_is_refused(sandbox):
    made = _create(sandbox, "key-1")

    with pytest.raises(stripe.IdempotencyError):
        sandbox.client.v1.checkout.sessions.expire(made.id, options={"idempotency_key": "key-1"})

    assert sandbox.control.state()["sessions"][0]["status"] == "open"


def test_a_key_in_flight_is_answered_409_and_the_first_call_goes_on(sandbox):
    sandbox.control.fault("delay", "POST /v1/checkout/sessions", delay=0.6)
    made = []
    first = threading.Thread(target=lambda: made.append(_create(sandbox, "key-1")))
    first.start()
    _wait_for_fault(sandbox)

    with pytest.raises(stripe.APIError, match="in-progress request") as caught:
        _create(sandbox, "key-1")
    first.join()

    assert caught.value.http_status == 409
    assert caught.value.json_body["error"]["code"] == "idempotency_key_in_use"
    assert _create(sandbox, "key-1").id == made[0].id
    assert _number_of_sessions(sandbox) == 1


def test_the_clients_own_retry_survives_a_key_in_flight(sandbox):
    sandbox.control.fault("delay", "POST /v1/checkout/sessions", delay=0.3)
    made = []
    first = threading.Thread(target=lambda: made.append(_create(sandbox, "key-1")))
    first.start()
    _wait_for_fault(sandbox)

    again = sandbox.client.v1.checkout.sessions.create(
        params=order(), options={"idempotency_key": "key-1", "max_network_retries": 2}
    )
    first.join()

    assert again.id == made[0].id
    assert _number_of_sessions(sandbox) == 1


def test_refused_parameters_are_not_kept(sandbox):
    with pytest.raises(stripe.InvalidRequestError):
        _create(sandbox, "key-1", locale="xx")

    assert _create(sandbox, "key-1").status == "open"


def test_a_500_is_kept(sandbox):
    sandbox.control.fault("500", "POST /v1/checkout/sessions")
    with pytest.raises(stripe.APIError):
        _create(sandbox, "key-1")

    with pytest.raises(stripe.APIError) as caught:
        _create(sandbox, "key-1")

    assert caught.value.http_status == 500
    assert caught.value.headers["Idempotent-Replayed"] == "true"
    assert _number_of_sessions(sandbox) == 0
    assert _create(sandbox, "key-2").status == "open"


def test_a_refusal_by_state_is_kept(sandbox):
    made = _create(sandbox, "key-1")
    intent = sandbox.control.buy(made.id, "pay-later")["payment_intent"]
    refund = {"params": {"payment_intent": intent}, "options": {"idempotency_key": "refund-1"}}
    with pytest.raises(stripe.InvalidRequestError):
        sandbox.client.v1.refunds.create(**refund)
    sandbox.control.settle(made.id)

    with pytest.raises(stripe.InvalidRequestError, match="does not have a successful charge"):
        sandbox.client.v1.refunds.create(**refund)

    assert sandbox.control.state()["refunds"] == []


def test_a_key_is_forgotten_after_a_day(sandbox):
    first = _create(sandbox, "key-1")
    sandbox.control.advance(DAY - 10)
    assert _create(sandbox, "key-1").id == first.id

    sandbox.control.advance(11)

    assert _create(sandbox, "key-1").id != first.id


def test_a_key_may_have_255_characters(sandbox):
    assert _create(sandbox, "k" * 255).status == "open"

    with pytest.raises(stripe.IdempotencyError, match="at most 255"):
        _create(sandbox, "k" * 256)


def test_reading_ignores_keys(sandbox):
    made = _create(sandbox, "key-1")

    read = sandbox.client.v1.checkout.sessions.retrieve(
        made.id, options={"idempotency_key": "key-1"}
    )

    assert read.id == made.id
    assert "Idempotent-Replayed" not in read.last_response.headers


def test_sixteen_at_once_with_one_key_make_one_session(sandbox):
    gate = threading.Barrier(16)
    made, refused = [], []

    def call():
        gate.wait()
        try:
            made.append(_create(sandbox, "key-1").id)
        except stripe.APIError as problem:
            refused.append(problem.http_status)

    threads = [threading.Thread(target=call) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(made)) == 1
    assert set(refused) <= {409}
    assert len(made) + len(refused) == 16
    assert _number_of_sessions(sandbox) == 1
