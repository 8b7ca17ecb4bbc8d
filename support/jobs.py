"""What the customer service does by the clock; all of it is safe to run twice."""

from celery import shared_task
from celery.schedules import crontab

from shop.kit import clock, mail
from support import attachments, emails, forgetting, tasks
from support.mailing import working_off
from support.models import CaseMail, InboundMail

BATCH = 100
EVERY_SECONDS = 30.0


@shared_task
def sweep_case_mails() -> int:
    """Mails that are due: their wake-up was lost, they waited, or the mail server was away."""
    rows = CaseMail.objects.select_related(*tasks.MAIL_PARTS)
    return mail.send_due(rows, emails.build, clock.now(), most=BATCH)


@shared_task
def read_mail(*, mail_pk: int) -> bool:
    """Read one mail that came in. Returns whether it is done."""
    return working_off.work_off(mail_pk, moment=clock.now())


@shared_task
def sweep_inbound_mails() -> int:
    """Mails that came by the pipe, whose wake-up was lost, or that failed before."""
    moment = clock.now()
    due = InboundMail.objects.due(moment).order_by("next_try_at").values_list("pk", flat=True)
    return sum(working_off.work_off(pk, moment=moment) for pk in list(due[:BATCH]))


@shared_task
def forget_cases() -> int:
    """Nightly: what is kept no longer. Returns how many cases went."""
    moment = clock.now()
    attachments.remove_strays(moment=moment)
    forgetting.forget_raw(moment=moment)
    return forgetting.forget_closed(moment=moment)


SCHEDULE = {
    "support-sweep-inbound-mails": {
        "task": "support.jobs.sweep_inbound_mails",
        "schedule": EVERY_SECONDS,
        "options": {"expires": EVERY_SECONDS},
    },
    "support-sweep-case-mails": {
        "task": "support.jobs.sweep_case_mails",
        "schedule": EVERY_SECONDS,
        "options": {"expires": EVERY_SECONDS},
    },
    "support-forget-cases": {
        "task": "support.jobs.forget_cases",
        "schedule": crontab(hour=3, minute=50),
    },
}
