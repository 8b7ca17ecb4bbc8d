"""A delay in the buyer's words, for the order page and the mail."""

import datetime
from typing import Any

from django.urls import reverse

from orders import receipts
from orders.delays import answering
from orders.models import Delay, DelayAnswer, Order


def words(delay: Delay) -> dict[str, Any]:
    """{day, lines: [{quantity, name, promised, day}]}: what comes when, in words."""
    days = {pk: datetime.date.fromisoformat(day) for pk, day in delay.lines}
    rows = delay.order.lines.filter(pk__in=days).order_by("position")
    return {
        "day": receipts.day(delay.day),
        "lines": [
            {
                "quantity": line.quantity,
                "name": line.title,
                "promised": receipts.day(line.expected_on) if line.expected_on else "",
                "day": receipts.day(days[line.pk]),
            }
            for line in rows
        ],
    }


def section(order: Order, token: str, *, is_refused: bool = False) -> dict[str, Any] | None:
    """What the order page shows; `None` where nothing is late. `is_refused`: it could not be
    cancelled just now."""
    delay = answering.last_of(order)
    if delay is None:
        return None
    return words(delay) | {
        "url": reverse("orders:delay", args=[token]),
        "is_open": delay.answer == DelayAnswer.NONE,
        "can_cancel": answering.can_cancel(order),
        "is_refused": is_refused,
    }
