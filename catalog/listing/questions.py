"""What a list can be narrowed down by: the questions that its sheet can answer."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from catalog.listing import bits, choosing, sheets
from catalog.listing.book import Book, Facet, Value

# An attribute that few of the products have says little about the list.
LEAST_SHARE = 0.1
ON = "1"
WELL_RATED = "4"
SWITCHES = ("stock", "sale", "rating")


@dataclasses.dataclass(frozen=True, slots=True)
class Option:
    """A value, the variants that have it, and how many products of the whole list do."""

    value: Value
    bits: int
    size: int


@dataclasses.dataclass(frozen=True, slots=True)
class Question:
    """A facet of this list: `options` to choose several of, or a `scale` with two ends."""

    param: str
    name: str
    options: Sequence[Option] = ()
    scale: bits.Scale | None = None
    unit: str = ""
    # How many of the scale's units the shopper's unit is: prices are kept in cents.
    factor: int = 1
    tells_apart: bool = True
    is_attribute: bool = False
    is_indexable: bool = False

    def known(self, wanted: choosing.Filter) -> choosing.Filter | None:
        """The part of a filter that this list understands."""
        if isinstance(wanted, choosing.Range):
            return wanted if self.scale else None
        codes = {one.value.code for one in self.options}
        return tuple(code for code in wanted if code in codes) or None

    def bits(self, wanted: choosing.Filter) -> int:
        """The variants that a filter lets pass: one of its values is enough."""
        if isinstance(wanted, choosing.Range):
            return self._between(wanted)
        found = 0
        for one in self.options:
            if one.value.code in wanted:
                found |= one.bits
        return found

    def _between(self, wanted: choosing.Range) -> int:
        if self.scale is None:
            return 0
        return self.scale.between(self._scaled(wanted.low), self._scaled(wanted.high))

    def _scaled(self, number: Decimal | None) -> float | None:
        return None if number is None else float(number * self.factor)


def of(
    sheet: sheets.Sheet, book: Book, *, places: Mapping[int, Value] | None = None
) -> list[Question]:
    """The questions of a list in their order. `places`: the categories to choose from, where the
    list is no category's."""
    count = len(sheet.product_ids)
    found = [_price(sheet), _choices("brand", _("Brand"), sheet, sheet.brands, book.brands)]
    if places:
        place = _choices("category", _("Category"), sheet, sheet.categories, places)
        found.insert(0, dataclasses.replace(place, is_indexable=False))
    found += _switches(sheet)
    found += [_attribute(one, sheet, count) for one in book.facets]
    return [one for one in found if one.options or one.scale]


def _price(sheet: sheets.Sheet) -> Question:
    return Question(
        param="price",
        name=_("Price"),
        scale=sheet.price if sheet.price.has else None,
        unit="€",
        factor=100,
        tells_apart=len(sheet.price.numbers) > 1,
    )


def _switches(sheet: sheets.Sheet) -> Iterable[Question]:
    """Yes or nothing: shown where some products, but not all, would be left."""
    named = (
        ("stock", ON, _("In stock"), sheet.available),
        ("sale", ON, _("Reduced"), sheet.reduced),
        ("rating", WELL_RATED, _("4 stars and more"), sheet.well_rated),
    )
    for param, code, name, found in named:
        size = sheet.runs.count(found)
        yield Question(
            param=param,
            name=name,
            options=[Option(Value(code, name), found, size)],
            tells_apart=0 < size < len(sheet.product_ids),
        )


def _choices(
    param: str,
    name: str,
    sheet: sheets.Sheet,
    sets: Mapping[int, int],
    values: Mapping[int, Value],
) -> Question:
    options = [
        Option(values[key], found, sheet.runs.count(found))
        for key, found in sets.items()
        if key in values
    ]
    return Question(
        param=param,
        name=name,
        options=_ordered(options),
        tells_apart=_tell_apart(options, len(sheet.product_ids)),
        is_indexable=True,
    )


def _attribute(facet: Facet, sheet: sheets.Sheet, count: int) -> Question:
    if facet.is_number:
        scale = sheet.numbers.get(facet.pk)
        covered = sheet.runs.count(scale.has) if scale else 0
        question = Question(
            param=facet.param,
            name=facet.name,
            scale=scale,
            unit=facet.unit,
            tells_apart=bool(scale) and len(scale.numbers) > 1 if scale else False,
        )
    else:
        sets = {key: sheet.values[key] for key in facet.values if key in sheet.values}
        question = _choices(facet.param, facet.name, sheet, sets, facet.values)
        union = 0
        for found in sets.values():
            union |= found
        covered = sheet.runs.count(union)
    is_common = covered >= LEAST_SHARE * count
    return dataclasses.replace(
        question,
        is_attribute=True,
        tells_apart=question.tells_apart and is_common,
        is_indexable=question.is_indexable and facet.has_choices,
    )


def _tell_apart(options: Sequence[Option], count: int) -> bool:
    return any(0 < one.size < count for one in options)


def _ordered(options: Sequence[Option]) -> list[Option]:
    """As staff put them, sizes for example; else the commonest first."""
    if len({one.value.position for one in options}) > 1:
        return sorted(options, key=lambda one: (one.value.position, one.value.name))
    return sorted(options, key=lambda one: (-one.size, one.value.name.casefold()))
