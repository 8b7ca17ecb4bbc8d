"""Types of goods, their attributes and the values of each product, by the shop's own functions."""

from typing import Any

from django.db.models import prefetch_related_objects

from catalog.attributes import writing
from catalog.models import (
    Attribute,
    AttributeChoice,
    Option,
    OptionValue,
    Product,
    ProductType,
    TypeAttribute,
    Variant,
)
from demo.goods import attributes as wanted
from demo.goods import types


def types_and_attributes() -> dict[str, Attribute]:
    """Make them, with all choices. Returns the attributes by code."""
    made: dict[str, Attribute] = {}
    for place, one in enumerate(wanted.attributes()):
        attribute = Attribute.objects.create(
            code=one.code, name_de=one.name_de, name_en=one.name_en, kind=one.kind, unit=one.unit,
            is_facet=one.is_facet, position=place,
        )  # fmt: skip
        made[one.code] = attribute
        AttributeChoice.objects.bulk_create(
            AttributeChoice(
                attribute=attribute, code=choice.code, name_de=choice.name_de,
                name_en=choice.name_en, swatch=(choice.swatch or "").lower(), position=spot,
            )
            for spot, choice in enumerate(one.choices)
        )  # fmt: skip
    prefetch_related_objects(list(made.values()), "choices")
    for kind in wanted.types():
        row = ProductType.objects.create(code=kind.code, name_de=kind.name_de, name_en=kind.name_en)
        TypeAttribute.objects.bulk_create(
            TypeAttribute(
                product_type=row, attribute=made[asked.code], is_required=asked.is_required,
                is_per_variant=asked.is_per_variant, position=place,
            )
            for place, asked in enumerate(kind.attributes)
        )  # fmt: skip
    return made


def describe(product: Product, one: types.Product, made: dict[str, Attribute]) -> None:
    """Give `product` its type and values, and its options the attributes that they are."""
    _link_options(product, made)
    facts = wanted.said().get(one.slug)
    if facts is None:
        return
    product.product_type = ProductType.objects.get(code=facts.type)
    product.save(update_fields=["product_type"])
    for code, value in facts.values.items():
        _say(product, made[code], value)
    variants = {variant.sku: variant for variant in product.variants.all()}
    for code, table in facts.of_values.items():
        for variant in one.variants:
            value = _picked(table, variant)
            _say(product, made[code], value, variants[variant.sku])


def _say(
    product: Product, attribute: Attribute, value: Any, variant: Variant | None = None
) -> None:
    """Nobody has to be told yet: publishing touches the product."""
    cells = writing.cells_of(attribute, value, choices=attribute.choices.all())
    writing.put(product, attribute, cells, variant=variant)


def _picked(table: Any, variant: types.Variant) -> Any:
    codes = [code for _option, code in variant.option_values]
    return next((table[code] for code in codes if code in table), None)


def _link_options(product: Product, made: dict[str, Attribute]) -> None:
    by_option = {one.option: made[one.code] for one in wanted.attributes() if one.option}
    for option in Option.objects.filter(product=product, code__in=by_option):
        option.attribute = by_option[option.code]
        option.save(update_fields=["attribute"])
        choices = {choice.code: choice for choice in option.attribute.choices.all()}
        values = list(option.values.all())
        for value in values:
            value.choice = choices[value.code]
        OptionValue.objects.bulk_update(values, ["choice"])


def is_replaced(one: types.Product, label_de: str) -> bool:
    """Do the typed values of the product say what this detail says?"""
    facts = wanted.said().get(one.slug)
    return facts is not None and label_de in facts.replaced
