"""Parcels in ready words, for mails and pages: what is inside, where it is, what is still open."""

import datetime
from typing import Any

from django.db.models import F, Prefetch, QuerySet, Sum
from django.db.models.functions import Coalesce

from inventory.models import StockLocation
from orders import receipts
from orders.carriers import formats
from orders.models import (
    AddressKind,
    Collection,
    Fulfilment,
    FulfilmentLine,
    KnownBy,
    Order,
    OrderLine,
)
from shop.kit import clock, languages


def sent(order: Order) -> QuerySet[Fulfilment]:
    """What was brought, the oldest first, with its contents; what was fetched is no parcel."""
    inside = FulfilmentLine.objects.select_related("line").prefetch_related("line__components")
    return (
        order.fulfilments.exclude(carrier="", tracking_number="", delivery_known_by=KnownBy.HAND)
        .prefetch_related(Prefetch("lines", inside.order_by("line__position")))
        .order_by("shipped_at", "pk")
    )


def words(parcel: Fulfilment) -> dict[str, Any]:
    """A parcel of `sent`: carrier, number, link, days, contents."""
    is_known = parcel.delivery_known_by in (KnownBy.HAND, KnownBy.CARRIER)
    arrived = parcel.delivered_at if is_known else None
    return {
        "carrier": parcel.carrier,
        "tracking_number": parcel.tracking_number,
        "tracking_url": formats.tracking_url(parcel.carrier_code, parcel.tracking_number),
        "shipped_text": receipts.day(parcel.shipped_at),
        "delivered_text": receipts.day(arrived) if arrived else "",
        "lines": [_contents(one.line, one.quantity) for one in parcel.lines.all()],
    }


def still_open(order: Order) -> list[dict[str, Any]]:
    """What is in no parcel yet, in the words of a parcel's contents; two statements."""
    rows = (
        order.lines.filter(needs_shipping=True)
        .annotate(sent=Coalesce(Sum("fulfilment_lines__quantity"), 0))
        .filter(quantity__gt=F("sent"))
        .prefetch_related("components")
        .order_by("position")
    )
    return [_contents(line, line.quantity - line.sent) for line in rows]


def rest_window(order: Order, moment: datetime.datetime) -> str:
    """When the rest arrives, as promised; empty when that day is over: nothing is invented."""
    is_over = order.delivery_to < clock.day_of(moment)
    return "" if is_over else receipts.window(order.delivery_from, order.delivery_to)


def collection(order: Order) -> dict[str, str]:
    """Number and opening hours of what stands ready; empty while it does not."""
    row = Collection.objects.filter(order=order).first()
    if row is None:
        return {}
    until = order.reserved_until if order.is_open else None
    return {
        "number": row.number,
        "ready_text": receipts.time(row.ready_at),
        "hours": _hours(order),
        "until": receipts.time(until) if until else "",
    }


def _hours(order: Order) -> str:
    """Of the place whose address the order has; the order itself knows no place."""
    address = order.addresses.filter(kind=AddressKind.DELIVERY).first()
    if address is None:
        return ""
    place = StockLocation.objects.filter(street=address.street, postcode=address.postcode).first()
    return languages.localized(place, "hours") if place else ""


def _contents(line: OrderLine, quantity: int) -> dict[str, Any]:
    return {
        "quantity": quantity,
        "name": line.title,
        "components": receipts.components(line),
    }
