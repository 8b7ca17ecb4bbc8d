"""Is this file a picture that we want? Asked of its container and header, before it is decoded."""

import io
import warnings

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from catalog.pictures import colours, containers

MAX_BYTES = 8_000_000
MAX_PIXELS = 25_000_000
FORMATS = ("JPEG", "PNG", "WEBP")
# Nothing wider or higher is kept: the widest page shows 2,400 pixels.
LONGEST_SIDE = 4000


class NotAPicture(ValueError):
    """The upload is refused; the message says why."""


def opened(data: bytes) -> Image.Image:
    """The picture of `data`: upright, in sRGB, opaque, at most `LONGEST_SIDE` long.

    Bytes, container and pixels are checked before anything is decoded. Raises `NotAPicture`.
    """
    if len(data) > MAX_BYTES:
        raise NotAPicture(_("The file is larger than 8 MB."))
    try:
        image = _header(data)
        if image.width * image.height > MAX_PIXELS:
            raise NotAPicture(_("The picture has more than 25 million pixels."))
        if not containers.is_plain(data):
            raise NotAPicture(_("The file holds more than a picture."))
        image.load()
        ImageOps.exif_transpose(image, in_place=True)  # A copy would be 100 MB more.
        whole = colours.on_white(image)
    except NotAPicture:
        raise
    except Exception as problem:  # Pillow raises a dozen kinds for broken files.
        raise NotAPicture(_("This is not a JPEG, PNG or WebP picture.")) from problem
    whole.info = {}  # Pillow would write a comment or a profile from there into every file.
    whole.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return whole


def _header(data: bytes) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        image = Image.open(io.BytesIO(data), formats=FORMATS)
    # A JPEG of a telephone may carry a second picture (depth, brightness): the first is shown.
    if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:
        raise NotAPicture(_("Moving pictures cannot be shown."))
    return image
