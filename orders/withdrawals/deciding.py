"""What staff decide: which order is meant, and that it is accepted."""

import datetime
from collections.abc import Mapping

from django.utils.translation import gettext as _

from accounts.models import Customer
from orders.models import Order, WithdrawalCase, WithdrawalFlag, WithdrawalMatch, WithdrawalState
from orders.withdrawals import accepting, chain


def assign(case: WithdrawalCase, order: Order) -> None:
    """This order is meant. Raises `accepting.NotNow` when it has been decided."""
    if case.state not in accepting.UNDECIDED:
        raise accepting.NotNow(_("This withdrawal has been decided already."))
    _pieces, remarks = chain.look(case.withdrawal, order)
    accepting.open_for_staff(case, match=WithdrawalMatch.BY_HAND, order=order, remarks=remarks)


def accept(
    case: WithdrawalCase,
    order: Order,
    pieces: Mapping[int, int],
    *,
    by: Customer | None,
    moment: datetime.datetime,
) -> WithdrawalCase:
    """Let `pieces` of `order` be withdrawn from; what is to be cancelled is, at once.

    Raises `accepting.NotNow`.
    """
    left = chain.left_of(order)
    if any(count > left.get(pk, 0) for pk, count in pieces.items()):
        raise accepting.NotNow(_("Some of these pieces are on their way back already."))
    match = WithdrawalMatch(case.match)
    remarks = [WithdrawalFlag(one) for one in case.flags]
    case = accepting.accept(case, order, pieces, match=match, remarks=remarks, by=by, moment=moment)
    if case.state == WithdrawalState.ACCEPTED:
        chain.carry_on(case, moment=moment)
    return case
