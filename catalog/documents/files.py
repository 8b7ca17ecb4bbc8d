"""Taking a document in: recognised by its content, kept in the media storage under its hash.

It is public, so a web server may hand it out, too: under a name that ends in its true type.
"""

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from catalog.documents import recognising
from catalog.models import Document, DocumentType

MAX_BYTES = 20_000_000
type Checked = recognising.Checked[DocumentType]


class NotADocument(recognising.Refused):
    """The upload is refused; the message says why."""


def check(content: File) -> Checked:
    """Recognise and hash `content`; its name and declared type count for nothing.

    Raises `NotADocument` for what is larger than 20 MB, or neither PDF, PNG nor JPEG.
    """
    if content.size > MAX_BYTES:
        raise NotADocument(_("The file is larger than 20 MB."))
    found = recognising.checked(content, DocumentType)
    if found is None:
        raise NotADocument(_("This is not a whole PDF, PNG or JPEG file."))
    return found


def store(checked: Checked) -> None:
    """Write the file if it is not there yet, whole; a half-written one is replaced."""
    recognising.put(default_storage, Document(**checked.columns).path, checked)


def open_content(document: Document) -> File:
    """The content to be read, in binary. Raises `FileNotFoundError`."""
    return default_storage.open(document.path, "rb")
