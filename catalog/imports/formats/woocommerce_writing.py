"""Products as lines of WooCommerce: one for the product, one for each variation."""

from catalog.imports import prose
from catalog.imports.formats import parts
from catalog.imports.formats.woocommerce_names import NAMES
from catalog.imports.records import ProductRecord, VariantRecord

MAX_ATTRIBUTES = 20
_TAX = {"standard": "", "reduced": "reduced-rate", "zero": "zero-rate"}


def header(locations: list[str]) -> list[str]:
    left_out = {"weight_g", "weight_lbs", "weight_oz"}
    fixed = [name for name in NAMES if "#" not in name and name not in left_out | {"slug"}]
    numbered = [name for name in NAMES if "#" in name and "default" not in name]
    numbers = range(1, MAX_ATTRIBUTES + 1)
    return [*fixed, *(one.replace("#", str(n)) for n in numbers for one in numbered), "slug"]


def lines(found: ProductRecord, *, language: str, locations: list[str]) -> list[dict[str, str]]:
    """The lines of a product in `language`."""
    product = _product_cells(found, language)
    if not found.options:
        # A product without options has one variant.
        return [product | _variant_cells(one, found) for one in found.variants[:1]]
    product |= {"type": "variable", "sku": found.handle, "in_stock": "1"}
    number = len(found.options)
    for place, option in enumerate(found.options, start=1):
        values = dict.fromkeys(_escaped(variant, place - 1, language) for variant in found.variants)
        product |= {
            f"attribute{place}_name": parts.text_in(option.names, language),
            f"attribute{place}_values": ", ".join(values),
            f"attribute{place}_visible": "1",
            f"attribute{place}_global": "0",
        }
    product |= _specifications(found, language, number)
    return [product, *(_variation(found, one, language) for one in found.variants)]


def _escaped(variant: VariantRecord, place: int, language: str) -> str:
    return parts.text_in(variant.values[place].names, language).replace(",", "\\,")


def _product_cells(found: ProductRecord, language: str) -> dict[str, str]:
    fields = found.fields
    paths = [found.category or (), *(found.further or [])]
    line = {
        "type": "simple, virtual" if fields["is_digital"] else "simple",
        "name": fields[f"name_{language}"],
        "published": {"active": "1", "archived": "0"}.get(found.status or "", "-1"),
        "featured": str(int(fields["is_featured"])),
        "short_description": _encoded(fields[f"summary_{language}"]),
        "description": _encoded(fields[f"description_{language}"]),
        "tax_status": "taxable",
        "categories": ", ".join(" > ".join(path).replace(",", "\\,") for path in paths if path),
        "images": ", ".join(picture.url for picture in found.pictures),
        "brands": (found.brand or "").replace(",", "\\,"),
        "slug": found.handle,
    }
    return line if found.options else line | _specifications(found, language, 0)


def _encoded(text: str) -> str:
    r"""HTML with `\n` for line ends, as WooCommerce writes it; it has none, a real `\n` doubles."""
    return prose.html_of(text).replace("\\n", "\\\\n").replace("\n", "\\n")


def _specifications(found: ProductRecord, language: str, number: int) -> dict[str, str]:
    line: dict[str, str] = {}
    rows = [(label, [value]) for label, value in found.fields[f"specifications_{language}"]]
    rows = [*rows, *found.worded.get(language, [])][: MAX_ATTRIBUTES - number]
    for place, (label, values) in enumerate(rows, start=number + 1):
        line |= {
            f"attribute{place}_name": label,
            f"attribute{place}_values": ", ".join(one.replace(",", "\\,") for one in values),
            f"attribute{place}_visible": "1",
            f"attribute{place}_global": "0",
        }
    return line


def _variant_cells(variant: VariantRecord, found: ProductRecord) -> dict[str, str]:
    fields = variant.fields
    pieces = variant.stock.get("", 0)
    is_there = not fields["has_stock_limit"] or pieces > 0
    line = {
        "sku": variant.sku,
        "gtin": fields["gtin"],
        "tax_class": _TAX[fields["vat_class"]],
        "in_stock": str(int(is_there)),
        "stock": str(pieces) if fields["has_stock_limit"] else "",
        "backorders": "0",
        "weight_kg": parts.number(parts.kilograms(fields["weight_g"])),
        "price": "" if variant.regular is None else str(variant.regular),
    }
    if variant.sale:
        line["sale_price"] = str(variant.sale.gross)
        line["sale_from"] = variant.sale.start.isoformat() if variant.sale.start else ""
        line["sale_until"] = variant.sale.end.isoformat() if variant.sale.end else ""
    return line


def _variation(found: ProductRecord, variant: VariantRecord, language: str) -> dict[str, str]:
    kind = "variation, virtual" if found.fields["is_digital"] else "variation"
    line = {"type": kind, "parent": found.handle} | _variant_cells(variant, found)
    line |= {
        "name": " - ".join(
            [
                found.fields[f"name_{language}"],
                ", ".join(parts.text_in(value.names, language) for value in variant.values),
            ]
        ),
        "published": "1" if variant.fields["is_active"] else "0",
        "images": parts.picture_of(found, variant),
    }
    for place, option in enumerate(found.options, start=1):
        line[f"attribute{place}_name"] = parts.text_in(option.names, language)
        line[f"attribute{place}_values"] = _escaped(variant, place - 1, language)
    return line
