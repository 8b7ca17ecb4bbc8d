"""What goes out, and mails that came in. Safe to run twice; the rows decide."""

from celery import shared_task

from shop.kit import clock, mail
from support import emails
from support.models import CaseMail


@shared_task
def send_case_mail(*, mail_id: str) -> bool:
    """Send the mail with this Message-ID if it is due. Returns whether it went out."""
    rows = CaseMail.objects.select_related(*MAIL_PARTS)
    return mail.send_named(rows, mail_id, emails.build, clock.now())


MAIL_PARTS = ("case__customer", "answer")
