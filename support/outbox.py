"""Mails to be sent: a row in the business transaction, a wake-up after it."""

import datetime

from django.db.models import QuerySet

from shop.kit import mail
from support import tasks
from support.models import Case, CaseMail, CaseMailKind, Message


def put(
    case: Case,
    kind: CaseMailKind,
    *,
    moment: datetime.datetime,
    answer: Message | None = None,
    reference: str = "",
) -> None:
    """Note that this mail is due now. One mail for each kind and reference, one for an answer."""
    row = CaseMail(
        case=case,
        kind=kind,
        answer=answer,
        reference=reference or (str(answer.pk) if answer else ""),
        address=case.email,
        language=case.language,
        created_at=moment,
        next_try_at=moment,
    )
    CaseMail.objects.bulk_create([row], ignore_conflicts=True)
    tasks.send_case_mail.delay_on_commit(mail_id=str(row.message_id))  # type: ignore[attr-defined]


def revive(mails: QuerySet[CaseMail], *, moment: datetime.datetime) -> int:
    """Try those that were given up again, with all their tries. Returns how many."""
    wake = tasks.send_case_mail.delay_on_commit  # type: ignore[attr-defined]
    return mail.revive(mails, wake=wake, moment=moment)
