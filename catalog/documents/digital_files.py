"""Files that are sold: recognised by their content, kept where no web server looks.

They lie in the private storage under the hash of their content. One that is bought is therefore
never overwritten, and stays when its product changes (docs/algorithms/downloads.md).
"""

from django.core.files.base import File
from django.core.files.storage import storages
from django.utils.translation import gettext as _

from catalog.documents import recognising
from catalog.models import FileType

MAX_BYTES = 50_000_000
type Checked = recognising.Checked[FileType]


class NotAFile(recognising.Refused):
    """The upload is refused; the message says why."""


def check(content: File) -> Checked:
    """Recognise and hash `content`; its name and declared type count for nothing.

    Raises `NotAFile` for what is too large, or neither PDF, ZIP, PNG nor JPEG.
    """
    if content.size > MAX_BYTES:
        raise NotAFile(_("The file is larger than 50 MB."))
    found = recognising.checked(content, FileType)
    if found is None:
        raise NotAFile(_("This is not a whole PDF, ZIP, PNG or JPEG file."))
    return found


def store(checked: Checked) -> None:
    """Write the file if it is not there yet, whole; a half-written one is replaced."""
    recognising.put(storages["private"], path_of(checked.sha256), checked)


def open_content(sha256: str) -> File:
    """The content to be read, in binary. Raises `FileNotFoundError`."""
    return storages["private"].open(path_of(sha256), "rb")


def path_of(sha256: str) -> str:
    """Where a file lies in the private storage."""
    return f"digital/{sha256[:2]}/{sha256}"
