"""Lines that belong to one product, wherever they stand in the file."""

import dataclasses
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator

from django.utils.translation import gettext as _

from catalog.imports.reading import Line

type Cells = list[str]
type Keys = Callable[[Cells], list[str]]


@dataclasses.dataclass(slots=True, eq=False)
class Group:
    """The lines of one product. `damage`: unreadable lines that may have belonged to it."""

    offsets: list[int] = dataclasses.field(default_factory=list)
    damage: list[int] = dataclasses.field(default_factory=list)


class Gatherer:
    """Keeps lines on a temporary file, and in memory only where the lines of a product stand."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._spool = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `close`
        self._groups: dict[str, Group] = {}
        self._last: Group | None = None
        self._waiting: list[int] = []
        self.damaged: list[Line] = []

    def read(self, lines: Iterable[Line]) -> None:
        """Take in all lines; the damaged ones spoil the products before and after them."""
        for line in lines:
            keys = [] if line.problem else self._keys(line.cells)
            if keys:
                self._add(line, keys)
            else:
                text = line.problem or _("The line does not say which product it belongs to.")
                self.damaged.append(Line(line.number, [], text, line.column))
                self._spoil(line.number)

    def _spoil(self, number: int) -> None:
        if self._last:
            self._last.damage.append(number)
        self._waiting.append(number)

    def _add(self, line: Line, keys: list[str]) -> None:
        group = self._group_of(keys)
        group.offsets.append(self._spool.tell())
        self._spool.write(json.dumps([line.number, line.cells]).encode() + b"\n")
        group.damage.extend(self._waiting)
        self._waiting = []
        self._last = group

    def _group_of(self, keys: list[str]) -> Group:
        """The group of any of `keys`; several become one, as a product has a number and a SKU."""
        known = list(dict.fromkeys(self._groups[key] for key in keys if key in self._groups))
        group = known[0] if known else Group()
        for other in known[1:]:
            group.offsets += other.offsets
            group.damage += other.damage
            for key, held in self._groups.items():
                if held is other:
                    self._groups[key] = group
        for key in keys:
            self._groups[key] = group
        return group

    def groups(self) -> Iterator[tuple[list[tuple[int, Cells]], list[int]]]:
        """The lines of each product and the damaged lines beside it, in the order of the file."""
        groups = list(dict.fromkeys(self._groups.values()))
        for group in sorted(groups, key=lambda one: min(one.offsets)):
            yield [self._line(offset) for offset in sorted(group.offsets)], group.damage

    def _line(self, offset: int) -> tuple[int, Cells]:
        self._spool.seek(offset)
        number, cells = json.loads(self._spool.readline())
        return number, cells

    def close(self) -> None:
        self._spool.close()
