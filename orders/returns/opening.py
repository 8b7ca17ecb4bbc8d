"""Open a return: which pieces, on which track. Whether the track is open: `returns.tracks`."""

import datetime
from collections.abc import Mapping

from accounts.models import Customer
from orders.models import (
    Order,
    Postage,
    Remedy,
    Return,
    ReturnLine,
    ReturnReason,
    ReturnState,
    Track,
)
from orders.refunding.amounts import NotReturnable
from orders.returns import away, states

# Nobody has to agree to a withdrawal: it is declared.
_DECLARED = {Track.WITHDRAWAL}


def open_return(
    order: Order,
    *,
    track: Track,
    pieces: Mapping[int, int],
    reason: str,
    by: Customer | None,
    moment: datetime.datetime,
    postage: Postage | None = None,
    remedy: Remedy = Remedy.NONE,
    words: str = "",
    is_approved: bool = False,
) -> Return:
    """Open a return of `pieces` (line id → pieces), in the caller's transaction, order locked.

    `reason`: one of `ReturnReason`, or the customer's own words, or nothing: a withdrawal needs
    none. `is_approved`: by the rules nobody has to look at it. Raises `NotReturnable` for more
    pieces than are left, for none, and for other lines.
    """
    left = away.left_of(order)
    wanted = {pk: count for pk, count in pieces.items() if count}
    if not wanted or any(not 0 < count <= left.get(pk, 0) for pk, count in wanted.items()):
        raise NotReturnable("These pieces are not bought, or on their way back already.")
    is_agreed = is_approved or track in _DECLARED
    is_known = reason in ReturnReason.values
    entry = Return.objects.create(
        order=order,
        number=f"R{order.returns.count() + 1}-{order.number}",
        track=track,
        state=ReturnState.APPROVED if is_agreed else ReturnState.REQUESTED,
        reason=reason if is_known else "",
        words=words if is_known else reason,
        remedy=remedy,
        postage=postage or (Postage.SHOP if track == Track.CLAIM else Postage.CUSTOMER),
        opened_by=by,
        opened_at=moment,
        decided_at=moment if is_agreed else None,
    )
    ReturnLine.objects.bulk_create(
        ReturnLine(goods_return=entry, line_id=pk, quantity=count)
        for pk, count in sorted(wanted.items())
    )
    states.note(entry, by=by, moment=moment)
    return entry
