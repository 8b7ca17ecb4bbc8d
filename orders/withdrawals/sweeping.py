"""Which cases the job takes up, and that each is taken up by one process."""

import contextlib
import datetime

from django.db.models import Q

from orders.models import PieceWay, ReturnState, WithdrawalCase, WithdrawalCaseQuerySet
from orders.withdrawals import accepting, chain

LATER = datetime.timedelta(minutes=5)


def new() -> WithdrawalCaseQuerySet:
    """Those whose order nobody has looked for."""
    return WithdrawalCase.objects.waiting()


def take_up(pk: int, *, moment: datetime.datetime) -> None:
    """Look for the order; twice does no harm, the state is looked at under the lock."""
    with contextlib.suppress(accepting.NotNow):  # somebody was faster
        chain.process(_case(pk), moment=moment)


def to_go_on(moment: datetime.datetime) -> WithdrawalCaseQuerySet:
    """Accepted ones that are to be cancelled still, and those whose return has closed."""
    can_go_on = Q(pieces__way=PieceWay.CANCELLED) | Q(goods_return__state=ReturnState.CLOSED)
    rows = WithdrawalCase.objects.unsettled().filter(can_go_on)
    is_due = Q(next_try_at__isnull=True) | Q(next_try_at__lte=moment)
    return rows.filter(is_due).order_by("pk").distinct()


def go_on(pk: int, *, moment: datetime.datetime) -> None:
    """One more try; the next one is made later, if this one comes to nothing."""
    WithdrawalCase.objects.filter(pk=pk).update(next_try_at=moment + LATER)
    chain.carry_on(_case(pk), moment=moment)


def _case(pk: int) -> WithdrawalCase:
    return WithdrawalCase.objects.select_related(
        "withdrawal__linked_order", "order", "goods_return"
    ).get(pk=pk)
