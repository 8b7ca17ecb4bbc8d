"""The words of which the large catalogue is made, read from `data`."""

import dataclasses
import functools
import tomllib
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


@dataclasses.dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing. `price` in euros and `weight_g` are the usual ones."""

    noun_de: str
    gender: str
    plural_de: str
    noun_en: str
    plural_en: str
    price: int
    weight_g: int
    unit: str = "g"


@dataclasses.dataclass(frozen=True, slots=True)
class Purpose:
    """What a thing is for: the first part of a German compound, a word in English."""

    german: str
    english: str

    def name_de(self, noun: str) -> str:
        return self.german + noun.lower()

    def name_en(self, noun: str) -> str:
        return f"{self.english} {noun}"


@dataclasses.dataclass(frozen=True, slots=True)
class Department:
    code: str
    name_de: str
    name_en: str
    intro_de: str
    intro_en: str
    materials: tuple[str, ...]
    sizes: tuple[str, ...]
    measure: str
    kinds: tuple[Kind, ...]
    purposes: tuple[Purpose, ...]

    @property
    def is_food(self) -> bool:
        return self.measure == "content"


@dataclasses.dataclass(frozen=True, slots=True)
class Colour:
    code: str
    de: str
    en: str
    swatch: str


Pair = tuple[str, str]


@dataclasses.dataclass(frozen=True, slots=True)
class Words:
    """All words; pairs are German and English, the commonest first."""

    departments: tuple[Department, ...]
    adjectives: tuple[Pair, ...]
    colours: tuple[Colour, ...]
    styles: tuple[tuple[str, str, str], ...]
    materials: dict[str, Pair]
    sentences: tuple[Pair, ...]
    food_sentences: tuple[Pair, ...]
    tenth: Pair
    together: Pair
    first: tuple[str, ...]
    middle: tuple[str, ...]
    last: tuple[str, ...]
    legal_forms: tuple[str, ...]
    towns: tuple[Pair, ...]
    streets: tuple[str, ...]


@functools.cache
def known() -> Words:
    """The words, read once."""
    words = tomllib.loads((DATA / "words.toml").read_text())
    departments = tomllib.loads((DATA / "departments.toml").read_text())["department"]
    return Words(
        departments=tuple(_department(row) for row in departments),
        adjectives=_pairs(words["adjectives"]),
        colours=tuple(Colour(*row) for row in words["colours"]),
        styles=tuple((code, german, english) for code, german, english in words["styles"]),
        materials={code: (pair[0], pair[1]) for code, pair in words["materials"].items()},
        sentences=_pairs(words["sentences"]),
        food_sentences=_pairs(words["food_sentences"]),
        tenth=(words["tenth"][0], words["tenth"][1]),
        together=(words["together"][0], words["together"][1]),
        first=tuple(words["syllables_first"]),
        middle=tuple(words["syllables_middle"]),
        last=tuple(words["syllables_last"]),
        legal_forms=tuple(words["legal_forms"]),
        towns=_pairs(words["towns"]),
        streets=tuple(words["streets"]),
    )


def _pairs(rows: list[list[str]]) -> tuple[Pair, ...]:
    return tuple((one, other) for one, other in rows)


def _department(row: dict[str, Any]) -> Department:
    return Department(
        **{
            **row,
            "materials": tuple(row["materials"]),
            "sizes": tuple(row["sizes"]),
            "kinds": tuple(Kind(*one) for one in row["kinds"]),
            "purposes": tuple(Purpose(*one) for one in row["purposes"]),
        }
    )


@functools.cache
def company() -> tuple[Pair, ...]:
    """What goods go well with, in plural: the compounds of all kinds and purposes of the shop, most
    of which no shelf is named after. Food goes with food alone.
    """
    return tuple(
        (purpose.name_de(kind.plural_de), purpose.name_en(kind.plural_en))
        for one in known().departments
        for other in known().departments
        if one.is_food == other.is_food
        for kind in one.kinds
        for purpose in other.purposes
    )
