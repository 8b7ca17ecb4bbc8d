"""The shop's sign as PNG, for home screens: the stepped gable over water of `img/favicon.svg`.

`manage.py draw_icons` writes the files; they are part of the code, so that nothing draws them where
the shop runs.
"""

import io
import itertools
import math

from PIL import Image, ImageDraw

SEA, SAND, BRASS = "#22394a", "#f2ede3", "#dfae37"
# Drawn on a field of 64 by 64, four times as large as asked for, then made small: smooth edges.
FIELD, FINE = 64, 4
GABLE = [
    (4.0, 43.0), (4, 30), (11, 30), (11, 22), (18, 22), (18, 14), (34, 14), (34, 22), (41, 22),
    (41, 30), (48, 30), (48, 43),
]  # fmt: skip
STROKE = 4.4
# File → size, and which share of the field the sign takes: a maskable one may be cut to a circle.
FILES = {"icon-192.png": (192, 1.0), "icon-512.png": (512, 1.0), "icon-maskable.png": (512, 0.72)}


def drawn(name: str) -> bytes:
    """The file `name` of `FILES`; the same bytes each time."""
    size, share = FILES[name]
    image = Image.new("RGB", (size * FINE, size * FINE), SEA)
    pen = ImageDraw.Draw(image)
    for points, colour in ((GABLE, SAND), (_door(), SAND), (_water(), BRASS)):
        _stroke(pen, points, colour, scale=size * FINE / FIELD, share=share)
    out = io.BytesIO()
    small = image.resize((size, size), Image.Resampling.LANCZOS)
    small.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def _door() -> list[tuple[float, float]]:
    arch = [
        (26 - 6 * math.cos(angle), 34 - 6 * math.sin(angle))
        for angle in (math.pi * step / 24 for step in range(25))
    ]
    return [(20.0, 43.0), *arch, (32.0, 43.0)]


def _water() -> list[tuple[float, float]]:
    return [(3 + step / 4, 51 - 2.2 * math.sin(step / 4 * math.pi / 10)) for step in range(189)]


def _stroke(
    pen: ImageDraw.ImageDraw,
    points: list[tuple[float, float]],
    colour: str,
    *,
    scale: float,
    share: float,
) -> None:
    """A line with round ends and corners."""
    middle = FIELD / 2
    placed = [
        (
            (middle + (6 + 0.97 * x - middle) * share) * scale,
            (middle + (0.97 * y - middle) * share) * scale,
        )
        for x, y in points
    ]
    radius = STROKE * 0.97 * share * scale / 2
    for x, y in placed:
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)
    for start, end in itertools.pairwise(placed):
        pen.line((start, end), fill=colour, width=round(2 * radius))
