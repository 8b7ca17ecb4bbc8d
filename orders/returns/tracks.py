"""Which ways back are open for which pieces, until when, and who bears the postage.

The table with its reasons: docs/algorithms/returns.md.
"""

import calendar
import dataclasses
import datetime
from collections import Counter

from orders import fulfilments
from orders.models import (
    Fulfilment,
    KnownBy,
    Order,
    OrderLine,
    OrderStatus,
    Outcome,
    Postage,
    Return,
    ReturnState,
    Track,
)
from orders.returns import away
from shop.kit import clock

# How long a parcel may be under way that nobody saw arrive: in doubt for the customer.
UNDER_WAY = datetime.timedelta(days=7)
CLAIM_YEARS = 2  # § 438 (1) no. 3 BGB
MONTHS_AFTER_REPAIR = 12  # Directive (EU) 2024/1799, art. 16


class TrackClosed(Exception):
    """This way back is not open for these pieces (any more)."""


@dataclasses.dataclass(frozen=True, slots=True)
class Way:
    """A track with the lines that it is open for (line id → pieces) and its last day."""

    track: Track
    pieces: dict[int, int]
    last_day: datetime.date
    postage: Postage

    def is_open(self, today: datetime.date) -> bool:
        return bool(self.pieces) and today <= self.last_day


def ways(order: Order, *, today: datetime.date) -> list[Way]:
    """The ways that customers ask for; the withdrawal is declared on pages of its own.

    None before a piece was sent, and none of a cancelled order.
    """
    sent_on = _arrived_on(order)
    if sent_on is None or order.status not in (OrderStatus.CONFIRMED, OrderStatus.COMPLETED):
        return []
    left = Counter(_here(order))
    voluntary = sent_on + datetime.timedelta(days=order.return_days)
    bearer = Postage.SHOP if order.is_return_free else Postage.CUSTOMER
    lines = list(order.lines.order_by("position"))
    plain = {line.pk: left[line.pk] for line in lines if left[line.pk] and is_voluntary(line)}
    goods = {line.pk: left[line.pk] for line in lines if left[line.pk]}
    swaps = {line.pk: plain[line.pk] for line in lines if line.pk in plain and line.variant_id}
    found = [
        Way(Track.GOODWILL, plain if order.return_days else {}, voluntary, bearer),
        Way(Track.EXCHANGE, swaps if order.return_days else {}, voluntary, bearer),
        Way(Track.CLAIM, goods, claim_until(order, sent_on), Postage.SHOP),
    ]
    return [way for way in found if way.is_open(today)]


def way(order: Order, track: Track, *, today: datetime.date) -> Way:
    """The way by its track. Raises `TrackClosed`."""
    for one in ways(order, today=today):
        if one.track == track:
            return one
    raise TrackClosed(track)


def is_voluntary(line: OrderLine) -> bool:
    """May it come back beyond the law? Not what was made for one person, opened or eaten."""
    return not (line.is_digital or line.engraving or line.withdrawal_exception)


def claim_until(order: Order, arrived_on: datetime.date) -> datetime.date:
    """The last day for a complaint; a repair prolongs it by a year, once."""
    repaired = Return.objects.filter(
        order=order, state=ReturnState.CLOSED, outcome=Outcome.REPAIR
    ).exists()
    months = CLAIM_YEARS * 12 + (MONTHS_AFTER_REPAIR if repaired else 0)
    return months_later(arrived_on, months)


def months_later(day: datetime.date, months: int) -> datetime.date:
    """The same day of a later month, or its last one (§ 188 (2), (3) BGB)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _here(order: Order) -> dict[int, int]:
    """By line the pieces that the customer has: sent, and not on their way back."""
    left, unsent = away.left_of(order), fulfilments.left_of(order)
    # A download is no goods: what is wrong with it is settled by a new file or by hand.
    return {pk: max(left[pk] - count, 0) for pk, count in unsent.items()}


def _arrived_on(order: Order) -> datetime.date | None:
    """The day on which the last parcel arrived, as far as we know; `None`: nothing was sent."""
    parcels = order.fulfilments.filter(lines__isnull=False).distinct()
    return max((_arrival(one) for one in parcels), default=None)


def _arrival(parcel: Fulfilment) -> datetime.date:
    """Known, or assumed late: an assumption is to nobody's disadvantage but ours."""
    is_known = parcel.delivered_at is not None and parcel.delivery_known_by != KnownBy.TIME
    return clock.day_of(
        parcel.delivered_at if is_known and parcel.delivered_at else parcel.shipped_at + UNDER_WAY
    )
