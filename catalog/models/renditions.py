"""How the files of a picture are named, and which of them a row has.

A name holds what the file is made from: the hash of the upload, the shape and width, and a mark of
the recipe (qualities, crop). Other content therefore has another name, and browsers may keep a
file for ever.
"""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings

FULL = "full"
# Format → ending, the smallest files first; JPEG is what every mail program and feed reader knows.
ENDINGS = {"avif": "avif", "webp": "webp", "jpeg": "jpg"}


def folder(key: str) -> str:
    """Where all renditions of a content lie."""
    return f"pictures/{key[:2]}/{key}"


def path(key: str, shape: str, mark: str, width: int, file_format: str) -> str:
    """The name of one rendition in the storage."""
    return f"{folder(key)}/{shape}-{width}.{mark}.{ENDINGS[file_format]}"


@dataclasses.dataclass(frozen=True, slots=True)
class Renditions:
    """The files of one row. `made`: shape → {"mark": …, format: [widths]}, as the row keeps it.

    A row without `made` is older than these shapes: it has WebP in `widths`, in a flat folder.
    """

    key: str
    made: Mapping[str, Any]
    widths: Sequence[int]

    def nearest(self, shape: str) -> str:
        """`shape` where it has been made, else the whole picture."""
        return shape if shape in self.made else FULL

    def widths_of(self, file_format: str, *, shape: str = FULL) -> list[int]:
        """The widths that exist, the smallest first; none when the format has not been made."""
        if not self.made:
            return sorted(self.widths) if file_format == "webp" else []
        return sorted(self.made[self.nearest(shape)].get(file_format, []))

    def formats(self, *, shape: str = FULL) -> list[str]:
        """The formats that exist, those with the smallest files first."""
        return [one for one in ENDINGS if self.widths_of(one, shape=shape)]

    def url(self, width: int, *, shape: str = FULL) -> str:
        """The narrowest file of at least `width` (else the widest), in the format that most read.

        Of a key without any file the address is empty.
        """
        formats = self.formats(shape=shape)
        if not formats:
            return ""
        widths = self.widths_of(formats[-1], shape=shape)
        fitting = next((one for one in widths if one >= width), widths[-1])
        return self._url(fitting, formats[-1], shape)

    def srcset(self, file_format: str, *, shape: str = FULL, most: int = 10_000) -> str:
        """All files of a format for the browser to choose from, none wider than `most`."""
        widths = self.widths_of(file_format, shape=shape)
        shown = [one for one in widths if one <= most] or widths[:1]
        return ", ".join(f"{self._url(one, file_format, shape)} {one}w" for one in shown)

    def _url(self, width: int, file_format: str, shape: str) -> str:
        if not self.made:
            return f"{settings.MEDIA_URL}pictures/{self.key}-{width}.webp"
        shape = self.nearest(shape)
        mark = self.made[shape]["mark"]
        return settings.MEDIA_URL + path(self.key, shape, mark, width, file_format)


def rendition_url(key: str, made: Mapping[str, Any], widths: Sequence[int], width: int) -> str:
    """The address of the narrowest file of at least `width`, without loading a row."""
    return Renditions(key, made, widths).url(width)
