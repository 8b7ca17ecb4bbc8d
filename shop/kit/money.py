"""Money: exact, with a currency, never a float; gross prices with their VAT.

All amounts have two decimal digits. Rounding is commercial (half up), as on a German receipt.
"""

import dataclasses
import functools
import math
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from babel import numbers

CENT = Decimal("0.01")


class MoneyError(ValueError):
    """An amount or a mix of amounts that cannot be money."""


def rounded(amount: Decimal) -> Decimal:
    """`amount` to whole cents, half up."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


@dataclasses.dataclass(frozen=True, slots=True)
class Money:
    """An amount in one currency. Raises `MoneyError` for floats, fractions of cents and mixing."""

    amount: Decimal
    currency: str = "EUR"

    def __post_init__(self) -> None:
        if not isinstance(self.amount, Decimal) or not self.amount.is_finite():
            raise MoneyError(f"Money takes a finite Decimal, not {self.amount!r}.")
        if self.amount != rounded(self.amount):
            raise MoneyError(f"Money has whole cents, not {self.amount!r}.")
        object.__setattr__(self, "amount", rounded(self.amount))

    def _same(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise MoneyError(f"{self.currency} and {other.currency} do not mix.")

    def __add__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.amount - other.amount, self.currency)

    def __mul__(self, quantity: int) -> "Money":
        if not isinstance(quantity, int) or isinstance(quantity, bool):
            raise MoneyError("Money is multiplied by whole numbers only.")
        return Money(self.amount * quantity, self.currency)

    def __lt__(self, other: "Money") -> bool:
        self._same(other)
        return self.amount < other.amount

    def __le__(self, other: "Money") -> bool:
        self._same(other)
        return self.amount <= other.amount

    @property
    def cents(self) -> int:
        """The amount in the smallest unit, as payment providers count."""
        return int(self.amount * 100)

    @classmethod
    def from_cents(cls, cents: int, currency: str = "EUR") -> "Money":
        return cls(Decimal(cents) / 100, currency)


@dataclasses.dataclass(frozen=True, slots=True)
class TaxedMoney:
    """A gross amount with its net and VAT parts; refuses to exist unless net + vat == gross."""

    net: Money
    vat: Money
    gross: Money

    def __post_init__(self) -> None:
        if self.net + self.vat != self.gross:
            raise MoneyError(f"{self.net} + {self.vat} is not {self.gross}.")


@functools.lru_cache(maxsize=8192)
def formatted(amount: Decimal, currency: str, language: str) -> str:
    """`amount` as text for people: `1.234,50 €` in German, `€1,234.50` in English."""
    return str(numbers.format_currency(amount, currency, locale=language))


def formatted_off(amount: Decimal, currency: str, language: str) -> str:
    """What is taken off, as text for people: `−4,00 €`, with the minus sign of typography."""
    return f"\N{MINUS SIGN}{formatted(amount, currency, language)}"


@functools.lru_cache(maxsize=1024)
def formatted_number(number: Decimal, language: str) -> str:
    """A plain number as text for people, without needless zeros: `2,5` in German."""
    return str(numbers.format_decimal(number, locale=language))


@functools.lru_cache(maxsize=64)
def formatted_percent(rate: Decimal, language: str) -> str:
    """A rate in percent (19 means 19 %) as text for people: `19 %`, `19%`."""
    return str(numbers.format_percent(rate / 100, locale=language, decimal_quantization=False))


def allocated(amount: Decimal, weights: list[Decimal]) -> list[Decimal]:
    """`amount` split over `weights` in whole cents; the parts add up to it (largest remainder).

    Equal remainders go to the earlier weight. All weights zero: the first part takes all. Raises
    `MoneyError` for negative weights or none.
    """
    if not weights or any(weight < 0 for weight in weights):
        raise MoneyError("An amount is split over weights that are not negative.")
    total = sum(weights)
    if not total:
        return [amount] + [Decimal("0.00")] * (len(weights) - 1)
    cents = int(amount * 100)
    exact = [Fraction(weight) * cents / Fraction(total) for weight in weights]
    parts = [math.floor(part) for part in exact]  # also of refunds, below zero
    by_remainder = sorted(range(len(weights)), key=lambda i: (parts[i] - exact[i], i))
    for i in by_remainder[: cents - sum(parts)]:
        parts[i] += 1
    return [Decimal(part) / 100 for part in parts]
