"""Shopify's product files: the export of its admin, and its newer template for imports."""

import re
from itertools import zip_longest

from django.utils.translation import gettext as _

from catalog.imports import cells, columns, prose
from catalog.imports.columns import Row, Table
from catalog.imports.formats import parts
from catalog.imports.records import (
    Loose,
    OptionRecord,
    PictureRecord,
    ProductRecord,
    ValueRecord,
    VariantRecord,
)

KEY = "handle"
NAMES: columns.Names = {
    "handle": ("Handle", "URL handle"),
    "title": ("Title",),
    "body": ("Body (HTML)", "Description"),
    "vendor": ("Vendor",),
    "category": ("Product Category", "Standardized Product Type"),
    "type": ("Type", "Custom Product Type"),
    "published": ("Published", "Published on online store"),
    "option#_name": ("Option# Name",),
    "option#_value": ("Option# Value",),
    "option#_link": ("Option# Linked To",),
    "sku": ("Variant SKU", "SKU"),
    "grams": ("Variant Grams", "Weight value (grams)"),
    "tracker": ("Variant Inventory Tracker", "Inventory tracker"),
    "quantity": ("Variant Inventory Qty", "Inventory quantity"),
    "policy": ("Variant Inventory Policy", "Continue selling when out of stock"),
    "service": ("Variant Fulfillment Service", "Fulfillment service"),
    "price": ("Variant Price", "Price"),
    "shipping": ("Variant Requires Shipping", "Requires shipping"),
    "measure": ("Unit Price Total Measure",),
    "measure_unit": ("Unit Price Total Measure Unit",),
    "base": ("Unit Price Base Measure",),
    "base_unit": ("Unit Price Base Measure Unit",),
    "barcode": ("Variant Barcode", "Barcode"),
    "image": ("Image Src", "Product image URL"),
    "image_position": ("Image Position",),
    "image_alt": ("Image Alt Text",),
    "gift_card": ("Gift Card",),
    "variant_image": ("Variant Image", "Variant image URL"),
    "weight_unit": ("Variant Weight Unit", "Weight unit for display"),
    "status": ("Status",),
    "summary": ("Summary (product.metafields.kontor.summary)",),
}
_STATUS = ("active", "draft", "archived")
_NO_OPTION = "default title"
_METAFIELD = re.compile(r"(?P<name>.+?) \(product\.metafields\.[-\w]+\.(?P<key>[-\w]+)\)")


def guess(header: list[str]) -> list[str]:
    return columns.guess(header, NAMES)


def keys(table: Table, row: list[str]) -> list[str]:
    """The handle; lines without one are told apart by nothing."""
    handle = cells.unguarded(row[table.places["handle"]]).strip()
    return [f"handle:{cells.slug(handle) or handle}"] if handle else []


def record(rows: list[Row], language: str) -> ProductRecord:
    """The product of these lines; what is wrong stands in its `problems`."""
    first = rows[0]
    found = ProductRecord(first.line, problems=first.problems, columns=first.table.columns)
    found.foreign_handle = first.text("handle")
    found.handle, found.name = cells.slug(found.foreign_handle), first.text("title")
    if not found.handle:
        first.refuse("handle", _("The handle is empty or has no letter or digit of an address."))
    _texts(found, first, language)
    found.tells_options = first.has("option1_name") or first.has("option1_value")
    _options(found, first, language)
    for place, row in enumerate(rows):
        if place == 0 or any(row.text(one) for one in ("option1_value", "sku", "price")):
            found.variants.append(_variant(found, row, language))
    found.pictures = _pictures(rows, language)
    parts.hang_pictures(found)
    found.loose = _metafields(first)
    found.columns |= {loose.field: loose.field for loose in found.loose}
    return found


def _metafields(row: Row) -> list[Loose]:
    """Columns like `Material (product.metafields.custom.material)`: lists have semicolons."""
    found = []
    for column, text in row.table.unmapped(row.cells).items():
        match = _METAFIELD.fullmatch(column)
        if match and text.strip():
            text = cells.unguarded(text).strip()
            texts = [one.strip() for one in text.split(";") if one.strip()]
            found.append(Loose(column, [match["name"], match["key"]], text, texts))
    return found


def _texts(found: ProductRecord, row: Row, language: str) -> None:
    if row.text("title"):
        found.fields[f"name_{language}"] = row.text("title")
    if row.has("body"):
        found.fields[f"description_{language}"] = prose.text_of(row.raw("body"))
    if row.has("summary"):
        found.fields[f"summary_{language}"] = row.text("summary")
    found.brand = row.text("vendor") or None
    path = parts.path_of(row.text("category")) or parts.path_of(row.text("type"))
    found.category = path or None
    if (is_gift_card := row.read("gift_card", cells.yes)) is not None:
        found.fields["is_gift_card"] = is_gift_card
    if (is_shipped := row.read("shipping", cells.yes)) is not None and not is_gift_card:
        found.fields["is_digital"] = not is_shipped
    found.status = _status(row)
    found.columns |= {
        f"name_{language}": found.columns.get("title", ""),
        f"description_{language}": found.columns.get("body", ""),
        f"summary_{language}": found.columns.get("summary", ""),
        "brand": found.columns.get("vendor", ""),
        "gtin": found.columns.get("barcode", ""),
        "stock": found.columns.get("quantity", ""),
    }


def _status(row: Row) -> str | None:
    is_published = row.read("published", cells.yes)
    status = row.text("status").lower()
    if status and status not in _STATUS:
        row.refuse("status", _("A status is active, draft or archived."))
        return None
    if not status:
        return None if is_published is None else ("active" if is_published else "draft")
    return "draft" if status == "active" and is_published is False else status


def _options(found: ProductRecord, row: Row, language: str) -> None:
    for number in range(1, parts.MAX_OPTIONS + 1):
        name, value = row.text(f"option{number}_name"), row.text(f"option{number}_value")
        if number == 1 and value.lower() == _NO_OPTION:
            return
        if name:
            found.options.append(OptionRecord({language: name}))
        elif value:
            row.refuse(f"option{number}_name", _("This option has a value and no name."))


def _variant(found: ProductRecord, row: Row, language: str) -> VariantRecord:
    variant = VariantRecord(row.line, sku=row.text("sku"))
    for number in range(1, len(found.options) + 1):
        value = row.text(f"option{number}_value")
        if value:
            variant.values.append(ValueRecord({language: value}))
        else:
            row.refuse(f"option{number}_value", _("This variant has no value for an option."))
    variant.asked = row.read("price", cells.price)
    _goods(row, variant)
    if found.fields.get("is_gift_card"):
        variant.fields["vat_class"] = "zero"
    if row.has("tracker"):
        variant.fields["has_stock_limit"] = bool(row.text("tracker"))
    pieces = row.read("quantity", lambda text: cells.whole(text, smallest=-2_147_483_647))
    if pieces is not None and variant.fields.get("has_stock_limit", True):
        if pieces < 0:
            row.remark("quantity", _("Less than nothing is counted as nothing."))
        variant.stock[""] = max(pieces, 0)
    if row.text("policy").lower() in ("continue", "true"):
        row.remark("policy", _("Selling beyond the stock is not taken over: set it at the stock."))
    return variant


def _goods(row: Row, variant: VariantRecord) -> None:
    if (weight := parts.grams(row, "grams")) is not None:
        variant.fields["weight_g"] = weight
    if row.has("measure"):
        measured = parts.content(row, "measure", "measure_unit")
        variant.fields["content_amount"], variant.fields["content_unit"] = measured or (None, "")
    if row.has("barcode"):
        try:
            variant.fields["gtin"] = cells.gtin(row.text("barcode"))
        except cells.Wrong as problem:
            row.remark("barcode", _("%(problem)s It is left out.") % {"problem": problem})
    variant.picture_url = parts.address(row, "variant_image")


def _pictures(rows: list[Row], language: str) -> list[PictureRecord]:
    found: dict[str, tuple[int, PictureRecord]] = {}
    for row in rows:
        url = parts.address(row, "image")
        position = row.read("image_position", cells.whole)
        if url and url not in found:
            alt = row.text("image_alt")
            picture = PictureRecord(row.line, url, {language: alt} if alt else {})
            found[url] = (len(found) + 1 if position is None else position, picture)
    return [picture for _place, picture in sorted(found.values(), key=lambda one: one[0])]


# --- Writing --------------------------------------------------------------------------------


def header(locations: list[str]) -> list[str]:
    left_out = {"option#_link", "base", "base_unit"}
    fields = columns.fields_of({k: v for k, v in NAMES.items() if k not in left_out}, 3)
    return sorted(fields, key=_place)


def _place(field: str) -> tuple[int, str]:
    """Name and value of an option stand together, as in Shopify's own files."""
    order = list(NAMES)
    if field.startswith("option"):
        return order.index("option#_name"), field
    return order.index(field), ""


def lines(found: ProductRecord, *, language: str, locations: list[str]) -> list[dict[str, str]]:
    """The lines of a product in `language`."""
    written = []
    for place, (variant, picture) in enumerate(zip_longest(found.variants, found.pictures)):
        line = {"handle": found.handle}
        if place == 0:
            line |= _product_cells(found, language)
        if variant:
            line |= _variant_cells(found, variant, language, is_first=place == 0)
        if picture:
            alt = parts.text_in(picture.alts, language)
            line |= {"image": picture.url, "image_position": str(place + 1), "image_alt": alt}
        written.append(line)
    return written


def _product_cells(found: ProductRecord, language: str) -> dict[str, str]:
    fields = found.fields
    return {
        "title": fields[f"name_{language}"],
        "body": prose.html_of(fields[f"description_{language}"]),
        "summary": fields[f"summary_{language}"],
        "vendor": found.brand or "",
        "category": " > ".join(found.category or ()),
        "published": parts.flag(found.status == "active"),
        "gift_card": parts.flag(fields["is_gift_card"]),
        "status": found.status or "",
    }


def _variant_cells(
    found: ProductRecord, variant: VariantRecord, language: str, *, is_first: bool
) -> dict[str, str]:
    fields = variant.fields
    is_shipped = not (found.fields["is_digital"] or found.fields["is_gift_card"])
    line = {
        "sku": variant.sku,
        "grams": str(fields["weight_g"]),
        "weight_unit": "g",
        "tracker": "shopify" if fields["has_stock_limit"] else "",
        "quantity": str(variant.stock.get("", "")) if fields["has_stock_limit"] else "",
        "policy": "deny",
        "service": "manual",
        "price": "" if variant.asked is None else str(variant.asked),
        "shipping": parts.flag(is_shipped),
        "measure": parts.number(fields["content_amount"]),
        "measure_unit": fields["content_unit"],
        "barcode": fields["gtin"],
        "variant_image": parts.picture_of(found, variant),
    }
    names = found.options or [OptionRecord({language: "Title"})]
    values = variant.values or [ValueRecord({language: "Default Title"})]
    for number, (option, value) in enumerate(zip(names, values, strict=True), start=1):
        line[f"option{number}_value"] = parts.text_in(value.names, language)
        if is_first:
            line[f"option{number}_name"] = parts.text_in(option.names, language)
    return line
