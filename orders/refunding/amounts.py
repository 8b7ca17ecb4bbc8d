"""What is given back for pieces of an order: read from what was frozen, never computed anew.

Pure. The rules, with a worked example: docs/algorithms/discounts.md, "What is given back".
"""

import dataclasses
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from shop.kit import money

ZERO = Decimal("0.00")


class NotReturnable(ValueError):
    """More pieces than were bought and are still with the customer, or none of this order."""


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """What was paid at one rate, discounts taken off: for goods, a deposit or the delivery."""

    rate: Decimal
    gross: Decimal
    net: Decimal

    @property
    def vat(self) -> Decimal:
        return self.gross - self.net


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """A line of an order. `parts`: one, or one for each component of a bundle, in their order."""

    quantity: int
    parts: tuple[Part, ...]
    deposit: Part | None = None

    def back(self, pieces: int, *, before: int = 0) -> tuple[Part, ...]:
        """What is given back for so many pieces when `before` pieces are back already.

        The parts in their order, the deposit last. Promises: all pieces in any number of steps
        give exactly what was paid; the last one takes the remainder. Raises `NotReturnable`.
        """
        if pieces < 0 or before < 0 or before + pieces > self.quantity:
            raise NotReturnable(f"{before} + {pieces} of {self.quantity} pieces")
        return tuple(map(_less, self.until(before + pieces), self.until(before)))

    def until(self, pieces: int) -> tuple[Part, ...]:
        """What the first so many pieces bear: the parts in their order, the deposit last."""
        of_all = (*self.parts, self.deposit) if self.deposit else self.parts
        return tuple(_until(part, pieces, self.quantity) for part in of_all)


def _until(part: Part, pieces: int, quantity: int) -> Part:
    """What the first so many pieces bear: whole cents, rounded down, with their net.

    The net follows the gross in proportion, so that no piece has a VAT below zero.
    """
    cents = int(part.gross * 100) * pieces // quantity
    gross = Decimal(cents) / 100
    if not cents:
        return Part(part.rate, ZERO, ZERO)
    exact = Fraction(gross) * Fraction(part.net) / Fraction(part.gross)
    net = money.rounded(Decimal(exact.numerator) / Decimal(exact.denominator))
    return Part(part.rate, gross, net)


def _less(part: Part, other: Part) -> Part:
    return Part(part.rate, part.gross - other.gross, part.net - other.net)


@dataclasses.dataclass(frozen=True, slots=True)
class Paid:
    """An order as it was paid: its lines by key, and what the delivery cost at each rate."""

    lines: Mapping[int, Line]
    delivery: tuple[Part, ...] = ()

    @property
    def gross(self) -> Decimal:
        """The total of the order."""
        return self.back(
            {pk: line.quantity for pk, line in self.lines.items()}, delivery=True
        ).gross

    def back(
        self,
        pieces: Mapping[int, int],
        *,
        before: Mapping[int, int] | None = None,
        delivery: bool = False,
    ) -> "Back":
        """What is given back for so many `pieces` of each line, by its key.

        `before`: how many are back already; `delivery`: is its fee given back, too? Raises
        `NotReturnable`.
        """
        gone = before or {}
        if unknown := set(pieces) - set(self.lines):
            raise NotReturnable(f"no lines of this order: {sorted(unknown)}")
        lines = {
            pk: self.lines[pk].back(count, before=gone.get(pk, 0)) for pk, count in pieces.items()
        }
        return Back(lines=lines, delivery=self.delivery if delivery else ())


@dataclasses.dataclass(frozen=True, slots=True)
class Back:
    """What is given back: for each line its parts (the deposit last), and for the delivery."""

    lines: Mapping[int, tuple[Part, ...]]
    delivery: tuple[Part, ...] = ()

    @property
    def gross(self) -> Decimal:
        return sum((one.gross for one in self._parts), ZERO)

    def of_line(self, pk: int) -> Decimal:
        """The gross amount for one line, its deposits included."""
        return sum((one.gross for one in self.lines[pk]), ZERO)

    @property
    def by_rate(self) -> list[Part]:
        """All of it summed per rate, the highest first, as a credit note shows it."""
        rates = sorted({one.rate for one in self._parts}, reverse=True)
        return [
            Part(
                rate,
                sum((one.gross for one in self._parts if one.rate == rate), ZERO),
                sum((one.net for one in self._parts if one.rate == rate), ZERO),
            )
            for rate in rates
        ]

    @property
    def _parts(self) -> list[Part]:
        return [*(part for parts in self.lines.values() for part in parts), *self.delivery]
