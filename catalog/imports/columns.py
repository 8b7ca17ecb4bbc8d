"""Which column means what: guessed from its name, and read by our own names afterwards."""

import dataclasses
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from catalog.imports import cells
from catalog.imports.records import Problem

# Our name of a field → the names that columns have for it; the first is the one we write.
type Names = Mapping[str, tuple[str, ...]]


def normal(name: str) -> str:
    """A name without case, marks and needless blanks."""
    return " ".join(re.findall(r"\w+", name.replace("_", " ").casefold()))


def guess(header: Iterable[str], names: Names) -> list[str]:
    """For each column our name, or an empty string. Of two columns for a field the first counts.

    A `#` in a name stands for a number: `option# name` knows `Option1 Name`.
    """
    known = {normal(alias): field for field, aliases in names.items() for alias in aliases}
    hashed = {
        re.sub(r" ?# ?", "#", alias.casefold()): field
        for field, aliases in names.items()
        for alias in aliases
        if "#" in alias
    }
    found: list[str] = []
    for column in header:
        field = known.get(normal(column)) or _numbered(column, hashed)
        found.append("" if field in found else field)
    return found


def _numbered(column: str, hashed: Mapping[str, str]) -> str:
    match = re.search(r"\d{1,2}", column)
    if not match:
        return ""
    pattern = re.sub(r" ?# ?", "#", column[: match.start()].casefold() + "#")
    pattern += re.sub(r"^ ", "", column[match.end() :].casefold())
    field = hashed.get(" ".join(pattern.split()), "")
    return field.replace("#", str(int(match[0])))


def fields_of(names: Names, largest: int) -> list[str]:
    """All names that a column may be given, numbers up to `largest` spelled out."""
    spelled: list[str] = []
    for field in names:
        numbers = range(1, largest + 1)
        spelled += [field.replace("#", str(n)) for n in numbers] if "#" in field else [field]
    return spelled


def written(field: str, names: Names) -> str:
    """The name of the column that we write for `field`."""
    if field in names:
        return names[field][0]
    number = re.search(r"\d+", field)
    alias = names.get(re.sub(r"\d+", "#", field, count=1))
    return alias[0].replace("#", number[0]) if alias and number else field


@dataclasses.dataclass(slots=True)
class Table:
    """The columns of a file under our names."""

    header: list[str]
    mapping: list[str]
    places: dict[str, int] = dataclasses.field(init=False)

    def __post_init__(self) -> None:
        self.places = {field: place for place, field in enumerate(self.mapping) if field}

    @property
    def columns(self) -> dict[str, str]:
        """Our name → the name in the file."""
        return {field: self.header[place] for field, place in self.places.items()}

    def unmapped(self, row: list[str]) -> dict[str, str]:
        """What a line says in columns that have no field with us."""
        return {
            name: cell
            for name, cell, field in zip(self.header, row, self.mapping, strict=True)
            if not field and cell.strip()
        }


@dataclasses.dataclass(slots=True)
class Row:
    """One line; what cannot be understood is noted at its column and read as nothing."""

    table: Table
    line: int
    cells: list[str]
    problems: list[Problem]

    def has(self, field: str) -> bool:
        """Does the file have such a column?"""
        return field in self.table.places

    def raw(self, field: str) -> str:
        place = self.table.places.get(field)
        return "" if place is None else cells.unguarded(self.cells[place])

    def text(self, field: str) -> str:
        return self.raw(field).strip()

    def read[T](self, field: str, parse: Callable[[str], T]) -> T | None:
        """The parsed cell; `None` when it is empty, missing or wrong."""
        text = self.text(field)
        if not text:
            return None
        try:
            return parse(text)
        except cells.Wrong as problem:
            self.refuse(field, str(problem))
            return None

    def refuse(self, field: str, text: str) -> None:
        self.problems.append(Problem(self.line, self.table.columns.get(field, ""), text))

    def remark(self, field: str, text: str) -> None:
        column = self.table.columns.get(field, "")
        self.problems.append(Problem(self.line, column, text, is_error=False))


class Unknown:
    """Counts what stands in columns without a field."""

    def __init__(self) -> None:
        self._filled: Counter[str] = Counter()
        self._samples: dict[str, str] = {}

    def note(self, values: Mapping[str, str]) -> None:
        for name, value in values.items():
            self._filled[name] += 1
            self._samples.setdefault(name, value[:80])

    def listed(self, table: Table) -> list[dict[str, object]]:
        """Each column without a field, how many lines fill it, and what stands in the first."""
        return [
            {"column": name, "filled": self._filled[name], "sample": self._samples.get(name, "")}
            for name, field in zip(table.header, table.mapping, strict=True)
            if not field
        ]
