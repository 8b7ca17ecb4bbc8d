"""Our books beside the provider's: what is known is mended, what is not is shown."""

import datetime
import uuid
from decimal import Decimal

import pytest
from django.urls import reverse

from demo.payment_sandbox import refunds as sandbox_refunds
from orders import books, jobs, payments
from orders.findings import ProviderAway
from orders.models import Difference, Order, Payment, Reconciliation, Refund
from orders.money.reconciliation import deciding, running
from tests.orders.conftest import kinds_of

pytestmark = pytest.mark.django_db(transaction=True)

HOURS = datetime.timedelta(hours=2)
DAY = datetime.timedelta(days=1)


def compare(moment, **fields):
    span = {"since": moment - DAY, "until": moment + HOURS} | fields
    return running.run("stripe", moment=moment, **span)


def refund_there(sandbox, payment, cents):
    with sandbox.world.act():
        return sandbox_refunds.create(
            sandbox.world, {"payment_intent": payment.provider_intent, "amount": cents}
        )


def kinds():
    return list(Difference.objects.open().order_by("kind").values_list("kind", flat=True))


def test_equal_books_leave_no_difference(paid_order, moment):
    order = paid_order()
    refund = payments.refund(
        order.payments.get(), amount=Decimal("5.00"), reason="late", by=None, moment=moment
    )
    payments.carry_out(refund, moment=moment)

    run = compare(moment)

    assert (run.state, run.differences, run.mended) == ("done", 0, 0)
    assert (run.paid_count, run.paid_gross, run.refunded_gross) == (
        1,
        Decimal("52.90"),
        Decimal("5.00"),
    )
    assert not Difference.objects.exists()


def test_a_payment_whose_message_was_lost_confirms_its_order(place_and_start, sandbox, moment):
    order, payment = place_and_start()
    sandbox.pay(payment)

    run = compare(moment)

    order.refresh_from_db()
    assert (order.status, order.payment_status) == ("confirmed", "paid")
    assert (run.mended, run.differences, kinds()) == (1, 0, [])
    assert kinds_of(order) == ["confirmation"]
    assert compare(moment).mended == 0
    assert kinds_of(order) == ["confirmation"]  # not twice


def test_a_refund_of_the_dashboard_is_taken_over_once(paid_order, sandbox, moment):
    order = paid_order()
    refund_there(sandbox, order.payments.get(), 500)

    runs = [compare(moment), compare(moment)]

    order.refresh_from_db()
    assert [(run.mended, run.differences) for run in runs] == [(1, 0), (0, 0)]
    assert order.payment_status == "partly_refunded"
    assert Refund.objects.get().amount == Decimal("5.00")


def test_a_refund_under_way_is_not_taken_for_somebody_elses(paid_order, sandbox, moment):
    """The provider acted, its answer was lost: the row is known by the key that it was given."""
    order = paid_order()
    payment = order.payments.get()
    refund = payments.refund(payment, amount=Decimal("5.00"), reason="late", by=None, moment=moment)
    with sandbox.world.act():
        sandbox_refunds.create(
            sandbox.world,
            {
                "payment_intent": payment.provider_intent,
                "amount": 500,
                "metadata": {"refund": str(refund.pk)},
            },
        )

    compare(moment)

    refund.refresh_from_db()
    assert Refund.objects.count() == 1
    assert refund.state == "succeeded"


def test_money_of_nobody_is_shown_and_moves_nothing(paid_order, sandbox, moment):
    order = paid_order()
    Payment.objects.filter(order=order).update(
        provider_intent="pi_other", provider_session="", public_id=uuid.uuid4()
    )

    run = compare(moment)

    # Ours is missing there, theirs is missing here.
    assert kinds() == ["paid_here", "unknown_payment"]
    assert run.differences == 2
    unknown = Difference.objects.get(kind="unknown_payment")
    assert (unknown.payment, unknown.here, unknown.there) == (None, None, Decimal("52.90"))
    assert not Refund.objects.exists()


def test_another_amount_is_shown_with_both_sums(paid_order, moment):
    order = paid_order()
    Payment.objects.filter(order=order).update(amount="50.00", captured="50.00")

    compare(moment)

    found = Difference.objects.get()
    assert (found.kind, found.here, found.there) == (
        "amount",
        Decimal("50.00"),
        Decimal("52.90"),
    )


def test_a_refund_that_the_provider_does_not_know_is_shown(paid_order, moment):
    payment = paid_order().payments.get()
    Refund.objects.create(
        payment=payment,
        amount=Decimal("5.00"),
        state="succeeded",
        key="k",
        provider_refund="re_nowhere",
        reason="late",
        created_at=moment,
        next_try_at=moment,
    )

    compare(moment)

    assert kinds() == ["refund_here"]


def test_a_delayed_payment_is_looked_for_on_the_day_it_began(place_and_start, sandbox, moment):
    order, payment = place_and_start()
    sandbox.pay_later(payment)
    later = moment + 4 * DAY
    sandbox.advance(int((4 * DAY).total_seconds()))
    payments.settle(payment.pk, moment=later)

    run = compare(later, since=later - HOURS, until=later + HOURS)

    order.refresh_from_db()
    assert order.payment_status == "paid"
    assert (run.differences, kinds()) == (0, [])


def test_what_is_gone_is_closed_by_the_next_run_and_opened_anew_when_it_comes_back(
    paid_order, moment
):
    payment = Payment.objects.get(order=paid_order())
    Payment.objects.filter(pk=payment.pk).update(amount="50.00", captured="50.00")
    compare(moment)

    Payment.objects.filter(pk=payment.pk).update(amount="52.90", captured="52.90")
    compare(moment + HOURS / 4)
    closed = Difference.objects.get()
    Payment.objects.filter(pk=payment.pk).update(amount="50.00", captured="50.00")
    compare(moment + HOURS / 2)

    assert (closed.closed_at, closed.reason) == (moment + HOURS / 4, running.GONE)
    assert kinds() == ["amount"]
    assert Difference.objects.count() == 1


def test_what_staff_explained_stays_closed_while_its_sums_are_the_same(paid_order, sam, moment):
    payment = Payment.objects.get(order=paid_order())
    Payment.objects.filter(pk=payment.pk).update(amount="50.00", captured="50.00")
    compare(moment)

    assert deciding.close(Difference.objects.get(), reason="tip", by=sam, moment=moment)
    compare(moment + HOURS / 4)
    still_closed = kinds()
    Payment.objects.filter(pk=payment.pk).update(amount="49.00", captured="49.00")
    compare(moment + HOURS / 2)

    assert (still_closed, kinds()) == ([], ["amount"])
    assert not deciding.close(
        Difference.objects.create(
            gateway="stripe",
            kind="amount",
            reference="pi_x",
            happened_at=moment,
            first_seen_at=moment,
            last_seen_at=moment,
            closed_at=moment,
            reason="known",
        ),
        reason="again",
        by=sam,
        moment=moment,
    )


def test_a_provider_that_is_away_ends_the_run_and_nothing_is_closed(paid_order, sandbox, moment):
    payment = Payment.objects.get(order=paid_order())
    Payment.objects.filter(pk=payment.pk).update(amount="50.00", captured="50.00")
    compare(moment)
    sandbox.fault("500", "* /v1/payment_intents*", count=99)

    run = compare(moment + HOURS / 4)

    assert run.state == "failed"
    assert run.problem
    assert kinds() == ["amount"]


def test_the_job_asks_every_provider(paid_order, moment):
    paid_order()

    assert jobs.reconcile(hours=48) == 0

    run = Reconciliation.objects.get()
    assert (run.gateway, run.state) == ("stripe", "done")
    assert run.until - run.since == 2 * DAY


def test_staff_see_what_to_do_ask_again_and_close_it_with_a_reason(
    paid_order, admin_client, moment
):
    order = paid_order()
    Payment.objects.filter(order=order).update(amount="50.00", captured="50.00")
    compare(moment)
    found = Difference.objects.get()
    page = reverse("admin:orders_difference_change", args=[found.pk])
    listing = reverse("admin:orders_difference_changelist")

    assert order.number in admin_client.get(page).content.decode()
    assert "difference" in admin_client.get(reverse("admin:index")).content.decode()
    admin_client.post(page, {"reason": ""})
    assert kinds() == ["amount"]
    admin_client.post(listing, {"action": "look_again", "_selected_action": [found.pk]})
    assert kinds() == ["amount"]
    admin_client.post(page, {"reason": "paid at the counter"})

    found.refresh_from_db()
    assert (kinds(), found.reason) == ([], "paid at the counter")
    assert found.closed_by is not None
    assert admin_client.post(page, {"reason": "other"}).status_code == 403
    assert books.paid_means_paid() == [] or Order.objects.count() == 1


def test_away_is_said_and_not_raised(sandbox, moment):
    sandbox.fault("500", "* /v1/payment_intents*", count=99)

    with pytest.raises(ProviderAway):
        payments.movements("stripe", since=moment - DAY, until=moment)
    assert compare(moment).state == "failed"
