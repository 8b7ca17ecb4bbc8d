"""Money back for pieces: what they were paid with, less what is given back or kept already.

The rules, with worked examples: docs/algorithms/returns.md.
"""

import dataclasses
import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Customer
from orders.models import Order, PartKind, Payment, PaymentState, Refund, RefundPart
from orders.refunding import frozen, refunds, returned
from orders.refunding.amounts import ZERO, Line, NotReturnable, Part
from shop.kit import locks, money

DELIVERY = None  # the key of the delivery, beside the keys of the lines


@dataclasses.dataclass(frozen=True, slots=True)
class Share:
    """A part of a line or of the delivery: what goes `back` for it and what is `kept`."""

    line: int | None
    kind: PartKind
    place: int
    quantity: int
    back: Part
    kept: Part


def shares_of(
    order: Order,
    pieces: Mapping[int, int],
    *,
    delivery: bool = False,
    kept: Mapping[int | None, Decimal] | None = None,
) -> list[Share]:
    """What is given back for so many `pieces` of each line, by its id, in seven statements.

    All pieces in any number of steps give exactly what was paid; the last step takes the
    remainder. `delivery`: is its fee given back, too? `kept`: what the shop keeps of a line or of
    the delivery (gross). Raises `NotReturnable`: more than is left, or nothing.
    """
    paid, before, given = frozen.paid(order), returned.pieces_back(order), returned.given(order)
    if unknown := set(pieces) - set(paid.lines):
        raise NotReturnable(f"no lines of this order: {sorted(unknown)}")
    shares: list[Share] = []
    for pk, count in sorted(pieces.items()):
        if count:
            line = paid.lines[pk]
            if count < 0 or before.get(pk, 0) + count > line.quantity:
                raise NotReturnable(_("More pieces than are left."))
            until = line.until(before.get(pk, 0) + count)
            left = [_left(part, given[pk, place]) for place, part in enumerate(until)]
            shares += _of_line(pk, count, line, left, (kept or {}).get(pk, ZERO))
    if delivery:
        left = [_left(part, given[DELIVERY, place]) for place, part in enumerate(paid.delivery)]
        if not sum(one.gross for one in left):
            raise NotReturnable(_("Nothing is left of the delivery fee."))
        shares += _of_delivery(left, (kept or {}).get(DELIVERY, ZERO))
    return shares


def amount(shares: Sequence[Share]) -> Decimal:
    """What goes back for all of them, gross."""
    return sum((one.back.gross for one in shares), ZERO)


def write(
    order: Order,
    shares: Sequence[Share],
    *,
    reason: str,
    by: Customer | None,
    moment: datetime.datetime,
) -> Refund:
    """The refund with its parts, in the caller's transaction, which holds the order's lock.

    Raises `refunds.NotRefundable` when that much is not here any more, and `NotReturnable` when
    nothing was paid.
    """
    if not amount(shares):
        raise NotReturnable(_("Nothing was paid for that."))
    payment = payment_of(order)
    if payment is None:
        raise refunds.NotRefundable(ZERO)
    refund = refunds.request(payment, amount=amount(shares), reason=reason, by=by, moment=moment)
    RefundPart.objects.bulk_create(
        RefundPart(
            refund=refund,
            line_id=one.line,
            kind=one.kind,
            place=one.place,
            quantity=one.quantity,
            rate=one.back.rate,
            gross=one.back.gross,
            net=one.back.net,
            kept_gross=one.kept.gross,
            kept_net=one.kept.net,
        )
        for one in shares
    )
    return refund


def give_back(
    order: Order,
    pieces: Mapping[int, int],
    *,
    delivery: bool = False,
    reason: str,
    by: Customer | None,
    moment: datetime.datetime,
) -> Refund:
    """Ask for a refund of `pieces`; the provider is asked by `payments.carry_out`, or by the job.

    Raises what `shares_of` and `write` raise.
    """
    with transaction.atomic(durable=True):
        order = locks.locked_one(Order.objects.all(), pk=order.pk)
        shares = shares_of(order, pieces, delivery=delivery)
        return write(order, shares, reason=reason, by=by, moment=moment)


def payment_of(order: Order) -> Payment | None:
    """The payment that the order was paid with; what came too much is given back by amount."""
    succeeded = order.payments.filter(state=PaymentState.SUCCEEDED, captured__gt=0).first()
    return succeeded or refunds.refundable_of(order)


def _left(until: Part, given: tuple[Decimal, Decimal]) -> Part:
    """Up to here, less what was given. A refund that failed in between may leave a cent less."""
    gross = max(until.gross - given[0], ZERO)
    return Part(until.rate, gross, min(max(until.net - given[1], ZERO), gross))


def _of_line(pk: int, count: int, line: Line, left: list[Part], kept: Decimal) -> list[Share]:
    """Kept is of the goods; a deposit always goes back."""
    goods = len(line.parts)
    of_goods = _divided(left[:goods], kept)
    of_deposit = _divided(left[goods:], ZERO)
    kinds = [PartKind.GOODS] * goods + [PartKind.DEPOSIT] * len(of_deposit)
    return [
        Share(pk, kind, place, count, back, stays)
        for place, (kind, (back, stays)) in enumerate(
            zip(kinds, of_goods + of_deposit, strict=True)
        )
    ]


def _of_delivery(left: list[Part], kept: Decimal) -> list[Share]:
    return [
        Share(DELIVERY, PartKind.DELIVERY, place, 0, back, stays)
        for place, (back, stays) in enumerate(_divided(left, kept))
    ]


def _divided(parts: Sequence[Part], kept: Decimal) -> list[tuple[Part, Part]]:
    """Each part in two: what goes back and what is kept, together `kept`, in proportion."""
    total = sum((one.gross for one in parts), ZERO)
    if kept < 0 or kept > total:
        raise NotReturnable(_("More cannot be kept than was paid."))
    found, seen, gone = [], ZERO, ZERO
    for part in parts:
        seen += part.gross
        until = money.rounded(kept * seen / total) if total else ZERO
        stays = min(until - gone, part.gross)
        gone += stays
        net = money.rounded(part.net * stays / part.gross) if part.gross else ZERO
        # Both halves have a VAT of their own, and neither one below zero.
        net = max(min(net, stays, part.net), part.net - (part.gross - stays), ZERO)
        back = Part(part.rate, part.gross - stays, part.net - net)
        found.append((back, Part(part.rate, stays, net)))
    return found
