"""Kontor's own format: every field, both languages, all prices and shelves, a line a variant."""

import json
import re
from itertools import zip_longest
from typing import Any

from django.utils.translation import gettext as _

from catalog.imports import cells, columns, prose
from catalog.imports.columns import Row, Table
from catalog.imports.formats import parts
from catalog.imports.records import (
    OptionRecord,
    PictureRecord,
    ProductRecord,
    Said,
    Sale,
    ValueRecord,
    VariantRecord,
)
from shop.kit import languages

KEY = "product"
_TEXTS = ("name", "summary", "description", "specifications", "warnings", "battery_note")
_MAKER = (
    "address",
    "email",
    "country",
    "responsible_name",
    "responsible_address",
    "responsible_email",
)
_FLAGS = ("is_digital", "is_gift_card", "is_featured")


def _names() -> dict[str, tuple[str, ...]]:
    codes = languages.codes()
    product = ["product", "status", "product_type", "category", "further_categories", "brand"]
    product += ["manufacturer"]
    product += [f"manufacturer_{one}" for one in _MAKER]
    product += [f"{text}_{code}" for text in _TEXTS for code in codes]
    product += ["energy_label", "withdrawal_exception", *_FLAGS, "engraving_length"]
    product += ["attributes", "search_words", "related"]
    for part in ("code", *(f"name_{code}" for code in codes)):
        product.append(f"option#_{part}")
    for part in ("value", *(f"value_{code}" for code in codes), "swatch"):
        product.append(f"option#_{part}")
    variant = ["sku", "gtin", "price", "sale_price", "sale_from", "sale_until", "vat_class"]
    variant += ["weight_g", "content_amount", "content_unit", "deposit", "minimum_gross"]
    variant += ["has_stock_limit", "lead_days", "variant_attributes"]
    picture = ["is_active", "picture", *(f"picture_alt_{code}" for code in codes), "picture_value"]
    return {name: (name,) for name in (*product, *variant, *picture)}


NAMES: columns.Names = _names()
_SHELF = re.compile(r"^stock[_ ]([-\w]{1,40})$", re.IGNORECASE)
_OF_PRODUCT = [*list(NAMES)[1 : list(NAMES).index("option#_value")]]


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
    _options(found, first)
    for place, row in enumerate(rows):
        if place == 0 or row.text("sku") or row.text("option1_value") or row.text("price"):
            found.variants.append(_variant(found, row))
    _pictures(found, rows)
    return found


def _refuse_contradictions(rows: list[Row]) -> None:
    """What belongs to the product stands in its first line; others may repeat it, not differ."""
    fields = [field for field in rows[0].table.places if re.sub(r"\d", "#", field) in _OF_PRODUCT]
    for row in rows[1:]:
        for field in fields:
            if row.text(field) and row.text(field) != rows[0].text(field):
                row.refuse(field, _("This differs from the first line of the product."))


def _texts(found: ProductRecord, row: Row) -> None:
    for code in languages.codes():
        for text in _TEXTS:
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
    for field in _FLAGS:
        if (is_so := row.read(field, cells.yes)) is not None:
            found.fields[field] = is_so
    if row.has("energy_label"):
        found.fields["energy_label"] = row.read("energy_label", _label)
    for field in ("withdrawal_exception", "search_words"):
        if row.has(field):
            found.fields[field] = row.text(field)
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
        found.manufacturer = {one: row.text(f"manufacturer_{one}") for one in _MAKER}
        found.manufacturer["name"] = row.text("manufacturer")
    if row.has("related"):
        found.related = row.text("related").split()
    if row.has("product_type"):
        found.product_type = row.text("product_type")
    if row.has("attributes"):
        found.attributes = row.read("attributes", _said) or {}


def _said(text: str) -> Said:
    """Lines `material: oak`; a code stands again for more values, `note.de: …` is a text."""
    found: Said = {}
    for line in filter(str.strip, text.splitlines()):
        match = re.match(r"\s*([-\w]+)(?:\.([a-z]{2}))?\s*:\s*(.*\S)\s*$", line)
        if match is None or (match[2] and match[2] not in languages.codes()):
            raise cells.Wrong(_("Attributes are lines “code: value”."))
        found.setdefault(match[1], []).append((match[2] or "", match[3]))
    return found


def _path(text: str) -> tuple[str, ...]:
    """`Küche > Becher`, or the slugs `kueche/becher`."""
    if ">" in text:
        return parts.path_of(text)
    return tuple(part.strip() for part in text.split("/") if part.strip())


def _options(found: ProductRecord, row: Row) -> None:
    for number in range(1, parts.MAX_OPTIONS + 1):
        names = {code: row.text(f"option{number}_name_{code}") for code in languages.codes()}
        code = row.text(f"option{number}_code")
        if code or any(names.values()):
            found.options.append(OptionRecord(names, code))


def _variant(found: ProductRecord, row: Row) -> VariantRecord:
    variant = VariantRecord(row.line, sku=row.text("sku"))
    for number in range(1, len(found.options) + 1):
        value = ValueRecord(
            {code: row.text(f"option{number}_value_{code}") for code in languages.codes()},
            row.text(f"option{number}_value"),
            row.text(f"option{number}_swatch").lower()
            if row.has(f"option{number}_swatch")
            else None,
        )
        variant.values.append(value)
        if not value.code and not any(value.names.values()):
            row.refuse(f"option{number}_value", _("This variant has no value for an option."))
    variant.regular = row.read("price", cells.price)
    gross = row.read("sale_price", cells.price)
    if gross is not None:
        start, end = row.read("sale_from", cells.moment), row.read("sale_until", cells.last_moment)
        variant.sale = Sale(gross, start, end)
    _goods(row, variant)
    _shelves(row, variant)
    return variant


def _goods(row: Row, variant: VariantRecord) -> None:
    if row.has("gtin"):
        variant.fields["gtin"] = row.read("gtin", cells.gtin) or ""
    if row.text("vat_class"):
        variant.fields["vat_class"] = row.text("vat_class")
    if (weight := parts.grams(row, "weight_g")) is not None:
        variant.fields["weight_g"] = weight
    if row.has("content_amount"):
        measured = parts.content(row, "content_amount", "content_unit")
        variant.fields["content_amount"], variant.fields["content_unit"] = measured or (None, "")
    _amounts(row, variant)
    for field in ("has_stock_limit", "is_active"):
        if (is_so := row.read(field, cells.yes)) is not None:
            variant.fields[field] = is_so
    if row.has("variant_attributes"):
        variant.attributes = row.read("variant_attributes", _said) or {}
    days = row.read("lead_days", lambda text: cells.whole(text, largest=32767))
    if days is not None:
        variant.fields["lead_days"] = days


def _amounts(row: Row, variant: VariantRecord) -> None:
    """What stands beside the price: nobody forgets a deposit, an empty minimum price is none."""
    if (deposit := row.read("deposit", cells.price)) is not None:
        variant.fields["deposit"] = deposit
    if row.has("minimum_gross"):
        variant.fields["minimum_gross"] = row.read("minimum_gross", cells.price)


def _shelves(row: Row, variant: VariantRecord) -> None:
    for field in row.table.places:
        if field.startswith("stock_"):
            pieces = row.read(field, cells.whole)
            if pieces is not None:
                variant.stock[field.removeprefix("stock_")] = pieces


def _pictures(found: ProductRecord, rows: list[Row]) -> None:
    for row in rows:
        url = parts.address(row, "picture")
        if not url or any(one.url == url for one in found.pictures):
            continue
        alts = {code: row.text(f"picture_alt_{code}") for code in languages.codes()}
        picture = PictureRecord(row.line, url, {c: alt for c, alt in alts.items() if alt})
        code = row.text("picture_value")
        for variant in found.variants if code else []:
            for place, value in enumerate(variant.values):
                if code == value.code and not picture.shows:
                    picture.shows.append((place, value))
        if code and not picture.shows:
            row.refuse("picture_value", _("No variant has this value."))
        found.pictures.append(picture)


# --- Writing --------------------------------------------------------------------------------


def header(locations: list[str]) -> list[str]:
    names = list(NAMES)
    start = names.index("option#_code")
    end = names.index("sku")
    options = [one.replace("#", str(n)) for n in range(1, 4) for one in names[start:end]]
    shelves = [f"stock_{code}" for code in locations]
    place = names.index("is_active") + 1
    return [*names[:start], *options, *names[end:place], *shelves, *names[place:]]


def lines(found: ProductRecord, *, language: str, locations: list[str]) -> list[dict[str, str]]:
    """The lines of a product; `language` does not matter, both are there."""
    written = []
    for place, (variant, picture) in enumerate(zip_longest(found.variants, found.pictures)):
        line = {"product": found.handle}
        if place == 0:
            line |= _product_cells(found)
        if variant:
            line |= _variant_cells(variant)
        if picture:
            line["picture"] = picture.url
            line |= {f"picture_alt_{code}": text for code, text in picture.alts.items()}
            line["picture_value"] = picture.shows[0][1].code if picture.shows else ""
        written.append(line)
    return written


def _product_cells(found: ProductRecord) -> dict[str, str]:
    line = {
        "status": found.status or "",
        "category": "/".join(found.category or ()),
        "further_categories": "\n".join("/".join(path) for path in found.further or []),
        "brand": found.brand or "",
        "related": " ".join(found.related or []),
        "product_type": found.product_type or "",
        "attributes": _lines_of(found.attributes),
    }
    maker = found.manufacturer or {}
    line |= {"manufacturer": maker.get("name", "")}
    line |= {f"manufacturer_{one}": maker.get(one, "") for one in _MAKER}
    for field, value in found.fields.items():
        line[field] = _written(field, value)
    for number, option in enumerate(found.options, start=1):
        line[f"option{number}_code"] = option.code
        line |= {f"option{number}_name_{code}": text for code, text in option.names.items()}
    return line


def _lines_of(said: Said | None) -> str:
    return "\n".join(
        f"{code}.{language}: {text}" if language else f"{code}: {text}"
        for code, values in (said or {}).items()
        for language, text in values
    )


def _written(field: str, value: Any) -> str:
    if isinstance(value, bool):
        return parts.flag(value)
    if field == "energy_label":
        return json.dumps(value, ensure_ascii=False, sort_keys=True) if value else ""
    if field.startswith("specifications"):
        if all(":" not in label and "\n" not in label + text for label, text in value):
            return "\n".join(f"{label}: {text}" for label, text in value)
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def _variant_cells(variant: VariantRecord) -> dict[str, str]:
    line = {field: _written(field, value) for field, value in variant.fields.items()}
    line["content_amount"] = parts.number(variant.fields["content_amount"])
    least = variant.fields["minimum_gross"]
    line["minimum_gross"] = "" if least is None else str(least)
    line["sku"] = variant.sku
    line["variant_attributes"] = _lines_of(variant.attributes)
    line["price"] = "" if variant.regular is None else str(variant.regular)
    if variant.sale:
        line["sale_price"] = str(variant.sale.gross)
        line["sale_from"] = variant.sale.start.isoformat() if variant.sale.start else ""
        line["sale_until"] = variant.sale.end.isoformat() if variant.sale.end else ""
    for number, value in enumerate(variant.values, start=1):
        line[f"option{number}_value"] = value.code
        line |= {f"option{number}_value_{code}": text for code, text in value.names.items()}
        line[f"option{number}_swatch"] = value.swatch or ""
    return line | {f"stock_{code}": str(pieces) for code, pieces in variant.stock.items()}
