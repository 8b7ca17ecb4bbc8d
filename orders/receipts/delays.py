"""A delay in the buyer's words: what comes when, and whether it can still be cancelled."""

import datetime
from typing import Any

from orders import receipts
from orders.models import Delay, FulfilmentStatus, Order, OrderStatus


def lines(delay: Delay) -> list[dict[str, Any]]:
    """The lines that come later: {quantity, name, promised, day}, days in words."""
    days = {pk: datetime.date.fromisoformat(day) for pk, day in delay.lines}
    return [
        {
            "quantity": line.quantity,
            "name": line.title,
            "promised": receipts.day(line.expected_on) if line.expected_on else "",
            "day": receipts.day(days[line.pk]),
        }
        for line in delay.order.lines.filter(pk__in=days).order_by("position")
    ]


def can_cancel(order: Order) -> bool:
    """Nothing of it was sent, and it is not done with."""
    return order.fulfilment_status == FulfilmentStatus.UNFULFILLED and order.status in (
        OrderStatus.PLACED,
        OrderStatus.CONFIRMED,
    )
