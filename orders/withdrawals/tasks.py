"""What goes out about declarations: mails. Safe to run twice; the row in the outbox decides."""

from celery import shared_task

from orders.models import WithdrawalMail
from orders.withdrawals import emails
from shop.kit import clock, mail


@shared_task
def send_withdrawal_mail(*, mail_id: str) -> bool:
    """Send the mail with this Message-ID if it is due. Returns whether it went out."""
    rows = WithdrawalMail.objects.select_related("withdrawal__case")
    return mail.send_named(rows, mail_id, emails.build, clock.now())
