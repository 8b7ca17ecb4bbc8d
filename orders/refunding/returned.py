"""Which pieces of an order are given back already, and for how much."""

from collections import Counter, defaultdict
from decimal import Decimal

from django.db.models import F, Max, QuerySet, Sum

from orders.models import Order, RefundPart, RefundState
from orders.refunding.amounts import ZERO


def pieces_back(order: Order) -> dict[int, int]:
    """By line how many pieces have been refunded; refunds under way count, failed ones do not."""
    rows = _live(order).filter(line__isnull=False).values_list("line_id", "refund_id")
    found: Counter[int] = Counter()
    for line, _refund, pieces in rows.annotate(pieces=Max("quantity")).order_by("line_id"):
        found[line] += pieces
    return dict(found)


def given(order: Order) -> dict[tuple[int | None, int], tuple[Decimal, Decimal]]:
    """Gross and net by line (`None`: the delivery) and part of it; what was kept is included."""
    rows = _live(order).values_list("line_id", "place")
    sums = rows.annotate(
        all_gross=Sum(F("gross") + F("kept_gross")), all_net=Sum(F("net") + F("kept_net"))
    )
    found = {(line, place): (gross, net) for line, place, gross, net in sums.order_by()}
    return defaultdict(lambda: (ZERO, ZERO), found)


def _live(order: Order) -> QuerySet[RefundPart]:
    of_order = RefundPart.objects.filter(refund__payment__order=order)
    return of_order.exclude(refund__state=RefundState.FAILED)
