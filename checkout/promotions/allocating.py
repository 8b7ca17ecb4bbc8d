"""Which line bears what of a discount: whole cents, no line below its room, nothing lost.

See docs/algorithms/discounts.md, "Who bears it".
"""

from collections.abc import Mapping
from decimal import Decimal

from checkout.promotions.rules import ZERO
from shop.kit import money


def shared(
    amount: Decimal, *, weights: Mapping[int, Decimal], room: Mapping[int, Decimal]
) -> dict[int, Decimal]:
    """`amount` split over lines in proportion to `weights`, each at most its `room`.

    What a line cannot take goes to the others in the same proportion; what none can take is not
    given. Promises: each part is between 0 and the line's room; the parts add up to `amount` or to
    the whole room of the lines that weigh something, whichever is less. Lines without a part are
    left out. Equal remainders of a cent go to the earlier line.
    """
    given: dict[int, Decimal] = {}
    rest = amount
    while rest > 0:
        lines = [
            line for line, weight in weights.items() if weight > 0 and _left(line, room, given)
        ]
        if not lines:
            break
        parts = money.allocated(rest, [weights[line] for line in lines])
        for line, part in zip(lines, parts, strict=True):
            taken = min(part, _left(line, room, given))
            if taken:
                given[line] = given.get(line, ZERO) + taken
                rest -= taken
    return {line: given[line] for line in weights if line in given}


def _left(line: int, room: Mapping[int, Decimal], given: Mapping[int, Decimal]) -> Decimal:
    return max(room.get(line, ZERO) - given.get(line, ZERO), ZERO)


def capped(wishes: Mapping[int, Decimal], cap: Decimal | None) -> dict[int, Decimal]:
    """What each line is to get; cut in proportion where all of it is more than `cap`."""
    wanted = {line: wish for line, wish in wishes.items() if wish > 0}
    if cap is None or sum(wanted.values(), ZERO) <= cap:
        return wanted
    return shared(cap, weights=wanted, room=wanted)
