"""What a file is, by its content: its name and declared type count for nothing."""

import dataclasses
import hashlib
import zipfile
from typing import IO

from django.core.files.base import File
from django.core.files.storage import Storage
from django.db.models import TextChoices
from PIL import Image

_ENDING_BYTES = 2048
_PDF, _ZIP = "application/pdf", "application/zip"
# How a picture begins, its type, and what Pillow calls it.
_PICTURES = {
    b"\x89PNG\r\n\x1a\n": ("image/png", "PNG"),
    b"\xff\xd8\xff": ("image/jpeg", "JPEG"),
}


class Refused(ValueError):
    """A file is not taken in; the message says why."""


@dataclasses.dataclass(frozen=True, slots=True)
class Checked[Type: TextChoices]:
    """A file that may be kept, not stored yet."""

    content: File
    sha256: str
    size: int
    content_type: Type

    @property
    def columns(self) -> dict[str, object]:
        """What the row of the file holds of it."""
        return {"sha256": self.sha256, "size": self.size, "content_type": self.content_type}


def checked[Type: TextChoices](content: File, types: type[Type]) -> Checked[Type] | None:
    """Recognise and hash `content`; `None` for what is not a whole file of one of `types`.

    The values of `types` are media types (RFC 6838).
    """
    found = _media_type(content)
    if found not in types.values:
        return None
    digest = hashlib.sha256()
    for chunk in content.chunks():
        digest.update(chunk)
    return Checked(content, digest.hexdigest(), content.size, types(found))


def put(storage: Storage, path: str, file: Checked) -> None:
    """Write the file if it is not there yet, whole; a half-written one is replaced."""
    if storage.exists(path):
        if storage.size(path) == file.size:
            return
        storage.delete(path)
    file.content.seek(0)
    storage.save(path, file.content)


def _media_type(content: File) -> str:
    """The type of a whole file; empty for anything else."""
    content.seek(0)
    head = content.read(8)
    content.seek(max(0, content.size - _ENDING_BYTES))
    end = content.read(_ENDING_BYTES)
    content.seek(0)
    if head.startswith(b"%PDF-"):
        return _PDF if b"%%EOF" in end else ""
    if head.startswith(b"PK\x03\x04"):
        return _ZIP if _is_whole_zip(content) else ""
    for start, (media_type, name) in _PICTURES.items():
        if head.startswith(start):
            return media_type if _is_whole_picture(content, name) else ""
    return ""


def _is_whole_zip(content: IO[bytes]) -> bool:
    """Its list of contents can be read; nothing is unpacked."""
    try:
        with zipfile.ZipFile(content) as archive:
            return bool(archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False


def _is_whole_picture(content: IO[bytes], name: str) -> bool:
    """Pillow knows its header and, of a PNG, its checksums; nothing is decoded."""
    try:
        Image.open(content, formats=[name]).verify()
    except Exception:  # Pillow raises a dozen kinds for broken files.
        return False
    return True
