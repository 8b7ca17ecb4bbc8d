"""A sheet: all that is needed to filter, count and sort a list, in some hundred kilobytes."""

import dataclasses
import datetime
import functools
import itertools
from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from catalog.listing import bits

FORMAT = 1  # Counts up when `Sheet` changes its shape: old ones are left to expire.
AVAILABLE, REDUCED, NO_PRICE = 1, 2, -1
# From so many stars on, as they are shown, a product is called well rated.
WELL_RATED = 4.0
# A rating counts fully from about this many on: one of five stars alone is not the best.
TRUSTED_RATINGS, USUAL_RATING = 5, 3.0
NEWEST, CHEAPEST, DEAREST, BEST = "newest", "price", "-price", "rating"
NAMES = ("name_de", "name_en")
SORTS = (NEWEST, CHEAPEST, DEAREST, BEST, *NAMES)


class Entry(NamedTuple):
    """What a sheet is made of: one product, as `ListingEntry` holds it."""

    product_id: int
    published_at: datetime.datetime
    category_ids: Sequence[int]
    brand_key: int | None
    name_de: str
    name_en: str
    popularity: float
    rating: float | None
    rating_count: int
    lowest_price: int | None
    values: Sequence[int]
    prices: Sequence[int]
    flags: Sequence[int]
    variant_values: Sequence[int]
    numbers: Sequence[float]


@dataclasses.dataclass(frozen=True, slots=True)
class Sheet:
    """Sets of variants by what they are filtered by, and the orders of the products.

    `heads` are the places of the first variants of the products, in the list's own order (best
    first); each of `orders` has the same places in another order.
    """

    runs: bits.Runs
    product_ids: Sequence[int]
    heads: Sequence[int]
    orders: dict[str, Sequence[int]]
    values: dict[int, int]
    brands: dict[int, int]
    categories: dict[int, int]
    numbers: dict[int, bits.Scale]
    price: bits.Scale
    available: int
    reduced: int
    well_rated: int

    def ids(self, matching: int, sort: str, start: int, end: int) -> list[int]:
        """The products whose heads are in `matching`, in an order, from `start` to `end`."""
        order = self.orders.get(sort, self.heads)
        if matching == self.runs.heads:
            places = list(order[start:end])
        else:
            flags = bits.flags(matching, self.runs.width)
            chosen = itertools.compress(order, map(flags.__getitem__, order))
            places = list(itertools.islice(chosen, start, end))
        return [self.product_ids[bisect_right(self.heads, place) - 1] for place in places]

    def first(self, count: int) -> list[int]:
        """The first products of the list."""
        return self.ids(self.runs.heads, "", 0, count)


def best_first(entries: Sequence[Entry]) -> list[Entry]:
    """What can be ordered, then what is bought and liked, then the newest."""
    return sorted(
        entries,
        key=lambda one: (
            not any(flag & AVAILABLE for flag in one.flags),
            -one.popularity,
            -one.published_at.timestamp(),
            one.product_id,
        ),
    )


def build(entries: Sequence[Entry], *, sorts: Collection[str] = SORTS) -> Sheet:
    """The sheet of these products, in their order, with those other orders."""
    return _Builder(entries).sheet(sorts)


class _Builder:
    """Goes once over the products and marks places; then makes numbers of the marks."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        # A product without variants for sale is listed all the same, as sold out and unpriced.
        lengths = [len(one.prices) or 1 for one in entries]
        self.width = width = sum(lengths)
        self.heads = list(itertools.accumulate(lengths, initial=0))[:-1]
        self.runs = bits.Runs.of(bits.of_places(self.heads, width), width)
        self.of_variants = self._marks()
        # Of what all variants share, the last one is marked; `Runs.filled` marks the others.
        self.of_products = self._marks()
        self.categories = self._marks()
        self.brands: dict[int, list[int]] = defaultdict(list)
        self.numbers: dict[int, list[float | None]] = defaultdict(lambda: [None] * width)
        self.prices: list[float | None] = []
        self.flags: list[int] = []
        self.well_rated: list[int] = []

    def _marks(self) -> defaultdict[int, bytearray]:
        return defaultdict(functools.partial(bits.blank, self.width))

    def sheet(self, sorts: Collection[str]) -> Sheet:
        for entry, head in zip(self.entries, self.heads, strict=True):
            self._note(entry, head)
        filled = self.runs.filled
        return Sheet(
            runs=self.runs,
            product_ids=array("q", [one.product_id for one in self.entries]),
            heads=_packed(self.heads, self.width),
            orders=_Orders(self.entries, self.heads, self.width).of(sorts),
            values=self._values(),
            brands={key: filled(self._set(places)) for key, places in self.brands.items()},
            categories={key: filled(bits.of_marks(one)) for key, one in self.categories.items()},
            numbers={key: bits.Scale.of(one) for key, one in self.numbers.items()},
            price=bits.Scale.of(self.prices),
            available=self._flagged(AVAILABLE),
            reduced=self._flagged(REDUCED),
            well_rated=filled(self._set(self.well_rated)),
        )

    def _note(self, entry: Entry, head: int) -> None:
        last = head + (len(entry.prices) or 1) - 1
        for key in entry.values:
            self.of_products[key][last] = bits.MARK
        for key in entry.category_ids:
            self.categories[key][last] = bits.MARK
        if entry.brand_key is not None:
            self.brands[entry.brand_key].append(last)
        if entry.rating is not None and round(entry.rating, 1) >= WELL_RATED:
            self.well_rated.append(last)
        place = head
        for key in entry.variant_values:
            if key:
                self.of_variants[key][place] = bits.MARK
            else:
                place += 1
        self.flags += entry.flags or (0,)
        self.prices += [None if one == NO_PRICE else one for one in entry.prices or (NO_PRICE,)]
        if entry.numbers:
            self._note_numbers(entry.numbers, head, last)

    def _note_numbers(self, numbers: Sequence[float], head: int, last: int) -> None:
        """Threes: which variant (below 0: all), which attribute, the number."""
        for start in range(0, len(numbers), 3):
            which, key, number = numbers[start : start + 3]
            row = self.numbers[int(key)]
            for place in range(head, last + 1) if which < 0 else (head + int(which),):
                row[place] = number

    def _values(self) -> dict[int, int]:
        values = {key: bits.of_marks(one) for key, one in self.of_variants.items()}
        for key, marks in self.of_products.items():
            values[key] = values.get(key, 0) | self.runs.filled(bits.of_marks(marks))
        return values

    def _set(self, places: Iterable[int]) -> int:
        return bits.of_places(places, self.width)

    def _flagged(self, flag: int) -> int:
        return bits.of_marks("".join("1" if one & flag else "0" for one in self.flags))


class _Orders:
    """Products by other keys. Equal ones follow their number: Python's sorting keeps the order."""

    def __init__(self, entries: Sequence[Entry], heads: Sequence[int], width: int) -> None:
        self.entries, self.heads, self.width = entries, heads, width
        self.by_number = sorted(range(len(entries)), key=lambda one: entries[one].product_id)

    def of(self, sorts: Collection[str]) -> dict[str, Sequence[int]]:
        """Those of `sorts` that make sense here: without ratings none is best."""
        orders = {sort: self._order(sort) for sort in sorts}
        return {
            sort: _packed([self.heads[one] for one in order], self.width)
            for sort, order in orders.items()
            if order
        }

    def _order(self, sort: str) -> list[int]:
        if sort == NEWEST:
            return self._sorted([one.published_at for one in self.entries], from_top=True)
        if sort == BEST:
            stars = [_stars(one) for one in self.entries]
            return self._sorted(stars, from_top=True) if any(stars) else []
        if sort in (CHEAPEST, DEAREST):
            prices = [one.lowest_price for one in self.entries]
            return self._sorted(prices, from_top=sort == DEAREST)
        return self._sorted([getattr(one, sort) for one in self.entries])

    def _sorted(self, keys: Sequence[Any], *, from_top: bool = False) -> list[int]:
        """What has no key stands last, whichever way."""
        known = [one for one in self.by_number if keys[one] is not None]
        unknown = [one for one in self.by_number if keys[one] is None]
        return sorted(known, key=keys.__getitem__, reverse=from_top) + unknown


def _stars(entry: Entry) -> float | None:
    """The average as if some usual ratings stood beside the given ones."""
    if entry.rating is None:
        return None
    given = entry.rating * entry.rating_count + USUAL_RATING * TRUSTED_RATINGS
    return given / (entry.rating_count + TRUSTED_RATINGS)


def _packed(places: Sequence[int], width: int) -> Sequence[int]:
    return array("H" if width < 1 << 16 else "L", places)
