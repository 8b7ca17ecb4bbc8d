"""The PDFs that the demo sells: title, how it is made in two languages, and the drawn sheet; A4."""

import functools
import io
import textwrap
import time
from collections.abc import Callable
from dataclasses import dataclass

import resvg_py
from PIL import Image, ImageDraw, ImageFont

from demo import goods
from demo.goods import types
from demo.pictures import lettering, scene
from demo.pictures.ink import ANTHRACITE, HARBOUR, Ink, at, rect
from demo.pictures.kinds import sheets

DPI = 120
WIDTH, HEIGHT = round(210 / 25.4 * DPI), round(297 / 25.4 * DPI)
PAPER = "#FDFBF6"
MARGIN = 90
# The same bytes on every run: the file says when the demo's pattern was drawn, not when it ran.
_DRAWN_ON = time.strptime("2026-01-15", "%Y-%m-%d")


@dataclass(frozen=True)
class Guide:
    """What a pattern consists of. `steps_*` are paragraphs, one an act."""

    sheet: Callable[[Ink], str]
    steps_de: str
    steps_en: str


GUIDES = {
    "schnittmuster-fischerhemd": Guide(
        sheet=sheets.pattern_sheet,
        steps_de="""\
            Drucken Sie den Bogen in voller Größe. Das Schachbrett oben rechts misst 2 cm mal 1,2 cm.
            Schneiden Sie Vorderteil, Ärmel und Tasche aus: die gestrichelte Linie ist die Naht, die durchgezogene der Schnitt.
            Legen Sie den Stoff doppelt, den Fadenlauf längs, und schneiden Sie jedes Teil zweimal zu.
            Säumen Sie die Taschen und steppen Sie sie auf das Vorderteil, 2 mm vom Rand.
            Schließen Sie die Schultern, setzen Sie die Ärmel flach ein, dann nähen Sie Seiten und Ärmel in einem Zug.
            Falten Sie den Kragen der Länge nach, steppen Sie ihn an die Halskante und säumen Sie unten zuletzt.""",
        steps_en="""\
            Print the sheet at full size. The chequers at the top right measure 2 cm by 1.2 cm.
            Cut out front, sleeve and pocket: the dashed line is the seam, the solid one the cutting line.
            Fold the cloth in two along the grain and cut every piece twice.
            Hem the pockets and stitch them on to the front, 2 mm from the edge.
            Close the shoulders, set the sleeves in flat, then sew side and sleeve in one go.
            Fold the collar lengthwise, stitch it to the neckline, and hem the bottom last.""",
    ),
    "strickanleitung-lotse": Guide(
        sheet=sheets.knitting_sheet,
        steps_de="""\
            Stricken Sie eine Maschenprobe: 20 Maschen und 28 Reihen ergeben 10 mal 10 cm.
            Schlagen Sie 96 Maschen an, schließen Sie zur Runde und markieren Sie ihren Anfang.
            Stricken Sie 5 cm im Bündchen: 2 rechts, 2 links.
            Weiter im Perlrippenmuster nach der Strickschrift, bis die Mütze 18 cm hoch ist; ein dunkles Kästchen ist eine linke Masche.
            Teilen Sie die Runde in sechs Teile und nehmen Sie am Ende eines jeden ab, in jeder zweiten Runde.
            Wenn zwölf Maschen bleiben, ziehen Sie den Faden hindurch und vernähen Sie ihn innen.""",
        steps_en="""\
            Knit a tension square: 20 stitches and 28 rows make 10 by 10 cm.
            Cast on 96 stitches, join in the round and mark its beginning.
            Work 5 cm of ribbing: knit 2, purl 2.
            Go on in fisherman's rib after the chart until the hat is 18 cm high; a dark square is a purl stitch.
            Divide the round into six parts and decrease at the end of each, every second round.
            When twelve stitches remain, draw the yarn through them and weave it in on the inside.""",
    ),
}


def pdf(product: types.Product) -> bytes:
    """The file of a pattern, four pages. Raises `KeyError` for a product that has no guide."""
    guide = GUIDES[product.slug]
    german, *pages = (
        _title(product, guide),
        _steps("So wird es gemacht", product.name_de, guide.steps_de),
        _steps("How it is made", product.name_en, guide.steps_en),
        _sheet(guide),
    )
    out = io.BytesIO()
    german.save(
        out,
        "PDF",
        save_all=True,
        append_images=pages,
        resolution=DPI,
        quality=82,
        title=f"{product.name_de} / {product.name_en}",
        author=goods.catalogue().brands[0].name,
        creationDate=_DRAWN_ON,
        modDate=_DRAWN_ON,
    )
    return out.getvalue()


def _title(product: types.Product, guide: Guide) -> Image.Image:
    ink = Ink()
    page = scene.lying_shadow(ink, sheets.A4_SHAPE, height=5) + guide.sheet(ink)
    image = _raster(
        ink,
        rect(0, 0, 210, 297, PAPER)
        + rect(0, 0, 210, 190, "#EBE3D4")
        + lettering.line("KONTOR", 105, 26, 7, HARBOUR, weight=1.1)
        + at(page, 105, 110, 0.46, turned=-4),
    )
    pen = ImageDraw.Draw(image)
    y = 940
    for name, summary in (
        (product.name_de, product.summary_de),
        (product.name_en, product.summary_en),
    ):
        y = _text(pen, name, y, size=38)
        y = _text(pen, summary, y + 8, size=21) + 34
    _text(pen, "Für den privaten Gebrauch. · For private use.", HEIGHT - 90, size=17)
    return image


def _steps(heading: str, name: str, steps: str) -> Image.Image:
    ink = Ink()
    image = _raster(ink, rect(0, 0, 210, 297, PAPER) + rect(0, 0, 210, 12, HARBOUR))
    pen = ImageDraw.Draw(image)
    y = _text(pen, heading, 130, size=42)
    y = _text(pen, name, y + 6, size=21) + 46
    for number, step in enumerate(textwrap.dedent(steps).splitlines(), start=1):
        pen.text((MARGIN, y), f"{number}", fill=HARBOUR, font=_font(34))
        y = _text(pen, step, y + 6, size=24, indent=60) + 30
    return image


def _sheet(guide: Guide) -> Image.Image:
    ink = Ink()
    return _raster(ink, at(guide.sheet(ink), 105, 148.5))


def _raster(ink: Ink, body: str) -> Image.Image:
    source = scene.picture(ink, body, WIDTH, HEIGHT, view="0 0 210 297")
    raw = resvg_py.svg_to_bytes(svg_string=source, skip_system_fonts=True, width=WIDTH)
    return Image.open(io.BytesIO(raw)).convert("RGB").resize((WIDTH, HEIGHT))


def _text(pen: ImageDraw.ImageDraw, text: str, y: int, *, size: int, indent: int = 0) -> int:
    """Write `text` between the margins, as many lines as it takes. Returns where it ends."""
    font, left = _font(size), MARGIN + indent
    line = ""
    lines = []
    for word in text.split():
        longer = f"{line} {word}".strip()
        if font.getlength(longer) > WIDTH - MARGIN - left:
            lines.append(line)
            longer = word
        line = longer
    for one in [*lines, line]:
        pen.text((left, y), one, fill=ANTHRACITE, font=font)
        y += round(size * 1.45)
    return y


@functools.cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    """The font that Pillow brings along: none of the machine."""
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont)  # noqa: S101 - the wheel has FreeType
    return font
