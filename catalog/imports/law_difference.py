"""Fibres, food, batteries and guarantees of a product: what a file would change of them.

A section that is empty in the file is left alone: an empty cell never takes what the law wants.
"""

from collections import Counter
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from catalog.imports.changes import Difference, alike, column_of
from catalog.law import fibres, foods
from catalog.models import Device, Fibre, FibreShare, Food, Guarantee, TextilePart
from shop.kit import languages

MODELS: dict[str, type[Model]] = {"food": Food, "device": Device, "guarantee": Guarantee}


def add(found: Difference) -> None:
    """Add what `found.record` says of them."""
    if found.record.fibres is not None and _are_right(found, found.record.fibres):
        wanted, held = found.record.fibres, found.known.fibres
        if sorted(wanted) != sorted(held):
            label = str(FibreShare._meta.verbose_name_plural)
            found.add("fibres", "", label, fibres.lines(held), fibres.lines(wanted), source=wanted)
    for section, told in found.record.law.items():
        _section(found, section, told)


def _are_right(found: Difference, wanted: list[tuple[str, str, int]]) -> bool:
    """Known names, each once in its part, and 100 percent in each; else it is refused."""
    words = {part for part, _fibre, _percent in wanted} - set(TextilePart.values)
    words |= {fibre for _part, fibre, _percent in wanted} - set(Fibre.values)
    counts = Counter((part, fibre) for part, fibre, _percent in wanted)
    if words:
        text = _("“%(text)s” is not known here.") % {"text": ", ".join(sorted(words))[:60]}
    elif not all(1 <= percent <= 100 for _part, _fibre, percent in wanted):
        text = _("A share is 1 to 100 percent.")
    elif max(counts.values()) > 1:
        text = _("Each fibre stands once in its part.")
    elif wrong := fibres.wrong_sums((part, percent) for part, _fibre, percent in wanted):
        sums = ", ".join(f"{TextilePart(part).label}: {total}" for part, total in wrong.items())
        text = _("The fibres of each part add up to 100 percent. %(parts)s") % {"parts": sums}
    else:
        return True
    found.record.refuse("fibres", text)
    return False


def _section(found: Difference, section: str, told: dict[str, Any]) -> None:
    model, held = MODELS[section], found.known.law.get(section)
    candidate: Any = model()
    if held is not None:
        for field in model._meta.concrete_fields:
            setattr(candidate, field.attname, getattr(held, field.attname))
    for name, value in told.items():
        setattr(candidate, name, value)
    if faults := _faults(candidate):
        key = next(iter(told))
        for name, text in faults:
            found.record.refuse(f"{section}_{name or key}", text)
        return
    for name in told:
        field = column_of(model, name)
        new = getattr(candidate, name)
        old = getattr(held, name) if held else field.get_default()
        if held is None or not alike(old, new):
            shown = None if held is None else old
            label = str(field.verbose_name)
            found.add(section, "", label, shown, new, target=held, source=name)


def _faults(candidate: Any) -> list[tuple[str, str]]:
    """What no such row may say, by column; "" where it is none alone."""
    found = _rules(candidate)
    try:
        candidate.full_clean(exclude=["product"], validate_unique=False)
    except ValidationError as problem:
        said = {name for name, _text in found}
        for name, texts in problem.message_dict.items():
            if name not in said and not (name == NON_FIELD_ERRORS and found):
                found.append(("" if name == NON_FIELD_ERRORS else name, " ".join(texts)))
    return found


def _rules(row: Any) -> list[tuple[str, str]]:
    """What the forms of staff refuse, too, and the database would in its own words."""
    if isinstance(row, Food):
        stars = [f"ingredients_{code}" for code in languages.codes()]
        loose = [name for name in stars if foods.has_loose_star(getattr(row, name))]
        return [(name, _("An allergen has only one star.")) for name in loose]
    if isinstance(row, Device):
        if bool(row.battery_kind) != bool(row.battery_place):
            return [("battery_place", _("Battery and its place: both or neither."))]
        if row.hazard_symbol and not row.battery_kind:
            return [("hazard_symbol", _("Only batteries bear a chemical symbol."))]
        return []
    found = []
    if (row.months or 0) % 6:
        found.append(("months", _("The label knows steps of half a year: 30, 36, 42 …")))
    for name in ("covers_whole_product", "is_free"):
        if not getattr(row, name):
            found.append((name, _("Otherwise it is no guarantee that bears the label.")))
    return found
