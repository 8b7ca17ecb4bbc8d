"""What was bought, and what happened to it."""

import dataclasses
import datetime
from typing import Any

from accounts.models import Customer
from catalog.models import Product
from orders.models import EventKind, Order, OrderEvent, OrderLine, OrderQuerySet, OrderStatus

_BOUGHT = [OrderStatus.CONFIRMED, OrderStatus.COMPLETED]


@dataclasses.dataclass(frozen=True, slots=True)
class Happening:
    """One row of the timeline: `kind` and `words` for staff, `facts` are ids."""

    moment: datetime.datetime
    kind: str
    words: str
    by: str
    facts: dict[str, Any]


def orders_of(customer: Customer) -> OrderQuerySet:
    """The orders of a customer, the newest first."""
    return Order.objects.filter(customer=customer).newest_first()


def has_bought(customer: Customer, product: Product) -> bool:
    """Did this customer buy this product, paid and not cancelled?"""
    return OrderLine.objects.filter(
        order__customer=customer, order__status__in=_BOUGHT, variant__product=product
    ).exists()


def timeline(order: Order) -> list[Happening]:
    """Everything that happened to the order, in the order in which it happened."""
    return [
        Happening(
            moment=event.created_at,
            kind=event.kind,
            words=words_of(event),
            by=event.actor.email if event.actor else "",
            facts=event.facts,
        )
        for event in order.events.select_related("actor").order_by("pk")
    ]


def words_of(event: OrderEvent) -> str:
    """An event in one line, for staff."""
    parts = [str(EventKind(event.kind).label)]
    if event.kind == EventKind.STATUS:
        parts = [str(OrderStatus(event.to_status).label)]
    for name in ("state", "amount", "pieces", "mail", "reason", "problem"):
        if event.facts.get(name):
            parts.append(str(event.facts[name]))
    return " · ".join(parts)
