"""What follows a change of the stock: lists are told, mails go out. Safe to run twice."""

from celery import shared_task

from inventory import alert_mails, telling
from inventory.models import AlertMail
from shop.kit import clock, mail


@shared_task
def tell_lists(*, variant_ids: list[int]) -> None:
    """Have lists show whether these variants can be ordered."""
    telling.tell(variant_ids, moment=clock.now())


@shared_task
def send_alert_mail(*, mail_id: str) -> bool:
    """Send the mail with this Message-ID if it is due. Returns whether it went out.

    The row in the outbox decides.
    """
    rows = AlertMail.objects.select_related("alert__variant__product")
    return mail.send_named(rows, mail_id, alert_mails.build, clock.now())
