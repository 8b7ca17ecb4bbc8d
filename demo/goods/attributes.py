"""The typed attributes of the goods: read from `data/attributes.toml` and `data/values.toml`."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from demo.goods import reading
from demo.goods.types import Catalogue, Option, OptionValue, Product

KINDS = {"choice", "multi_choice", "swatch", "number", "boolean", "text", "date"}


@dataclass(frozen=True)
class Attribute:
    """`option`: the code of the option whose values are its choices. `replaces`: German labels of
    details that need not be said besides."""

    code: str
    name_de: str
    name_en: str
    kind: str
    unit: str
    is_facet: bool
    option: str
    replaces: tuple[str, ...]
    choices: tuple[OptionValue, ...]


@dataclass(frozen=True)
class Asked:
    """An attribute that a type asks for."""

    code: str
    is_required: bool
    is_per_variant: bool


@dataclass(frozen=True)
class Type:
    code: str
    name_de: str
    name_en: str
    attributes: tuple[Asked, ...]


@dataclass(frozen=True)
class Said:
    """What is said of a product: per attribute for all of it, or by code of an option value."""

    type: str
    values: Mapping[str, Any]
    of_values: Mapping[str, Mapping[str, Any]]
    replaced: frozenset[str]


@cache
def attributes() -> tuple[Attribute, ...]:
    """All attributes, in the order in which lists and filters have them."""
    library = {code: option for code, option in _options().items()}
    return tuple(
        Attribute(
            code=code,
            name_de=facts["de"],
            name_en=facts["en"],
            kind=facts["kind"],
            unit=facts.get("unit", ""),
            is_facet=facts.get("facet", False),
            option=facts.get("option", ""),
            replaces=tuple(facts.get("replaces", ())),
            choices=(
                *(library[facts["option"]].values if "option" in facts else ()),
                *_choices(facts.get("choices", {})),
            ),
        )
        for code, facts in _load("attributes.toml")["attribute"].items()
    )


def _load(name: str) -> dict[str, Any]:
    with (reading.DATA / name).open("rb") as file:
        return tomllib.load(file, parse_float=Decimal)


def _options() -> dict[str, Option]:
    return {
        code: reading.option(code, facts) for code, facts in _load("ground.toml")["option"].items()
    }


def _choices(facts: Mapping[str, Any]) -> Iterator[OptionValue]:
    for code, names in facts.items():
        yield OptionValue(code, names[0], names[1], (names[2:] or [None])[0])


@cache
def types() -> tuple[Type, ...]:
    """All types of goods."""
    return tuple(
        Type(code, facts["de"], facts["en"], tuple(map(_asked, facts["attributes"])))
        for code, facts in _load("attributes.toml")["type"].items()
    )


def _asked(text: str) -> Asked:
    return Asked(text.strip("!*"), is_required="!" in text, is_per_variant="*" in text)


@cache
def said() -> Mapping[str, Said]:
    """What is said of each product, by its slug."""
    return {slug: _said(dict(facts)) for slug, facts in _load("values.toml").items()}


def _said(facts: dict[str, Any]) -> Said:
    kind, replaced = facts.pop("type"), set(facts.pop("replaced", ()))
    tables = {code: value for code, value in facts.items() if isinstance(value, dict)}
    values = {code: value for code, value in facts.items() if code not in tables}
    known = {one.code: one for one in attributes()}
    for code in facts:
        replaced |= set(known[code].replaces)
    return Said(kind, values, tables, frozenset(replaced))


def check(goods: Catalogue) -> Iterator[str]:
    """Every fault of types, attributes and values."""
    known = {one.code: one for one in attributes()}
    kinds = {one.code: one for one in types()}
    for one in attributes():
        if one.kind not in KINDS or bool(one.choices) != (
            one.kind in ("choice", "multi_choice", "swatch")
        ):
            yield f"{one.code}: kind {one.kind} does not fit its choices"
    for kind in types():
        for asked in kind.attributes:
            if asked.code not in known:
                yield f"{kind.code}: attribute {asked.code} is unknown"
    slugs = {product.slug for product in goods.products}
    for slug in set(said()) - slugs:
        yield f"{slug}: values of a product that is not there"
    for product in goods.products:
        if product.slug in said():
            yield from _product(product, said()[product.slug], kinds)
        elif not product.is_gift_card:
            yield f"{product.slug}: no type and no values"


def _product(product: Product, facts: Said, kinds: Mapping[str, Type]) -> Iterator[str]:
    if facts.type not in kinds:
        yield f"{product.slug}: type {facts.type} is unknown"
        return
    asked = {one.code: one for one in kinds[facts.type].attributes}
    for code in {*facts.values, *facts.of_values} - set(asked):
        yield f"{product.slug}: its type does not ask for {code}"
    options = {option.code for option in product.options}
    by_option = {one.code for one in attributes() if one.option in options}
    for one in asked.values():
        is_said = one.code in facts.values or one.code in facts.of_values or one.code in by_option
        if one.is_required and not is_said:
            yield f"{product.slug}: {one.code} is missing"
    codes = {value.code for option in product.options for value in option.values}
    for code, table in facts.of_values.items():
        if set(table) - codes:
            yield f"{product.slug}: {code} speaks of values that no variant has"
