"""Product types and attributes of the large catalogue: a type a department, six attributes each."""

import dataclasses
from decimal import Decimal

from catalog.models import (
    Attribute,
    AttributeChoice,
    AttributeKind,
    ProductType,
    TypeAttribute,
)
from demo.catalogue import lawful, planning, words

_PACKAGING = ("Verpackung", "Packaging")
# In front of every code, so that the goods of a real shop beside it have theirs.
MARK = "k"
_MEASURES = {
    "width": ("Breite", "Width", "cm"),
    "length": ("Länge", "Length", "cm"),
    "height": ("Höhe", "Height", "cm"),
    "diameter": ("Durchmesser", "Diameter", "cm"),
    "content": ("Packungsgewicht", "Packed weight", "g"),
}


@dataclasses.dataclass(frozen=True)
class Description:
    """The rows that values point at. Choices by the code of their attribute and their own."""

    types: dict[str, ProductType]
    attributes: dict[str, Attribute]
    choices: dict[tuple[str, str], AttributeChoice]


def make() -> Description:
    """Write types, attributes and choices."""
    known = words.known()
    made = Description({}, {}, {})
    colours = [(one.code, one.de, one.en, one.swatch) for one in known.colours]
    _attribute(made, "colour", ("Farbe", "Colour"), AttributeKind.SWATCH, colours)
    for code, names in (("material", ("Material", "Material")), ("packaging", _PACKAGING)):
        _attribute(made, code, names, AttributeKind.CHOICE, _materials(is_food=names == _PACKAGING))
    styles = [(*one, "") for one in known.styles]
    _attribute(made, "style", ("Stil", "Style"), AttributeKind.CHOICE, styles)
    _attribute(made, "gift", ("Als Geschenk verpackt", "Gift-wrapped"), AttributeKind.BOOLEAN)
    _attribute(made, "organic", ("Bio", "Organic"), AttributeKind.BOOLEAN)
    for code, (german, english, unit) in _MEASURES.items():
        _attribute(made, code, (german, english), AttributeKind.NUMBER, unit=unit)
    for department in known.departments:
        sizes = [(planning.slug(one), one, one.replace(",", "."), "") for one in _sizes(department)]
        names = ("Inhalt", "Content") if department.is_food else ("Größe", "Size")
        _attribute(made, f"size-{department.code}", names, AttributeKind.CHOICE, sizes)
        _type(made, department)
    return made


def _materials(*, is_food: bool) -> list[tuple[str, str, str, str]]:
    """What goods are made of, or what food is packed in."""
    known = words.known()
    codes = dict.fromkeys(
        code for one in known.departments if one.is_food == is_food for code in one.materials
    )
    return [(planning.slug(code), *known.materials[code], "") for code in codes]


def _sizes(department: words.Department) -> list[str]:
    """Its sizes, in each unit in which its goods are sold."""
    if not department.is_food:
        return list(department.sizes)
    units = dict.fromkeys(kind.unit for kind in department.kinds)
    return [size.replace(" g", f" {unit}") for unit in units for size in department.sizes]


def _attribute(
    made: Description,
    code: str,
    names: words.Pair,
    kind: AttributeKind,
    choices: list[tuple[str, str, str, str]] | None = None,
    *,
    unit: str = "",
) -> None:
    row = Attribute.objects.create(
        code=f"{MARK}-{code}", name_de=names[0], name_en=names[1], kind=kind, unit=unit,
        is_facet=True, position=len(made.attributes),
    )  # fmt: skip
    made.attributes[code] = row
    rows = AttributeChoice.objects.bulk_create(
        AttributeChoice(
            attribute=row,
            code=choice,
            name_de=german,
            name_en=english,
            swatch=swatch,
            position=place,
        )
        for place, (choice, german, english, swatch) in enumerate(choices or ())
    )
    made.choices.update({(code, one.code): one for one in rows})


def _type(made: Description, department: words.Department) -> None:
    kind = ProductType.objects.create(
        code=f"{MARK}-{department.code}",
        name_de=department.name_de,
        name_en=department.name_en,
        laws=lawful.laws_of(department),
    )
    made.types[department.code] = kind
    per_variant = {f"size-{department.code}", "colour"}
    TypeAttribute.objects.bulk_create(
        TypeAttribute(
            product_type=kind,
            attribute=made.attributes[code],
            is_per_variant=code in per_variant,
            position=place,
        )
        for place, code in enumerate(codes_of(department))
    )


def codes_of(department: words.Department) -> list[str]:
    """The attributes of its goods, in the order of the page."""
    own = ["packaging", "organic"] if department.is_food else ["colour", "material", "style"]
    return [*own, "gift", department.measure, f"size-{department.code}"]


def content_of(size: str) -> tuple[Decimal | None, str]:
    """How much is in it, for the base price: `250 g` is (250, "g")."""
    amount, _space, unit = size.partition(" ")
    return (Decimal(amount), unit) if unit in ("g", "ml") else (None, "")
