"""A small writer of PDF: pages with one picture behind them and lines of Helvetica on top.

Every reader brings Helvetica along, with umlauts; the same pages give the same bytes.
"""

import functools
import io
from dataclasses import dataclass, field

from PIL import Image, ImageFont

WIDTH, HEIGHT = 595.28, 841.89  # A4 in points
QUALITY = 82
_DATED = "D:20260115120000Z"  # when it was drawn, not when it was written
# Pillow's font is as wide as Helvetica, but knows no umlauts; these are as wide as they are.
_MEASURED = str.maketrans("äöüÄÖÜß·", "aouAOUb.")


@dataclass
class Page:
    """A picture as large as the sheet, and text on it. Points from the upper left."""

    picture: Image.Image
    _marks: list[bytes] = field(default_factory=list)

    def line(self, text: str, x: float, y: float, *, size: float, colour: str) -> None:
        """Write one line with its foot at `y`."""
        red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
        place = f"{red:.3f} {green:.3f} {blue:.3f} rg /F {size:g} Tf 1 0 0 1 {x:.2f} "
        place += f"{HEIGHT - y:.2f} Tm "
        self._marks.append(place.encode() + _text(text) + b" Tj")

    def paragraph(
        self, text: str, x: float, y: float, *, size: float, colour: str, right: float
    ) -> float:
        """Write as many lines as fit between `x` and `right` take. Returns the foot of the last."""
        lines = _wrapped(text, width=right - x, size=size)
        for number, one in enumerate(lines):
            self.line(one, x, y + number * size * 1.45, size=size, colour=colour)
        return y + (len(lines) - 1) * size * 1.45

    def content(self) -> bytes:
        drawn = f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /P Do Q BT".encode()
        return b"\n".join([drawn, *self._marks, b"ET"])


def document(pages: list[Page], *, title: str, author: str) -> bytes:
    """The pages as one file."""
    kids = " ".join(f"{5 + 3 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /ViewerPreferences << /DisplayDocTitle true >> >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Title %s /Author %s /CreationDate (%s) >>"
        % (_text(title), _text(author), _DATED.encode()),
    ]
    for number, page in enumerate(pages):
        objects += _objects_of(page, first=5 + 3 * number)
    return _file(objects)


def _objects_of(page: Page, *, first: int) -> list[bytes]:
    picture = io.BytesIO()
    page.picture.save(picture, "JPEG", quality=QUALITY, optimize=True)
    width, height = page.picture.size
    return [
        (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}]"
            f" /Contents {first + 1} 0 R /Resources << /Font << /F 3 0 R >>"
            f" /XObject << /P {first + 2} 0 R >> >> >>"
        ).encode(),
        _stream("", page.content()),
        _stream(
            f"/Type /XObject /Subtype /Image /Width {width} /Height {height}"
            " /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode ",
            picture.getvalue(),
        ),
    ]


def _stream(facts: str, content: bytes) -> bytes:
    return b"<< %s/Length %d >>\nstream\n%s\nendstream" % (facts.encode(), len(content), content)


def _file(objects: list[bytes]) -> bytes:
    out = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
    places = []
    for number, one in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    rows = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    table = f"xref\n0 {size}\n0000000000 65535 f \n{rows}"
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + (table + trailer).encode()


def _text(text: str) -> bytes:
    """A string of PDF. Raises `UnicodeEncodeError` for what Helvetica cannot write."""
    plain = text.encode("cp1252")
    for special in (b"\\", b"(", b")"):
        plain = plain.replace(special, b"\\" + special)
    return b"(" + plain + b")"


def _wrapped(text: str, *, width: float, size: float) -> list[str]:
    lines, line = [], ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and _font(size).getlength(longer.translate(_MEASURED)) > width:
            lines.append(line)
            longer = word
        line = longer
    return [*lines, line]


@functools.cache
def _font(size: float) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)
