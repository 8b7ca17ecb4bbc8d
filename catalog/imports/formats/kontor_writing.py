"""Writes products in Kontor's own format."""

import json
from itertools import zip_longest
from typing import Any

from catalog.imports.formats import kontor_law, parts
from catalog.imports.formats.kontor_names import MAKER, NAMES
from catalog.imports.records import ProductRecord, Said, VariantRecord


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
    parts_of_lines = zip_longest(found.variants, found.pictures, found.documents)
    for place, (variant, picture, document) in enumerate(parts_of_lines):
        line = {"product": found.handle}
        if place == 0:
            line |= _product_cells(found)
        if variant:
            line |= _variant_cells(variant)
        if picture:
            line["picture"] = picture.url
            line |= {f"picture_alt_{code}": text for code, text in picture.alts.items()}
            line["picture_value"] = picture.shows[0][1].code if picture.shows else ""
        if document:
            line["document"] = document.url
            line |= {f"document_{name}": text for name, text in document.facts.items()}
            line |= {f"document_name_{code}": text for code, text in document.names.items()}
        written.append(line)
    return written


def _product_cells(found: ProductRecord) -> dict[str, str]:
    line = {
        "status": found.status or "",
        "category": "/".join(found.category or ()),
        "further_categories": "\n".join("/".join(path) for path in found.further or []),
        "brand": found.brand or "",
        "related": " ".join(found.related or []),
        **found.links,
        "product_type": found.product_type or "",
        "attributes": _lines_of(found.attributes),
    }
    maker = found.manufacturer or {}
    line |= {"manufacturer": maker.get("name", "")}
    line |= {f"manufacturer_{one}": maker.get(one, "") for one in MAKER}
    for field, value in found.fields.items():
        line[field] = _written(field, value)
    line |= kontor_law.written(found)
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
    if field in ("published_at", "unpublish_at"):
        return value.isoformat() if value else ""
    if field == "energy_label":
        return json.dumps(value, ensure_ascii=False, sort_keys=True) if value else ""
    if field.startswith("specifications"):
        if all(":" not in label and "\n" not in label + text for label, text in value):
            return "\n".join(f"{label}: {text}" for label, text in value)
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else str(value)


def _variant_cells(variant: VariantRecord) -> dict[str, str]:
    line = {field: _written(field, value) for field, value in variant.fields.items()}
    line["content_amount"] = parts.number(variant.fields["content_amount"])
    least = variant.fields["minimum_gross"]
    line["minimum_gross"] = "" if least is None else str(least)
    line["sku"] = variant.sku
    line["variant_attributes"] = _lines_of(variant.attributes)
    line["price"] = "" if variant.regular is None else str(variant.regular)
    if bundle := variant.bundle:
        line["bundle"] = "\n".join(f"{count} × {sku}" for sku, count in bundle.parts)
        line["bundle_pricing"] = bundle.pricing
        line["bundle_percent_off"] = str(bundle.percent_off) if bundle.percent_off else ""
    if variant.is_summed:
        line["price"] = ""  # It follows those of the components.
    elif variant.sale:
        line["sale_price"] = str(variant.sale.gross)
        line["sale_from"] = variant.sale.start.isoformat() if variant.sale.start else ""
        line["sale_until"] = variant.sale.end.isoformat() if variant.sale.end else ""
    for number, value in enumerate(variant.values, start=1):
        line[f"option{number}_value"] = value.code
        line |= {f"option{number}_value_{code}": text for code, text in value.names.items()}
        line[f"option{number}_swatch"] = value.swatch or ""
    return line | {f"stock_{code}": str(pieces) for code, pieces in variant.stock.items()}
