"""What waits to be shipped or set aside, the oldest first."""

import dataclasses
import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from inventory.models import Reservation, ReservationState
from orders.carriers import formats
from orders.models import (
    COVERED,
    AddressKind,
    CarrierChoice,
    FulfilmentStatus,
    Order,
    OrderAddress,
    OrderLine,
    OrderQuerySet,
    OrderStatus,
    ParcelLabel,
    PaymentStatus,
)

PAGE = 50


@dataclasses.dataclass(frozen=True, slots=True)
class Waiting:
    """An order on the page of the day: plain values, nothing left to be loaded."""

    order: Order
    to: str
    country: str
    pieces: int
    awaited: tuple[str, ...]  # SKUs that are sold, but not here yet
    label: ParcelLabel | None
    carrier: str  # of the delivery method, empty when staff chose none


def to_ship() -> OrderQuerySet:
    """Paid orders with something that a carrier has to bring."""
    return _waiting().filter(is_pickup=False, payment_status__in=COVERED)


def to_set_aside() -> OrderQuerySet:
    """Orders that are fetched and do not stand ready yet; they may be paid at the counter."""
    may_go = [*COVERED, PaymentStatus.UNPAID, PaymentStatus.PARTLY_PAID]
    return _waiting().filter(is_pickup=True, payment_status__in=may_go, collection__isnull=True)


def _waiting() -> OrderQuerySet:
    open_orders = Order.objects.filter(
        status=OrderStatus.CONFIRMED, lines__needs_shipping=True
    ).exclude(fulfilment_status=FulfilmentStatus.FULFILLED)
    return open_orders.distinct().order_by("placed_at", "pk")


def left(orders: Iterable[Order]) -> dict[int, list[tuple[OrderLine, int]]]:
    """By order the lines with the pieces that are still to be sent; two statements."""
    rows = (
        OrderLine.objects.filter(order__in=[one.pk for one in orders], needs_shipping=True)
        .annotate(sent=Coalesce(Sum("fulfilment_lines__quantity"), 0))
        .filter(quantity__gt=F("sent"))
        .prefetch_related("components")
        .order_by("order_id", "position")
    )
    found: dict[int, list[tuple[OrderLine, int]]] = defaultdict(list)
    for line in rows:
        found[line.order_id].append((line, line.quantity - line.sent))
    return dict(found)


def rows(orders: Sequence[Order]) -> list[Waiting]:
    """What the page shows of these orders; six statements, however many there are."""
    pieces = left(orders)
    addresses = OrderAddress.objects.filter(order__in=orders, kind=AddressKind.DELIVERY)
    by_order = {one.order_id: one for one in addresses}
    labels = {one.order_id: one for one in waiting_labels(orders)}
    chosen = dict(CarrierChoice.objects.values_list("method", "carrier_code"))
    missing = awaited(orders)
    return [
        Waiting(
            order=order,
            to=str(by_order.get(order.pk, "")),
            country=by_order[order.pk].country if order.pk in by_order else "",
            pieces=sum(count for _line, count in pieces.get(order.pk, [])),
            awaited=missing.get(order.number, ()),
            label=labels.get(order.pk),
            carrier=formats.name_of(chosen.get(order.delivery_method, "")),
        )
        for order in orders
    ]


def waiting_labels(orders: Iterable[Order]) -> list[ParcelLabel]:
    """Labels whose parcel has not left; those without content were asked for in vain."""
    waiting = ParcelLabel.objects.filter(fulfilment__isnull=True, cancelled_at__isnull=True)
    return list(waiting.filter(order__in=[one.pk for one in orders]).defer("content"))


def awaited(orders: Iterable[Order]) -> dict[str, tuple[str, ...]]:
    """By order number the SKUs of which fewer lie there than are promised to this order."""
    short = Reservation.objects.filter(
        Q(quantity__gt=F("item__on_hand")),
        reference__in=[one.number for one in orders],
        state=ReservationState.OPEN,
    ).values_list("reference", "item__variant__sku")
    found: dict[str, list[str]] = defaultdict(list)
    for number, sku in short.order_by("item__variant__sku"):
        found[number].append(sku)
    return {number: tuple(skus) for number, skus in found.items()}


def days_late(order: Order, today: datetime.date) -> int:
    """So many days are over since the last promised one; 0 while it is time."""
    return max(0, (today - order.delivery_to).days)
