"""Food in words: what has to be known before it is bought (Art. 14 Regulation (EU) 1169/2011)."""

import dataclasses
import re
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from catalog.models import Food
from shop.kit import languages, money

ALCOHOL_IS_TOLD_ABOVE = Decimal("1.2")  # % vol (Art. 28, Annex XII)
_ALLERGEN = re.compile(r"\*([^*]+)\*")
# Order and names of Annex XV; indented rows are parts of the row above them.
_NUTRIENTS = ("fat", "saturates", "carbohydrate", "sugars", "protein", "salt")
_OBLIGATORY = ("energy_kj", "energy_kcal", *_NUTRIENTS)


@dataclasses.dataclass(frozen=True, slots=True)
class Span:
    """A piece of the list of ingredients; an allergen stands out from the others (Art. 21)."""

    text: str
    is_allergen: bool


def spans(text: str) -> list[Span]:
    """The list of ingredients in pieces; what staff put between stars is an allergen."""
    parts = _ALLERGEN.split(text)
    found = (Span(part, is_allergen=number % 2 == 1) for number, part in enumerate(parts))
    return [one for one in found if one.text]


def has_loose_star(text: str) -> bool:
    """A star without its partner: an allergen would be left unmarked."""
    return "*" in _ALLERGEN.sub("", text)


def facts(food: Food, language: str) -> dict[str, Any]:
    """What the product page shows of `food`: rows, ingredients in spans, the nutrition table."""

    def text(name: str) -> str:
        return languages.localized(food, name, language)

    rows = [
        (_("Origin"), text("origin")),
        (_("Alcohol"), _alcohol(food, language)),
        (_("Best before"), text("best_before")),
        (_("Storage and use"), text("storage")),
        (_("Food business operator"), f"{food.operator_name}, {food.operator_address}"),
    ]
    return {
        "designation": text("designation"),
        "rows": [{"label": label, "value": value} for label, value in rows if value],
        "ingredients": spans(text("ingredients")),
        "nutrition": _nutrition(food, language),
        "nutrition_basis": str(food.get_nutrition_basis_display()),
    }


def _alcohol(food: Food, language: str) -> str:
    percent = food.alcohol_percent
    if percent is None or percent <= ALCOHOL_IS_TOLD_ABOVE:
        return ""
    return _("%(percent)s %% vol") % {"percent": money.formatted_number(percent, language)}


def _nutrition(food: Food, language: str) -> list[dict[str, Any]]:
    if lacks_nutrition(food):
        return []
    labels = {
        "fat": _("Fat"),
        "saturates": _("of which saturates"),
        "carbohydrate": _("Carbohydrate"),
        "sugars": _("of which sugars"),
        "protein": _("Protein"),
        "salt": _("Salt"),
    }
    energy = {
        "label": _("Energy"),
        "value": f"{food.energy_kj} kJ / {food.energy_kcal} kcal",
        "is_part": False,
    }
    rows = [
        {
            "label": labels[name],
            "value": f"{money.formatted_number(getattr(food, name), language)} g",
            "is_part": name in ("saturates", "sugars"),
        }
        for name in _NUTRIENTS
    ]
    return [energy, *rows]


def lacks_nutrition(food: Food) -> bool:
    """Is a number of the table missing?"""
    return any(getattr(food, name) is None for name in _OBLIGATORY)


def missing(food: Food | None) -> list[str]:
    """What `food` still lacks before it may be sold, in sentences."""
    if food is None:
        return [_("Name of the food, ingredients, nutrition, operator: all are missing.")]
    wanted = []
    for code in languages.codes():
        text = getattr(food, f"ingredients_{code}").strip()
        if not getattr(food, f"designation_{code}").strip():
            wanted.append(_("The name of the food is missing (%(language)s).") % {"language": code})
        if not text and not food.has_no_ingredient_list:
            wanted.append(_("The ingredients are missing (%(language)s).") % {"language": code})
        if has_loose_star(text):
            wanted.append(_("An allergen has only one star (%(language)s).") % {"language": code})
    if lacks_nutrition(food) and not food.has_no_nutrition:
        wanted.append(_("The nutrition table is not complete."))
    if not (food.operator_name.strip() and food.operator_address.strip()):
        wanted.append(_("Name and address of the food business operator are missing."))
    return wanted
