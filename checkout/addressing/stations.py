"""Parcel lockers (Packstation) and shops (Postfiliale) of DHL, as places to deliver to.

A parcel there needs the receiver's post number; without it it goes back. Such an address has no
street. Numbers: Packstationen have 3 digits, Postfilialen 3, the post number 6 to 10.
"""

import re
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

COUNTRY = "DE"


class Station(StrEnum):
    LOCKER = "Packstation"
    SHOP = "Postfiliale"


CHOICES = (
    (Station.LOCKER.value, _("Packstation (parcel locker)")),
    (Station.SHOP.value, _("Postfiliale (post-office counter)")),
)
_TYPED = re.compile(r"\b(pack ?station|post ?filiale|paketshop)\b", re.IGNORECASE)


def is_number(text: str) -> bool:
    """Can a Packstation or Postfiliale have this number?"""
    return bool(re.fullmatch(r"[1-9]\d{2}", text, re.ASCII))


def is_post_number(text: str) -> bool:
    """Can a customer of DHL have this post number? They have no check digit."""
    return bool(re.fullmatch(r"[1-9]\d{5,9}", text, re.ASCII))


def street(station: str, number: str) -> str:
    """The line on the label: `Packstation 123`."""
    return f"{station} {number}"


def parts(street: str) -> tuple[str, str] | None:
    """Kind and number of the station that a kept street names; `None` where it is a street."""
    station, _space, number = street.partition(" ")
    is_station = station in [one.value for one in Station] and is_number(number)
    return (station, number) if is_station else None


def is_typed_as_street(text: str) -> bool:
    """Did somebody write a station where the street belongs?"""
    return bool(_TYPED.search(text))
