"""WooCommerce's product files, with English or German names of columns."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from catalog.imports import cells, columns, prose
from catalog.imports.columns import Row, Table
from catalog.imports.formats import parts
from catalog.imports.formats.woocommerce_names import NAMES
from catalog.imports.formats.woocommerce_writing import header, lines
from catalog.imports.records import (
    Loose,
    OptionRecord,
    PictureRecord,
    ProductRecord,
    Sale,
    ValueRecord,
    VariantRecord,
)

__all__ = ["KEY", "NAMES", "guess", "header", "keys", "lines", "record"]

KEY = "type"
MAX_ATTRIBUTES = 50
_TAX = {"": "standard", "standard": "standard", "parent": None}
_TAX |= {"reduced-rate": "reduced", "reduced": "reduced", "zero-rate": "zero", "zero": "zero"}
_STATUS = {"1": "active", "0": "archived", "-1": "draft"}
_WEIGHTS = {
    "weight_kg": Decimal(1000),
    "weight_g": Decimal(1),
    "weight_lbs": Decimal("453.59237"),
    "weight_oz": Decimal("28.349523125"),
}


def guess(header: list[str]) -> list[str]:
    return columns.guess(header, NAMES)


def keys(table: Table, row: list[str]) -> list[str]:
    """A product by its SKU and number, else its name; a variation by the parent it names."""

    def cell(field: str) -> str:
        place = table.places.get(field)
        return "" if place is None else cells.unguarded(row[place]).strip()

    parent, kind = cell("parent"), cell("type").lower()
    if "variation" in kind:
        return [parent if parent.startswith("id:") else f"sku:{parent}"] if parent else []
    names = [f"{field}:{cell(field)}" for field in ("sku", "id") if cell(field)]
    return names or ([f"name:{cell('name')}"] if cell("name") else [])


def record(rows: list[Row], language: str) -> ProductRecord:
    """The product of these lines; what is wrong stands in its `problems`."""
    parents = [row for row in rows if not _is(row, "variation")]
    variations = [row for row in rows if _is(row, "variation")]
    first = parents[0] if parents else rows[0]
    found = ProductRecord(first.line, problems=first.problems, columns=first.table.columns)
    found.name = first.text("name")
    found.handle = cells.slug(first.text("slug") or first.text("name"))
    found.is_handle_given = bool(first.text("slug"))
    found.foreign_handle = found.handle
    if not parents:
        first.refuse("parent", _("The product of this variation is not in the file."))
        return found
    for row in parents[1:]:
        row.refuse("sku", _("Two products have this SKU or number."))
    if not found.handle:
        first.refuse("name", _("The product has no name."))
    _refuse_types(first, variations)
    _texts(found, first, language)
    found.tells_options = first.has("attribute1_name")
    names = _attributes(found, first, variations, language)
    for row in variations or [first]:
        found.variants.append(_variant(first, row, names, language))
    found.pictures = _pictures(rows)
    parts.hang_pictures(found)
    return found


def _is(row: Row, kind: str) -> bool:
    return kind in re.split(r"[,\s]+", row.text("type").lower())


def _refuse_types(first: Row, variations: list[Row]) -> None:
    for row in (first, *variations):
        for kind in ("grouped", "external", "downloadable"):
            if _is(row, kind):
                text = _("The shop has no products of the type “%(type)s”.")
                row.refuse("type", text % {"type": kind})
    if not (_is(first, "simple") or _is(first, "variable")):
        if not (_is(first, "grouped") or _is(first, "external")):
            text = _("The shop has no products of the type “%(type)s”.")
            first.refuse("type", text % {"type": first.text("type")[:60]})
    elif _is(first, "variable") != bool(variations):
        first.refuse("type", _("A variable product has variations, and only it has them."))


def _described(row: Row, field: str) -> str:
    r"""Descriptions have their line ends as `\n`, and a real `\n` doubled."""
    pieces = row.raw(field).split("\\\\n")
    return "\\n".join(piece.replace("\\n", "\n") for piece in pieces)


def _texts(found: ProductRecord, row: Row, language: str) -> None:
    if found.name:
        found.fields[f"name_{language}"] = found.name
    if row.has("short_description"):
        summary = prose.text_of(_described(row, "short_description"))
        found.fields[f"summary_{language}"] = " ".join(summary.split())
    if row.has("description"):
        found.fields[f"description_{language}"] = prose.text_of(_described(row, "description"))
    if (is_featured := row.read("featured", cells.yes)) is not None:
        found.fields["is_featured"] = is_featured
    if _is(row, "virtual"):
        found.fields["is_digital"] = True
    elif _is(row, "simple"):
        found.fields["is_digital"] = False
    found.brand = _listed(row.text("brands"))[0] if row.text("brands") else None
    published = row.text("published")
    if published:
        found.status = _STATUS.get(published)
        if found.status is None:
            row.refuse("published", _("“%(text)s” is not known here.") % {"text": published[:60]})
    paths = [parts.path_of(path) for path in _listed(row.text("categories"))]
    if paths:
        found.category, found.further = paths[0], paths[1:]
    found.columns |= {
        f"name_{language}": found.columns.get("name", ""),
        f"summary_{language}": found.columns.get("short_description", ""),
        f"description_{language}": found.columns.get("description", ""),
        "category": found.columns.get("categories", ""),
        "handle": found.columns.get("name", ""),
    }


def _listed(text: str) -> list[str]:
    r"""Parts between commas; `\,` is a comma of the text."""
    pieces = re.split(r"(?<!\\),", text)
    return [piece.replace("\\,", ",").strip() for piece in pieces if piece.strip()]


def _attributes(
    found: ProductRecord, first: Row, variations: list[Row], language: str
) -> list[tuple[int, str]]:
    """Those that tell variations apart are options, the others specifications."""
    names: list[tuple[int, str]] = []
    table: list[list[str]] = []
    is_there = False
    for number in range(1, MAX_ATTRIBUTES + 1):
        field = f"attribute{number}_name"
        is_there = is_there or first.has(field)
        name = first.text(field)
        if not name:
            continue
        if any(_value(row, name) for row in variations):
            names.append((number, name))
        elif value := first.text(f"attribute{number}_values"):
            table.append([name, value.replace("\\,", ",")])
            found.loose.append(
                Loose(f"attribute{number}_values", [name], table[-1][1], _listed(value))
            )
    if is_there:
        found.fields[f"specifications_{language}"] = table
    if len(names) > parts.MAX_OPTIONS:
        number = names[parts.MAX_OPTIONS][0]
        first.refuse(f"attribute{number}_name", _("A product has at most three options."))
    found.options = [OptionRecord({language: name}) for _number, name in names]
    return names


def _value(row: Row, name: str) -> str:
    """What a variation has for the attribute `name`, in whichever column it stands."""
    for number in range(1, MAX_ATTRIBUTES + 1):
        if row.text(f"attribute{number}_name").casefold() == name.casefold():
            return ", ".join(_listed(row.text(f"attribute{number}_values")))
    return ""


def _variant(first: Row, row: Row, names: list[tuple[int, str]], language: str) -> VariantRecord:
    variant = VariantRecord(row.line, sku=row.text("sku"))
    for number, name in names:
        value = _value(row, name)
        if not value:
            row.refuse(
                f"attribute{number}_values",
                _("This variation fits any value of an attribute: the shop needs one for each."),
            )
        variant.values.append(ValueRecord({language: value}))
    variant.regular = row.read("price", cells.price)
    gross = row.read("sale_price", cells.price)
    if gross is not None:
        start, end = row.read("sale_from", cells.moment), row.read("sale_until", cells.last_moment)
        variant.sale = Sale(gross, start, end)
    _goods(first, row, variant)
    _stock(row, variant)
    if row is not first:
        variant.fields["is_active"] = row.text("published") in ("", "1")
        variant.picture_url = next(iter(_addresses(row)), "")
    return variant


def _goods(first: Row, row: Row, variant: VariantRecord) -> None:
    if row.has("gtin"):
        try:
            variant.fields["gtin"] = cells.gtin(row.text("gtin"))
        except cells.Wrong as problem:
            row.remark("gtin", _("%(problem)s It is left out.") % {"problem": problem})
    if row.has("tax_class"):
        tax = row.text("tax_class").lower()
        tax = first.text("tax_class").lower() if tax == "parent" else tax
        if _TAX.get(tax) is None:
            row.refuse("tax_class", _("“%(text)s” is not known here.") % {"text": tax[:60]})
        else:
            variant.fields["vat_class"] = _TAX[tax]
    for field, factor in _WEIGHTS.items():
        source = row if row.text(field) else first
        if (weight := parts.grams(source, field, factor)) is not None:
            variant.fields["weight_g"] = weight


def _stock(row: Row, variant: VariantRecord) -> None:
    if not row.has("stock") or row.text("stock").lower() == "parent":
        return
    pieces = row.read("stock", lambda text: cells.whole(text, smallest=-2_147_483_647))
    is_there = row.read("in_stock", lambda text: text == "backorder" or cells.yes(text))
    if pieces is not None:
        variant.fields["has_stock_limit"] = True
        variant.stock[""] = max(pieces, 0)
    elif is_there is not None:
        # Nobody counts there: what is in stock can always be bought.
        variant.fields["has_stock_limit"] = not is_there
    if row.text("backorders").lower() in ("1", "yes", "ja", "notify"):
        row.remark(
            "backorders", _("Selling beyond the stock is not taken over: set it at the stock.")
        )


def _addresses(row: Row) -> list[str]:
    found = []
    for url in _listed(row.text("images")):
        if parts.is_address(url):
            found.append(url)
        else:
            row.refuse("images", _("“%(url)s” is no address of an image.") % {"url": url[:80]})
    return found


def _pictures(rows: list[Row]) -> list[PictureRecord]:
    found: dict[str, PictureRecord] = {}
    for row in rows:
        for url in _addresses(row) if not _is(row, "variation") else []:
            found.setdefault(url, PictureRecord(row.line, url))
    return list(found.values())
