"""Fibre content in words: the names of Regulation (EU) 1007/2011, the largest share first."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONArray
from django.utils.translation import gettext as _

from catalog.models import Fibre, FibreShare, TextilePart
from shop.kit import languages, money

type Share = tuple[str, str, int]  # part, fibre, percent


def lines(shares: Iterable[Share]) -> list[str]:
    """A line for each part, in the active language: `Outer fabric: 98% cotton, 2% elastane`.

    "Other fibres" stand last whatever their share (Art. 9).
    """
    by_part: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for part, fibre, percent in shares:
        by_part[part].append((fibre, percent))
    return [_line(part, by_part[part]) for part in TextilePart.values if part in by_part]


def _line(part: str, shares: list[tuple[str, int]]) -> str:
    ordered = sorted(shares, key=lambda one: (one[0] == Fibre.OTHER, -one[1], one[0]))
    words = ", ".join(f"{_percent(percent)} {Fibre(fibre).label}" for fibre, percent in ordered)
    if part == TextilePart.WHOLE:
        return words
    label = str(TextilePart(part).label)
    return f"{label[:1].upper()}{label[1:]}: {words}"


def _percent(percent: int) -> str:
    return money.formatted_percent(Decimal(percent), languages.active())


def in_one_column(product: str) -> ArraySubquery:
    """The shares of the product that `product` leads to, as a column of another statement."""
    rows = FibreShare.objects.filter(product=OuterRef(product)).order_by("pk")
    return ArraySubquery(rows.values_list(JSONArray("part", "fibre", "percent")))


def animal_parts_note() -> str:
    """To be told beside the fibres, in these words (Art. 12)."""
    return _("Contains non-textile parts of animal origin.")


def wrong_sums(shares: Iterable[tuple[str, int]]) -> dict[str, int]:
    """The parts whose percents do not add up to 100, and what they add up to."""
    sums: dict[str, int] = defaultdict(int)
    for part, percent in shares:
        sums[part] += percent
    return {part: total for part, total in sums.items() if total != 100}
