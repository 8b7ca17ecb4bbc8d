"""The names of everything that lists are filtered by, kept per content version."""

import dataclasses
import functools
from collections.abc import Mapping

from django.utils import translation
from django.utils.translation import gettext as _

from catalog.listing_index import keys
from catalog.models import Attribute, AttributeChoice, AttributeKind, Brand
from shop.kit import languages

# What the shop itself asks; an attribute of such a name gets another parameter.
RESERVED = ("q", "page", "sort", "more", "category", "brand", "price", "stock", "sale", "rating")


@dataclasses.dataclass(frozen=True, slots=True)
class Value:
    """One value to choose: what it is called in addresses and on the page."""

    code: str
    name: str
    swatch: str = ""
    position: int = 0


@dataclasses.dataclass(frozen=True, slots=True)
class Facet:
    """An attribute to filter by. `values` by key; those of numbers are empty."""

    pk: int
    param: str
    name: str
    kind: str
    unit: str
    values: Mapping[int, Value]

    @property
    def is_number(self) -> bool:
        return self.kind == AttributeKind.NUMBER

    @property
    def has_choices(self) -> bool:
        return AttributeKind(self.kind).has_choices


@dataclasses.dataclass(frozen=True)
class Book:
    """Attributes in their order, and the brands."""

    facets: tuple[Facet, ...]
    brands: Mapping[int, Value]

    @property
    def lists(self) -> list[str]:
        """The parameters of which several values can be chosen."""
        return [one.param for one in self.facets if not one.is_number]

    @property
    def ranges(self) -> list[str]:
        """The parameters that have two ends."""
        return [one.param for one in self.facets if one.is_number]


def of(content_version: int, language: str) -> Book:
    """The book of this content version; three statements when it is not in memory."""
    return _book(content_version, language)


@functools.lru_cache(maxsize=4)
def _book(_content_version: int, language: str) -> Book:
    choices: dict[int, dict[int, Value]] = {}
    rows = AttributeChoice.objects.filter(attribute__is_facet=True).order_by("position", "pk")
    for row in rows:
        value = Value(
            row.code, languages.localized(row, "name", language), row.swatch, row.position
        )
        choices.setdefault(row.attribute_id, {})[keys.of_choice(row.pk)] = value
    attributes = Attribute.objects.filter(is_facet=True).exclude(
        kind__in=[AttributeKind.TEXT, AttributeKind.DATE]
    )
    with translation.override(language):
        answers = (_("yes"), _("no"))
    return Book(
        facets=tuple(
            _facet(one, choices.get(one.pk, {}), language, answers)
            for one in attributes.order_by("position", "pk")
        ),
        brands={
            pk: Value(slug, name)
            for pk, slug, name in Brand.objects.values_list("pk", "slug", "name")
        },
    )


def _facet(
    attribute: Attribute, choices: dict[int, Value], language: str, answers: tuple[str, str]
) -> Facet:
    if attribute.kind == AttributeKind.BOOLEAN:
        choices = {
            keys.of_answer(attribute.pk, is_yes=is_yes): Value(code, name, position=place)
            for place, (is_yes, code, name) in enumerate(
                ((True, "yes", answers[0]), (False, "no", answers[1]))
            )
        }
    code = attribute.code
    return Facet(
        pk=attribute.pk,
        param=f"{code}." if code in RESERVED else code,
        name=languages.localized(attribute, "name", language),
        kind=attribute.kind,
        unit=attribute.unit,
        values=choices,
    )


forget = _book.cache_clear
