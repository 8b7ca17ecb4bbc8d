"""It is back: who is told, and when the next ones are.

As many are told as there are free pieces, in the order in which they confirmed. For 24 hours each
of them counts for a piece, whether they buy or not; then the next ones are told if pieces are still
free. Nothing is set aside: others may be faster, and the mail says so.
"""

import datetime

from django.db import transaction

from catalog import pricing
from catalog.models import Variant
from inventory import alert_mails, availability
from inventory.alerts import outbox
from inventory.models import AlertMailKind, StockAlert
from shop.kit import locks


def tell_all(moment: datetime.datetime) -> int:
    """Tell whoever can be told now, of all variants. Returns how many."""
    wanted = StockAlert.objects.waiting().order_by().values_list("variant_id", flat=True)
    variant_ids = sorted(set(wanted.distinct()))
    free = availability.of(variant_ids) if variant_ids else {}
    back = [pk for pk in variant_ids if pk in free and free[pk].is_available]
    return sum(tell(pk, moment=moment) for pk in back)


@transaction.atomic
def tell(variant_id: int, *, moment: datetime.datetime) -> int:
    """Tell as many as there are pieces for. Returns how many; safe to run side by side.

    Two runs wait for each other at the rows of those who wait; whom the first has told, the second
    no longer finds.
    """
    waiting = list(locks.locked(StockAlert.objects.waiting().filter(variant_id=variant_id)))
    if not waiting or not _is_for_sale(variant_id, moment):
        return 0
    first = sorted(waiting, key=lambda alert: (alert.confirmed_at, alert.pk))
    chosen = first[: _pieces(variant_id, len(waiting), moment)]
    StockAlert.objects.filter(pk__in=[alert.pk for alert in chosen]).update(told_at=moment)
    for alert in chosen:
        outbox.put(alert, AlertMailKind.BACK, moment=moment)
    return len(chosen)


def _is_for_sale(variant_id: int, moment: datetime.datetime) -> bool:
    is_shown = Variant.objects.for_sale(moment).filter(pk=variant_id).exists()
    return is_shown and variant_id in pricing.price_of([variant_id], moment)


def _pieces(variant_id: int, waiting: int, moment: datetime.datetime) -> int:
    """Free pieces that nobody was told of within the last 24 hours."""
    left = availability.of([variant_id])[variant_id].left
    if left is None:
        return waiting
    told = StockAlert.objects.filter(variant_id=variant_id).told_since(
        moment - alert_mails.HEAD_START
    )
    return max(left - told.count(), 0)
