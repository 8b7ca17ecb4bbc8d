"""From SVG source to JPEG: rendered by resvg, finished with a little film grain."""

import io
import random
from functools import cache

import resvg_py
from PIL import Image, ImageChops

from demo.pictures.planning import Picture

QUALITY = 84
GRAIN = 4


def render(picture: Picture) -> bytes:
    """The picture as JPEG bytes, the same on every run."""
    return develop(picture.render(), width=picture.width, height=picture.height)


def develop(source: str, *, width: int, height: int) -> bytes:
    """SVG source as a progressive JPEG of the given size in pixels; no font of the machine is used."""
    raw = resvg_py.svg_to_bytes(svg_string=source, skip_system_fonts=True)
    image = Image.open(io.BytesIO(raw)).convert("RGB")
    if image.size != (width, height):
        image = image.resize((width, height), Image.Resampling.LANCZOS)
    grain = _grain(width, height)
    image = ImageChops.subtract(ImageChops.add(image, grain), _level(width, height))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue()


@cache
def _grain(width: int, height: int) -> Image.Image:
    """Noise of 0 to 2 * GRAIN, soft enough not to cost much in JPEG; the same for every picture."""
    chance = random.Random("grain")  # noqa: S311 -- film grain, no secrets
    tile = 400
    noise = Image.frombytes(
        "L", (tile, tile), bytes(chance.choices(range(2 * GRAIN + 1), k=tile * tile))
    )
    sheet = Image.new("L", (width, height))
    for x in range(0, width, tile):
        for y in range(0, height, tile):
            sheet.paste(noise, (x, y))
    return Image.merge("RGB", (sheet, sheet, sheet))


@cache
def _level(width: int, height: int) -> Image.Image:
    return Image.new("RGB", (width, height), (GRAIN, GRAIN, GRAIN))
