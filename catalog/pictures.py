"""Pictures: checked before they are decoded, encoded anew in the widths that pages ask for.

What arrives is never served itself: metadata (EXIF, GPS) and whatever else hides in a file stay
behind. Files are named after their content, so browsers may keep them for ever.
"""

import dataclasses
import hashlib
import io
import warnings

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

MAX_BYTES = 8_000_000
MAX_PIXELS = 25_000_000
WIDTHS = (160, 320, 640, 960, 1600)
FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = 80


class NotAPicture(ValueError):
    """The upload is refused; the message says why."""


@dataclasses.dataclass(frozen=True)
class Encoded:
    """A picture in all its widths, ready to be stored. `color` is its mean, as `#rrggbb`."""

    key: str
    width: int
    height: int
    widths: list[int]
    color: str
    files: dict[int, bytes]

    @property
    def columns(self) -> dict[str, object]:
        """What the row of the picture holds of it."""
        return {
            "key": self.key,
            "width": self.width,
            "height": self.height,
            "widths": self.widths,
            "color": self.color,
        }


def encode(data: bytes, *, widths: tuple[int, ...] = WIDTHS) -> Encoded:
    """Check `data` and encode it as WebP in `widths` (never wider than it is); touches no file.

    Size and pixels are checked from the header, before anything is decoded. Raises `NotAPicture`.
    """
    image = _opened(data)
    fitting = [width for width in widths if width < image.width] + [min(image.width, widths[-1])]
    digest = hashlib.sha256(data + repr(widths).encode()).hexdigest()[:20]
    files: dict[int, bytes] = {}
    shrunk = image
    for width in sorted(set(fitting), reverse=True):
        height = round(image.height * width / image.width)
        shrunk = shrunk.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)
        out = io.BytesIO()
        shrunk.save(out, "WEBP", quality=QUALITY, method=2)
        files[width] = out.getvalue()
    red, green, blue = shrunk.resize((1, 1), Image.Resampling.BOX).tobytes()
    return Encoded(
        key=digest,
        width=image.width,
        height=image.height,
        widths=sorted(files),
        color=f"#{red:02x}{green:02x}{blue:02x}",
        files=files,
    )


def _opened(data: bytes) -> Image.Image:
    if len(data) > MAX_BYTES:
        raise NotAPicture(_("The file is larger than 8 MB."))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=FORMATS)
        if image.width * image.height > MAX_PIXELS:
            raise NotAPicture(_("The picture has more than 25 million pixels."))
        if getattr(image, "n_frames", 1) > 1:
            raise NotAPicture(_("Moving pictures cannot be shown."))
        image.load()
        upright = ImageOps.exif_transpose(image)
    except NotAPicture:
        raise
    except Exception as problem:  # Pillow raises a dozen kinds for broken files.
        raise NotAPicture(_("This is not a JPEG, PNG or WebP picture.")) from problem
    return _on_white(upright)


def _on_white(image: Image.Image) -> Image.Image:
    """Without transparency and colour profiles; pages have light plates behind pictures."""
    if image.mode in ("RGBA", "LA", "P"):
        layer = image.convert("RGBA")
        plate = Image.new("RGBA", layer.size, "white")
        plate.alpha_composite(layer)
        image = plate
    return image.convert("RGB")


def store(picture: Encoded) -> None:
    """Write the files that are not there yet."""
    for width, content in picture.files.items():
        name = f"pictures/{picture.key}-{width}.webp"
        if not default_storage.exists(name):
            default_storage.save(name, ContentFile(content))
