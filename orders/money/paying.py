"""How often orders are placed and payment pages opened, by one visitor and from one network.

Whoever pays is not in the way of this for long: what was counted for an order is given back when
its money has come. Customers who have bought before are never refused for their neighbours.
"""

import contextlib
import dataclasses
import datetime
import uuid
from collections.abc import Iterator

from django.http import HttpRequest
from django.utils.translation import ngettext

from accounts.models import Customer
from orders import attempts, payments
from orders.models import Order, OrderStatus
from orders.money import declines
from shop.kit import limits

ORDERS_PER_VISITOR = limits.Limit("orders.visitor", most=10, seconds=limits.HOUR)
ORDERS_PER_NETWORK = limits.Limit("orders.network", most=30, seconds=limits.HOUR)
SUSPECT_AFTER = 3
PAGES_PER_VISITOR = limits.Limit("payments.visitor", most=5, seconds=10 * limits.MINUTE)
PAGES_PER_NETWORK = limits.Limit("payments.network", most=10, seconds=limits.HOUR)
# The same press again, the same page again: not counted a second time.
_ONE_PLACING = limits.Limit("orders.token", most=1, seconds=limits.HOUR)
_ONE_PAGE = limits.Limit("payments.order", most=1, seconds=31 * limits.MINUTE)


class TooMany(Exception):
    """Not now. `message` says in how many `minutes` again; the order, if there is one, stays."""

    def __init__(self, message: str, minutes: int) -> None:
        super().__init__(message)
        self.message, self.minutes = message, minutes


@dataclasses.dataclass(frozen=True, slots=True)
class Payer:
    """Who is counted: a customer, or a browser at an address; and the network around it."""

    visitor: str
    network: str
    customer_id: int | None = None

    @property
    def is_known(self) -> bool:
        """Has this customer bought here before?"""
        bought = Order.objects.filter(
            customer=self.customer_id, status__in=[OrderStatus.CONFIRMED, OrderStatus.COMPLETED]
        )
        return self.customer_id is not None and bought.exists()


def payer(request: HttpRequest) -> Payer:
    """Whom to count for this request."""
    network = limits.network_of(request)
    if isinstance(request.user, Customer):
        return Payer(f"customer {request.user.pk}", network, request.user.pk)
    address = limits.address_of(request)
    browser = request.headers.get("User-Agent", "")
    return Payer(f"{address} {browser}" if address else "", network)


def is_suspect(payer: Payer) -> bool:
    """Did some orders of this visitor come to nothing within the hour? Then a closer look."""
    return limits.used(ORDERS_PER_VISITOR, payer.visitor) >= SUSPECT_AFTER


@contextlib.contextmanager
def placing(payer: Payer, token: uuid.UUID) -> Iterator[None]:
    """Count an attempt to place the order of `token`; given back when no order comes of it.

    Raises `TooMany`. A second press of the same button is not counted.
    """
    if not limits.allows((_ONE_PLACING, str(token))):
        yield
        return
    asked = ((ORDERS_PER_VISITOR, payer.visitor), (ORDERS_PER_NETWORK, payer.network))
    if not limits.allows(*asked) and not _is_excused(payer, asked[0]):
        limits.give_back((_ONE_PLACING, str(token)))
        minutes = _minutes(ORDERS_PER_VISITOR)
        raise TooMany(_words_of_orders(minutes), minutes)
    try:
        yield
    except BaseException:
        limits.give_back((_ONE_PLACING, str(token)), *asked)
        raise
    limits.hold(attempts.held_as(token), *asked)


def start(order: Order, *, payer: Payer, moment: datetime.datetime) -> str:
    """As `payments.start`, within the limits. Raises `TooMany` and `payments.CannotStart`."""
    if declines.is_paused(order.number):
        raise TooMany(declines.words(), _minutes(declines.PER_ORDER))
    if not limits.allows((_ONE_PAGE, order.number)):
        return payments.start(order, moment=moment)
    asked = ((PAGES_PER_VISITOR, payer.visitor), (PAGES_PER_NETWORK, payer.network))
    if not limits.allows(*asked) and not _is_excused(payer, asked[0]):
        limits.give_back((_ONE_PAGE, order.number))
        is_own = not _has_room(asked[0])
        minutes = _minutes(PAGES_PER_VISITOR if is_own else PAGES_PER_NETWORK)
        raise TooMany(words_of_pages(minutes), minutes)
    try:
        url = payments.start(order, moment=moment)
    except payments.CannotStart:
        limits.give_back((_ONE_PAGE, order.number), *asked)
        raise
    limits.hold(attempts.held_as(order.placement_token), *asked)
    return url


def _is_excused(payer: Payer, own: limits.Asked) -> bool:
    """Only the neighbours did too much, and this customer has paid here before."""
    return _has_room(own) and payer.is_known


def _has_room(own: limits.Asked) -> bool:
    limit, who = own
    return limits.used(limit, who) <= limit.most  # This try is counted already.


def _minutes(limit: limits.Limit) -> int:
    return limit.seconds // limits.MINUTE


def _words_of_orders(minutes: int) -> str:
    text = ngettext(
        "Too many orders came from your connection. Please try again in %(count)d minute;"
        " your cart is kept.",
        "Too many orders came from your connection. Please try again in %(count)d minutes;"
        " your cart is kept.",
        minutes,
    )
    return text % {"count": minutes}


def words_of_pages(minutes: int) -> str:
    """What a shopper is told who opened too many payment pages, or whose neighbours did."""
    text = ngettext(
        "Too many payment pages were opened from your connection. Nothing was charged, your order"
        " is kept. Please try again in %(count)d minute.",
        "Too many payment pages were opened from your connection. Nothing was charged, your order"
        " is kept. Please try again in %(count)d minutes.",
        minutes,
    )
    return text % {"count": minutes}
