"""How much may wait for money: goods reserved for nobody are a way to empty the shelves."""

from orders.models import ByHand, Order, OrderStatus, Payment, PaymentStatus
from orders.payments import terms_of

MOST = 3  # orders of one address that wait for money at the same time


def may_wait(method: str, email: str) -> bool:
    """May this address have another order that is paid by `method`? One statement, or none."""
    if terms_of(method).by_hand == ByHand.NO:
        return True
    waiting = Order.objects.filter(
        email=email,
        status__in=[OrderStatus.PLACED, OrderStatus.CONFIRMED],
        payment_status__in=[PaymentStatus.UNPAID, PaymentStatus.PARTLY_PAID],
        payments__in=Payment.objects.awaited(),
    )
    return waiting.count() < MOST
