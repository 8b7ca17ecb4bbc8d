"""Taking a document in: recognised by its content, kept in the media storage under its hash.

It is public, so a web server may hand it out, too: under a name that ends in its true type.
"""

import dataclasses
import hashlib

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from PIL import Image

from catalog.models import Document, DocumentType

MAX_BYTES = 20_000_000
_ENDING_BYTES = 2048
_PICTURES = {b"\x89PNG\r\n\x1a\n": DocumentType.PNG, b"\xff\xd8\xff": DocumentType.JPEG}


class NotADocument(ValueError):
    """The upload is refused; the message says why."""


@dataclasses.dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be shown, not stored yet."""

    content: File
    sha256: str
    size: int
    content_type: DocumentType

    @property
    def columns(self) -> dict[str, object]:
        """What the row of the document holds of it."""
        return {"sha256": self.sha256, "size": self.size, "content_type": self.content_type}


def check(content: File) -> Checked:
    """Recognise and hash `content`; its name and declared type count for nothing.

    Raises `NotADocument` for what is larger than 20 MB, or neither PDF, PNG nor JPEG.
    """
    size = content.size
    if size > MAX_BYTES:
        raise NotADocument(_("The file is larger than 20 MB."))
    content_type = _type_of(content, size)
    if content_type is None:
        raise NotADocument(_("This is not a whole PDF, PNG or JPEG file."))
    digest = hashlib.sha256()
    for chunk in content.chunks():
        digest.update(chunk)
    return Checked(content=content, sha256=digest.hexdigest(), size=size, content_type=content_type)


def store(checked: Checked) -> None:
    """Write the file if it is not there yet, whole; a half-written one is replaced."""
    path = Document(**checked.columns).path
    if default_storage.exists(path):
        if default_storage.size(path) == checked.size:
            return
        default_storage.delete(path)
    checked.content.seek(0)
    default_storage.save(path, checked.content)


def open_content(document: Document) -> File:
    """The content to be read, in binary. Raises `FileNotFoundError`."""
    return default_storage.open(document.path, "rb")


def _type_of(content: File, size: int) -> DocumentType | None:
    content.seek(0)
    head = content.read(8)
    content.seek(max(0, size - _ENDING_BYTES))
    end = content.read(_ENDING_BYTES)
    content.seek(0)
    if head.startswith(b"%PDF-"):
        return DocumentType.PDF if b"%%EOF" in end else None
    for start, content_type in _PICTURES.items():
        if head.startswith(start):
            return content_type if _is_whole_picture(content, content_type) else None
    return None


def _is_whole_picture(content: File, content_type: DocumentType) -> bool:
    """Pillow knows its header and, of a PNG, its checksums; nothing is decoded."""
    try:
        Image.open(content, formats=[content_type.label]).verify()
    except Exception:  # Pillow raises a dozen kinds for broken files.
        return False
    return True
