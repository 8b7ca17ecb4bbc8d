"""What products and their variants are filtered by: choices, yes and no, numbers.

What is said of a variant, by an attribute of its own or by an option, takes the place of what is
said of the product for the same attribute.
"""

import dataclasses
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import connection

from catalog.listing_index import keys
from catalog.models import AttributeKind

_VALUES = """
SELECT product_id, variant_id, attribute_id, kind, choice_id, number, boolean
FROM catalog_attributevalue
WHERE product_id = ANY(%s) AND kind NOT IN ('text', 'date')
ORDER BY product_id, variant_id, attribute_id, choice_id
"""
_OPTIONS = """
SELECT variant.product_id, variant.id, option.attribute_id, value.choice_id
FROM catalog_variant AS variant
JOIN catalog_variant_option_values AS chosen ON chosen.variant_id = variant.id
JOIN catalog_optionvalue AS value ON value.id = chosen.optionvalue_id
JOIN catalog_option AS option ON option.id = value.option_id
WHERE variant.product_id = ANY(%s) AND value.choice_id IS NOT NULL
  AND option.attribute_id IS NOT NULL
ORDER BY variant.product_id, variant.id, option.attribute_id, value.choice_id
"""
OF_ALL = -1
END_OF_VARIANT = 0


@dataclasses.dataclass(frozen=True, slots=True)
class Facts:
    """As `ListingEntry` keeps them."""

    values: list[int]
    variant_values: list[int]
    numbers: list[float]


# Attribute → its values: keys of choices and answers, or one number.
type _Said = dict[int, list[int] | float]


def of(
    product_ids: Collection[int], variants: Mapping[int, Sequence[tuple[int, bool]]]
) -> dict[int, Facts]:
    """The facts of each product, those of its `variants` in their order; two statements."""
    products: dict[int, _Said] = defaultdict(dict)
    own: dict[int, _Said] = defaultdict(dict)
    for product_id, variant_id, *value in _rows(_VALUES, product_ids):
        _note(products[product_id] if variant_id is None else own[variant_id], *value)
    for _product_id, variant_id, attribute_id, choice_id in _rows(_OPTIONS, product_ids):
        own[variant_id].setdefault(attribute_id, [])
        said = own[variant_id][attribute_id]
        if isinstance(said, list) and keys.of_choice(choice_id) not in said:
            said.append(keys.of_choice(choice_id))
    return {
        pk: _facts(products[pk], [own[variant_id] for variant_id, _free in variants.get(pk, ())])
        for pk in product_ids
    }


def _rows(statement: str, product_ids: Collection[int]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(product_ids)])
        return cursor.fetchall()


def _note(
    said: _Said, attribute_id: int, kind: str, choice_id: int, number: Any, boolean: bool
) -> None:
    if kind == AttributeKind.NUMBER:
        said[attribute_id] = float(number)
    elif kind == AttributeKind.BOOLEAN:
        said[attribute_id] = [keys.of_answer(attribute_id, is_yes=boolean)]
    else:
        chosen = said.setdefault(attribute_id, [])
        chosen.append(keys.of_choice(choice_id))  # type: ignore[union-attr]


def _facts(product: _Said, variants: Sequence[_Said]) -> Facts:
    """What holds for all variants once, the rest with each of them."""
    differing = {attribute_id for said in variants for attribute_id in said}
    values: list[int] = []
    variant_values: list[int] = []
    numbers: list[float] = []
    _add(product, product.keys() - differing, OF_ALL, values, numbers)
    for place, said in enumerate(variants):
        effective = product | said
        _add(effective, effective.keys() & differing, place, variant_values, numbers)
        variant_values.append(END_OF_VARIANT)
    return Facts(values, variant_values, numbers)


def _add(
    said: _Said, wanted: Collection[int], place: int, values: list[int], numbers: list[float]
) -> None:
    for attribute_id in sorted(wanted):
        value = said[attribute_id]
        if isinstance(value, list):
            values += value
        else:
            numbers += (float(place), float(attribute_id), value)
