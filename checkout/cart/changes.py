"""What is no longer as the shopper saw it last: prices, stock, contents. Told until acknowledged.

Looking writes nothing: the banner stays until the shopper presses "Understood" or changes something
on the page that showed it. Both send along what was shown (`digest`), so that nothing is taken as
seen which changed in between.
"""

import dataclasses
import enum
import hashlib
import json
from collections.abc import Iterable, Sequence
from decimal import Decimal

from checkout.models import CartLine
from checkout.quoting import Item


class Kind(enum.StrEnum):
    GONE = "gone"
    SOLD_OUT = "sold out"
    FEWER = "fewer"
    BACK = "back"
    PRICE = "price"
    CONTENTS = "contents"


@dataclasses.dataclass(frozen=True, slots=True)
class Change:
    """What changed of a line; `before` is the old price of one piece."""

    kind: Kind
    item: Item
    before: Decimal | None = None


def of(lines: Sequence[CartLine], items: Sequence[Item]) -> list[Change]:
    """The changes of the lines, which `items` show as they are now; in the order of the lines."""
    return [
        change
        for line, item in zip(lines, items, strict=True)
        if line.seen_gross is not None
        for change in _of_line(line, item)
    ]


def _of_line(line: CartLine, item: Item) -> Iterable[Change]:
    was_there = line.seen_left is None or line.seen_left > 0
    if item.left == 0:
        if was_there:
            yield Change(Kind.SOLD_OUT if item.is_for_sale else Kind.GONE, item)
    elif item.is_short:
        if line.seen_left is None or (item.left or 0) < line.seen_left:
            yield Change(Kind.FEWER, item)
    elif line.seen_left is not None and line.seen_left < line.quantity:
        yield Change(Kind.BACK, item)
    if item.is_for_sale and item.unit_gross != line.seen_gross:
        yield Change(Kind.PRICE, item, line.seen_gross)
    if item.is_for_sale and line.seen_parts is not None and line.seen_parts != _parts(item):
        yield Change(Kind.CONTENTS, item)


def _missing(item: Item) -> int | None:
    """How many are left, where they are too few; a piece less of plenty is no news."""
    return item.left if item.is_short else None


def _parts(item: Item) -> list[list[int]]:
    return sorted([part.variant_id, part.quantity] for part in item.parts)


def digest(items: Sequence[Item]) -> str:
    """What the page shows of the lines, as one short word."""
    shown = [
        (one.line_id, str(one.unit_gross), one.is_for_sale, _missing(one), _parts(one))
        for one in items
    ]
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()[:32]


def acknowledge(lines: Sequence[CartLine], items: Sequence[Item], *, shown: str) -> bool:
    """Note that the shopper has seen the lines as they are, if `shown` is their `digest`.

    Returns whether it is. One statement, and only when something changed.
    """
    if shown != digest(items):
        return False
    news = {change.item.line_id for change in of(lines, items)}
    noted = []
    for line, item in zip(lines, items, strict=True):
        if item.line_id in news or line.seen_gross is None:
            if item.is_for_sale:
                line.seen_gross, line.seen_parts = item.unit_gross, _parts(item)
            line.seen_left = _missing(item)
            noted.append(line)
    CartLine.objects.bulk_update(noted, ["seen_gross", "seen_left", "seen_parts"])
    return True
