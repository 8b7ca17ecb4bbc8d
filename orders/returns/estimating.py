"""What a return will bring back, to the cent, before it is sent and when it is closed."""

from collections.abc import Mapping
from decimal import Decimal

from orders.models import Order, Return, Track
from orders.refunding import pieces as refund_pieces
from orders.refunding import refunds, returned
from orders.refunding.amounts import ZERO, NotReturnable
from orders.refunding.pieces import DELIVERY, Share

# Only the law gives the delivery back, and only when nothing of the order is kept.
_WITH_DELIVERY = {Track.WITHDRAWAL, Track.CLAIM}


def shares_of(
    order: Order,
    pieces: Mapping[int, int],
    *,
    track: Track,
    kept: Mapping[int, Decimal] | None = None,
) -> list[Share]:
    """What goes back for `pieces` on this track, less what the shop keeps of a line.

    The delivery with it when the whole order is back then, at most what the cheapest one would
    have cost (§ 357 (2) BGB). Never more than is left of what was paid: what went back as a free
    amount is counted. Raises `NotReturnable`.
    """
    delivery = track in _WITH_DELIVERY and _is_all(order, pieces) and _is_delivery_left(order)
    keeps: dict[int | None, Decimal] = {pk: gross for pk, gross in (kept or {}).items()}
    if delivery and track == Track.WITHDRAWAL and order.standard_delivery_gross is not None:
        keeps[DELIVERY] = max(order.delivery_gross - order.standard_delivery_gross, ZERO)
    shares = refund_pieces.shares_of(order, pieces, delivery=delivery, kept=keeps)
    beyond = refund_pieces.amount(shares) - _left(order)
    if beyond <= 0:
        return shares
    for pk in [*sorted(pieces), *([DELIVERY] if delivery else [])]:
        of_line = [one for one in shares if one.line == pk and one.kind != "deposit"]
        part = min(sum((one.back.gross for one in of_line), ZERO), beyond)
        keeps[pk] = keeps.get(pk, ZERO) + part
        beyond -= part
    if beyond:
        raise NotReturnable("less is left than the deposit")
    return refund_pieces.shares_of(order, pieces, delivery=delivery, kept=keeps)


def of_return(entry: Return) -> list[Share]:
    """The same for a return with its deductions."""
    lines = list(entry.lines.all())
    return shares_of(
        entry.order,
        {one.line_id: one.quantity for one in lines},
        track=Track(entry.track),
        kept={one.line_id: one.kept_gross for one in lines if one.kept_gross},
    )


def _is_all(order: Order, pieces: Mapping[int, int]) -> bool:
    before = returned.pieces_back(order)
    return all(
        before.get(pk, 0) + pieces.get(pk, 0) >= quantity
        for pk, quantity in order.lines.values_list("pk", "quantity")
    )


def _is_delivery_left(order: Order) -> bool:
    given = returned.given(order)
    back = sum((gross for (line, _place), (gross, _net) in given.items() if line is None), ZERO)
    return order.delivery_gross > back


def _left(order: Order) -> Decimal:
    payment = refund_pieces.payment_of(order)
    return refunds.left_of(payment) if payment else ZERO
