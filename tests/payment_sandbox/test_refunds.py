"""Refunds: never more than was captured; late failures; disputes."""

import threading

import pytest
import stripe

from tests.payment_sandbox.fixtures import order


@pytest.fixture
def sandbox(payment_sandbox):
    return payment_sandbox()


@pytest.fixture
def paid(sandbox):
    session = sandbox.client.v1.checkout.sessions.create(params=order())
    return sandbox.control.buy(session.id)["payment_intent"]


def _refund(sandbox, paid, **params):
    return sandbox.client.v1.refunds.create(params={"payment_intent": paid, **params})


def _charge(sandbox, paid):
    return sandbox.client.v1.payment_intents.retrieve(
        paid, params={"expand": ["latest_charge.refunds"]}
    ).latest_charge


def _types(sandbox):
    return [row["type"] for row in sandbox.control.state()["events"]][4:]


def test_a_refund_without_an_amount_gives_everything_back(sandbox, paid):
    refund = _refund(sandbox, paid, reason="requested_by_customer", metadata={"return": "7"})

    assert (refund.amount, refund.currency, refund.status) == (4470, "eur", "succeeded")
    assert refund.reason == "requested_by_customer"
    assert refund.metadata.to_dict() == {"return": "7"}
    charge = _charge(sandbox, paid)
    assert (charge.amount_refunded, charge.refunded) == (4470, True)
    assert [row.id for row in charge.refunds.data] == [refund.id]
    assert sandbox.client.v1.refunds.retrieve(refund.id).payment_intent == paid
    assert _types(sandbox) == ["refund.created", "charge.refunded"]


def test_parts_add_up_and_never_exceed_the_payment(sandbox, paid):
    first = _refund(sandbox, paid, amount=4000)
    with pytest.raises(stripe.InvalidRequestError, match="greater than unrefunded amount") as over:
        _refund(sandbox, paid, amount=471)
    second = _refund(sandbox, paid, amount=470)
    with pytest.raises(stripe.InvalidRequestError, match="already been refunded") as again:
        _refund(sandbox, paid, amount=1)

    assert over.value.param == "amount"
    assert again.value.code == "charge_already_refunded"
    listed = sandbox.client.v1.refunds.list(params={"payment_intent": paid})
    assert [row.id for row in listed.data] == [second.id, first.id]
    assert sandbox.control.report()["orders"]["order-1001"]["refunded"] == 4470


def test_a_refund_by_charge_works_too(sandbox, paid):
    charge = _charge(sandbox, paid)

    refund = sandbox.client.v1.refunds.create(
        params={"charge": charge.id, "amount": 100, "expand": ["charge", "payment_intent"]}
    )

    assert refund.charge.amount_refunded == 100
    assert refund.payment_intent.id == paid


@pytest.mark.parametrize(
    ("params", "param", "code"),
    [
        ({"amount": 0}, "amount", "parameter_invalid_integer"),
        ({"amount": "all"}, "amount", "parameter_invalid_integer"),
        ({"reason": "bored"}, "reason", None),
        ({"order": "1001"}, "order", "parameter_unknown"),
        ({"metadata": {"k" * 41: "v"}}, None, "parameter_invalid"),
        ({"reverse_transfer": True}, "reverse_transfer", "not_implemented_in_sandbox"),
        ({"payment_intent": "pi_nobody"}, "payment_intent", "resource_missing"),
        ({"charge": "ch_1"}, None, None),
    ],
)
def test_a_bad_refund_is_refused(sandbox, paid, params, param, code):
    with pytest.raises(stripe.InvalidRequestError) as caught:
        sandbox.client.v1.refunds.create(params={"payment_intent": paid, **params})

    assert (caught.value.http_status, caught.value.code) == (400, code)
    if param:
        assert caught.value.param == param
    assert sandbox.control.state()["refunds"] == []


def test_nothing_is_refunded_before_it_is_paid(sandbox):
    session = sandbox.client.v1.checkout.sessions.create(params=order())
    intent = sandbox.control.buy(session.id, "decline")["payment_intent"]

    with pytest.raises(stripe.InvalidRequestError, match="successful charge"):
        _refund(sandbox, intent)


def test_a_refund_may_wait_and_then_arrive(sandbox, paid):
    sandbox.control.refund_outcomes("pending")
    refund = _refund(sandbox, paid, amount=1000)
    assert (refund.status, refund.pending_reason) == ("pending", "processing")

    sandbox.control.settle_refund(refund.id)

    assert sandbox.client.v1.refunds.retrieve(refund.id).status == "succeeded"
    assert _types(sandbox) == ["refund.created", "charge.refunded", "refund.updated"]
    assert _charge(sandbox, paid).amount_refunded == 1000


def test_a_refund_may_fail_later_and_the_money_can_be_refunded_again(sandbox, paid):
    refund = _refund(sandbox, paid)

    sandbox.control.settle_refund(refund.id, ok=False, reason="expired_or_canceled_card")

    failed = sandbox.client.v1.refunds.retrieve(refund.id)
    assert (failed.status, failed.failure_reason) == ("failed", "expired_or_canceled_card")
    charge = _charge(sandbox, paid)
    assert (charge.amount_refunded, charge.refunded) == (0, False)
    assert _types(sandbox) == ["refund.created", "charge.refunded", "refund.failed"]
    assert _refund(sandbox, paid).amount == 4470


def test_a_refund_may_fail_at_once(sandbox, paid):
    sandbox.control.refund_outcomes("failed")

    refund = _refund(sandbox, paid)

    assert refund.status == "failed"
    assert _charge(sandbox, paid).amount_refunded == 0
    assert _refund(sandbox, paid).status == "succeeded"


def test_thirty_two_at_once_give_back_no_more_than_there_was(sandbox, paid):
    gate = threading.Barrier(32)
    done, refused = [], []

    def call():
        gate.wait()
        try:
            done.append(_refund(sandbox, paid, amount=447).amount)
        except stripe.InvalidRequestError as problem:
            refused.append(problem.code)

    threads = [threading.Thread(target=call) for _ in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(done), sum(done)) == (10, 4470)
    assert refused == ["charge_already_refunded"] * 22


def test_a_disputed_charge_cannot_be_refunded(sandbox, paid):
    dispute = sandbox.control.dispute(paid, reason="fraudulent")

    with pytest.raises(stripe.InvalidRequestError, match="charged back") as caught:
        _refund(sandbox, paid)

    assert caught.value.code == "charge_disputed"
    assert _charge(sandbox, paid).disputed is True
    assert (dispute["amount"], dispute["status"]) == (4470, "needs_response")
    assert sandbox.control.answer_dispute(dispute["id"])["status"] == "under_review"
    closed = sandbox.control.close_dispute(dispute["id"], won=False)
    assert closed["status"] == "lost"
    assert sandbox.client.v1.disputes.retrieve(dispute["id"]).status == "lost"
    assert _types(sandbox) == [
        "charge.dispute.created",
        "charge.dispute.updated",
        "charge.dispute.closed",
    ]
