"""What goes out about declarations: mails. Safe to run twice; the row in the outbox decides."""

from celery import shared_task

from orders.models import WithdrawalMail
from orders.withdrawals import emails
from shop.kit import clock, mail


@shared_task
def send_withdrawal_mail(*, mail_id: str) -> bool:
    """Send the mail with this Message-ID if it is due. Returns whether it went out."""
    moment = clock.now()
    pk = WithdrawalMail.objects.filter(message_id=mail_id).values_list("pk", flat=True).first()
    rows = WithdrawalMail.objects.select_related("withdrawal__case")
    row = mail.claim(rows, pk, moment) if pk else None
    return bool(row) and mail.deliver(row, emails.build, moment)
