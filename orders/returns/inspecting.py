"""Look at what came: each piece gets a condition and a place, the stock a movement."""

import dataclasses
import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Customer
from catalog.models import Variant
from inventory import stock
from inventory.models import StockLocation
from orders.models import (
    Condition,
    Order,
    OrderLineComponent,
    Outcome,
    Return,
    ReturnLine,
    ReturnPiece,
    ReturnState,
    Track,
    Verdict,
)
from orders.returns import estimating, states
from shop.kit import locks

# Only here the law, or the shop's own promise, lets it keep something (§ 357a BGB).
DEDUCTIBLE = {Track.WITHDRAWAL, Track.GOODWILL}


class NotInspected(ValueError):
    """The counts do not fit what was sent back; the message is for staff."""


@dataclasses.dataclass(frozen=True, slots=True)
class Due:
    """What has to be looked at: so many pieces of a line, or of a component of a set."""

    row: ReturnLine
    component: OrderLineComponent | None
    variant: Variant | None
    sku: str
    title: str
    quantity: int

    @property
    def key(self) -> str:
        return f"{self.row.pk}-{self.component.pk if self.component else 0}"


@dataclasses.dataclass(frozen=True, slots=True)
class Found:
    """What was seen of one `Due`: pieces by verdict, and how they look."""

    counts: Mapping[Verdict, int]
    condition: Condition


@dataclasses.dataclass(frozen=True, slots=True)
class Deduction:
    """What the shop keeps of a line for loss of value, and why, in words for the customer."""

    gross: Decimal
    reason: str


def due(entry: Return) -> list[Due]:
    """What the parcel should hold; a set stands there by its components."""
    found = []
    rows = entry.lines.select_related("line__variant").order_by("line__position")
    for row in rows.prefetch_related("line__components__variant"):
        line = row.line
        parts = sorted(line.components.all(), key=lambda one: one.position)
        for part in parts:
            pieces = part.quantity // line.quantity * row.quantity
            found.append(Due(row, part, part.variant, part.sku, part.title, pieces))
        if not parts:
            swapped = _swapped(row)
            variant = swapped or line.variant
            sku = swapped.sku if swapped else line.sku
            found.append(Due(row, None, variant, sku, line.title, row.quantity))
    return found


def inspect(
    entry: Return,
    found: Mapping[str, Found],
    *,
    deductions: Mapping[int, Deduction],
    location: StockLocation,
    by: Customer | None,
    moment: datetime.datetime,
) -> Return:
    """Note what was found (by the key of `due`) and book it into the stock, once.

    `deductions`: by the id of the line of the return. Raises `NotInspected`, `WrongState`, and
    `NotReturnable` for more than was paid.
    """
    with transaction.atomic(durable=True):
        locks.locked_one(Order.objects.all(), pk=entry.order_id)
        entry = Return.objects.select_related("order").get(pk=entry.pk)
        pieces = _pieces(due(entry), found)
        _deduct(entry, deductions)
        ReturnPiece.objects.bulk_create(pieces)
        states.move(entry, ReturnState.INSPECTED, by=by, moment=moment)
        _book(entry, pieces, location, moment)
        return entry


def _swapped(row: ReturnLine) -> Variant | None:
    """What the customer has instead since the last exchange of this line."""
    last = ReturnLine.objects.filter(
        line_id=row.line_id,
        goods_return__outcome=Outcome.EXCHANGE,
        wanted__isnull=False,
    )
    found = last.order_by("-pk").select_related("wanted").first()
    return found.wanted if found else None


def _pieces(wanted: Sequence[Due], found: Mapping[str, Found]) -> list[ReturnPiece]:
    pieces = []
    for one in wanted:
        seen = found.get(one.key)
        if seen is None or sum(seen.counts.values()) != one.quantity:
            text = _("%(name)s: say of all %(count)d pieces where they go.")
            raise NotInspected(text % {"name": one.title, "count": one.quantity})
        pieces += [
            ReturnPiece(
                return_line=one.row,
                component=one.component,
                variant=one.variant,
                sku=one.sku,
                quantity=count,
                verdict=verdict,
                condition=seen.condition,
            )
            for verdict, count in seen.counts.items()
            if count
        ]
    return pieces


def _deduct(entry: Return, deductions: Mapping[int, Deduction]) -> None:
    """Keep something of a line. Raises `NotInspected` where nothing may be kept."""
    for pk, one in deductions.items():
        if not one.gross:
            continue
        if entry.track not in DEDUCTIBLE:
            raise NotInspected(_("Nothing may be kept for loss of value here."))
        if not one.reason.strip():
            raise NotInspected(_("Tell the customer why something is kept (§ 357a BGB)."))
        entry.lines.filter(pk=pk).update(kept_gross=one.gross, kept_reason=one.reason)
    estimating.of_return(entry)


def _book(
    entry: Return, pieces: Sequence[ReturnPiece], location: StockLocation, moment: datetime.datetime
) -> None:
    by_verdict: dict[str, Counter[int]] = {one: Counter() for one in Verdict.values}
    for piece in pieces:
        # What is made to order was never counted, and what is gone from the catalogue nobody buys.
        if piece.variant is not None and piece.variant.has_stock_limit:
            by_verdict[piece.verdict][piece.variant.pk] += piece.quantity
    reference = entry.number
    if back := by_verdict[Verdict.RESTOCK]:
        stock.restock(location, back, reference=reference, moment=moment)
    if apart := by_verdict[Verdict.APART]:
        stock.set_apart(apart, reference=reference, moment=moment)
    if gone := by_verdict[Verdict.WRITE_OFF]:
        stock.write_off(location, gone, reference=reference, moment=moment)
