"""A product of the shop as a record, with all that the formats may want to write of it."""

import datetime
from typing import Any

from django.conf import settings
from django.db.models import Model

from catalog import pricing
from catalog.attributes import texts
from catalog.imports import document_difference
from catalog.imports.link_difference import LINKS
from catalog.imports.price_difference import regular_now, sale_to_write
from catalog.imports.records import (
    DocumentRecord,
    OptionRecord,
    PictureRecord,
    ProductRecord,
    Said,
    Sale,
    Texts,
    ValueRecord,
    VariantRecord,
)
from catalog.imports.snapshots import Known
from catalog.imports.surroundings import Categories
from catalog.models import Category, Document, OptionValue, Product, Variant
from shop.kit import languages

_FIELDS = (
    "energy_label",
    "withdrawal_exception",
    "is_digital",
    "is_gift_card",
    "is_featured",
    "has_animal_parts",
    "published_at",
    "unpublish_at",
    "engraving_length",
    "search_words",
)
_TEXTS = ("name", "summary", "description", "specifications", "warnings", "battery_note")
_VARIANT_FIELDS = (
    "gtin",
    "vat_class",
    "weight_g",
    "length_mm",
    "width_mm",
    "height_mm",
    "is_bulky",
    "content_amount",
    "content_unit",
    "deposit",
    "minimum_gross",
    "has_stock_limit",
    "lead_days",
    "is_active",
)
_MAKER = (
    "name",
    "address",
    "email",
    "country",
    "responsible_name",
    "responsible_address",
    "responsible_email",
)
_WIDEST = 10**6


def record_of(
    known: Known,
    *,
    moment: datetime.datetime,
    locations: list[str],
    names: tuple[Categories, str] | None,
) -> ProductRecord:
    """`known` as a record. `names`: categories by their names in a language, else by slugs."""
    product = known.product
    assert product is not None  # noqa: S101 - only what exists is described
    record = ProductRecord(line=0, handle=product.slug, status=product.status)
    fields = [*_FIELDS, *(f"{text}_{code}" for text in _TEXTS for code in languages.codes())]
    record.fields = {field: getattr(product, field) for field in fields}
    record.category = _path(product.category, names)
    record.further = [_path(one, names) for one in known.further]
    record.brand = product.brand.name if product.brand else ""
    record.manufacturer = _maker(product)
    record.related = list(known.related)
    linked = {name: getattr(product, name) for name in LINKS}
    record.links = {name: row.slug if row else "" for name, row in linked.items()}
    record.product_type = product.product_type.code if product.product_type else ""
    record.attributes = _attributes(known, None)
    record.worded = {code: _worded(known, code) for code in languages.codes()}
    record.options = [OptionRecord(_names(option), option.code) for option in known.options]
    record.variants = [
        _variant(known, variant, moment=moment, locations=locations) for variant in known.variants
    ]
    record.pictures = [_picture(known, picture) for picture in known.pictures]
    record.documents = [_document(one) for one in known.documents]
    record.fibres = list(known.fibres)
    record.law = {name: _columns(row) for name, row in known.law.items()}
    return record


def _attributes(known: Known, variant: int | None) -> Said:
    return {
        values[0].attribute.code: list(texts.of_values(values))
        for (key, _attribute), values in known.attributes.items()
        if key == variant
    }


def _worded(known: Known, language: str) -> list[tuple[str, list[str]]]:
    """What the product has, in words that are read back by them."""
    return [
        (
            languages.localized(values[0].attribute, "name", language),
            [texts.worded(value, language) for value in values],
        )
        for (variant, _attribute), values in known.attributes.items()
        if variant is None
    ]


def _path(category: Category, names: tuple[Categories, str] | None) -> tuple[str, ...]:
    if names is None:
        return tuple(category.path.split("/"))
    return names[0].path_of(category, names[1])


def _maker(product: Product) -> dict[str, str] | None:
    maker = product.manufacturer
    return {part: getattr(maker, part) for part in _MAKER} if maker else None


def _names(row: Any) -> Texts:
    return {code: getattr(row, f"name_{code}") for code in languages.codes()}


def _value(value: OptionValue | None) -> ValueRecord:
    """A value; an empty one where a variant lacks it."""
    if value is None:
        return ValueRecord({})
    return ValueRecord(_names(value), value.code, value.swatch)


def _variant(
    known: Known, variant: Variant, *, moment: datetime.datetime, locations: list[str]
) -> VariantRecord:
    periods = known.periods[variant.pk]
    chosen = known.chosen[variant.pk]
    record = VariantRecord(line=0, sku=variant.sku)
    record.fields = {field: getattr(variant, field) for field in _VARIANT_FIELDS}
    record.attributes = _attributes(known, variant.pk)
    record.bundle = known.bundles.get(variant.pk)
    record.values = [_value(chosen.get(option.pk)) for option in known.options]
    record.asked = pricing.current(periods, moment)[0]
    record.regular = regular_now(periods, moment)
    if sale := sale_to_write(periods, moment):
        record.sale = Sale(sale.gross, sale.start, sale.end)
    shelves = {code: known.shelves.get((variant.pk, code)) for code in locations}
    record.stock = {code: shelf.on_hand if shelf else 0 for code, shelf in shelves.items()}
    if locations:
        record.stock[""] = record.stock[locations[0]]
    return record


def _document(document: Document) -> DocumentRecord:
    facts = {"kind": document.kind, "language": document.language}
    return DocumentRecord(0, document_difference.address_of(document), _names(document), facts)


def _columns(row: Model) -> dict[str, Any]:
    """All that the row says; which of it is written is the format's matter."""
    return {
        field.name: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in ("id", "product")
    }


def _picture(known: Known, picture: Any) -> PictureRecord:
    alts = {code: getattr(picture, f"alt_{code}") for code in languages.codes()}
    url = settings.SITE_URL + picture.url(_WIDEST)
    record = PictureRecord(line=0, url=url, alts=alts)
    for place, option in enumerate(known.options):
        for value in known.values[option.pk]:
            if value.pk == picture.option_value_id:
                record.shows = [(place, _value(value))]
    return record
