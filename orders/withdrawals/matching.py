"""Which order a declaration is about. Nothing is guessed: what is not exact, staff decide."""

import dataclasses
import datetime
import re

from orders.models import Order, Withdrawal, WithdrawalMatch, mailbox
from orders.money import matching

# What is mistaken for each other, on paper or in a poor typeface, is one sign here.
_ALIKE = str.maketrans("OQDILSZBGUV", "00011528" + "6VV")
_SHORT = 8  # a number of fewer signs may stand in any text; it must be all of it
_MOST = 200
LIKELY_FOR = datetime.timedelta(days=450)  # twelve months, 14 days, and some on the way


@dataclasses.dataclass(frozen=True, slots=True)
class Found:
    """How sure it is, and which orders it may be; exactly one where it is sure."""

    match: WithdrawalMatch
    orders: tuple[Order, ...] = ()


def find(declared: Withdrawal) -> Found:
    """The order, or those that it may be, the newest first. At most three statements.

    Exact: number and mailbox fit, however they are written, or the signed link of an order and its
    mailbox. Foreign: the number or the link fits, the mailbox does not.
    """
    own = _of_mailbox(declared)
    if declared.linked_order is not None:
        is_own = declared.linked_order in own
        match = WithdrawalMatch.EXACT if is_own else WithdrawalMatch.FOREIGN
        return Found(match, (declared.linked_order,))
    if named := [one for one in own if names(declared.reference, one.number)]:
        match = WithdrawalMatch.EXACT if len(named) == 1 else WithdrawalMatch.LIKELY
        return Found(match, tuple(named))
    numbers = [declared.reference.strip(), *matching.numbers_in(declared.reference)]
    if foreign := list(Order.objects.filter(number__in=numbers).newest_first()):
        return Found(WithdrawalMatch.FOREIGN, tuple(foreign))
    recent = [one for one in own if one.placed_at >= declared.received_at - LIKELY_FOR]
    return Found(WithdrawalMatch.LIKELY if recent else WithdrawalMatch.NONE, tuple(recent))


def names(text: str, number: str) -> bool:
    """Does `text` name the order, whatever its spaces, capitals, and O for 0?"""
    given, wanted = folded(text), folded(number)
    return given == wanted if len(wanted) < _SHORT else wanted in given


def folded(text: str) -> str:
    """Letters and digits alone, in capitals, those that look alike as one."""
    return re.sub(r"[^A-Z0-9]", "", text.upper()).translate(_ALIKE)


def _of_mailbox(declared: Withdrawal) -> list[Order]:
    """The newest orders of the same mailbox that were placed before."""
    rows = Order.objects.alias(mailbox=mailbox.expression())
    rows = rows.filter(mailbox=mailbox.of(declared.email), placed_at__lte=declared.received_at)
    return list(rows.newest_first()[:_MOST])
