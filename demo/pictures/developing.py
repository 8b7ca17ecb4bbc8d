"""From SVG source to JPEG: rendered by resvg, then given the light of the studio and some grain."""

import io
import math
import random
from functools import cache

import resvg_py
from PIL import Image, ImageChops

from demo.pictures.planning import Picture

QUALITIES = (82, 76, 70, 62, 54)
LARGEST = 250_000
DRAWN_AT = {"main": 0.8125, "detail": 0.75, "use": 0.8125}
GRAIN = 2


def render(picture: Picture) -> bytes:
    """The picture as JPEG bytes, the same on every run."""
    share = DRAWN_AT.get(picture.view, 1.0)
    return develop(picture.render(), width=picture.width, height=picture.height, share=share)


def develop(source: str, *, width: int, height: int, share: float = 1.0) -> bytes:
    """SVG source as a progressive JPEG of that size in pixels; no font of the machine is used.

    `share` of the width is drawn and then enlarged: soft close-ups need no more, and cost less.
    """
    raw = resvg_py.svg_to_bytes(
        svg_string=source, skip_system_fonts=True, width=round(width * share)
    )
    image = Image.open(io.BytesIO(raw)).convert("RGB")
    if image.size != (width, height):
        image = image.resize((width, height), Image.Resampling.LANCZOS)
    image = ImageChops.multiply(image, _light(width, height))
    image = ImageChops.add(image, _grain(width, height), 1, -GRAIN)
    for quality in QUALITIES:
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        if out.tell() <= LARGEST:
            break
    return out.getvalue()


@cache
def _light(width: int, height: int) -> Image.Image:
    """What the lamp at the upper left leaves: everything there, nine tenths in the far corner."""
    small = 64
    fall = []
    for row in range(small):
        for column in range(small):
            far = math.hypot(column / small - 0.3, row / small - 0.22) / 1.05
            loss = far**1.8
            fall.append((255 - round(34 * loss), 255 - round(38 * loss), 255 - round(44 * loss)))
    sheet = Image.new("RGB", (small, small))
    sheet.putdata(fall)
    return sheet.resize((width, height), Image.Resampling.BICUBIC)


@cache
def _grain(width: int, height: int) -> Image.Image:
    """Noise of 0 to 2 * GRAIN, the same for every picture."""
    chance = random.Random("grain")
    tile = 400
    values = bytes(chance.choices(range(2 * GRAIN + 1), k=tile * tile))
    noise = Image.frombytes("L", (tile, tile), values)
    sheet = Image.new("L", (width, height))
    for x in range(0, width, tile):
        for y in range(0, height, tile):
            sheet.paste(noise, (x, y))
    return Image.merge("RGB", (sheet, sheet, sheet))
