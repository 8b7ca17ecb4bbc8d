"""Mails to be sent: a row in the business transaction, a wake-up after it."""

import datetime

from django.db.models import QuerySet

from orders import tasks
from orders.models import MailKind, Order, OrderMail
from shop.kit import mail
from shop.kit.mail import MailState

# What asks for money, and is wrong once it is here or no longer wanted.
ASKING = (MailKind.ACKNOWLEDGEMENT, MailKind.PAYMENT_REMINDER, MailKind.PART_PAYMENT)


def put(
    order: Order,
    kind: MailKind,
    *,
    moment: datetime.datetime,
    reference: str = "",
    wait: datetime.timedelta = datetime.timedelta(0),
) -> None:
    """Note that this mail is due, `wait` from now. One mail for each kind and reference."""
    row = OrderMail(
        order=order,
        kind=kind,
        reference=reference,
        address=order.email,
        language=order.language,
        created_at=moment,
        next_try_at=moment + wait,
    )
    OrderMail.objects.bulk_create([row], ignore_conflicts=True)
    if not wait:
        tasks.send_mail.delay_on_commit(mail_id=str(row.message_id))  # type: ignore[attr-defined]


def put_again(order: Order, kind: MailKind, *, moment: datetime.datetime) -> None:
    """Send a mail once more, under a reference and a Message-ID of its own."""
    times = order.mails.filter(kind=kind).count()
    put(order, kind, moment=moment, reference=f"again-{times}")


def withdraw(order: Order, *kinds: MailKind) -> None:
    """Take back mails that nobody has begun to send: another one says more."""
    order.mails.filter(kind__in=kinds, state=MailState.QUEUED, tries=0).delete()


def note_as_told(order: Order, *, moment: datetime.datetime) -> None:
    """Mark what waits as sent: for orders taken over from elsewhere, whose buyers know."""
    order.mails.filter(state=MailState.QUEUED).update(state=MailState.SENT, sent_at=moment)


def revive(mails: QuerySet[OrderMail], *, moment: datetime.datetime) -> int:
    """Try those that were given up again, with all their tries. Returns how many."""
    wake = tasks.send_mail.delay_on_commit  # type: ignore[attr-defined]
    return mail.revive(mails, wake=wake, moment=moment)
