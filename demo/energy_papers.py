"""Energy label and product information sheet of the demo's lamps, marked as specimens.

Layout after Annex III and V of Regulation (EU) 2019/2015; the real ones come from EPREL and bear a
code.
"""

import io
from collections.abc import Mapping
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFont

from catalog.documents import files
from catalog.models import Document, DocumentKind, Product
from demo import goods, handouts
from demo.goods import types

SIZE = (540, 1080)
_CLASSES = {
    "A": "#00A651",
    "B": "#50B848",
    "C": "#BFD730",
    "D": "#FFF200",
    "E": "#FDB913",
    "F": "#F37021",
    "G": "#ED1C24",
}
_ROW, _TOP, _LEFT = 84, 250, 30
_INK = "#101010"


def lay_out(made: Mapping[str, Product]) -> None:
    """Give each lamp its label and its sheet."""
    for one in goods.catalogue().products:
        for energy in energies(one):
            _label(made[one.slug], one, energy)
            for language in ("de", "en"):
                _sheet(made[one.slug], one, energy, language)


def energies(one: types.Product) -> list[types.Energy]:
    """What is to be labelled: that of the product, and others that its variants have."""
    found = [one.energy, *(variant.energy for variant in one.variants)]
    return list(dict.fromkeys(energy for energy in found if energy))


def _label(product: Product, one: types.Product, energy: types.Energy) -> None:
    content = draw(one.manufacturer.name, _model(one), energy)
    checked = files.check(ContentFile(content))
    files.store(checked)
    Document.objects.create(
        product=product,
        kind=DocumentKind.ENERGY_LABEL,
        name_de=f"Energieetikett ({energy.lumen} lm)",
        name_en=f"Energy label ({energy.lumen} lm)",
        position=90,
        **checked.columns,
    )


def draw(supplier: str, model: str, energy: types.Energy) -> bytes:
    """The label as PNG: arrows A to G, the class in black, kWh in 1000 hours."""
    picture = Image.new("RGB", SIZE, "#FFFFFF")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((2, 2, SIZE[0] - 3, SIZE[1] - 3), outline=_INK, width=4)
    pen.rectangle((2, 2, SIZE[0] - 3, 110), fill="#034EA2")
    _words(pen, 30, 30, "ENERG", 62, "#FFFFFF")
    _words(pen, 30, 130, supplier, 28, _INK)
    _words(pen, 30, 175, f"{model} · Muster / specimen", 26, _INK)
    for place, (letter, colour) in enumerate(_CLASSES.items()):
        top, right = _TOP + place * _ROW, 180 + place * 36
        _arrow(pen, (_LEFT, top, right, top + _ROW - 14), colour)
        _words(pen, _LEFT + 14, top + 8, letter, 48, "#FFFFFF" if letter != "D" else _INK)
        if letter == energy.efficiency_class:
            pen.polygon(
                [(400, top + 35), (435, top), (510, top), (510, top + 70), (435, top + 70)],
                fill=_INK,
            )
            _words(pen, 452, top + 8, letter, 52, "#FFFFFF")
    _words(pen, 60, 900, f"{energy.kwh_per_1000h:g}".replace(".", ","), 90, _INK)
    _words(pen, 230, 930, "kWh/1000h", 48, _INK)
    _words(pen, 420, 1030, "2019/2015", 22, _INK)
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()


def _arrow(pen: ImageDraw.ImageDraw, box: tuple[int, int, int, int], colour: str) -> None:
    left, top, right, bottom = box
    middle = (top + bottom) // 2
    points = [(left, top), (right, top), (right + 34, middle), (right, bottom), (left, bottom)]
    pen.polygon(points, fill=colour)


def _words(
    pen: ImageDraw.ImageDraw, left: int, top: int, text: str, size: int, colour: str
) -> None:
    pen.text((left, top), text, font=ImageFont.load_default(size), fill=colour)


def _sheet(product: Product, one: types.Product, energy: types.Energy, language: str) -> None:
    checked = files.check(ContentFile(handouts.write(product, _facts(one, energy), language)))
    files.store(checked)
    Document.objects.create(
        product=product,
        kind=DocumentKind.PRODUCT_INFORMATION_SHEET,
        language=language,
        name_de=f"Produktdatenblatt {energy.lumen} lm{'' if language == 'de' else ' (englisch)'}",
        name_en=f"Information sheet {energy.lumen} lm{'' if language == 'en' else ' (German)'}",
        position=91,
        **checked.columns,
    )


def _facts(one: types.Product, energy: types.Energy) -> dict[str, Any]:
    """What a sheet says, number by number."""
    rows = [
        ("Name des Lieferanten", "Supplier", one.manufacturer.name),
        ("Modellkennung", "Model identifier", _model(one)),
        ("Energieeffizienzklasse", "Energy efficiency class", energy.efficiency_class),
        ("Energieverbrauch", "Energy consumption", f"{energy.kwh_per_1000h:g} kWh/1000 h"),
        ("Nutzlichtstrom", "Useful luminous flux", f"{energy.lumen} lm"),
    ]
    return {
        "name_de": "Produktdatenblatt",
        "name_en": "Product information sheet",
        "de": [f"{german}: {value}" for german, _english, value in rows],
        "en": [f"{english}: {value}" for _german, english, value in rows],
    }


def _model(one: types.Product) -> str:
    """The article number: what all its variants begin with."""
    return one.variants[0].sku.rpartition("-")[0] or one.variants[0].sku
