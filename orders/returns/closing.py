"""How a return ends: money back, something else instead, repaired, or sent back as it is."""

import datetime
from collections import Counter

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Customer
from inventory import stock
from orders import states as order_states
from orders.models import (
    Fulfilment,
    Order,
    Outcome,
    Refund,
    Return,
    ReturnState,
    Track,
)
from orders.refunding import pieces as refund_pieces
from orders.returns import estimating, inspecting, states
from orders.returns.deciding import NeedsReason
from shop.kit import locks

_OUTCOMES = {
    Track.WITHDRAWAL: [Outcome.REFUND],
    Track.GOODWILL: [Outcome.REFUND, Outcome.SENT_BACK],
    # Money back when neither repair nor replacement helped (§§ 437, 440 BGB).
    Track.CLAIM: [Outcome.REPLACEMENT, Outcome.REPAIR, Outcome.REFUND, Outcome.SENT_BACK],
    Track.EXCHANGE: [Outcome.EXCHANGE, Outcome.REFUND, Outcome.SENT_BACK],
}


class NotPossible(ValueError):
    """The return cannot end like this; the message is for staff."""


def outcomes_of(entry: Return) -> list[Outcome]:
    """How this return may end, the usual way first."""
    wanted = {"repair": Outcome.REPAIR, "replacement": Outcome.REPLACEMENT}.get(entry.remedy)
    found = _OUTCOMES[Track(entry.track)]
    return sorted(found, key=lambda one: one != wanted) if wanted else list(found)


def end(
    entry: Return,
    outcome: Outcome,
    *,
    decision: str = "",
    carrier: str = "",
    tracking_number: str = "",
    by: Customer | None,
    moment: datetime.datetime,
) -> Return:
    """Close an inspected return. A refund is asked for in the same transaction and carried out by
    `payments.carry_out` or the job; a replacement leaves the stock, as a parcel that costs nothing.

    Raises `NotPossible`, `NeedsReason`, `WrongState`, `refunds.NotRefundable`, `stock.OutOfStock`.
    """
    if outcome not in outcomes_of(entry):
        raise NotPossible(_("This return cannot end like that."))
    if outcome == Outcome.SENT_BACK and not decision.strip():
        raise NeedsReason(_("Tell the customer why."))
    with transaction.atomic(durable=True):
        order = locks.locked_one(Order.objects.all(), pk=entry.order_id)
        entry = Return.objects.select_related("order").get(pk=entry.pk)
        changes = {"closed_at": moment, "outcome": outcome, "decision": decision}
        if outcome == Outcome.REFUND:
            changes["refund"] = _refund(entry, by, moment)
        elif outcome in (Outcome.REPLACEMENT, Outcome.EXCHANGE):
            changes["replacement"] = _parcel(entry, carrier, tracking_number, by, moment)
        states.move(entry, ReturnState.CLOSED, by=by, moment=moment, **changes)
        order_states.recompute(order)
        _move_stock(entry, outcome, moment)
        return entry


def _refund(entry: Return, by: Customer | None, moment: datetime.datetime) -> Refund | None:
    """`None` for what cost nothing, or was given back as an amount before."""
    shares = estimating.of_return(entry)
    if not refund_pieces.amount(shares):
        return None
    return refund_pieces.write(
        entry.order, shares, reason=f"return {entry.number}", by=by, moment=moment
    )


def _parcel(
    entry: Return,
    carrier: str,
    tracking_number: str,
    by: Customer | None,
    moment: datetime.datetime,
) -> Fulfilment:
    """A parcel without lines: it fulfils nothing that was ordered and costs nothing."""
    return Fulfilment.objects.create(
        order=entry.order,
        method=entry.order.delivery_method,
        carrier=carrier,
        tracking_number=tracking_number,
        actor=by,
        shipped_at=moment,
    )


def _move_stock(entry: Return, outcome: Outcome, moment: datetime.datetime) -> None:
    """Last, as rows of stock are hot: what was set aside leaves, or is free again."""
    if outcome == Outcome.REPLACEMENT:
        stock.reserve(_same_again(entry), reference=entry.number, moment=moment)
    if outcome in (Outcome.REPLACEMENT, Outcome.EXCHANGE):
        stock.ship(entry.number, stock.promised(entry.number), moment=moment)
    else:
        stock.release(entry.number, moment=moment)


def _same_again(entry: Return) -> dict[int, int]:
    """The counted pieces of it, a set by its components. Raises `NotPossible` without a variant."""
    wanted: Counter[int] = Counter()
    for one in inspecting.due(entry):
        if one.variant is None:
            raise NotPossible(_("These goods are no longer in the catalogue."))
        if one.variant.has_stock_limit:
            wanted[one.variant.pk] += one.quantity
    return dict(wanted)
