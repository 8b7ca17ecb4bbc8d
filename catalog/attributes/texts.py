"""Values as files have them: what is written is read back as the same."""

from collections.abc import Iterable, Sequence
from typing import Any

from catalog.attributes import reading, units
from catalog.attributes.writing import Cells
from catalog.models import AttributeChoice, AttributeKind, AttributeValue
from shop.kit import languages

# Pairs of a language and a text; the language is empty where a value is the same in all.
type Texts = tuple[tuple[str, str], ...]


def of_values(values: Iterable[AttributeValue]) -> Texts:
    """The values of one attribute, choices by their codes; sorted, so that they can be compared."""
    found: list[tuple[str, str]] = []
    for value in values:
        code = value.choice.code if value.choice is not None else ""
        found += _texts(value.kind, {name: getattr(value, name) for name in _NAMES}, code)
    return tuple(sorted(found))


_NAMES = ("number", "boolean", "date", "text_de", "text_en")


def of_cells(kind: str, cells: Iterable[Cells], choices: Iterable[AttributeChoice]) -> Texts:
    """The same of checked cells that are not stored yet."""
    codes = {choice.pk: choice.code for choice in choices}
    found: list[tuple[str, str]] = []
    for one in cells:
        found += _texts(kind, one, codes.get(one.get("choice_id") or 0, ""))
    return tuple(sorted(found))


def _texts(kind: str, cells: Cells, code: str) -> list[tuple[str, str]]:
    if kind == AttributeKind.NUMBER:
        return [("", units.plain(cells["number"]))]
    if kind == AttributeKind.BOOLEAN:
        return [("", "true" if cells["boolean"] else "false")]
    if kind == AttributeKind.DATE:
        return [("", cells["date"].isoformat())]
    if kind == AttributeKind.TEXT:
        texts = {one: str(cells.get(f"text_{one}") or "") for one in languages.codes()}
        return [(one, text) for one, text in texts.items() if text]
    return [("", code)]


def value_of(kind: str, texts: Sequence[tuple[str, str]]) -> Any:
    """What `writing.cells_of` takes for these texts."""
    if kind == AttributeKind.TEXT:
        said = {language: text for language, text in texts if language}
        plain = next((text for language, text in texts if not language), "")
        return said or (dict.fromkeys(languages.codes(), plain) if plain else None)
    given = [text for _language, text in texts if text.strip()]
    if len(given) > 1 or kind == AttributeKind.MULTI_CHOICE:
        return given
    return given[0] if given else None


def worded(value: AttributeValue, language: str) -> str:
    """One value in words that are read back as the same in `language`."""
    if value.number is not None:
        number = units.plain(value.number, "," if language == "de" else ".")
        return f"{number} {value.attribute.unit}".strip()
    if value.date is not None:
        return value.date.isoformat()
    return reading.text_of(value, language)
