"""What the buyer chooses who was told of a later day: wait for it, or cancel."""

import datetime

from orders import lifecycle, states
from orders.models import (
    Delay,
    DelayAnswer,
    EventKind,
    Order,
    OrderStatus,
)


def last_of(order: Order) -> Delay | None:
    """The latest day that the buyer was told, while the order is not done with."""
    if order.status not in (OrderStatus.PLACED, OrderStatus.CONFIRMED):
        return None
    return order.delays.order_by("-day").first()


def keep(order: Order, *, moment: datetime.datetime) -> None:
    """The buyer waits for the new day; said once."""
    _answer(order, DelayAnswer.KEEP, moment)


def cancel(order: Order, *, moment: datetime.datetime) -> None:
    """Cancel for being late: goods go back on sale, money goes back.

    Nothing happens where nobody was told of a delay, or who was said that they wait. Raises
    `lifecycle.NotCancellable` and `findings.ProviderAway`, after which nothing has changed.
    """
    delay = last_of(order)
    if delay is None or delay.answer:
        return
    lifecycle.cancel(order, by=None, reason="delayed", moment=moment)
    _mark(delay, DelayAnswer.CANCEL, moment)


def _answer(order: Order, answer: DelayAnswer, moment: datetime.datetime) -> None:
    delay = last_of(order)
    if delay is not None and _mark(delay, answer, moment):
        states.note(order, EventKind.CHANGE, moment=moment, what=f"delay: {answer}")


def _mark(delay: Delay, answer: DelayAnswer, moment: datetime.datetime) -> bool:
    rows = Delay.objects.filter(pk=delay.pk, answer=DelayAnswer.NONE)
    return bool(rows.update(answer=answer, answered_at=moment))
