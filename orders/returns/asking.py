"""Ask for a return: by the customer on the order page, or by staff for them."""

import dataclasses
import datetime
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from accounts.models import Customer
from catalog.models import Variant
from inventory import stock
from orders.models import (
    Order,
    Postage,
    Remedy,
    Return,
    ReturnLine,
    ReturnReason,
    Track,
)
from orders.refunding import pieces as refund_pieces
from orders.refunding.amounts import ZERO, NotReturnable
from orders.returns import estimating, opening, swapping, tracks
from shop.kit import clock, locks


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody asks for. `wanted` (exchange): line id → variant id."""

    track: Track
    pieces: Mapping[int, int]
    reason: ReturnReason = ReturnReason.NONE
    words: str = ""
    remedy: Remedy = Remedy.NONE
    wanted: Mapping[int, int] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True, slots=True)
class Preview:
    """What it will come to: `amount` goes back (0 for a complaint or an exchange)."""

    amount: Decimal
    postage: Postage
    last_day: datetime.date


def preview(order: Order, wish: Wish, *, moment: datetime.datetime) -> Preview:
    """What `wish` would come to. Raises `tracks.TrackClosed` and `NotReturnable`."""
    way = _way(order, wish, moment)
    amount = ZERO
    if wish.track == Track.GOODWILL:
        shares = estimating.shares_of(order, wish.pieces, track=wish.track)
        amount = refund_pieces.amount(shares)
    return Preview(amount=amount, postage=way.postage, last_day=way.last_day)


def ask(order: Order, wish: Wish, *, by: Customer | None, moment: datetime.datetime) -> Return:
    """Open the return. A voluntary one and an exchange are approved by their rules, at once; the
    pieces wanted instead are set aside. A complaint is looked at by staff.

    Raises `tracks.TrackClosed`, `NotReturnable`, and `stock.OutOfStock` for an exchange.
    """
    with transaction.atomic(durable=True):
        order = locks.locked_one(Order.objects.all(), pk=order.pk)
        way = _way(order, wish, moment)
        entry = opening.open_return(
            order,
            track=wish.track,
            pieces=wish.pieces,
            reason=wish.reason,
            words=wish.words,
            remedy=wish.remedy,
            postage=way.postage,
            by=by,
            moment=moment,
            is_approved=wish.track != Track.CLAIM,
        )
        if wish.track == Track.EXCHANGE:
            _set_aside(entry, wish, moment)
        return entry


def _way(order: Order, wish: Wish, moment: datetime.datetime) -> tracks.Way:
    way = tracks.way(order, wish.track, today=clock.day_of(moment))
    wanted = {pk: count for pk, count in wish.pieces.items() if count}
    if not wanted or any(count > way.pieces.get(pk, 0) for pk, count in wanted.items()):
        raise NotReturnable("not so many pieces on this way")
    if wish.track == Track.EXCHANGE:
        offers = swapping.offers(order, way.pieces, moment=moment)
        for pk in wanted:
            if wish.wanted.get(pk) not in {one.pk for one in offers.get(pk, [])}:
                raise NotReturnable("nothing of the same price is wanted instead")
    return way


def _set_aside(entry: Return, wish: Wish, moment: datetime.datetime) -> None:
    quantities: dict[int, int] = {}
    for row in entry.lines.all():
        variant = Variant.objects.get(pk=wish.wanted[row.line_id])
        ReturnLine.objects.filter(pk=row.pk).update(wanted=variant)
        if variant.has_stock_limit:
            quantities[variant.pk] = quantities.get(variant.pk, 0) + row.quantity
    stock.reserve(quantities, reference=entry.number, moment=moment)
