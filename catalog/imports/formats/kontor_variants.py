"""Options and variants of Kontor's own format: a line each, with all that only a variant has."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from catalog.imports import cells
from catalog.imports.columns import Row
from catalog.imports.formats import parts
from catalog.imports.formats.kontor_names import OF_VARIANT, SIDES
from catalog.imports.records import (
    BundleRecord,
    OptionRecord,
    ProductRecord,
    Said,
    Sale,
    ValueRecord,
    VariantRecord,
)
from shop.kit import languages

_PART = re.compile(r"(?:(?P<quantity>[0-9]{1,4})\s*[x×*]\s*)?(?P<sku>\S.*)", re.IGNORECASE)


def read(found: ProductRecord, rows: list[Row]) -> None:
    """Take in the options of the first line, and a variant of each line that tells of one."""
    _options(found, rows[0])
    found.tells_variants = found.tells_options or any(
        field in OF_VARIANT or field.startswith("stock_") for field in rows[0].table.places
    )
    for place, row in enumerate(rows):
        if place == 0 or row.text("sku") or row.text("option1_value") or row.text("price"):
            found.variants.append(_variant(found, row))


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
    if row.text("bundle"):
        variant.bundle = _bundle(row)
    _goods(row, variant)
    _size(row, variant)
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
        variant.attributes = row.read("variant_attributes", attributes) or {}
    days = row.read("lead_days", lambda text: cells.whole(text, largest=32767))
    if days is not None:
        variant.fields["lead_days"] = days


def _size(row: Row, variant: VariantRecord) -> None:
    """As it is packed; an empty side is one that nobody measured."""
    for side in SIDES:
        if row.has(side):
            variant.fields[side] = row.read(side, cells.whole) or None
    if (is_bulky := row.read("is_bulky", cells.yes)) is not None:
        variant.fields["is_bulky"] = is_bulky


def _amounts(row: Row, variant: VariantRecord) -> None:
    """What stands beside the price: nobody forgets a deposit, an empty minimum price is none."""
    if (deposit := row.read("deposit", cells.price)) is not None:
        variant.fields["deposit"] = deposit
    if row.has("minimum_gross"):
        variant.fields["minimum_gross"] = row.read("minimum_gross", cells.price)


def _bundle(row: Row) -> BundleRecord:
    """Lines `2 × SKU`, or the SKU alone for one piece."""
    lines = [_PART.fullmatch(line.strip()) for line in row.text("bundle").splitlines()]
    held = tuple((one["sku"].strip(), int(one["quantity"] or 1)) for one in lines if one)
    percent_off = row.read("bundle_percent_off", cells.decimal)
    return BundleRecord(
        held, row.text("bundle_pricing").lower() or "fixed", percent_off or Decimal(0)
    )


def _shelves(row: Row, variant: VariantRecord) -> None:
    for field in row.table.places:
        if field.startswith("stock_"):
            pieces = row.read(field, cells.whole)
            if pieces is not None:
                variant.stock[field.removeprefix("stock_")] = pieces


def attributes(text: str) -> Said:
    """Lines `material: oak`; a code stands again for more values, `note.de: …` is a text."""
    found: Said = {}
    for line in filter(str.strip, text.splitlines()):
        match = re.match(r"\s*([-\w]+)(?:\.([a-z]{2}))?\s*:\s*(.*\S)\s*$", line)
        if match is None or (match[2] and match[2] not in languages.codes()):
            raise cells.Wrong(_("Attributes are lines “code: value”."))
        found.setdefault(match[1], []).append((match[2] or "", match[3]))
    return found
