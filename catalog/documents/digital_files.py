"""Files that are sold: recognised by their content, kept where no web server looks.

They lie in the private storage under the hash of their content. One that is bought is therefore
never overwritten, and stays when its product changes (docs/algorithms/downloads.md).
"""

import dataclasses
import hashlib
import zipfile
from typing import IO

from django.core.files.base import File
from django.core.files.storage import storages
from django.utils.translation import gettext as _
from PIL import Image

from catalog.models import FileType

MAX_BYTES = 50_000_000
_ENDING_BYTES = 2048
_PICTURES = {b"\x89PNG\r\n\x1a\n": FileType.PNG, b"\xff\xd8\xff": FileType.JPEG}


class NotAFile(ValueError):
    """The upload is refused; the message says why."""


@dataclasses.dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be sold, not stored yet."""

    content: File
    sha256: str
    size: int
    content_type: FileType

    @property
    def columns(self) -> dict[str, object]:
        """What the row of the file holds of it."""
        return {"sha256": self.sha256, "size": self.size, "content_type": self.content_type}


def check(content: File) -> Checked:
    """Recognise and hash `content`; its name and declared type count for nothing.

    Raises `NotAFile` for what is too large, or neither PDF, ZIP, PNG nor JPEG.
    """
    size = content.size
    if size > MAX_BYTES:
        raise NotAFile(_("The file is larger than 50 MB."))
    content_type = _type_of(content, size)
    if content_type is None:
        raise NotAFile(_("This is not a whole PDF, ZIP, PNG or JPEG file."))
    digest = hashlib.sha256()
    for chunk in content.chunks():
        digest.update(chunk)
    return Checked(content=content, sha256=digest.hexdigest(), size=size, content_type=content_type)


def store(checked: Checked) -> None:
    """Write the file if it is not there yet, whole; a half-written one is replaced."""
    place, path = storages["private"], path_of(checked.sha256)
    if place.exists(path):
        if place.size(path) == checked.size:
            return
        place.delete(path)
    checked.content.seek(0)
    place.save(path, checked.content)


def open_content(sha256: str) -> File:
    """The content to be read, in binary. Raises `FileNotFoundError`."""
    return storages["private"].open(path_of(sha256), "rb")


def path_of(sha256: str) -> str:
    """Where a file lies in the private storage."""
    return f"digital/{sha256[:2]}/{sha256}"


def _type_of(content: File, size: int) -> FileType | None:
    content.seek(0)
    head = content.read(8)
    content.seek(max(0, size - _ENDING_BYTES))
    end = content.read(_ENDING_BYTES)
    content.seek(0)
    if head.startswith(b"%PDF-"):
        return FileType.PDF if b"%%EOF" in end else None
    if head.startswith(b"PK\x03\x04"):
        return FileType.ZIP if _is_whole_zip(content) else None
    for start, content_type in _PICTURES.items():
        if head.startswith(start):
            return content_type if _is_whole_picture(content, content_type) else None
    return None


def _is_whole_zip(content: IO[bytes]) -> bool:
    """Its list of contents can be read; nothing is unpacked."""
    try:
        with zipfile.ZipFile(content) as archive:
            return bool(archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False


def _is_whole_picture(content: IO[bytes], content_type: FileType) -> bool:
    """Pillow knows its header and, of a PNG, its checksums; nothing is decoded."""
    try:
        Image.open(content, formats=[content_type.label]).verify()
    except Exception:  # Pillow raises a dozen kinds for broken files.
        return False
    return True
