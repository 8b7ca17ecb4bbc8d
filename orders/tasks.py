"""What goes out: mails. Safe to run twice; the row in the outbox decides."""

from celery import shared_task

from orders import emails
from orders.models import OrderMail
from shop.kit import clock, mail


@shared_task
def send_mail(*, mail_id: str) -> bool:
    """Send the mail with this Message-ID if it is due. Returns whether it went out."""
    moment = clock.now()
    pk = OrderMail.objects.filter(message_id=mail_id).values_list("pk", flat=True).first()
    row = mail.claim(OrderMail.objects.select_related("order"), pk, moment) if pk else None
    return bool(row) and mail.deliver(row, emails.build, moment)
