"""Papers beside the goods and tables of sizes: `goods/data/handouts.toml` becomes rows and PDFs."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image

from catalog.documents import files
from catalog.models import Brand, Document, Product, SizeGuide
from demo import goods, pdf
from demo.pictures.ink import ANTHRACITE, HARBOUR

DATA = Path(goods.__file__).parent / "data" / "handouts.toml"
PIXELS = (496, 702)  # A4 at 60 to the inch: a plain sheet needs no more
PAPER = "#FDFBF6"
LEFT, RIGHT = 54.0, 541.0
_LANGUAGES = ("de", "en")


def lay_out(made: Mapping[str, Product]) -> None:
    """Give the goods their papers, in the media storage, and the clothes their tables of sizes."""
    found = tomllib.loads(DATA.read_text(encoding="utf-8"))
    places: dict[str, int] = {}
    for facts in found["handout"]:
        for language in _LANGUAGES:
            place = places[facts["slug"]] = places.get(facts["slug"], -1) + 1
            _document(made[facts["slug"]], facts, language, place)
    for facts in found["size_guide"]:
        _size_guide(made, facts)


def _document(product: Product, facts: Mapping[str, Any], language: str, place: int) -> None:
    checked = files.check(ContentFile(write(product, facts, language)))
    files.store(checked)
    Document.objects.create(
        product=product,
        kind=facts["kind"],
        language=language,
        name_de=facts[f"name_{language}"],
        name_en=facts[f"name_{language}"],
        position=place,
        **checked.columns,
    )


def write(product: Product, facts: Mapping[str, Any], language: str) -> bytes:
    """The PDF of a paper, one page, the same bytes each time."""
    name = getattr(product, f"name_{language}")
    page = pdf.Page(Image.new("RGB", PIXELS, PAPER))
    page.line("KONTOR", LEFT, 64, size=11, colour=HARBOUR)
    foot = page.paragraph(
        facts[f"name_{language}"], LEFT, 118, size=26, colour=HARBOUR, right=RIGHT
    )
    foot = page.paragraph(name, LEFT, foot + 24, size=13, colour=ANTHRACITE, right=RIGHT) + 44
    for number, text in enumerate(facts[language], start=1):
        page.line(str(number), LEFT, foot + 2, size=18, colour=HARBOUR)
        foot = page.paragraph(text, LEFT + 30, foot, size=13, colour=ANTHRACITE, right=RIGHT) + 34
    return pdf.document([page], title=f"{facts[f'name_{language}']}: {name}", author="Kontor")


def _size_guide(made: Mapping[str, Product], facts: Mapping[str, Any]) -> None:
    columns = ("slug", "name_de", "name_en", "intro_de", "intro_en", "columns_de", "columns_en")
    guide = SizeGuide.objects.create(
        **{column: facts[column] for column in (*columns, "rows")},
        brand=Brand.objects.filter(slug=facts.get("brand", "")).first(),
    )
    chosen = [made[slug].pk for slug in facts.get("products", ())]
    Product.objects.filter(pk__in=chosen).update(size_guide=guide)
