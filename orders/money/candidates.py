"""The orders and transfers that bookings are compared with; three statements, however many."""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import F, OuterRef, Q, Subquery

from orders.models import (
    BankTransfer,
    ByHand,
    Order,
    OrderStatus,
    Payment,
    TransferState,
)
from orders.money import matching

KEY = "RF"  # our end-to-end ids begin so
_NEWEST = 5000  # what comes back comes within days


def orders_for(texts: Iterable[str], *, also_waiting: bool = True) -> matching.Orders:
    """The orders whose number is in `texts`; `also_waiting`: and all that wait for a transfer."""
    numbers = {number for text in texts for number in matching.numbers_in(text)}
    awaited = Payment.objects.awaited().filter(order=OuterRef("pk")).order_by("pk")
    missing = awaited.annotate(missing=F("amount") - F("captured")).values("missing")[:1]
    waits = Q(payments__in=Payment.objects.awaited().filter(by_hand=ByHand.TRANSFER))
    wanted = Q(number__in=numbers) | waits if also_waiting else Q(number__in=numbers)
    rows = Order.objects.filter(pk__in=Order.objects.filter(wanted).values("pk"))
    rows = rows.annotate(missing=Subquery(missing))
    return matching.Orders(_candidate(one, one.missing) for one in rows.order_by("pk"))


def _candidate(order: Order, missing: Decimal | None) -> matching.Candidate:
    return matching.Candidate(
        number=order.number,
        missing=missing or Decimal(0),
        is_waiting=order.is_open and missing is not None,
        is_cancelled=order.status == OrderStatus.CANCELLED,
        pays_otherwise=order.is_payable and missing is None,
    )


def refund_keys(texts: Iterable[str]) -> dict[str, str]:
    """Our transfers that `texts` may tell of: on their way, or done and perhaps coming back."""
    if not any(KEY in matching.plain(text) for text in texts):
        return {}
    states = [TransferState.WAITING, TransferState.EXPORTED, TransferState.DONE]
    rows = BankTransfer.objects.filter(state__in=states).order_by("-pk")[:_NEWEST]
    return {matching.plain(key): key for key in rows.values_list("end_to_end", flat=True)}
