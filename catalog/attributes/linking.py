"""Which of the shop's attributes and choices the options of a product are."""

from collections.abc import Iterable

from catalog.models import Attribute, AttributeChoice, AttributeKind, Option, OptionValue
from shop.kit import languages


def attribute_for(option: Option, attributes: Iterable[Attribute]) -> Attribute | None:
    """The attribute with choices that `option` means: by its code, else by a name."""
    fitting = [one for one in attributes if AttributeKind(one.kind).has_choices]
    by_code = (one for one in fitting if one.code == option.code)
    by_name = (one for one in fitting if _names(one) & _names(option))
    return next(by_code, None) or next(by_name, None)


def choice_for(value: OptionValue, choices: Iterable[AttributeChoice]) -> AttributeChoice | None:
    """The choice that `value` means: by a name, else by its code."""
    held = list(choices)
    by_name = (one for one in held if _names(one) & _names(value))
    by_code = (one for one in held if one.code == value.code)
    return next(by_name, None) or next(by_code, None)


def link(option: Option) -> None:
    """Point the values of `option` at the choices of its attribute, at none where none fits.

    Whoever calls touches the product.
    """
    choices = list(option.attribute.choices.all()) if option.attribute else []
    values = list(option.values.all())
    for value in values:
        value.choice = choice_for(value, choices)
    OptionValue.objects.bulk_update(values, ["choice"])


def _names(row: Attribute | AttributeChoice | Option | OptionValue) -> set[str]:
    names = {getattr(row, f"name_{code}").strip().casefold() for code in languages.codes()}
    return names - {""}
