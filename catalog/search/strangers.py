"""Reads goods and graded searches from files of others, with all that such files get wrong.

A line that cannot be read is left out and counted; only a file of which nothing can be read is
refused. What is missing stays empty, markup goes, prices are read as people write them.
"""

import contextlib
import csv
import dataclasses
import html
import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

# Attributes that say what a thing is, as the shop's own categories do.
_KINDS = frozenset(
    (
        *("category", "categories", "subcategory", "kategorie", "department", "breadcrumb"),
        *("class", "type", "typ", "productclass", "producttype", "producttyp"),
    )
)
_ALIASES = {
    "id": ("id", "product_id", "productid", "_id"),
    "name": ("name", "title", "product_name", "product_title"),
    "brand": ("brand", "vendor", "manufacturer", "product_brand"),
    "text": ("text", "description", "product_description", "body", "body_html"),
    "price": ("price",),
    "attributes": ("attributes", "features", "specifications"),
}
_NUMBERS = ("sku", "gtin", "ean", "upc", "mpn")
_NAMED = {alias for names in _ALIASES.values() for alias in names} | set(_NUMBERS)
_MARKUP = re.compile(
    r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|</?[a-zA-Z][^<>]{0,2000}>", re.DOTALL | re.IGNORECASE
)
_WHOLE = re.compile(r"(\d+)\.0")


class NotReadable(ValueError):
    """Nothing can be made of a file; the message says where it begins to be wrong."""


@dataclasses.dataclass(slots=True)
class Skipped:
    """Lines that were left out, and the first of them."""

    count: int = 0
    first: int = 0

    def at(self, line: int) -> None:
        self.count += 1
        self.first = self.first or line


@dataclasses.dataclass(frozen=True, slots=True)
class Stranger:
    """A product of a file. `kind`: brand and sort of thing; `numbers`: SKU, GTIN and the like."""

    id: str
    name: str
    kind: str
    facts: str
    text: str
    numbers: tuple[str, ...]
    price: Decimal | None


def products(path: Path, skipped: Skipped) -> Iterator[Stranger]:
    """The products of a file, a JSON object a line or one list of them; of one id only the first.

    Raises `NotReadable` when there is none.
    """
    known: set[str] = set()
    for line, row in _objects(path):
        found = _stranger(row) if isinstance(row, Mapping) else None
        if found is None:
            skipped.at(line)
        elif found.id not in known:
            known.add(found.id)
            yield found
    if not known:
        raise NotReadable(f"{path}, line {skipped.first or 1}: no product with an id.")


def _objects(path: Path) -> Iterator[tuple[int, Any]]:
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        for number, line in enumerate(file, start=1):
            text = line.strip().rstrip(",")
            if text in ("", "[", "]"):
                continue
            try:
                row = json.loads(text)
            except ValueError:
                row = None
            if isinstance(row, list) and number == 1:
                yield from ((number, one) for one in row)
            else:
                yield number, row


def _stranger(row: Mapping[str, Any]) -> Stranger | None:
    given = {str(name).strip().casefold(): value for name, value in row.items()}
    pk = key(_first(given, "id"))
    if not pk:
        return None
    kind, facts = [plain(_first(given, "brand"))], []
    further = {name: value for name, value in given.items() if name not in _NAMED}
    for label, value in (*_pairs(_first(given, "attributes")), *_pairs(further)):
        if _bare(label) in _KINDS:
            kind.append(value)
        else:
            facts.append(f"{label} {value}".strip())
    numbers = (plain(given.get(name)) for name in _NUMBERS)
    return Stranger(
        id=pk,
        name=plain(_first(given, "name")),
        kind="\n".join(filter(None, kind)),
        facts="\n".join(facts),
        text=plain(_first(given, "text")),
        numbers=tuple(dict.fromkeys(number for number in numbers if number)),
        price=price(_first(given, "price")),
    )


def _first(given: Mapping[str, Any], field: str) -> Any:
    values = (given[alias] for alias in _ALIASES[field] if alias in given)
    return next((value for value in values if value not in (None, "")), None)


def key(given: Any) -> str:
    """An id as text, whether a number or a text stood there; empty when there is none."""
    if given is None or isinstance(given, bool | list | Mapping):
        return ""
    text = str(given).strip()
    whole = _WHOLE.fullmatch(text)
    return whole[1] if whole else text


def plain(given: Any) -> str:
    """A text without markup; lists and objects one value after the other."""
    if given is None or isinstance(given, bool):
        return ""
    if isinstance(given, list):
        return " ".join(filter(None, map(plain, given)))
    if isinstance(given, Mapping):
        return " ".join(filter(None, map(plain, given.values())))
    text = str(given)
    if "<" in text:
        text = _MARKUP.sub(" ", text)
    return html.unescape(text).replace("\x00", " ").strip()


def _pairs(given: Any) -> Iterator[tuple[str, str]]:
    """Pairs of label and value from an object, a list of pairs, of objects or of texts."""
    if isinstance(given, str) and given.lstrip()[:1] in ("{", "["):
        with contextlib.suppress(ValueError):
            given = json.loads(given)
    if isinstance(given, Mapping):
        yield from ((str(label), text) for label, one in given.items() if (text := _value(one)))
    elif isinstance(given, list):
        for one in given:
            if isinstance(one, Mapping) and "name" in one:
                yield str(one["name"]), plain(one.get("value"))
            elif isinstance(one, list) and len(one) == 2:
                yield str(one[0]), plain(one[1])
            else:
                yield "", plain(one)
    elif given is not None:
        yield "", plain(given)


def _value(given: Any) -> str:
    """That something is so is said by its label alone."""
    return " " if given is True else plain(given)


def price(given: Any) -> Decimal | None:
    """An amount as people write it (`19,99 €`, `$1,299.00`); `None` where there is none."""
    digits = re.search(r"\d[\d.,']*", str(given or ""))
    if digits is None or isinstance(given, bool):
        return None
    text = digits[0].rstrip(".,'").replace("'", "")
    whole, mark, cents = text.rpartition("," if text.rfind(",") > text.rfind(".") else ".")
    # 1,299 are thousands; 12.345 is a number with three digits behind the point, as JSON has it.
    is_decimal = len(cents) <= 2 or (mark == "." and not re.search(r"[.,]", whole))
    text = re.sub(r"[.,]", "", whole) + (f".{cents}" if mark and is_decimal else cents)
    try:
        found = round(Decimal(text), 2)
    except InvalidOperation:
        return None
    return found if found < 10**9 else None


def queries(path: Path, skipped: Skipped) -> dict[str, dict[str, int]]:
    """The grades (0-3) of products by query, from CSV with commas, semicolons or tabs.

    Raises `NotReadable` when the head does not name query, product id and grade, or no line has a
    grade.
    """
    grades: dict[str, dict[str, int]] = {}
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        head = file.readline()
        separator = max(",;\t|", key=head.count)
        file.seek(0)
        rows = csv.DictReader(file, delimiter=separator)
        names = {_bare(name): name for name in rows.fieldnames or ()}
        if not {"query", "productid", "grade"} <= set(names):
            raise NotReadable(f"{path}: the head must name query, product id and grade.")
        for row in rows:
            query = (row[names["query"]] or "").replace("\x00", " ").strip()
            product, grade = key(row[names["productid"]]), _grade(row[names["grade"]])
            if grade is None or not query or not product:
                skipped.at(rows.line_num)
                continue
            of_query = grades.setdefault(query, {})
            of_query[product] = max(grade, of_query.get(product, 0))
    if not grades:
        raise NotReadable(f"{path}, line {skipped.first or 2}: no grade.")
    return grades


def _grade(given: str | None) -> int | None:
    try:
        return min(max(round(float((given or "").replace(",", "."))), 0), 3)
    except (ValueError, OverflowError):
        return None


def _bare(name: str | None) -> str:
    return re.sub(r"[\s_-]+", "", (name or "").casefold())
