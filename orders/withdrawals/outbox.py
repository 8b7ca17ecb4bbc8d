"""Mails about declarations: a row in the business transaction, a wake-up after it."""

import datetime

from django.db.models import QuerySet

from orders.models import Withdrawal, WithdrawalMail, WithdrawalMailKind
from orders.withdrawals import tasks
from shop.kit import mail
from shop.kit.mail import MailState


def put(
    withdrawal: Withdrawal,
    kind: WithdrawalMailKind,
    *,
    moment: datetime.datetime,
    wait: datetime.timedelta = datetime.timedelta(0),
) -> None:
    """Note that this mail is due, `wait` from now. One of each kind."""
    row = WithdrawalMail(
        withdrawal=withdrawal,
        kind=kind,
        address=withdrawal.email,
        language=withdrawal.language,
        created_at=moment,
        next_try_at=moment + wait,
    )
    WithdrawalMail.objects.bulk_create([row], ignore_conflicts=True)
    if not wait:
        wake = tasks.send_withdrawal_mail.delay_on_commit  # type: ignore[attr-defined]
        wake(mail_id=str(row.message_id))


def withdraw(withdrawal: Withdrawal) -> None:
    """Take back what nobody has begun to send."""
    withdrawal.mails.filter(state=MailState.QUEUED, tries=0).delete()


def revive(mails: QuerySet[WithdrawalMail], *, moment: datetime.datetime) -> int:
    """Try those that were given up again, with all their tries. Returns how many."""
    wake = tasks.send_withdrawal_mail.delay_on_commit  # type: ignore[attr-defined]
    return mail.revive(mails, wake=wake, moment=moment)
