"""What follows from a declaration: its order is looked for, and what is sure takes its course.

Nothing waits for a person but what needs one. All of it can run twice: the state of the case
decides.
"""

import datetime

from orders import lifecycle
from orders.findings import ProviderAway, ProviderRefused
from orders.models import (
    Order,
    OrderStatus,
    PieceWay,
    ReturnState,
    Withdrawal,
    WithdrawalCase,
    WithdrawalFlag,
    WithdrawalMatch,
    WithdrawalPiece,
    WithdrawalState,
)
from orders.returns import away
from orders.withdrawals import accepting, facts, matching

REASON = "withdrawal"


def process(case: WithdrawalCase, *, moment: datetime.datetime) -> WithdrawalCase:
    """Look for the order of a new case. Sure and without remarks: it takes its course.

    Everything else becomes open for staff. Raises `accepting.NotNow` where somebody was faster.
    """
    found = matching.find(case.withdrawal)
    if found.match != WithdrawalMatch.EXACT:
        return _open(case, found.match, _remarks(case.withdrawal))
    order = found.orders[0]
    pieces, remarks = look(case.withdrawal, order)
    if remarks:
        return _open(case, found.match, remarks, order=order)
    case = accepting.accept(
        case, order, pieces, match=found.match, remarks=[], by=None, moment=moment
    )
    return carry_on(case, moment=moment)


def look(declared: Withdrawal, order: Order) -> tuple[dict[int, int], list[WithdrawalFlag]]:
    """Which pieces of `order` are meant (line id → pieces), and what a person should look at.

    No pieces and no remarks: nothing is left to be withdrawn from.
    """
    remarks = _remarks(declared)
    left = left_of(order)
    asked = {int(pk): count for pk, count in declared.pieces.items()}
    known = {pk for pk in order.lines.values_list("pk", flat=True)}
    if not set(asked) <= known:
        return {}, [*remarks, WithdrawalFlag.UNREADABLE]
    wanted = {pk: min(count, left.get(pk, 0)) for pk, count in (asked or left).items()}
    wanted = {pk: count for pk, count in wanted.items() if count}
    found = facts.flags(order, wanted, received_at=declared.received_at) if wanted else []
    return wanted, [*found, *remarks]


def left_of(order: Order) -> dict[int, int]:
    """By line the pieces that are neither given back nor withdrawn from already."""
    if order.status == OrderStatus.CANCELLED:
        return {}
    left = away.left_of(order)
    # Those that come back by a return, and those that were refunded, are gone from it already.
    at_hand = WithdrawalPiece.objects.filter(
        case__order=order,
        case__state=WithdrawalState.ACCEPTED,
        way__in=[PieceWay.BY_HAND, PieceWay.CANCELLED],
    )
    for pk, count in at_hand.values_list("line_id", "quantity"):
        left[pk] = max(left.get(pk, 0) - count, 0)
    return left


def carry_on(case: WithdrawalCase, *, moment: datetime.datetime) -> WithdrawalCase:
    """Do what is still to be done for an accepted case; what cannot be done goes to staff.

    The provider may be away: then the sweeper comes back.
    """
    order = case.order
    if case.state != WithdrawalState.ACCEPTED or order is None:
        return case
    if case.pieces.filter(way=PieceWay.CANCELLED).exists():
        try:
            _cancel(order, moment)
        except lifecycle.NotCancellable:
            accepting.hand_over(case, moment=moment)
            return case
        except (ProviderAway, ProviderRefused):
            return case
    if is_done(case):
        accepting.settle(case, by=None, moment=moment)
    return case


def _cancel(order: Order, moment: datetime.datetime) -> None:
    order.refresh_from_db()
    if order.status != OrderStatus.CANCELLED:
        lifecycle.cancel(order, by=None, reason=REASON, moment=moment)


def is_done(case: WithdrawalCase) -> bool:
    """Is nothing left to do: no piece with staff, and the return is closed?"""
    if case.pieces.filter(way=PieceWay.BY_HAND).exists():
        return False
    return case.goods_return is None or case.goods_return.state == ReturnState.CLOSED


def _remarks(declared: Withdrawal) -> list[WithdrawalFlag]:
    found = {
        WithdrawalFlag.COMMENT: bool(declared.comment),
        WithdrawalFlag.QUIET: declared.is_quiet,
    }
    return [flag for flag, is_set in found.items() if is_set]


def _open(
    case: WithdrawalCase,
    match: WithdrawalMatch,
    remarks: list[WithdrawalFlag],
    *,
    order: Order | None = None,
) -> WithdrawalCase:
    accepting.open_for_staff(case, match=match, order=order, remarks=remarks)
    case.refresh_from_db()
    return case
