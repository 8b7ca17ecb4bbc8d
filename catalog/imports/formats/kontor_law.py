"""What special laws want of a product, as columns: fibres, food, batteries, guarantees."""

import re
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from catalog.imports import cells, prose
from catalog.imports.columns import Row
from catalog.imports.formats import parts
from catalog.imports.records import ProductRecord, Share
from shop.kit import languages

type _Parse = Callable[[str], Any]
_WHOLE = "whole"


def _in_all(name: str) -> dict[str, _Parse | None]:
    return {f"{name}_{code}": None for code in languages.codes()}


_NUTRIENTS = ("fat", "saturates", "carbohydrate", "sugars", "protein", "salt")
_FOOD: dict[str, _Parse | None] = {
    **_in_all("designation"),
    **_in_all("ingredients"),
    "has_no_ingredient_list": cells.yes,
    "has_no_nutrition": cells.yes,
    "nutrition_basis": None,
    "energy_kj": cells.whole,
    "energy_kcal": cells.whole,
    **dict.fromkeys(_NUTRIENTS, cells.measure),
    **_in_all("storage"),
    **_in_all("best_before"),
    "operator_name": None,
    "operator_address": None,
    **_in_all("origin"),
    "alcohol_percent": cells.measure,
}
_DEVICE: dict[str, _Parse | None] = {
    "is_electrical": cells.yes,
    "battery_kind": None,
    "battery_place": None,
    "hazard_symbol": None,
}
_GUARANTEE: dict[str, _Parse | None] = {
    "brand": None,
    "model_identifier": None,
    "months": cells.whole,
    "covers_whole_product": cells.yes,
    "is_free": cells.yes,
    "guarantor_name": None,
    "guarantor_address": None,
    **_in_all("terms"),
}
# Section → its columns, and those of which one has to be filled: else the file says nothing of it.
SECTIONS: dict[str, tuple[dict[str, _Parse | None], tuple[str, ...]]] = {
    "food": (_FOOD, tuple(_in_all("designation"))),
    "device": (_DEVICE, ("is_electrical", "battery_kind")),
    "guarantee": (_GUARANTEE, ("months", "model_identifier")),
}


def names() -> list[str]:
    """The columns in their order: `fibres`, `food_designation_de` …"""
    found = [
        f"{section}_{name}" for section, (fields, _keys) in SECTIONS.items() for name in fields
    ]
    return ["fibres", *found]


def read(found: ProductRecord, row: Row) -> None:
    """Take in what the line says. A section of which it says nothing is left alone."""
    if row.text("fibres"):
        found.fibres = row.read("fibres", _shares)
    for section, (fields, keys) in SECTIONS.items():
        if any(row.text(f"{section}_{key}") for key in keys):
            told = {name: parse for name, parse in fields.items() if row.has(f"{section}_{name}")}
            found.law[section] = {
                name: _told(row, f"{section}_{name}", parse) for name, parse in told.items()
            }


def _told(row: Row, column: str, parse: _Parse | None) -> Any:
    if parse is None:
        return prose.tidy(row.raw(column))
    value = row.read(column, parse)
    return False if value is None and parse is cells.yes else value


def _shares(text: str) -> list[Share]:
    """Lines `70 wool, 30 polyamide`, or `lining: 100 cotton` where parts differ."""
    found = []
    for line in filter(str.strip, text.splitlines()):
        part, colon, shares = line.rpartition(":")
        for share in shares.split(","):
            match = re.fullmatch(r"\s*([0-9]{1,3})\s*%?\s*([a-z_]+)\s*", share)
            if match is None:
                raise cells.Wrong(_("Fibres are lines “70 wool, 30 polyamide”."))
            found.append((part.strip() if colon else _WHOLE, match[2], int(match[1])))
    return found


def written(found: ProductRecord) -> dict[str, str]:
    """The cells of these columns."""
    line = {"fibres": _lines(found.fibres or [])}
    for section, told in found.law.items():
        line |= {f"{section}_{name}": _cell(value) for name, value in told.items()}
    return line


def _lines(shares: list[Share]) -> str:
    by_part: dict[str, list[str]] = {}
    for part, fibre, percent in shares:
        by_part.setdefault(part, []).append(f"{percent} {fibre}")
    return "\n".join(
        ", ".join(held) if part == _WHOLE else f"{part}: {', '.join(held)}"
        for part, held in by_part.items()
    )


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return parts.flag(value)
    return "" if value is None else str(value)
