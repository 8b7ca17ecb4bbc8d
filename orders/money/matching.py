"""Which order a booking is meant for. Pure: facts in, a proposal out; nothing is guessed.

The table stands in docs/algorithms/bank_transfers.md.
"""

import dataclasses
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from orders.models import BankRule
from orders.money.entries import Entry

# `shop.kit.ids.order_number` without its signs; some banks write the text in small letters.
_BODY = "34679ACDEFGHJKMNPQRTWXY"
_NUMBER = re.compile(rf"(?=(K[{_BODY}]{{9}}))")
_LENGTH = 10
_MAX_SEVERAL = 20
# Whose money it is stands in the number, also when the order needs it no longer: then it is excess.
SURE = (BankRule.EXACT, BankRule.PAID, BankRule.LATE, BankRule.REFUND)


@dataclasses.dataclass(frozen=True, slots=True)
class Candidate:
    """An order that money may be meant for. `missing`: what it still lacks, gross."""

    number: str
    missing: Decimal
    is_waiting: bool  # for a transfer or at the counter
    is_cancelled: bool = False
    pays_otherwise: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Proposal:
    """What a booking looks like, and the orders that it may belong to with how much for each."""

    rule: BankRule
    shares: tuple[tuple[str, Decimal], ...] = ()

    @property
    def is_sure(self) -> bool:
        """May it be booked without asking anybody?"""
        return self.rule in SURE


def plain(text: str) -> str:
    """Letters and digits alone, in capitals."""
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def written(number: str) -> str:
    """A plain number as we write it: `K-7QX-4MP-9RT`."""
    return f"{number[0]}-{number[1:4]}-{number[4:7]}-{number[7:]}"


def numbers_in(text: str) -> list[str]:
    """All that looks like the number of an order, in our writing, each once."""
    found = _NUMBER.findall(plain(text))
    return list(dict.fromkeys(written(one) for one in found))


class Orders:
    """Orders in the ways in which they are looked for."""

    def __init__(self, known: Iterable[Candidate]) -> None:
        self.by_number: dict[str, Candidate] = {one.number: one for one in known}
        self.by_missing: dict[Decimal, list[Candidate]] = defaultdict(list)
        for one in self.by_number.values():
            if one.is_waiting:
                self.by_missing[one.missing].append(one)


def propose(entry: Entry, orders: Orders, *, refund_keys: Mapping[str, str]) -> Proposal:
    """What `entry` looks like. `refund_keys`: our transfers on their way, plain id → id."""
    if any(key in plain(f"{entry.end_to_end} {entry.remittance}") for key in refund_keys):
        is_ours = not entry.is_credit and not entry.is_return
        return Proposal(BankRule.REFUND if is_ours else BankRule.RETURNED)
    text = f"{entry.remittance} {entry.end_to_end}"
    named = [orders.by_number[one] for one in numbers_in(text) if one in orders.by_number]
    if entry.is_return or not entry.is_credit:
        return Proposal(BankRule.RETURNED, tuple((one.number, entry.amount) for one in named[:1]))
    if entry.currency != "EUR":
        return Proposal(BankRule.CURRENCY, tuple((one.number, Decimal(0)) for one in named[:1]))
    if len(named) > 1:
        return _several(entry.amount, named)
    if named:
        return Proposal(_rule_of(named[0]), ((named[0].number, entry.amount),))
    return _guess(entry, orders)


def _rule_of(order: Candidate) -> BankRule:
    if order.is_cancelled:
        return BankRule.LATE
    if order.is_waiting:
        return BankRule.EXACT
    return BankRule.OTHER_WAY if order.pays_otherwise else BankRule.PAID


def _several(amount: Decimal, named: list[Candidate]) -> Proposal:
    """Several orders in one transfer: shares only when their sum is what came."""
    waiting = [one for one in named if one.is_waiting][:_MAX_SEVERAL]
    if len(waiting) == len(named) and sum(one.missing for one in waiting) == amount:
        return Proposal(BankRule.SEVERAL, tuple((one.number, one.missing) for one in waiting))
    return Proposal(BankRule.SEVERAL, tuple((one.number, Decimal(0)) for one in named))


def _guess(entry: Entry, orders: Orders) -> Proposal:
    """No whole reference: one that is almost there, with the right amount, or the amount alone."""
    fitting = orders.by_missing.get(entry.amount, [])
    text = plain(f"{entry.remittance} {entry.end_to_end}")
    close = [one for one in fitting if is_close(plain(one.number), text)]
    if len(close) == 1:
        return Proposal(BankRule.TYPO, ((close[0].number, entry.amount),))
    if fitting:
        shares = tuple((one.number, entry.amount) for one in fitting[:_MAX_SEVERAL])
        return Proposal(BankRule.AMOUNT, shares)
    return Proposal(BankRule.UNKNOWN)


def is_close(number: str, text: str) -> bool:
    """Does `text` hold the number with one sign wrong, missing, doubled, or two exchanged?"""
    return any(
        _is_one_slip(number, text[start : start + length])
        for length in (_LENGTH - 1, _LENGTH, _LENGTH + 1)
        for start in range(max(len(text) - length + 1, 0))
    )


def _is_one_slip(number: str, part: str) -> bool:
    if len(part) < len(number):
        return _lacks_one(number, part)
    if len(part) > len(number):
        return _lacks_one(part, number)
    wrong = [place for place, sign in enumerate(number) if sign != part[place]]
    if len(wrong) == 2 and wrong[1] == wrong[0] + 1:
        first, second = wrong
        return number[first] == part[second] and number[second] == part[first]
    return len(wrong) <= 1


def _lacks_one(long: str, short: str) -> bool:
    return any(long[:place] + long[place + 1 :] == short for place in range(len(long)))
