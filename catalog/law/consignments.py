"""What is to be sent, as the rules of delivery look at it: value, weight, size, and where not."""

import dataclasses
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONArray

from catalog.models import SendingBan
from shop.kit import languages


@dataclasses.dataclass(frozen=True, slots=True)
class Ban:
    """Some goods, by name, are not sent to these countries; the reason in the active language."""

    name: str
    countries: frozenset[str]
    reason: str


@dataclasses.dataclass(frozen=True, slots=True)
class Consignment:
    """Goods that are sent together. Weight in grams, sizes of the largest piece in millimetres.

    `goods_gross` is what is paid for them after discounts, without deposits.
    """

    goods_gross: Decimal
    weight_g: int = 0
    bulky_pieces: int = 0
    longest_mm: int = 0
    girth_mm: int = 0
    bans: tuple[Ban, ...] = ()

    def ban_for(self, country: str) -> Ban | None:
        """The first ban that keeps it from being sent to `country`."""
        return next((one for one in self.bans if country in one.countries), None)


def sides(goods: Any) -> tuple[int, int]:
    """The longest side and the girth (length + 2 × width + 2 × height) of a packed piece, in mm.

    `goods` has `length_mm`, `width_mm`, `height_mm`; a side that nobody has measured counts 0.
    """
    measured = (goods.length_mm, goods.width_mm, goods.height_mm)
    longest, *others = sorted((one or 0 for one in measured), reverse=True)
    return longest, longest + 2 * sum(others)


def of_variant(variant: Any, bans: Sequence[SendingBan] = ()) -> Consignment:
    """One piece of `variant`, its price not yet said; of its bans the countries alone."""
    longest, girth = sides(variant)
    countries = frozenset(code for ban in bans for code in ban.countries)
    return Consignment(
        goods_gross=Decimal(0),
        weight_g=variant.weight_g,
        bulky_pieces=int(variant.is_bulky),
        longest_mm=longest,
        girth_mm=girth,
        bans=(Ban("", countries, ""),) if countries else (),
    )


def bans_in_one_column(product: str) -> ArraySubquery:
    """The bans of the product that `product` leads to, as a column of another statement."""
    rows = SendingBan.objects.filter(product=OuterRef(product)).order_by("pk")
    reason = languages.column("reason")
    return ArraySubquery(rows.values_list(JSONArray("countries", reason)))


def bans_told(column: Iterable[tuple[list[str], str]], name: str) -> tuple[Ban, ...]:
    """What `bans_in_one_column` found of the product with this name."""
    return tuple(Ban(name, frozenset(codes), reason) for codes, reason in column)
