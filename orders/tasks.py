"""What goes out: mails. Safe to run twice; the row in the outbox decides."""

from celery import shared_task

from orders import emails
from orders.models import OrderMail
from shop.kit import clock, mail


@shared_task
def send_mail(*, mail_id: str) -> bool:
    """Send the mail with this Message-ID if it is due. Returns whether it went out."""
    rows = OrderMail.objects.select_related("order")
    return mail.send_named(rows, mail_id, emails.build, clock.now())
