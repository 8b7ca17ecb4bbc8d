"""The files that the demo sells: title, how it is made in two languages, the drawn sheet; A4."""

import io
from collections.abc import Callable
from dataclasses import dataclass

import resvg_py
from django.core.files.base import ContentFile
from PIL import Image

from catalog.documents import digital_files
from catalog.models import DigitalFile, Product
from demo import goods, pdf
from demo.goods import types
from demo.pictures import lettering, scene
from demo.pictures.ink import ANTHRACITE, HARBOUR, Ink, at, rect
from demo.pictures.kinds import sheets

PIXELS = (992, 1403)  # A4 at 120 to the inch
PAPER = "#FDFBF6"
LEFT, RIGHT = 54.0, 541.0


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
            Drucken Sie den Bogen in voller Größe. Das Schachbrett oben rechts misst
            2 cm mal 1,2 cm.

            Schneiden Sie Vorderteil, Ärmel und Tasche aus: die gestrichelte Linie
            ist die Naht, die durchgezogene der Schnitt.

            Legen Sie den Stoff doppelt, den Fadenlauf längs, und schneiden Sie
            jedes Teil zweimal zu.

            Säumen Sie die Taschen und steppen Sie sie auf das Vorderteil, 2 mm vom
            Rand.

            Schließen Sie die Schultern, setzen Sie die Ärmel flach ein, dann nähen
            Sie Seiten und Ärmel in einem Zug.

            Falten Sie den Kragen der Länge nach, steppen Sie ihn an die Halskante
            und säumen Sie unten zuletzt.""",
        steps_en="""\
            Print the sheet at full size. The chequers at the top right measure 2 cm
            by 1.2 cm.

            Cut out front, sleeve and pocket: the dashed line is the seam, the solid
            one the cutting line.

            Fold the cloth in two along the grain and cut every piece twice.

            Hem the pockets and stitch them on to the front, 2 mm from the edge.

            Close the shoulders, set the sleeves in flat, then sew side and sleeve
            in one go.

            Fold the collar lengthwise, stitch it to the neckline, and hem the
            bottom last.""",
    ),
    "strickanleitung-lotse": Guide(
        sheet=sheets.knitting_sheet,
        steps_de="""\
            Stricken Sie eine Maschenprobe: 20 Maschen und 28 Reihen ergeben 10 mal
            10 cm.

            Schlagen Sie 96 Maschen an, schließen Sie zur Runde und markieren Sie
            ihren Anfang.

            Stricken Sie 5 cm im Bündchen: 2 rechts, 2 links.

            Weiter im Perlrippenmuster nach der Strickschrift, bis die Mütze 18 cm
            hoch ist; ein dunkles Kästchen ist eine linke Masche.

            Teilen Sie die Runde in sechs Teile und nehmen Sie am Ende eines jeden
            ab, in jeder zweiten Runde.

            Wenn zwölf Maschen bleiben, ziehen Sie den Faden hindurch und vernähen
            Sie ihn innen.""",
        steps_en="""\
            Knit a tension square: 20 stitches and 28 rows make 10 by 10 cm.

            Cast on 96 stitches, join in the round and mark its beginning.

            Work 5 cm of ribbing: knit 2, purl 2.

            Go on in fisherman's rib after the chart until the hat is 18 cm high; a
            dark square is a purl stitch.

            Divide the round into six parts and decrease at the end of each, every
            second round.

            When twelve stitches remain, draw the yarn through them and weave it in
            on the inside.""",
    ),
}


def lay_in(made: dict[str, Product]) -> None:
    """Give every pattern its file, in the private storage."""
    for one in goods.catalogue().products:
        if one.slug in GUIDES:
            checked = digital_files.check(ContentFile(write(one)))
            digital_files.store(checked)
            DigitalFile.objects.create(
                product=made[one.slug],
                name_de=one.name_de.removesuffix(" (PDF)"),
                name_en=one.name_en.removesuffix(" (PDF)"),
                **checked.columns,
            )


def write(product: types.Product) -> bytes:
    """The PDF of a pattern, four pages, the same bytes each time. Raises `KeyError` for others."""
    guide = GUIDES[product.slug]
    pages = [
        _title(product, guide),
        _steps("So wird es gemacht", product.name_de, guide.steps_de),
        _steps("How it is made", product.name_en, guide.steps_en),
        _sheet(guide),
    ]
    return pdf.document(pages, title=f"{product.name_de} / {product.name_en}", author="Kontor")


def _title(product: types.Product, guide: Guide) -> pdf.Page:
    ink = Ink()
    sheet = scene.lying_shadow(ink, sheets.A4_SHAPE, height=5) + guide.sheet(ink)
    page = _page(
        ink,
        rect(0, 0, 210, 297, PAPER)
        + rect(0, 0, 210, 192, "#EBE3D4")
        + lettering.line("KONTOR", 105, 24, 7, HARBOUR, weight=1.1)
        + at(sheet, 105, 112, 0.48, turned=-4),
    )
    foot = 592.0
    for name, summary in (
        (product.name_de, product.summary_de),
        (product.name_en, product.summary_en),
    ):
        foot = page.paragraph(name, LEFT, foot, size=22, colour=HARBOUR, right=RIGHT)
        foot = page.paragraph(summary, LEFT, foot + 22, size=12, colour=ANTHRACITE, right=RIGHT)
        foot += 44
    note = "Für den privaten Gebrauch. · For private use."
    page.line(note, LEFT, 800, size=10, colour=ANTHRACITE)
    return page


def _steps(heading: str, name: str, steps: str) -> pdf.Page:
    page = _page(Ink(), rect(0, 0, 210, 297, PAPER) + rect(0, 0, 210, 12, HARBOUR))
    page.line(heading, LEFT, 104, size=26, colour=HARBOUR)
    page.line(name, LEFT, 126, size=12, colour=ANTHRACITE)
    foot = 176.0
    for number, step in enumerate(steps.split("\n\n"), start=1):
        page.line(str(number), LEFT, foot + 3, size=22, colour=HARBOUR)
        foot = page.paragraph(step, LEFT + 36, foot, size=14, colour=ANTHRACITE, right=RIGHT) + 40
    return page


def _sheet(guide: Guide) -> pdf.Page:
    ink = Ink()
    return _page(ink, at(guide.sheet(ink), 105, 148.5))


def _page(ink: Ink, drawn: str) -> pdf.Page:
    """A page with `drawn`, in millimetres, behind its text."""
    width, height = PIXELS
    source = scene.picture(ink, drawn, width, height, view="0 0 210 297")
    raw = resvg_py.svg_to_bytes(svg_string=source, skip_system_fonts=True, width=width)
    return pdf.Page(Image.open(io.BytesIO(raw)).convert("RGB").resize(PIXELS))
