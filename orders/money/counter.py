"""At the counter: the buyer pays, takes the goods along, and the order is complete."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Customer
from orders import fulfilments, states
from orders.models import MoneyMeans, Order, OrderStatus
from orders.money import receiving
from orders.states import WrongState
from shop.kit import locks


@locks.again_on_conflict
def hand_over(order: Order, *, means: str, by: Customer | None, moment: datetime.datetime) -> Order:
    """Book what is still to be paid (`means`: cash or card), hand the goods out, complete.

    `means` is ignored when the order is paid already. Raises `WrongState` and
    `fulfilments.NotShippable`; nothing is changed then.
    """
    with transaction.atomic(durable=True):
        order = locks.locked_one(Order.objects.all(), pk=order.pk)
        payment = order.payments.awaited().first()
        if order.is_open and payment is not None:
            if means not in (MoneyMeans.CASH, MoneyMeans.CARD):
                raise WrongState(_("Say how the buyer paid."))
            missing = payment.amount - payment.captured
            receiving.receive(order, missing, means=MoneyMeans(means), by=by, moment=moment)
        fulfilments.collect(order, by=by, moment=moment)
        states.move(
            order, OrderStatus.COMPLETED, reason="collected at the counter", moment=moment, by=by
        )
        return order
