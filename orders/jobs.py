"""What comes in, and what is caught up by the clock.

A wake-up is a hint, never the memory: every sweeper finds by itself what is to be done. All of them
are safe to run twice and side by side; a row is claimed by one UPDATE before anything is done.
"""

import datetime
import logging
import time
from collections.abc import Callable
from typing import Any

from celery import shared_task
from celery.schedules import crontab
from django.db.models import QuerySet

from orders import emails, inbox, lifecycle, payments, states
from orders.delays import telling
from orders.documents import working as documents
from orders.findings import ProviderAway, ProviderRefused
from orders.models import DueDocuments, Order, OrderMail, Payment, WebhookEvent, WithdrawalMail
from orders.money import declines, reminding, statements
from orders.money.reconciliation import running
from orders.money.taxing import distance
from orders.refunding import refunds
from orders.shipping import deliveries
from orders.states import WrongState
from orders.withdrawals import emails as withdrawal_emails
from orders.withdrawals import sweeping
from shop.kit import clock, mail

log = logging.getLogger(__name__)

BATCH = 100
LATER = datetime.timedelta(minutes=2)


@shared_task
def process_webhook_event(*, event_pk: int) -> bool:
    """Work off one message of a provider. Returns whether it is done."""
    moment = clock.now()
    event = inbox.claim(event_pk, moment=moment)
    if event is None:
        return False
    try:
        remark = _process(event, moment)
    except Exception as problem:  # The row must say so and wait, whatever it was.
        log.warning("message %s failed: %s", event.pk, type(problem).__name__)
        inbox.failed(event, problem, moment=moment)
        return False
    inbox.done(event, moment=moment, remark=remark)
    return True


def _process(event: WebhookEvent, moment: datetime.datetime) -> str:
    """The payload tells only what to ask for; the answer of the provider decides."""
    if deliveries.is_from_carrier(event):
        return deliveries.hear(event, moment=moment)
    payment = inbox.payment_of(event)
    if event.payload.get("object") == "refund":
        return _process_refund(event, payment, moment)
    if event.payload.get("object") == "dispute":
        return _process_dispute(event, payment, moment)
    if payment is None:
        return "not ours"
    is_session = event.payload.get("object") == "checkout.session"
    try:
        payments.settle(payment.pk, moment=moment, session_id=event.object_id if is_session else "")
        if declines.is_paused(payment.order.number):
            payments.expire(payment, moment=moment)
    except WrongState as problem:
        return str(problem)[:200]
    return ""


def _process_refund(event: WebhookEvent, payment: Payment | None, moment: datetime.datetime) -> str:
    known = inbox.refund_of(event)
    if known is None and payment is None:
        return "not ours"
    payments.settle_refund(
        event.gateway, event.object_id, known=known, payment=payment, moment=moment
    )
    return ""


def _process_dispute(
    event: WebhookEvent, payment: Payment | None, moment: datetime.datetime
) -> str:
    if payment is None:
        return "not ours"
    payments.settle_dispute(event.gateway, event.object_id, payment=payment, moment=moment)
    return ""


@shared_task
def tell_delays() -> int:
    """Every ten minutes, so that a day that was mistyped can be mended. Returns how many orders."""
    return telling.tell(moment=clock.now())


@shared_task
def sweep_webhook_events() -> int:
    """Messages whose wake-up was lost, or that failed before."""
    due = WebhookEvent.objects.due(clock.now()).order_by("next_try_at")
    return _each(due.values_list("pk", flat=True), lambda pk: process_webhook_event(event_pk=pk))


@shared_task
def sweep_payments() -> int:
    """Attempts whose page is over, and delayed payments: ask the provider, end what is open."""
    moment = clock.now()

    def look(pk: int) -> None:
        taken = Payment.objects.overdue(moment).filter(pk=pk).update(next_check_at=moment + LATER)
        if taken:
            payments.expire(Payment.objects.get(pk=pk), moment=moment)

    return _each(Payment.objects.overdue(moment).values_list("pk", flat=True), look)


@shared_task
def sweep_reservations() -> int:
    """Orders that nobody paid in time: closed at the provider first, then the goods go back."""
    moment = clock.now()

    def end(pk: int) -> None:
        waiting = Order.objects.reservation_ended(moment).filter(pk=pk)
        if waiting.update(reserved_until=moment + LATER):
            order = Order.objects.get(pk=pk)
            lifecycle.cancel(order, by=None, reason=states.EXPIRED, moment=moment)

    return _each(Order.objects.reservation_ended(moment).values_list("pk", flat=True), end)


@shared_task
def sweep_refunds() -> int:
    """Refunds to ask for, and pending ones to ask about."""
    moment = clock.now()
    return _each(refunds.due(moment), lambda refund: payments.carry_out(refund, moment=moment))


@shared_task
def sweep_deliveries() -> int:
    """Parcels of which nobody heard long after their day; then orders that arrived as a whole."""
    moment = clock.now()
    overdue = deliveries.overdue(clock.day_of(moment)).select_related("order")
    assumed = _each(overdue, lambda parcel: deliveries.assume(parcel, moment=moment))
    return assumed + _each(
        deliveries.arrived(), lambda order: lifecycle.complete(order, by=None, moment=moment)
    )


@shared_task
def sweep_bank_bookings() -> int:
    """Bookings that need no decision, which the upload had no time for."""
    return statements.book_sure(moment=clock.now(), seconds=_EVERY_SECONDS)


@shared_task
def sweep_reminders() -> int:
    """Orders whose transfer has not come and whose time is running out: one mail each."""
    moment = clock.now()
    return _each(
        reminding.due(moment).values_list("pk", flat=True),
        lambda pk: reminding.remind(pk, moment=moment),
    )


@shared_task
def sweep_mails() -> int:
    """Mails that are due: their wake-up was lost, they waited, or the mail server was away."""
    moment = clock.now()
    rows = OrderMail.objects.select_related("order")
    due = OrderMail.objects.due(moment).order_by("next_try_at").values_list("pk", flat=True)
    return _each(due, lambda pk: mail.send(rows, pk, emails.build, moment))


@shared_task
def sweep_withdrawals() -> int:
    """Declarations whose order is to be looked for, and accepted ones that go on."""
    moment = clock.now()
    new = _each(
        sweeping.new().values_list("pk", flat=True),
        lambda pk: sweeping.take_up(pk, moment=moment),
    )
    gone_on = _each(
        sweeping.to_go_on(moment).values_list("pk", flat=True),
        lambda pk: sweeping.go_on(pk, moment=moment),
    )
    return new + gone_on


@shared_task
def sweep_documents() -> int:
    """Invoices and corrections that are due: issued, drawn, and told by mail."""
    moment = clock.now()
    due = DueDocuments.objects.due(moment).order_by("next_try_at").values_list("pk", flat=True)
    return _each(due, lambda pk: documents.work_off(pk, moment=moment))


@shared_task
def sweep_withdrawal_mails() -> int:
    """The same for the outbox of the declarations of withdrawal."""
    moment = clock.now()
    rows = WithdrawalMail.objects.select_related("withdrawal__case")
    due = WithdrawalMail.objects.due(moment).order_by("next_try_at").values_list("pk", flat=True)
    return _each(due, lambda pk: mail.send(rows, pk, withdrawal_emails.build, moment))


@shared_task
def reconcile(*, hours: int) -> int:
    """Lay the providers' books of the last `hours` beside ours. Returns how many differences."""
    moment = clock.now()
    since = moment - datetime.timedelta(hours=hours)
    runs = [
        running.run(code, since=since, until=moment, moment=moment) for code in payments.providers()
    ]
    return sum(one.differences for one in runs if one is not None)


@shared_task
def note_distance_sales() -> int:
    """Has the limit of sales to other member states been exceeded? Written down once a year."""
    return len(distance.note_crossings(moment=clock.now()))


def _each(rows: QuerySet[Any, Any], act: Callable[[Any], object]) -> int:
    """Do it for all, batch by batch, until nothing is due or the next sweep takes over.

    One that fails does not keep the others waiting. Returns how many did not.
    """
    end = time.monotonic() + _EVERY_SECONDS
    done = 0
    while batch := list(rows[:BATCH]):
        worked = sum(_is_done(row, act) for row in batch)
        done += worked
        if not worked or len(batch) < BATCH or time.monotonic() > end:
            break
    return done


def _is_done(row: Any, act: Callable[[Any], object]) -> bool:
    try:
        act(row)
    except (ProviderAway, ProviderRefused, lifecycle.NotCancellable, WrongState) as problem:
        log.warning("later: %s", type(problem).__name__)
        return False
    except Exception:
        log.exception("a row of a sweep failed")
        return False
    return True


_EVERY_SECONDS = 20.0
SCHEDULE: dict[str, dict[str, Any]] = {
    name: {"task": f"orders.jobs.{name}", "schedule": _EVERY_SECONDS, "options": {"expires": 60}}
    for name in (
        "sweep_webhook_events",
        "sweep_payments",
        "sweep_reservations",
        "sweep_refunds",
        "sweep_bank_bookings",
        "sweep_deliveries",
        "sweep_reminders",
        "sweep_mails",
        "sweep_withdrawals",
        "sweep_documents",
        "sweep_withdrawal_mails",
    )
}
SCHEDULE |= {
    "orders-tell-delays": {
        "task": "orders.jobs.tell_delays",
        "schedule": crontab(minute="*/10"),
        "options": {"expires": 600},
    },
    "note_distance_sales": {
        "task": "orders.jobs.note_distance_sales",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "orders-reconcile-days": {
        "task": "orders.jobs.reconcile",
        "schedule": crontab(minute=17),
        "kwargs": {"hours": 48},
        "options": {"expires": 1800},
    },
    "orders-reconcile-weeks": {
        "task": "orders.jobs.reconcile",
        "schedule": crontab(hour=2, minute=40),
        "kwargs": {"hours": 35 * 24},
        "options": {"expires": 1800},
    },
}
