"""A delay on the page of its order."""

from typing import Any

from django.urls import reverse

from orders.delays import answering
from orders.models import DelayAnswer, Order
from orders.receipts import delays


def section(order: Order, token: str, *, is_refused: bool = False) -> dict[str, Any] | None:
    """What the order page shows; `None` where nothing is late. `is_refused`: it could not be
    cancelled just now."""
    delay = answering.last_of(order)
    if delay is None:
        return None
    return {
        "lines": delays.lines(delay),
        "url": reverse("orders:delay", args=[token]),
        "is_open": delay.answer == DelayAnswer.NONE,
        "can_cancel": delays.can_cancel(order),
        "is_refused": is_refused,
    }
