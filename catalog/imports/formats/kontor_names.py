"""The columns of Kontor's own format, in the order in which they are written."""

from catalog.imports import columns
from catalog.imports.formats import kontor_law
from shop.kit import languages

TEXTS = ("name", "summary", "description", "specifications", "warnings", "battery_note")
MAKER = (
    "address",
    "email",
    "country",
    "responsible_name",
    "responsible_address",
    "responsible_email",
)
LINKS = ("size_guide", "successor")
FLAGS = ("is_digital", "is_gift_card", "is_featured", "has_animal_parts")
SIDES = ("length_mm", "width_mm", "height_mm")


def _names() -> dict[str, tuple[str, ...]]:
    codes = languages.codes()
    product = ["product", "status", "published_at", "unpublish_at", "product_type", "category"]
    product += ["further_categories", "brand", "manufacturer"]
    product += [f"manufacturer_{one}" for one in MAKER]
    product += [f"{text}_{code}" for text in TEXTS for code in codes]
    product += ["energy_label", "withdrawal_exception", *FLAGS, "engraving_length"]
    product += [*kontor_law.names(), "attributes", "search_words", "related", *LINKS]
    for part in ("code", *(f"name_{code}" for code in codes)):
        product.append(f"option#_{part}")
    for part in ("value", *(f"value_{code}" for code in codes), "swatch"):
        product.append(f"option#_{part}")
    variant = ["sku", "gtin", "price", "sale_price", "sale_from", "sale_until", "vat_class"]
    variant += ["weight_g", *SIDES, "is_bulky"]
    variant += ["content_amount", "content_unit", "deposit", "minimum_gross"]
    variant += ["has_stock_limit", "lead_days", "variant_attributes"]
    variant += ["bundle", "bundle_pricing", "bundle_percent_off", "is_active"]
    files = ["picture", *(f"picture_alt_{code}" for code in codes), "picture_value"]
    files += ["document", "document_kind", "document_language"]
    files += [f"document_name_{code}" for code in codes]
    return {name: (name,) for name in (*product, *variant, *files)}


NAMES: columns.Names = _names()
# A file without any of these speaks of no variant.
OF_VARIANT = frozenset(list(NAMES)[list(NAMES).index("sku") : list(NAMES).index("picture")])
OF_PRODUCT = [*list(NAMES)[1 : list(NAMES).index("option#_value")]]
