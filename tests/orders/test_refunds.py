"""Never more goes back than came in, and every refund once."""

import datetime
import threading
from decimal import Decimal

import pytest
from django.db import connection

from orders import jobs, payments
from orders.models import Refund
from orders.refunding import refunds
from tests.orders.conftest import kinds_of

pytestmark = pytest.mark.django_db(transaction=True)

MINUTE = datetime.timedelta(minutes=1)


def ask(payment, amount, moment):
    return payments.refund(
        payment, amount=Decimal(amount), reason="returned", by=None, moment=moment
    )


def test_a_part_goes_back(paid_order, sandbox, sam, moment):
    order = paid_order()
    payment = order.payments.get()

    refund = payments.refund(
        payment, amount=Decimal("10.00"), reason="scratched", by=sam, moment=moment
    )
    assert (refund.state, sandbox.refunds()) == ("requested", [])
    payments.carry_out(refund, moment=moment)

    refund.refresh_from_db()
    order.refresh_from_db()
    assert (refund.state, refund.actor) == ("succeeded", sam)
    assert [row["amount"] for row in sandbox.refunds()] == [1000]
    assert order.payment_status == "partly_refunded"
    assert kinds_of(order) == ["confirmation", "refunded"]


@pytest.mark.parametrize("amount", ["52.91", "1000"])
def test_more_than_was_captured_is_refused(paid_order, sandbox, moment, amount):
    payment = paid_order().payments.get()

    with pytest.raises(refunds.NotRefundable) as caught:
        ask(payment, amount, moment)

    assert caught.value.left == Decimal("52.90")
    assert not Refund.objects.exists()


def test_an_unpaid_attempt_cannot_be_refunded(place_and_start, moment):
    _order, payment = place_and_start()

    with pytest.raises(refunds.NotRefundable):
        ask(payment, "1.00", moment)


def test_sixteen_at_once_share_what_is_there(paid_order, sandbox, moment):
    """10.00 each of 52.90: five fit, eleven do not."""
    payment = paid_order().payments.get()
    done, refused, barrier = [], [], threading.Barrier(16)

    def one():
        barrier.wait()
        try:
            refund = ask(payment, "10.00", moment)
            payments.carry_out(refund, moment=moment)
            done.append(refund)
        except refunds.NotRefundable:
            refused.append(1)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(done), len(refused)) == (5, 11)
    assert sum(row["amount"] for row in sandbox.refunds()) == 5000
    assert len({one.key for one in Refund.objects.all()}) == 5
    assert set(Refund.objects.values_list("state", flat=True)) == {"succeeded"}


@pytest.mark.parametrize("kind", ["close_after", "close_before", "409", "429", "500_after"])
def test_a_refund_without_an_answer_is_asked_for_again_under_its_key(
    paid_order, sandbox, moment, kind
):
    payment = paid_order().payments.get()
    refund = ask(payment, "10.00", moment)
    sandbox.fault(kind, "POST /v1/refunds", count=1)
    payments.carry_out(refund, moment=moment, patience=3)
    refund.refresh_from_db()
    assert refund.state == "requested"

    payments.carry_out(refund, moment=moment, patience=3)
    assert len(sandbox.calls("POST", "/v1/refunds")) == 1  # Not due again yet.
    payments.carry_out(refund, moment=moment + MINUTE, patience=3)

    refund.refresh_from_db()
    calls = sandbox.calls("POST", "/v1/refunds")
    assert {row["idempotency_key"] for row in calls} == {refund.key}
    assert len(sandbox.refunds()) == 1
    assert refund.state == ("requested" if kind == "500_after" else "succeeded")


def test_after_23_hours_a_refund_is_not_repeated_but_shown(paid_order, sandbox, moment):
    payment = paid_order().payments.get()
    refund = ask(payment, "10.00", moment)
    sandbox.fault("close_after", "POST /v1/refunds", count=1)
    payments.carry_out(refund, moment=moment, patience=3)

    payments.carry_out(refund, moment=moment + datetime.timedelta(hours=24), patience=3)

    refund.refresh_from_db()
    assert len(sandbox.calls("POST", "/v1/refunds")) == 1
    assert (refund.state, refund.problem) == ("requested", "unanswered for 23 hours")


def test_a_refund_that_was_forgotten_is_found_by_the_sweeper(paid_order, sandbox, moment):
    refund = ask(paid_order().payments.get(), "10.00", moment)

    assert jobs.sweep_refunds() == 1

    refund.refresh_from_db()
    assert refund.state == "succeeded"
    assert jobs.sweep_refunds() == 0


def test_a_refund_that_fails_later_reopens_the_task(paid_order, sandbox, moment):
    order = paid_order()
    payment = order.payments.get()
    sandbox.world.refund_outcomes[:] = ["pending"]
    refund = ask(payment, "52.90", moment)
    payments.carry_out(refund, moment=moment)
    refund.refresh_from_db()
    order.refresh_from_db()
    assert (refund.state, order.payment_status) == ("pending", "refunded")

    from demo.payment_sandbox import refunds as provider

    with sandbox.world.act():
        provider.settle(
            sandbox.world, refund.provider_refund, ok=False, reason="expired_or_canceled_card"
        )
    for event in sandbox.events("refund."):
        sandbox.deliver(event)
    jobs.sweep_webhook_events()

    refund.refresh_from_db()
    order.refresh_from_db()
    assert (refund.state, refund.problem) == ("failed", "expired_or_canceled_card")
    assert order.payment_status == "paid"
    assert refunds.left_of(payment) == Decimal("52.90")


def test_a_refund_made_at_the_provider_itself_is_taken_over_once(paid_order, sandbox, moment):
    from demo.payment_sandbox import refunds as provider

    order = paid_order()
    payment = order.payments.get()
    with sandbox.world.act():
        provider.create(sandbox.world, {"payment_intent": payment.provider_intent, "amount": 1290})

    for event in sandbox.events("refund.") * 3:
        sandbox.deliver(event)
        jobs.sweep_webhook_events()

    refund = Refund.objects.get()
    order.refresh_from_db()
    assert (refund.amount, refund.state) == (Decimal("12.90"), "succeeded")
    assert refund.reason == "made at the provider"
    assert order.payment_status == "partly_refunded"
    with pytest.raises(refunds.NotRefundable):
        ask(payment, "40.01", moment)


def test_a_refund_that_the_provider_refuses_is_failed(paid_order, sandbox, moment):
    order = paid_order()
    payment = order.payments.get()
    refund = ask(payment, "10.00", moment)
    type(payment).objects.filter(pk=payment.pk).update(provider_intent="pi_unknown")

    payments.carry_out(refund, moment=moment)

    refund.refresh_from_db()
    order.refresh_from_db()
    assert refund.state == "failed"
    assert order.payment_status == "paid"
    assert kinds_of(order) == ["confirmation"]
