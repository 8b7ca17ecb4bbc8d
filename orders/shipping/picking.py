"""The way through the store: what is taken from which shelf, for many orders at once."""

import dataclasses
import re
from collections import defaultdict
from collections.abc import Sequence

from inventory.models import Reservation, ReservationState
from orders.models import Order, OrderLine
from orders.shipping import queue


@dataclasses.dataclass(frozen=True, slots=True)
class Piece:
    """Goods as they lie on the shelf: a line, or a component of a bundle."""

    variant_id: int | None
    sku: str
    title: str
    quantity: int


@dataclasses.dataclass(frozen=True, slots=True)
class Pick:
    """One stop on the way: so many pieces of a SKU, and for which orders."""

    location: str
    shelf: str
    sku: str
    title: str
    quantity: int
    orders: tuple[str, ...]


@dataclasses.dataclass(slots=True)
class _Place:
    position: int = 32_767  # what is on no shelf comes last
    location: str = ""
    shelf: str = ""


def pieces_of(line: OrderLine, quantity: int) -> list[Piece]:
    """What is taken into the hand for `quantity` of a line; components have to be loaded."""
    parts = sorted(line.components.all(), key=lambda one: one.position)
    if not parts:
        title = f"{line.title} · {line.engraving}" if line.engraving else line.title
        return [Piece(line.variant_id, line.sku, title, quantity)]
    return [
        Piece(one.variant_id, one.sku, one.title, one.quantity // line.quantity * quantity)
        for one in parts
    ]


def pick_list(orders: Sequence[Order]) -> list[Pick]:
    """Summed by SKU and shelf, in the order of the way: place, shelf, SKU. Three statements."""
    shelves = _shelves(orders)
    sums: dict[tuple[str, str, str, str], int] = defaultdict(int)
    stops: dict[tuple[str, str, str, str], tuple[int, list[str]]] = {}
    lines = queue.left(orders)
    for order in orders:
        for line, left in lines.get(order.pk, []):
            for piece in pieces_of(line, left):
                place = shelves.get((order.number, piece.variant_id), _Place())
                key = (place.location, place.shelf, piece.sku, piece.title)
                sums[key] += piece.quantity
                _position, numbers = stops.setdefault(key, (place.position, []))
                if order.number not in numbers:
                    numbers.append(order.number)
    found = [Pick(*key, sums[key], tuple(numbers)) for key, (_at, numbers) in stops.items()]
    at = {key: position for key, (position, _numbers) in stops.items()}
    return sorted(
        found,
        key=lambda one: (
            at[(one.location, one.shelf, one.sku, one.title)],
            one.location,
            not one.shelf,
            _natural(one.shelf),
            one.sku,
        ),
    )


def _shelves(orders: Sequence[Order]) -> dict[tuple[str, int | None], _Place]:
    promised = Reservation.objects.filter(
        reference__in=[one.number for one in orders], state=ReservationState.OPEN
    ).values_list(
        "reference",
        "item__variant_id",
        "item__location__position",
        "item__location__name",
        "item__shelf",
    )
    return {
        (number, variant): _Place(position, location, shelf)
        for number, variant, position, location, shelf in promised
    }


def _natural(shelf: str) -> list[tuple[int, int, str]]:
    """`A-2` before `A-10`: numbers count as numbers."""
    parts = re.findall(r"\d+|\D+", shelf.upper())
    return [(0, int(one), "") if one.isdecimal() else (1, 0, one) for one in parts]
