"""Before the goods go back on sale: one mail that the transfer is still open."""

import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from orders import outbox
from orders.models import ByHand, MailKind, Order, OrderMail, OrderStatus, Payment, PaymentStatus
from shop.kit import locks

BEFORE = datetime.timedelta(days=2)


def due(moment: datetime.datetime) -> QuerySet[Order]:
    """Orders to be reminded: their time ends within two days (or half of the whole time)."""
    before = min(BEFORE, datetime.timedelta(days=settings.PREPAYMENT_DAYS) / 2)
    awaited = Payment.objects.awaited().filter(by_hand=ByHand.TRANSFER, order=OuterRef("pk"))
    mails = OrderMail.objects.filter(kind=MailKind.PAYMENT_REMINDER, order=OuterRef("pk"))
    return Order.objects.filter(
        ~Exists(mails),
        Exists(awaited),
        status=OrderStatus.PLACED,
        payment_status__in=[PaymentStatus.UNPAID, PaymentStatus.PARTLY_PAID],
        reserved_until__gt=moment,
        reserved_until__lte=moment + before,
    ).order_by("reserved_until")


@transaction.atomic
def remind(order_pk: int, *, moment: datetime.datetime) -> bool:
    """Put the mail out unless the money has come meanwhile. Returns whether it was due."""
    order = locks.locked_one(Order.objects.all(), pk=order_pk)
    if not due(moment).filter(pk=order_pk).exists():
        return False
    outbox.put(order, MailKind.PAYMENT_REMINDER, moment=moment)
    return True
