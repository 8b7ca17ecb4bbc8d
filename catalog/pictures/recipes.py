"""Which files a picture is made into: shapes, widths, formats and their qualities.

The figures behind them stand in docs/algorithms/pictures.md.
"""

import dataclasses
import hashlib
import io
from collections.abc import Sequence
from typing import Any

from PIL import Image

from catalog.models import CategoryPicture, CollectionPicture, Hero
from catalog.models.picture import Picture
from catalog.models.renditions import FULL

Box = tuple[int, int, int, int]
# Near to equal quality: 40.4 dB, 40.5 dB and 39.7 dB over the demo's pictures.
OPTIONS: dict[str, dict[str, Any]] = {
    "avif": {"format": "AVIF", "quality": 60, "speed": 8, "max_threads": 1},
    "webp": {"format": "WEBP", "quality": 80, "method": 2},
    "jpeg": {"format": "JPEG", "quality": 78, "optimize": True, "progressive": True},
}
GOODS_WIDTHS = (160, 320, 480, 640, 960, 1280, 1600)
HERO_WIDTHS = (640, 960, 1280, 1920, 2400)
PHONE_WIDTHS = (640, 960, 1280)
# Made while staff wait; the page is never without a picture.
AT_ONCE = (320, 960)
AT_ONCE_FORMATS = ("webp", "jpeg")
_NEARLY = 0.02  # A picture whose shape is that near needs no crop.


@dataclasses.dataclass(frozen=True, slots=True)
class Shape:
    """A way to show a picture; without `ratio` (width to height) it is shown whole."""

    name: str
    widths: tuple[int, ...]
    ratio: float | None = None
    formats: tuple[str, ...] = tuple(OPTIONS)


WHOLE = Shape(FULL, GOODS_WIDTHS)
SQUARE = Shape("square", (160, 320, 480, 640, 960), 1.0)
TILE = Shape("tile", (160, 320, 480, 640), 4 / 5)
# What other sites show when somebody shares a page (Open Graph); they want no modern format.
SHARE = Shape("share", (1200,), 1200 / 630, ("jpeg",))
HERO = Shape(FULL, HERO_WIDTHS)
HERO_ON_PHONE = Shape("phone", PHONE_WIDTHS, 4 / 3)
PHONE = Shape(FULL, PHONE_WIDTHS)


@dataclasses.dataclass(frozen=True, slots=True)
class Want:
    """One shape of one picture: the part of it that is shown, and in which widths."""

    shape: Shape
    box: Box
    widths: tuple[int, ...]
    mark: str


# Every kind of row that shows pictures; kinds without an entry here are shown like goods.
MODELS: tuple[type[Picture], ...] = tuple(Picture.__subclasses__())
_GOODS = (WHOLE, SQUARE, SHARE)
_SHAPES: dict[type[Picture], tuple[Shape, ...]] = {
    CategoryPicture: (WHOLE, TILE),
    CollectionPicture: (WHOLE, SHARE),
}


def wants_of(picture: Picture, size: tuple[int, int]) -> list[Want]:
    """What is to be made for this row of a content of `size`."""
    shapes = _SHAPES.get(type(picture), _GOODS)
    if isinstance(picture, Hero):
        shapes = (HERO, SHARE) if picture.mobile_key else (HERO, SHARE, HERO_ON_PHONE)
    focus = (picture.focus_x, picture.focus_y)
    found = (want(shape, size, focus) for shape in shapes)
    return [one for one in found if one is not None]


def want(shape: Shape, size: tuple[int, int], focus: tuple[int, int] = (50, 50)) -> Want | None:
    """`shape` of a picture of `size`; nothing where the whole picture has that shape already."""
    box = crop(size, shape.ratio, focus)
    if shape.ratio is not None and shape.name != SHARE.name and _is_near(size, shape.ratio):
        return None
    return Want(shape, box, fitting(shape.widths, box[2] - box[0]), _mark(box, size))


def crop(size: tuple[int, int], ratio: float | None, focus: tuple[int, int]) -> Box:
    """The largest part of that ratio, as near around the focal point as the edges allow."""
    width, height = size
    if ratio is None:
        return (0, 0, width, height)
    part_width = min(width, round(height * ratio))
    part_height = min(height, round(part_width / ratio))
    left = _inside(width * focus[0] / 100 - part_width / 2, width - part_width)
    top = _inside(height * focus[1] / 100 - part_height / 2, height - part_height)
    return (left, top, left + part_width, top + part_height)


def _inside(start: float, most: int) -> int:
    return max(0, min(round(start), most))


def _is_near(size: tuple[int, int], ratio: float) -> bool:
    return abs(size[0] / size[1] / ratio - 1) <= _NEARLY


def fitting(widths: Sequence[int], available: int) -> tuple[int, ...]:
    """Those of `widths` that the picture has, and its own width where they go beyond it."""
    most = min(available, widths[-1])
    return (*(one for one in widths if one < most), most)


def _mark(box: Box, size: tuple[int, int]) -> str:
    part = "" if box == (0, 0, *size) else repr(box)
    return hashlib.sha256(f"{OPTIONS}{part}".encode()).hexdigest()[:8]


def shrunk(image: Image.Image, width: int) -> Image.Image:
    """`image` at that width, in proportion."""
    if width == image.width:
        return image
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)


def encoded(image: Image.Image, file_format: str) -> bytes:
    """`image` as a file of that format; the same pixels give the same bytes."""
    out = io.BytesIO()
    image.save(out, **OPTIONS[file_format])
    return out.getvalue()
