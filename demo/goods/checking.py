"""What must be true of the goods before a shop may be seeded with them."""

from collections.abc import Iterator
from itertools import product as combinations

from demo.goods import attributes, gtins, reading
from demo.goods.types import Catalogue, Product

VAT_CLASSES = {"standard", "reduced", "zero"}
EXCEPTIONS = {"", "custom_made", "digital", "sealed_food"}
UNITS = {"g", "ml", "m", "piece"}
PAIRS = ("name", "summary", "description", "battery", "warnings", "fibre", "care")
NEEDED = ("name", "summary", "description")
TEXTILES = {"kleidung"}
FOODS = {"tee", "kaffee", "vorrat"}


def check(catalogue: Catalogue | None = None) -> list[str]:
    """Every fault of the goods in one sentence each; an empty list when they are complete."""
    goods = catalogue or reading.catalogue()
    return [*_tree(goods), *_numbers(goods), *_all_products(goods), *attributes.check(goods)]


def _tree(goods: Catalogue) -> Iterator[str]:
    slugs = [category.slug for category in goods.categories]
    if len(slugs) != len(set(slugs)):
        yield "two categories share a slug"
    for category in goods.categories:
        if category.parent and category.parent not in slugs:
            yield f"{category.slug}: parent {category.parent} is unknown"
        if not (category.intro_de and category.intro_en and category.name_de and category.name_en):
            yield f"{category.slug}: a language is missing"


def _numbers(goods: Catalogue) -> Iterator[str]:
    variants = [variant for product in goods.products for variant in product.variants]
    for what in ("sku", "gtin"):
        values = [getattr(variant, what) for variant in variants]
        if len(values) != len(set(values)):
            yield f"two variants share a {what}"
    slugs = [product.slug for product in goods.products]
    if len(slugs) != len(set(slugs)):
        yield "two products share a slug"


def _all_products(goods: Catalogue) -> Iterator[str]:
    categories = {category.slug for category in goods.categories}
    brands = {brand.slug for brand in goods.brands}
    slugs = {product.slug for product in goods.products}
    for product in goods.products:
        for fault in _product(product):
            yield f"{product.slug}: {fault}"
        for category in {product.category, *product.further_categories} - categories:
            yield f"{product.slug}: category {category} is unknown"
        if product.brand not in brands:
            yield f"{product.slug}: brand {product.brand} is unknown"
        for slug in {*product.related} - slugs:
            yield f"{product.slug}: related product {slug} is unknown"
        if product.slug in product.related:
            yield f"{product.slug}: is related to itself"


def _product(product: Product) -> Iterator[str]:
    yield from _texts(product)
    yield from _law(product)
    yield from _variants(product)


def _texts(product: Product) -> Iterator[str]:
    for name in PAIRS:
        german, english = getattr(product, f"{name}_de"), getattr(product, f"{name}_en")
        if bool(german) != bool(english):
            yield f"{name} exists in one language only"
        if name in NEEDED and not german:
            yield f"{name} is missing"
        if german and german == english:
            yield f"{name} is the same in both languages"
    for detail in product.details:
        if not (detail.label_de and detail.label_en and detail.value_de and detail.value_en):
            yield f"detail {detail.label_de} lacks a language"
    if not product.details:
        yield "details are missing"


def _law(product: Product) -> Iterator[str]:
    if product.vat_class not in VAT_CLASSES:
        yield f"VAT class {product.vat_class} is unknown"
    if product.is_gift_card != (product.vat_class == "zero"):
        yield "only a gift card, and every gift card, is sold at 0 % VAT"
    if product.withdrawal_exception not in EXCEPTIONS:
        yield f"withdrawal exception {product.withdrawal_exception} is unknown"
    if product.category in FOODS and product.food is None:
        yield "food data are missing"
    if product.category in TEXTILES and not product.fibre_de:
        yield "fibre content is missing"
    if product.category == "leuchten" and product.energy is None:
        yield "energy data are missing"
    if product.category == "uhren" and not product.battery_de:
        yield "battery note is missing"
    if product.manufacturer.country != "DE" and product.responsible_person is None:
        yield "a maker outside the EU needs a responsible person"


def _variants(product: Product) -> Iterator[str]:
    axes = [[(option.code, value.code) for value in option.values] for option in product.options]
    if [variant.option_values for variant in product.variants] != list(combinations(*axes)):
        yield "variants are not exactly the combinations of the options"
    for variant in product.variants:
        if not gtins.is_valid(variant.gtin):
            yield f"{variant.sku}: GTIN {variant.gtin} is wrong"
        if variant.price <= 0 or variant.price.as_tuple().exponent != -2:
            yield f"{variant.sku}: price {variant.price} is not a positive amount of cents"
        if variant.sale and not 0 < variant.sale.price < variant.price:
            yield f"{variant.sku}: sale price is not below the price"
        if variant.stock < 0 or (variant.weight_g <= 0) != product.is_digital:
            yield f"{variant.sku}: stock or weight is wrong"
        if variant.content and (variant.content.unit not in UNITS or variant.content.amount <= 0):
            yield f"{variant.sku}: content is wrong"
        if variant.is_made_to_order != (variant.lead_days > 0):
            yield f"{variant.sku}: lead time does not fit"
