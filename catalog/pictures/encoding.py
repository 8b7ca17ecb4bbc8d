"""An upload becomes a picture: checked, cleaned, and encoded in what a page needs at once."""

import dataclasses
import hashlib
import io
from typing import Any

from PIL import Image

from catalog.models.renditions import FULL, path
from catalog.pictures import checking, colours, recipes

_ORIGINAL: dict[str, Any] = {"format": "JPEG", "quality": 95, "subsampling": 0}


@dataclasses.dataclass(frozen=True)
class Encoded:
    """A picture ready to be stored. `files` are by name, `original` is what more is made from."""

    key: str
    width: int
    height: int
    color: str
    renditions: dict[str, Any]
    files: dict[str, bytes]
    original: bytes

    @property
    def widths(self) -> list[int]:
        """The widths that pages may show already."""
        return list(self.renditions[FULL]["webp"])

    @property
    def columns(self) -> dict[str, Any]:
        """What the row of the picture holds of it."""
        return {
            "key": self.key,
            "width": self.width,
            "height": self.height,
            "widths": self.widths,
            "renditions": self.renditions,
            "color": self.color,
        }


def encode(data: bytes, *, at_once: tuple[int, ...] = recipes.AT_ONCE) -> Encoded:
    """Check `data` and encode it in the widths `at_once` (never wider than it is); touches no file.

    Raises `NotAPicture`.
    """
    image = checking.opened(data)
    key = hashlib.sha256(data).hexdigest()[:20]
    want = recipes.want(recipes.Shape(FULL, at_once), image.size)
    assert want is not None  # noqa: S101 - for the type checker: whole pictures are always wanted
    files: dict[str, bytes] = {}
    smaller = image
    for width in sorted(want.widths, reverse=True):
        smaller = recipes.shrunk(smaller, width)
        for file_format in recipes.AT_ONCE_FORMATS:
            name = path(key, FULL, want.mark, width, file_format)
            files[name] = recipes.encoded(smaller, file_format)
    widths = sorted(want.widths)
    return Encoded(
        key=key,
        width=image.width,
        height=image.height,
        color=colours.mean(smaller),
        renditions={FULL: {"mark": want.mark, **dict.fromkeys(recipes.AT_ONCE_FORMATS, widths)}},
        files=files,
        original=_original(image),
    )


def _original(image: Image.Image) -> bytes:
    """Nothing of the upload but its pixels, so near to it that further generations do not show."""
    out = io.BytesIO()
    image.save(out, **_ORIGINAL)
    return out.getvalue()
