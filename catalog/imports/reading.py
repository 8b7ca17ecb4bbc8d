"""A file of unknown making as lines of cells: encoding, separator and line ends are recognised."""

import codecs
import csv
import dataclasses
import io
from collections.abc import Iterator
from typing import IO, Any

from django.utils.translation import gettext as _

SEPARATORS = ",;\t|"
_CHUNK = 1 << 16
_HEAD = 1 << 16
_LOST = "\ufffd"  # stands where bytes are no character


class Unreadable(ValueError):
    """Nothing of the file can be used. `line` tells where it was noticed, 0: anywhere."""

    def __init__(self, text: str, line: int = 0) -> None:
        super().__init__(text)
        self.line = line


@dataclasses.dataclass(frozen=True, slots=True)
class Shape:
    """How a file is to be read. `skipped` lines stand before the header."""

    encoding: str
    separator: str
    header: list[str]
    skipped: int = 0


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """A line of cells, or the problem why it has none. Numbers begin at 1 with the header."""

    number: int
    cells: list[str]
    problem: str = ""
    column: str = ""


def shape_of(file: IO[bytes]) -> Shape:
    """Recognise `file`. Raises `Unreadable` when it has no header."""
    encoding = _encoding_of(file)
    file.seek(0)
    head = file.read(_HEAD).decode(encoding, "replace").removeprefix("\ufeff")
    first = head.splitlines()[0] if head.strip() else ""
    skipped = 0
    if first.lower().startswith("sep=") and len(first) == 5:
        separator, skipped = first[4], 1
    else:
        separator = _separator_of(head)
    if separator not in SEPARATORS:
        raise Unreadable(_("This separator is not known: %(mark)s") % {"mark": separator}, 1)
    records = _records(file, encoding, separator, skipped)
    header = next((line.cells for line in records if any(line.cells) and not line.problem), [])
    if not header:
        raise Unreadable(_("The file has no line with the names of its columns."))
    return Shape(encoding, separator, _unique(header), skipped)


def lines_of(file: IO[bytes], shape: Shape) -> Iterator[Line]:
    """Every line after the header, the damaged ones with their problem; empty ones are left out.

    Raises `Unreadable` at a quote that is never closed.
    """
    is_header = True
    for line in _records(file, shape.encoding, shape.separator, shape.skipped):
        if line.problem:
            is_header = False
            yield line
        elif not any(cell.strip() for cell in line.cells):
            continue
        elif is_header:
            is_header = False
        else:
            yield _checked(line, shape.header)


def _encoding_of(file: IO[bytes]) -> str:
    file.seek(0)
    start = file.read(4096)
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    pairs = len(start) // 2
    if pairs and start[1::2].count(0) > pairs * 0.4 > start[::2].count(0) * 4:
        return "utf-16-le"
    if pairs and start[::2].count(0) > pairs * 0.4 > start[1::2].count(0) * 4:
        return "utf-16-be"
    return "utf-8" if _is_mostly_utf8(file) else "cp1252"


def _is_mostly_utf8(file: IO[bytes]) -> bool:
    """A single broken byte does not turn a file of UTF-8 into one of Windows."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    lost = good = 0
    file.seek(0)
    while chunk := file.read(_CHUNK):
        text = decoder.decode(chunk)
        if not text.isascii():
            bad = text.count(_LOST)
            lost += bad
            good += sum(character > "\x7f" for character in text) - bad
    lost += decoder.decode(b"", final=True).count(_LOST)
    return good >= lost


def _separator_of(head: str) -> str:
    """The mark that stands most often outside quotes in the first line that says anything."""
    counts = dict.fromkeys(SEPARATORS, 0)
    is_quoted = False
    for character in head.lstrip():
        if character == '"':
            is_quoted = not is_quoted
        elif character in "\r\n" and not is_quoted:
            break
        elif character in counts and not is_quoted:
            counts[character] += 1
    return max(counts, key=lambda mark: counts[mark])


def _records(file: IO[bytes], encoding: str, separator: str, skipped: int) -> Iterator[Line]:
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")
    try:
        for _number in range(skipped):
            text.readline()
        yield from _parsed(csv.reader(text, delimiter=separator, strict=True), skipped)
    finally:
        text.detach()


def _parsed(reader: Any, skipped: int) -> Iterator[Line]:
    while True:
        number = reader.line_num + skipped + 1
        try:
            yield Line(number, next(reader))
        except StopIteration:
            return
        except csv.Error as problem:
            if "unexpected end" in str(problem):
                raise Unreadable(
                    _("A quotation mark is opened in line %(line)d and never closed.")
                    % {"line": number},
                    number,
                ) from problem
            yield Line(number, [], _in_words(problem))


def _in_words(problem: csv.Error) -> str:
    if "larger than field limit" in str(problem):
        return _("A cell has more than 131,072 characters.")
    return _("A quotation mark is closed, and text follows: write quotes inside a text twice.")


def _unique(header: list[str]) -> list[str]:
    """The names of the columns; a second one of the same name, and one without, get a number."""
    names: list[str] = []
    for number, cell in enumerate(header, start=1):
        name = cell.replace("\x00", "").replace(_LOST, "?").strip()[:200]
        name = name or _("column %(number)d") % {"number": number}
        names.append(f"{name} ({number})" if name in names else name)
    return names


def _checked(line: Line, header: list[str]) -> Line:
    """Also one cell too many is a damage: all behind it may stand in the wrong column."""
    cells = line.cells
    if len(cells) != len(header):
        text = _("The line has %(found)d cells, the header %(wanted)d.")
        return Line(line.number, [], text % {"found": len(cells), "wanted": len(header)})
    for name, cell in zip(header, cells, strict=True):
        if _LOST in cell or "\x00" in cell:
            return Line(line.number, [], _("A character cannot be read."), name)
    return Line(line.number, cells)
