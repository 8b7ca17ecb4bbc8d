"""How goods reach the shopper and come back, as offers tell it: given by who knows, passed on."""

import dataclasses
from collections.abc import Callable, Sequence
from decimal import Decimal

from catalog.law import consignments
from shop.kit import money

WITHDRAWAL_DAYS = 14  # § 355 (2) BGB


@dataclasses.dataclass(frozen=True, slots=True)
class Shipping:
    """What a parcel costs to some countries, and how many working days it is on its way."""

    code: str
    name: str
    countries: tuple[str, ...]
    gross: Decimal
    currency: str
    min_days: int
    max_days: int


# What is sent → the cheapest way to each country to which it may and can be sent.
ShippingFor = Callable[[consignments.Consignment], Sequence[Shipping]]


@dataclasses.dataclass(frozen=True, slots=True)
class Shop:
    """Who sells, from where, to whom; `url` is the shop's address without a slash at the end."""

    url: str
    name: str
    country: str
    countries: tuple[str, ...]
    withdrawal_url: str
    shipping: ShippingFor


def amount(value: Decimal) -> str:
    """An amount as machines read it: `1234.50`."""
    return f"{money.rounded(value):.2f}"


def public_gtin(gtin: str) -> str:
    """The GTIN as the world may be told; empty for what is none.

    That is: a wrong check digit (GS1 General Specifications, 7.9), or a number from the ranges that
    GS1 leaves to shops for use within their walls (02, 04, 2) and to coupons (05, 98, 99).
    """
    if len(gtin) not in (8, 12, 13, 14) or not gtin.isascii() or not gtin.isdecimal():
        return ""
    digits = gtin.zfill(14)
    total = sum(int(one) * (1, 3)[place % 2 == 0] for place, one in enumerate(digits))
    if total % 10:
        return ""
    if len(gtin) == 8:
        return "" if gtin.startswith(("0", "2")) else gtin
    return "" if digits[1:].startswith(("02", "04", "05", "2", "98", "99")) else gtin
