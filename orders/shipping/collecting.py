"""Orders that are fetched: set aside, told, and found again at the counter."""

import datetime
import secrets

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Customer
from orders import fulfilments, outbox, states
from orders.models import Collection, EventKind, MailKind, Order
from orders.shipping import queue
from shop.kit import locks

_DIGITS = 6


@locks.again_on_conflict
def ready(order: Order, *, by: Customer | None, moment: datetime.datetime) -> Collection:
    """The goods stand at the counter: a collection number, and one mail. Twice changes nothing.

    Raises `fulfilments.NotShippable` for an order that nobody fetches, or not any more, and while
    pieces are still awaited.
    """
    with transaction.atomic(durable=True):
        order = locks.locked_one(Order.objects.all(), pk=order.pk)
        if known := Collection.objects.filter(order=order).first():
            return known
        if not queue.to_set_aside().filter(pk=order.pk).exists():
            raise fulfilments.NotShippable(fulfilments.refusal(order))
        if missing := queue.awaited([order]).get(order.number):
            text = _("These pieces are awaited still: %(skus)s.")
            raise fulfilments.NotShippable(text % {"skus": ", ".join(missing)})
        row = _numbered(order, moment)
        states.note(order, EventKind.PACKED, moment=moment, by=by, is_ready=True)
        outbox.put(order, MailKind.READY, moment=moment)
        return row


def _numbered(order: Order, moment: datetime.datetime) -> Collection:
    """A number that nobody else has; it opens nothing, so six digits do."""
    while True:
        number = "".join(secrets.choice("23456789") for _at in range(_DIGITS))
        try:
            with transaction.atomic():
                return Collection.objects.create(order=order, number=number, ready_at=moment)
        except IntegrityError:
            continue
