"""What special laws want known: fibres of textiles, particulars of food, electrical devices."""

import functools
import tomllib
from typing import Any

from catalog.models import Device, Fibre, FibreShare, Food, Law, TextilePart
from demo.catalogue import words
from demo.catalogue.goods import Good

Row = dict[str, Any]
_LAWS = {
    "textilwelt": [Law.TEXTILE],
    "modewelt": [Law.TEXTILE],
    "lichtwelt": [Law.ELECTRICAL],  # sold without lamps: no energy label
    "feinkostwelt": [Law.FOOD],
}
_NUTRIENTS = (
    *("energy_kj", "energy_kcal", "fat", "saturates"),
    *("carbohydrate", "sugars", "protein", "salt"),
)


def laws_of(department: words.Department) -> list[str]:
    """The laws that goods of this department fall under."""
    return [str(law) for law in _LAWS.get(department.code, [])]


def rows_of(good: Good, product_id: int) -> list[tuple[Any, Row]]:
    """Rows by their model."""
    laws = laws_of(good.leaf.department)
    if Law.TEXTILE in laws:
        fibre = "virgin_wool" if good.material == "merino" else Fibre(good.material).value
        facts = {"part": TextilePart.WHOLE, "fibre": fibre, "percent": 100}
        return [(FibreShare, {"product_id": product_id, **facts})]
    if Law.ELECTRICAL in laws:
        return [(Device, {"product_id": product_id, "is_electrical": True})]
    if Law.FOOD in laws:
        return [(Food, {"product_id": product_id, **_food(good)})]
    return []


@functools.cache
def _foods() -> dict[str, Any]:
    return tomllib.loads((words.DATA / "food.toml").read_text())


def _food(good: Good) -> Row:
    assert good.leaf.kind is not None  # noqa: S101 - goods stand on leaves
    known = _foods()[good.leaf.kind.noun_de.lower()]
    nutrition = known.get("nutrition")
    return {
        "designation_de": good.leaf.kind.noun_de,
        "designation_en": good.leaf.kind.noun_en.capitalize(),
        "ingredients_de": known["ingredients"][0],
        "ingredients_en": known["ingredients"][1],
        "has_no_nutrition": nutrition is None,
        "nutrition_basis": good.leaf.kind.unit,
        **dict(zip(_NUTRIENTS, nutrition or [None] * len(_NUTRIENTS), strict=True)),
        "storage_de": "Kühl und trocken lagern.",
        "storage_en": "Store in a cool and dry place.",
        "operator_name": "Feinkostwelt Abfüllung GmbH",
        "operator_address": "Am Speicher 7, 23552 Lübeck",
    }
