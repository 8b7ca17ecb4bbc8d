"""When parcels arrived, and how we know: docs/algorithms/shipping.md."""

import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Customer
from inventory import working_days
from orders import outbox, states
from orders.carriers import choosing, messages
from orders.models import (
    EventKind,
    Fulfilment,
    FulfilmentStatus,
    KnownBy,
    MailKind,
    Order,
    OrderStatus,
    WebhookEvent,
)
from shop.kit import clock, locks

# Working days after the last promised one until a parcel is taken for delivered.
BUFFER_DAYS = 5
_STALE = datetime.timedelta(days=3)  # later a mail about it would only puzzle
_INBOX = "c:"  # before the code of a carrier, in the inbox of all providers


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
        was_known = parcel.delivered_at is not None
        is_assumed = parcel.delivery_known_by == KnownBy.TIME and known_by != KnownBy.TIME
        if was_known and not is_assumed:
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
        is_worth_a_mail = known_by != KnownBy.TIME and not was_known and not order.is_pickup
        if is_worth_a_mail and moment - parcel.delivered_at < _STALE:
            outbox.put(order, MailKind.DELIVERED, moment=moment, reference=str(parcel.pk))
        return True


# --- What carriers tell --------------------------------------------------------------------------


def inbox_of(carrier_code: str) -> str:
    """The name under which messages of this carrier stand in the inbox."""
    return f"{_INBOX}{carrier_code}"


def is_from_carrier(event: WebhookEvent) -> bool:
    """Is it a carrier's message, and no payment provider's?"""
    return event.gateway.startswith(_INBOX)


def hear(event: WebhookEvent, *, moment: datetime.datetime) -> str:
    """Give a stored message its effect. Returns a remark for staff where it has none.

    The carrier's own time counts. Raises `ValueError` for a message that nobody can read.
    """
    code = event.gateway.removeprefix(_INBOX)
    maker = choosing.maker_of(code)
    told = maker.news(event.payload) if maker else messages.news(event.payload)
    if not told.is_delivered:
        return "not about a delivery"
    parcel = (
        Fulfilment.objects.filter(carrier_code=code, tracking_number=told.tracking_number)
        .order_by("-shipped_at")
        .first()
    )
    if parcel is None:
        return "not ours"
    is_news = mark(parcel, at=told.at, known_by=KnownBy.CARRIER, by=None, moment=moment)
    return "" if is_news else "known already"


# --- What the clock tells ------------------------------------------------------------------------


def overdue(today: datetime.date) -> QuerySet[Fulfilment]:
    """Parcels whose promised day and the buffer behind it are over, and of which nobody heard."""
    latest = working_days.working_day_before(today, BUFFER_DAYS)
    sent = Fulfilment.objects.filter(delivered_at__isnull=True, order__delivery_to__lt=latest)
    return sent.filter(shipped_at__lt=clock.start_of(latest)).order_by("shipped_at", "pk")


def assume(parcel: Fulfilment, *, moment: datetime.datetime) -> bool:
    """Take a parcel for delivered, at the end of the buffer. Returns whether it was news."""
    last = max(parcel.order.delivery_to, clock.day_of(parcel.shipped_at))
    end = working_days.working_day_after(last, BUFFER_DAYS)
    return mark(parcel, at=clock.start_of(end), known_by=KnownBy.TIME, by=None, moment=moment)


def arrived() -> QuerySet[Order]:
    """Orders of which everything was sent and every parcel arrived, but which are not complete."""
    on_the_way = Fulfilment.objects.filter(order=OuterRef("pk"), delivered_at__isnull=True)
    parcels = Fulfilment.objects.filter(order=OuterRef("pk"))
    return Order.objects.filter(
        Exists(parcels),
        ~Exists(on_the_way),
        status=OrderStatus.CONFIRMED,
        fulfilment_status=FulfilmentStatus.FULFILLED,
    ).order_by("pk")
