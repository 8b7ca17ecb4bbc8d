"""What goes out, and mails that came in. Safe to run twice; the rows decide."""

from celery import shared_task

from shop.kit import clock, mail
from support import emails
from support.models import CaseMail


@shared_task
def send_case_mail(*, mail_id: str) -> bool:
    """Send the mail with this Message-ID if it is due. Returns whether it went out."""
    moment = clock.now()
    pk = CaseMail.objects.filter(message_id=mail_id).values_list("pk", flat=True).first()
    row = mail.claim(CaseMail.objects.select_related(*MAIL_PARTS), pk, moment) if pk else None
    return bool(row) and mail.deliver(row, emails.build, moment)


MAIL_PARTS = ("case__customer", "answer")
