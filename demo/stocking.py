"""Fills the shelves: the goods of `demo.goods` become rows, through the shop's public functions."""

import datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation

from catalog import categories, pricing, products
from catalog.models import (
    Brand,
    Category,
    Manufacturer,
    Option,
    OptionValue,
    PriceKind,
    Product,
    Synonym,
    Variant,
    WithdrawalException,
)
from catalog.vat import loading
from demo import delivering, describing, goods, lawful
from demo.goods import types
from inventory.models import LocationKind, StockLocation
from shop.kit import countries

_EXCEPTIONS = {
    "": WithdrawalException.NONE,
    "custom_made": WithdrawalException.CUSTOM_MADE,
    "sealed_food": WithdrawalException.SEALED,
    "sealed": WithdrawalException.SEALED,
    "perishable": WithdrawalException.PERISHABLE,
    "digital": WithdrawalException.DIGITAL,
}
_UNITS = {"g", "ml", "m"}
ENGRAVING_LENGTH = 20
_SYNONYMS = (
    ("de", "Lampe", "Leuchte", True),
    ("de", "Tasse, Pott", "Becher", False),
    ("de", "Poster, Plakat", "Kunstdruck", True),
    ("de", "Pullover, Mantel", "Kleidung", False),
    ("de", "Gutschein", "Geschenkkarte", True),
    ("en", "cup", "mug", True),
    ("en", "poster", "art print", True),
    ("en", "gift voucher, gift certificate", "gift card", True),
    ("en", "rug, throw", "blanket", False),
)


def rules(moment: datetime.datetime) -> StockLocation:
    """VAT rates, ways of delivery, the warehouse. Returns the warehouse."""
    loading.load()
    warehouse = StockLocation.objects.create(
        code="luebeck",
        name="Lager Lübeck",
        kind=LocationKind.WAREHOUSE,
        street="An der Untertrave 51",
        postcode="23552",
        city="Lübeck",
    )
    delivering.rules(warehouse)
    return warehouse


@transaction.atomic
def shelves(moment: datetime.datetime) -> dict[str, Product]:
    """Categories, brands, makers, products with attributes, variants and prices. Returns the
    products by slug."""
    found = goods.catalogue()
    rows = _categories(found.categories)
    brands = {one.slug: Brand.objects.create(slug=one.slug, name=one.name) for one in found.brands}
    makers: dict[str, Manufacturer] = {}
    made = {one.slug: _product(one, rows, brands, makers, moment) for one in found.products}
    attributes = describing.types_and_attributes()
    for one in found.products:
        describing.describe(made[one.slug], one, attributes)
    for one in found.products:
        made[one.slug].related.set([made[slug] for slug in one.related])
    lawful.bind_types()
    lawful.tell(made)
    delivering.limits(made)
    return made


def synonyms() -> None:
    """What the shop's staff learned from searches; both ways where the words mean the same."""
    Synonym.objects.bulk_create(
        Synonym(language=language, words=words, meanings=meanings, is_two_way=is_two_way)
        for language, words, meanings, is_two_way in _SYNONYMS
    )


def _categories(found: tuple[types.Category, ...]) -> dict[str, Category]:
    rows: dict[str, Category] = {}
    for one in sorted(found, key=lambda one: one.parent is not None):
        rows[one.slug] = categories.store(
            Category(
                slug=one.slug,
                parent=rows[one.parent] if one.parent else None,
                name_de=one.name_de,
                name_en=one.name_en,
                intro_de=one.intro_de,
                intro_en=one.intro_en,
                position=one.position,
            )
        )
    return rows


def _maker(one: types.Product, makers: dict[str, Manufacturer]) -> Manufacturer:
    company, responsible = one.manufacturer, one.responsible_person
    if company.slug not in makers:
        makers[company.slug] = Manufacturer.objects.create(
            name=company.name,
            address=_address(company),
            email=company.email,
            country=company.country,
            responsible_name=responsible.name if responsible else "",
            responsible_address=_address(responsible) if responsible else "",
            responsible_email=responsible.email if responsible else "",
        )
    return makers[company.slug]


def _address(company: types.Company) -> str:
    """One text for all languages: the country in the shop's first one, as on an envelope."""
    with translation.override(settings.LANGUAGE_CODE):
        country = countries.name_of(company.country)
    return f"{company.street}, {company.postal_code} {company.city}, {country}"


def _product(
    one: types.Product,
    rows: dict[str, Category],
    brands: dict[str, Brand],
    makers: dict[str, Manufacturer],
    moment: datetime.datetime,
) -> Product:
    is_engraved = one.withdrawal_exception == "custom_made"
    product = Product.objects.create(
        slug=one.slug,
        category=rows[one.category],
        brand=brands[one.brand],
        manufacturer=_maker(one, makers),
        name_de=one.name_de,
        name_en=one.name_en,
        summary_de=one.summary_de,
        summary_en=one.summary_en,
        description_de=one.description_de.strip(),
        description_en=one.description_en.strip(),
        specifications_de=_specifications(one, "de"),
        specifications_en=_specifications(one, "en"),
        warnings_de=one.warnings_de,
        warnings_en=one.warnings_en,
        battery_note_de=one.battery_de,
        battery_note_en=one.battery_en,
        energy_label=_energy(one.energy),
        withdrawal_exception=_EXCEPTIONS[one.withdrawal_exception],
        is_digital=one.is_digital,
        is_gift_card=one.is_gift_card,
        is_featured=one.is_featured,
        search_words=", ".join(one.search_words),
        engraving_length=ENGRAVING_LENGTH if is_engraved else 0,
    )
    product.categories.set([rows[slug] for slug in one.further_categories])
    _variants(product, one, moment)
    return product


def _specifications(one: types.Product, language: str) -> list[list[str]]:
    """The table of details, with how to care for it; fibres and food have rows of their own."""
    pairs = [
        [getattr(detail, f"label_{language}"), getattr(detail, f"value_{language}")]
        for detail in one.details
        if not describing.is_replaced(one, detail.label_de)
    ]
    care = getattr(one, f"care_{language}")
    return [*pairs, [{"de": "Pflege", "en": "Care"}[language], care]] if care else pairs


def _energy(energy: types.Energy | None) -> dict[str, str] | None:
    if energy is None:
        return None
    return {
        "class": energy.efficiency_class,
        "scale": energy.scale,
        "kwh_per_1000h": str(energy.kwh_per_1000h),
        "lumen": str(energy.lumen),
    }


def _variants(product: Product, one: types.Product, moment: datetime.datetime) -> None:
    values: dict[tuple[str, str], OptionValue] = {}
    for place, option in enumerate(one.options):
        made = Option.objects.create(
            product=product, code=option.code, name_de=option.name_de, name_en=option.name_en,
            position=place,
        )  # fmt: skip
        for spot, value in enumerate(option.values):
            values[option.code, value.code] = OptionValue.objects.create(
                option=made, code=value.code, name_de=value.name_de, name_en=value.name_en,
                swatch=(value.swatch or "").lower(), position=spot,
            )  # fmt: skip
    for place, variant in enumerate(one.variants):
        is_limited = not (one.is_digital or variant.is_made_to_order)
        content = variant.content if variant.content and variant.content.unit in _UNITS else None
        row = Variant.objects.create(
            product=product,
            sku=variant.sku,
            gtin=variant.gtin,
            vat_class=one.vat_class,
            weight_g=variant.weight_g,
            content_amount=content.amount if content else None,
            content_unit=content.unit if content else "",
            has_stock_limit=is_limited,
            lead_days=variant.lead_days,
            position=place,
        )
        row.option_values.set([values[pair] for pair in variant.option_values])
        _prices(row, variant, one.published_days_ago, moment)
    products.label_variants(product)


def _prices(
    row: Variant, variant: types.Variant, published_days_ago: int, moment: datetime.datetime
) -> None:
    start = moment - datetime.timedelta(days=published_days_ago + 1)
    pricing.set_price(row, gross=variant.price, start=start)
    if variant.sale:
        pricing.set_price(
            row,
            gross=variant.sale.price,
            start=moment - datetime.timedelta(days=variant.sale.started_days_ago),
            end=moment + datetime.timedelta(days=60),
            kind=PriceKind.SALE,
        )


def open_shelves(made: dict[str, Product], moment: datetime.datetime) -> None:
    """Publish what is complete, on the days on which it came into the shop."""
    for one in goods.catalogue().products:
        day = moment - datetime.timedelta(days=one.published_days_ago)
        product = made[one.slug]
        Product.objects.filter(pk=product.pk).update(published_at=day)
        product.refresh_from_db()
        products.publish(product, moment=moment)
    categories.changed()
