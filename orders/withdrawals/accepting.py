"""The states of a withdrawal, each change in one place: open, accepted, settled, rejected.

Locks in the order order → case; the state in the UPDATE is the guard.
"""

import datetime
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Customer
from orders import fulfilments, outbox, states
from orders.models import (
    EventKind,
    MailKind,
    Order,
    PieceWay,
    Return,
    Track,
    WithdrawalCase,
    WithdrawalFlag,
    WithdrawalMailKind,
    WithdrawalMatch,
    WithdrawalPiece,
    WithdrawalState,
)
from orders.refunding import pieces as refunding
from orders.refunding.amounts import NotReturnable
from orders.refunding.refunds import NotRefundable
from orders.returns import opening
from orders.withdrawals import deadlines, facts
from orders.withdrawals import outbox as receipts
from shop.kit import clock, locks

UNDECIDED = [WithdrawalState.WAITING, WithdrawalState.OPEN]


class NotNow(Exception):
    """Somebody else has decided, or the pieces are gone; a sentence for staff."""


def open_for_staff(
    case: WithdrawalCase,
    *,
    match: WithdrawalMatch,
    order: Order | None,
    remarks: Sequence[WithdrawalFlag],
) -> None:
    """Leave the decision to a person; `order` where it is sure. Decided ones stay as they are."""
    WithdrawalCase.objects.filter(pk=case.pk, state__in=UNDECIDED).update(
        state=WithdrawalState.OPEN,
        match=match,
        order=order,
        flags=[one.value for one in remarks],
        ends_on=_ends_on(order, None) if order else None,
    )


def accept(
    case: WithdrawalCase,
    order: Order,
    pieces: Mapping[int, int],
    *,
    match: WithdrawalMatch,
    remarks: Sequence[WithdrawalFlag],
    by: Customer | None,
    moment: datetime.datetime,
) -> WithdrawalCase:
    """`pieces` of `order` are withdrawn from: what was sent comes back, a download is refunded.

    What is to be cancelled is noted and done by `chain.carry_on`. Raises `NotNow`.
    """
    with transaction.atomic(durable=True):
        order = locks.locked_one(Order.objects.all(), pk=order.pk)
        case = locks.locked_one(WithdrawalCase.objects.all(), pk=case.pk)
        if case.state not in UNDECIDED:
            raise NotNow(_("This withdrawal has been decided already."))
        ways = _ways(order, pieces)
        entry = _open_return(order, _of(ways, PieceWay.RETURN), by, moment)
        _give_back(order, ways, by, moment)
        case.state, case.match, case.order = WithdrawalState.ACCEPTED, match, order
        case.flags, case.goods_return = [one.value for one in remarks], entry
        case.ends_on = _ends_on(order, pieces)
        received_on = clock.day_of(case.withdrawal.received_at)
        case.refund_until = deadlines.refund_until(received_on)
        case.decided_by, case.decided_at = by, moment
        case.save()
        WithdrawalPiece.objects.bulk_create(
            WithdrawalPiece(case=case, line_id=pk, way=way, quantity=count)
            for (pk, way), count in sorted(ways.items())
        )
        _note(case, order, by, moment)
        # A cancelled order and a return have mails of their own.
        if any(way in (PieceWay.REFUND, PieceWay.BY_HAND) for _pk, way in ways):
            tell(case, moment=moment)
        return case


def tell(case: WithdrawalCase, *, moment: datetime.datetime) -> None:
    """Write to the customer how it goes on."""
    if case.order is not None:
        reference = case.withdrawal.number
        outbox.put(case.order, MailKind.WITHDRAWAL, moment=moment, reference=reference)


type Ways = dict[tuple[int, PieceWay], int]


def _ways(order: Order, pieces: Mapping[int, int]) -> Ways:
    """How each piece comes back. What was not sent is taken first: it need not travel."""
    lines = list(order.lines.order_by("position"))
    if pieces and _is_whole(order, pieces) and order.is_cancellable:
        return {(pk, PieceWay.CANCELLED): count for pk, count in pieces.items()}
    here = fulfilments.left_of(order)
    found: Ways = {}
    for line in lines:
        count = pieces.get(line.pk, 0)
        unsent = min(count, here.get(line.pk, 0))
        sent = PieceWay.RETURN if line.needs_shipping else PieceWay.REFUND
        found |= {(line.pk, PieceWay.BY_HAND): unsent, (line.pk, sent): count - unsent}
    return {key: count for key, count in found.items() if count}


def _is_whole(order: Order, pieces: Mapping[int, int]) -> bool:
    return dict(pieces) == dict(order.lines.values_list("pk", "quantity"))


def _of(ways: Ways, wanted: PieceWay) -> dict[int, int]:
    return {pk: count for (pk, way), count in ways.items() if way == wanted}


def _open_return(
    order: Order,
    sent: Mapping[int, int],
    by: Customer | None,
    moment: datetime.datetime,
) -> Return | None:
    """The return of what was sent. It knows whether the delivery fee goes back (§ 357 (2) BGB)."""
    if not sent:
        return None
    try:
        return opening.open_return(
            order, track=Track.WITHDRAWAL, pieces=sent, reason="", by=by, moment=moment
        )
    except NotReturnable as problem:
        raise NotNow(_("Some of these pieces are on their way back already.")) from problem


def _give_back(order: Order, ways: Ways, by: Customer | None, moment: datetime.datetime) -> None:
    """Ask for the money of what nobody has to send back; staff see to what cannot be refunded."""
    wanted = _of(ways, PieceWay.REFUND)
    if not wanted:
        return
    try:
        shares = refunding.shares_of(order, wanted)
        refunding.write(order, shares, reason="withdrawal", by=by, moment=moment)
        states.recompute(order)
    except (NotReturnable, NotRefundable):
        for pk, count in wanted.items():
            del ways[pk, PieceWay.REFUND]
            ways[pk, PieceWay.BY_HAND] = ways.get((pk, PieceWay.BY_HAND), 0) + count


def _ends_on(order: Order, pieces: Mapping[int, int] | None) -> datetime.date | None:
    """The earliest end among the lines that are meant; `None` while one of them has not begun."""
    days = [day for pk, day in facts.last_days(order).items() if pieces is None or pk in pieces]
    known = [day for day in days if day is not None]
    return min(known) if known and len(known) == len(days) else None


@transaction.atomic
def hand_over(case: WithdrawalCase, *, moment: datetime.datetime) -> None:
    """What could not be cancelled (being paid, sent in between) becomes work of staff."""
    if case.pieces.filter(way=PieceWay.CANCELLED).update(way=PieceWay.BY_HAND):
        tell(case, moment=moment)


@transaction.atomic
def settle(case: WithdrawalCase, *, by: Customer | None, moment: datetime.datetime) -> None:
    """The money is on its way, nothing is left to do. Raises `NotNow` if it is not accepted."""
    moved = WithdrawalCase.objects.filter(pk=case.pk, state=WithdrawalState.ACCEPTED).update(
        state=WithdrawalState.SETTLED, settled_at=moment
    )
    if not moved or case.order is None:
        raise NotNow(_("Only an accepted withdrawal can be settled."))
    case.state, case.settled_at = WithdrawalState.SETTLED, moment
    _note(case, case.order, by, moment)


@transaction.atomic
def reject(
    case: WithdrawalCase,
    *,
    reason: str,
    is_told: bool,
    by: Customer | None,
    moment: datetime.datetime,
) -> None:
    """There is no such contract, or no such right; the reason is kept, and told by mail if wanted.

    A receipt that waits because of a heap of declarations is taken back. Raises `NotNow`.
    """
    moved = WithdrawalCase.objects.filter(pk=case.pk, state__in=UNDECIDED).update(
        state=WithdrawalState.REJECTED, reason=reason, decided_by=by, decided_at=moment
    )
    if not moved:
        raise NotNow(_("This withdrawal has been decided already."))
    case.state, case.reason = WithdrawalState.REJECTED, reason
    if case.order is not None:
        _note(case, case.order, by, moment)
    if case.withdrawal.is_quiet:
        receipts.withdraw(case.withdrawal)
    if is_told:
        receipts.put(case.withdrawal, WithdrawalMailKind.REJECTED, moment=moment)


def _note(
    case: WithdrawalCase, order: Order, by: Customer | None, moment: datetime.datetime
) -> None:
    states.note(
        order,
        EventKind.WITHDRAWAL,
        moment=moment,
        by=by,
        number=case.withdrawal.number,
        state=case.state,
    )
