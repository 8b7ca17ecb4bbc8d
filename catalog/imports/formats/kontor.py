"""Kontor's own format: every field, both languages, all prices and shelves, a line a variant."""

import json
import re
from typing import Any

from django.utils.translation import gettext as _

from catalog.imports import cells, columns, prose
from catalog.imports.columns import Row, Table
from catalog.imports.formats import kontor_files, kontor_law, kontor_variants, parts
from catalog.imports.formats.kontor_names import FLAGS, LINKS, MAKER, NAMES, OF_PRODUCT, TEXTS
from catalog.imports.formats.kontor_writing import header, lines
from catalog.imports.records import ProductRecord
from shop.kit import languages

__all__ = ["KEY", "NAMES", "guess", "header", "keys", "lines", "record"]

KEY = "product"
_SHELF = re.compile(r"^stock[_ ]([-\w]{1,40})$", re.IGNORECASE)


def guess(header: list[str]) -> list[str]:
    """As the names say; `stock_luebeck` is the shelf of the location `luebeck`."""
    found = columns.guess(header, NAMES)
    for place, column in enumerate(header):
        shelf = _SHELF.match(column.strip())
        if shelf and f"stock_{shelf[1].lower()}" not in found:
            found[place] = f"stock_{shelf[1].lower()}"
    return found


def keys(table: Table, row: list[str]) -> list[str]:
    handle = cells.unguarded(row[table.places["product"]]).strip()
    return [f"handle:{cells.slug(handle) or handle}"] if handle else []


def record(rows: list[Row], language: str) -> ProductRecord:
    """The product of these lines; what is wrong stands in its `problems`."""
    first = rows[0]
    found = ProductRecord(first.line, problems=first.problems, columns=first.table.columns)
    found.handle = cells.slug(first.text("product"))
    if not found.handle:
        first.refuse("product", _("The handle is empty or has no letter or digit of an address."))
    found.name = next((first.text(f"name_{code}") for code in languages.codes()), "")
    _refuse_contradictions(rows)
    _texts(found, first)
    _facts(found, first)
    _places(found, first)
    found.tells_options = any(first.has(f"option1_{one}") for one in ("code", "value"))
    kontor_law.read(found, first)
    kontor_variants.read(found, rows)
    kontor_files.read(found, rows)
    return found


def _refuse_contradictions(rows: list[Row]) -> None:
    """What belongs to the product stands in its first line; others may repeat it, not differ."""
    fields = [field for field in rows[0].table.places if re.sub(r"\d", "#", field) in OF_PRODUCT]
    for row in rows[1:]:
        for field in fields:
            if row.text(field) and row.text(field) != rows[0].text(field):
                row.refuse(field, _("This differs from the first line of the product."))


def _texts(found: ProductRecord, row: Row) -> None:
    for code in languages.codes():
        for text in TEXTS:
            field = f"{text}_{code}"
            if not row.has(field):
                continue
            if text == "specifications":
                found.fields[field] = row.read(field, _table) or []
            elif text == "name" and not row.text(field):
                continue
            else:
                found.fields[field] = prose.tidy(row.raw(field))


def _table(text: str) -> list[list[str]]:
    """Lines `label: value`, or JSON where a text has a colon or a line end itself."""
    if text.startswith("["):
        try:
            rows = json.loads(text)
        except ValueError:
            rows = None
        if not isinstance(rows, list) or not all(_is_pair(row) for row in rows):
            raise cells.Wrong(_("Specifications are lines “label: value”."))
        return rows
    found = []
    for line in filter(str.strip, text.splitlines()):
        label, colon, value = (part.strip() for part in line.partition(":"))
        if not (label and colon and value):
            raise cells.Wrong(_("Specifications are lines “label: value”."))
        found.append([label, value])
    return found


def _is_pair(row: Any) -> bool:
    return isinstance(row, list) and len(row) == 2 and all(isinstance(one, str) for one in row)


def _label(text: str) -> dict[str, str]:
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, dict) or not all(isinstance(one, str) for one in found.values()):
        raise cells.Wrong(_("The energy label is JSON of texts, with class, scale and use."))
    return found


def _facts(found: ProductRecord, row: Row) -> None:
    for field in FLAGS:
        if (is_so := row.read(field, cells.yes)) is not None:
            found.fields[field] = is_so
    if row.has("energy_label"):
        found.fields["energy_label"] = row.read("energy_label", _label)
    for field in ("withdrawal_exception", "search_words"):
        if row.has(field):
            found.fields[field] = row.text(field)
    if (start := row.read("published_at", cells.moment)) is not None:
        found.fields["published_at"] = start
    if row.has("unpublish_at"):
        found.fields["unpublish_at"] = row.read("unpublish_at", cells.last_moment)
    length = row.read("engraving_length", lambda text: cells.whole(text, largest=32767))
    if length is not None:
        found.fields["engraving_length"] = length
    found.status = row.text("status").lower() or None
    if found.status not in (None, "active", "draft", "archived"):
        row.refuse("status", _("A status is active, draft or archived."))
        found.status = None


def _places(found: ProductRecord, row: Row) -> None:
    found.category = _path(row.text("category")) or None
    if row.has("further_categories"):
        texts = row.text("further_categories").splitlines()
        found.further = [path for text in texts if (path := _path(text))]
    found.brand = row.text("brand") or None
    if row.text("manufacturer"):
        found.manufacturer = {one: row.text(f"manufacturer_{one}") for one in MAKER}
        found.manufacturer["name"] = row.text("manufacturer")
    if row.has("related"):
        found.related = row.text("related").split()
    found.links = {name: row.text(name) for name in LINKS if row.has(name)}
    if row.has("product_type"):
        found.product_type = row.text("product_type")
    if row.has("attributes"):
        found.attributes = row.read("attributes", kontor_variants.attributes) or {}


def _path(text: str) -> tuple[str, ...]:
    """`Küche > Becher`, or the slugs `kueche/becher`."""
    if ">" in text:
        return parts.path_of(text)
    return tuple(part.strip() for part in text.split("/") if part.strip())
