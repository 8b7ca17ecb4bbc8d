"""How a shop of a given size is divided: shelves in three levels, brands, makers."""

import bisect
import dataclasses
import functools
import itertools
import math
import random

from django.utils.text import slugify

from demo.catalogue import words

# Real shops open another shelf when one has grown too long to look through.
PER_LEAF, MOST_LEAVES = 165, 800
PER_BRAND, PER_MAKER = 250, 500


@dataclasses.dataclass(frozen=True, slots=True)
class Shelf:
    """A category of the plan; `parent` is the number of another one. Leaves have a `purpose`."""

    number: int
    parent: int | None
    slug: str
    path: str
    name_de: str
    name_en: str
    department: words.Department
    kind: words.Kind | None = None
    purpose: words.Purpose | None = None


@dataclasses.dataclass(frozen=True)
class Plan:
    """The division of a shop with so many `products`, the same for the same `seed`."""

    products: int
    seed: int

    @functools.cached_property
    def shelves(self) -> list[Shelf]:
        """All shelves; each stands after the one above it."""
        departments = words.known().departments
        wanted = min(MOST_LEAVES, round(self.products / PER_LEAF))
        found: list[Shelf] = []
        for place, department in enumerate(departments):
            leaves = max(1, (wanted + place) // len(departments))
            found += _of_department(department, len(found), leaves)
        return found

    @functools.cached_property
    def leaves(self) -> list[Shelf]:
        return [shelf for shelf in self.shelves if shelf.purpose]

    @functools.cached_property
    def _bounds(self) -> list[float]:
        """Some shelves are two and a half times as long as others."""
        dice = random.Random(self.seed)
        return list(itertools.accumulate(dice.uniform(0.6, 1.5) for _shelf in self.leaves))

    def leaf_at(self, share: float) -> Shelf:
        """The leaf on which the product at this share (0 to 1) of all stands."""
        return self.leaves[bisect.bisect_left(self._bounds, share * self._bounds[-1])]

    @property
    def brands(self) -> int:
        return max(2 * len(words.known().departments), self.products // PER_BRAND)

    @property
    def makers(self) -> int:
        return max(8, self.products // PER_MAKER)


def _of_department(department: words.Department, first: int, leaves: int) -> list[Shelf]:
    top = Shelf(
        number=first,
        parent=None,
        slug=department.code,
        path=department.code,
        name_de=department.name_de,
        name_en=department.name_en,
        department=department,
    )
    found = [top]
    kinds = min(len(department.kinds), max(1, round(math.sqrt(leaves))))
    for place, kind in enumerate(department.kinds[:kinds]):
        middle = _below(top, first + len(found), kind, None)
        found.append(middle)
        count = (leaves + place) // kinds
        for purpose in department.purposes[: max(1, count)]:
            found.append(_below(middle, first + len(found), kind, purpose))
    return found


def _below(parent: Shelf, number: int, kind: words.Kind, purpose: words.Purpose | None) -> Shelf:
    name_de = purpose.name_de(kind.plural_de) if purpose else kind.plural_de
    name_en = purpose.name_en(kind.plural_en) if purpose else kind.plural_en
    own_slug = slug(name_de)
    return Shelf(
        number=number,
        parent=parent.number,
        slug=own_slug,
        path=f"{parent.path}/{own_slug}",
        name_de=name_de,
        name_en=name_en[0].upper() + name_en[1:],
        department=parent.department,
        kind=kind,
        purpose=purpose,
    )


_SPELLING = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


def slug(text: str) -> str:
    """A text as addresses have it, umlauts as two letters."""
    return slugify(text.translate(_SPELLING).replace("ß", "ss").replace(",", "-"))


def slug_of(name: str, number: int) -> str:
    """The slug of a product, with a number that no other one has."""
    return f"{slug(name)[:88]}-k{number:06d}"


def made_name(number: int) -> str:
    """A name of two or three syllables, another one for each number below 2,000."""
    known = words.known()
    number, first = divmod(number, len(known.first))
    number, last = divmod(number, len(known.last))
    middle = known.middle[number % len(known.middle)]
    again = f" {number // len(known.middle) + 1}" if number >= len(known.middle) else ""
    return f"{known.first[first]}{middle}{known.last[last]}{again}"
