"""An order as it was paid, read from its rows."""

from collections import defaultdict
from decimal import Decimal

from orders.models import Order, OrderLine
from orders.refunding.amounts import ZERO, Line, Paid, Part


def paid(order: Order) -> Paid:
    """The amounts of `order` line by line, in three statements; its total is `order.total_gross`.

    What the delivery cost at each rate is what the rates hold beyond the lines and deposits.
    """
    rows = list(order.lines.order_by("position").prefetch_related("components"))
    lines = {row.pk: _line(row) for row in rows}
    gross: dict[Decimal, Decimal] = defaultdict(lambda: ZERO)
    net: dict[Decimal, Decimal] = defaultdict(lambda: ZERO)
    for line in lines.values():
        for part in (*line.parts, *([line.deposit] if line.deposit else [])):
            gross[part.rate] += part.gross
            net[part.rate] += part.net
    delivery = [
        Part(one.rate, one.gross - gross[one.rate], one.net - net[one.rate])
        for one in order.vat_sums.order_by("-rate")
    ]
    return Paid(lines=lines, delivery=tuple(one for one in delivery if one.gross))


def _line(row: OrderLine) -> Line:
    components = sorted(row.components.all(), key=lambda one: one.position)
    parts = [Part(one.vat_rate, one.gross - one.discount_gross, one.net) for one in components]
    rate = row.vat_rate if row.vat_rate is not None else Decimal(0)
    deposit = Part(rate, row.deposit_gross, row.deposit_net) if row.unit_deposit else None
    return Line(
        quantity=row.quantity,
        parts=tuple(parts) or (Part(rate, row.payable_gross, row.net),),
        deposit=deposit,
    )
