"""When parcels arrived, and how we know: docs/algorithms/shipping.md."""

import datetime

from django.db import transaction

from accounts.models import Customer
from orders import states
from orders.models import EventKind, Fulfilment, FulfilmentStatus, KnownBy, Order
from shop.kit import clock, locks


def last_delivery(order: Order) -> datetime.date | None:
    """The day on which the last parcel arrived: § 356 (2) no. 1 b BGB counts from it.

    None while pieces are still to be sent, or a parcel is on its way.
    """
    if order.fulfilment_status != FulfilmentStatus.FULFILLED:
        return None
    # What replaced something defective, or was exchanged, has no lines and moves no deadline.
    parcels = order.fulfilments.filter(lines__isnull=False).distinct()
    arrived = list(parcels.values_list("pk", "delivered_at"))
    days = [clock.day_of(at) for _pk, at in arrived if at is not None]
    return max(days) if days and len(days) == len(arrived) else None


@locks.again_on_conflict
def mark(
    parcel: Fulfilment,
    *,
    at: datetime.datetime,
    known_by: KnownBy,
    by: Customer | None,
    moment: datetime.datetime,
) -> bool:
    """Note that a parcel arrived `at` that time, never before it left and never in the future.

    The first who knows is believed; only what was assumed by time gives way to knowledge. Returns
    whether it was news.
    """
    with transaction.atomic(durable=True):
        order = locks.locked_one(Order.objects.all(), pk=parcel.order_id)
        parcel = Fulfilment.objects.get(pk=parcel.pk)
        is_assumed = parcel.delivery_known_by == KnownBy.TIME and known_by != KnownBy.TIME
        if parcel.delivered_at is not None and not is_assumed:
            return False
        parcel.delivered_at = max(parcel.shipped_at, min(at, moment))
        parcel.delivery_known_by = known_by
        parcel.save(update_fields=["delivered_at", "delivery_known_by"])
        states.note(
            order,
            EventKind.DELIVERED,
            moment=moment,
            by=by,
            fulfilment=parcel.pk,
            known_by=known_by.value,
            at=parcel.delivered_at.isoformat(),
        )
        return True
