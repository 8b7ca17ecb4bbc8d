"""Mails to be sent: a row in the business transaction, a wake-up after it."""

import datetime

from django.db.models import QuerySet

from inventory import tasks
from inventory.models import AlertMail, AlertMailKind, StockAlert
from shop.kit import mail


def put(alert: StockAlert, kind: AlertMailKind, *, moment: datetime.datetime) -> None:
    """Note that this mail is due now; an earlier one of the same kind is replaced."""
    alert.mails.filter(kind=kind).delete()
    row = AlertMail.objects.create(
        alert=alert,
        kind=kind,
        address=alert.email,
        language=alert.language,
        created_at=moment,
        next_try_at=moment,
    )
    tasks.send_alert_mail.delay_on_commit(mail_id=str(row.message_id))  # type: ignore[attr-defined]


def revive(mails: QuerySet[AlertMail], *, moment: datetime.datetime) -> int:
    """Try those that were given up again, with all their tries. Returns how many."""
    wake = tasks.send_alert_mail.delay_on_commit  # type: ignore[attr-defined]
    return mail.revive(mails, wake=wake, moment=moment)
