"""Files of messages: checked by their content, kept where no web server looks.

Pictures are made anew from their pixels, so nothing else of the upload is kept: no place, no
camera, no second file hidden behind the first. A PDF stays as it is and is only ever downloaded.
"""

import dataclasses
import datetime
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import Protocol

from django.core.files.base import ContentFile, File
from django.core.files.storage import storages
from django.db import models, transaction
from django.utils.translation import gettext as _
from PIL import Image

from catalog.documents import recognising
from catalog.pictures import checking
from support.models import Attachment, AttachmentType, Message

MAX_BYTES = 10_000_000
MAX_COUNT = 5
MAX_TOTAL = 25_000_000
# What a browser offers to choose; what counts is the content.
ACCEPT = ".jpg,.jpeg,.png,.webp,.pdf,image/jpeg,image/png,image/webp,application/pdf"
LONGEST_SIDE = 2400
STRAY_AFTER = datetime.timedelta(days=1)
_FOLDER = "support"
_ENDINGS = {AttachmentType.JPEG: "jpg", AttachmentType.PDF: "pdf"}
# Control characters, those that turn the direction of writing, and what file systems dislike.
UNWANTED = re.compile(r'[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff<>:"|?*]')


class Refused(ValueError):
    """A file is not taken in; the message says which and why."""


class Upload(Protocol):
    """A file as it arrives: of a form, or of a mail."""

    @property
    def name(self) -> str | None: ...

    @property
    def size(self) -> int: ...

    def read(self) -> bytes: ...


@dataclasses.dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be kept, not stored yet."""

    name: str
    content_type: AttachmentType
    content: bytes


def checked(files: Sequence[Upload]) -> list[Checked]:
    """All files of one message. Raises `Refused` for the first that is not wanted."""
    if len(files) > MAX_COUNT:
        raise Refused(_("At most 5 files can be attached."))
    if sum(one.size for one in files) > MAX_TOTAL:
        raise Refused(_("The files are larger than 25 MB together."))
    return [check(one) for one in files]


def check(file: Upload) -> Checked:
    """One file, recognised by its content; its name and declared type count for nothing.

    Raises `Refused`.
    """
    name = bare_name(file.name or "")
    if file.size > MAX_BYTES:
        raise Refused(_("“%(name)s” is larger than 10 MB.") % {"name": name})
    data = file.read()
    try:
        kind, content = _cleaned(data)
    except checking.NotAPicture as problem:
        raise Refused(f"“{name}”: {problem}") from problem
    return Checked(f"{_stem(name)}.{_ENDINGS[kind]}", kind, content)


def _cleaned(data: bytes) -> tuple[AttachmentType, bytes]:
    if data.startswith(b"%PDF-"):
        if not _is_plain_pdf(data):
            raise checking.NotAPicture(_("This is not a whole PDF file."))
        return AttachmentType.PDF, data
    if not data.startswith((b"\xff\xd8\xff", b"\x89PNG", b"RIFF")):
        text = _("Only pictures (JPEG, PNG, WebP) and PDF files can be attached.")
        raise checking.NotAPicture(text)
    image = checking.opened(data)
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    image.save(out, format="JPEG", quality=88)
    return AttachmentType.JPEG, out.getvalue()


def _is_plain_pdf(data: bytes) -> bool:
    """A whole PDF, and not an archive besides."""
    found = recognising.checked(ContentFile(data), AttachmentType)
    is_archive = zipfile.is_zipfile(io.BytesIO(data))
    return bool(found) and not is_archive


def bare_name(name: str) -> str:
    """A name that can stand on a page and in a header: no folders, nothing invisible."""
    last = PurePosixPath(name.replace("\\", "/")).name
    whole = last.encode("utf-8", "ignore").decode()
    return " ".join(UNWANTED.sub("", whole).split()).strip(". ")[:80] or "file"


def _stem(name: str) -> str:
    return name.partition(".")[0].strip() or "file"


def store(message: Message, files: Iterable[Checked]) -> None:
    """Keep `files` with `message`, in the caller's transaction.

    A transaction that comes to nothing leaves contents without a row: see `remove_strays`.
    """
    for one in files:
        row = Attachment(
            message=message, name=one.name, content_type=one.content_type, size=len(one.content)
        )
        storages["private"].save(_path(row.key), ContentFile(one.content))
        row.save(force_insert=True)


def opened(attachment: Attachment) -> File:
    """The content to be read, in binary. Raises `FileNotFoundError`."""
    return storages["private"].open(_path(attachment.key), "rb")


def remove(rows: "models.QuerySet[Attachment]") -> None:
    """Delete rows, and their contents as soon as that is certain."""
    keys = list(rows.values_list("key", flat=True))
    rows.delete()
    transaction.on_commit(lambda: _delete(keys), robust=True)


def _delete(keys: Iterable[str]) -> None:
    for key in keys:
        storages["private"].delete(_path(key))


def remove_strays(*, moment: datetime.datetime) -> int:
    """Delete contents that no row names, a day after they were written. Returns how many."""
    count, place = 0, storages["private"]
    for folder, names in _written():
        known = set(Attachment.objects.filter(key__in=names).values_list("key", flat=True))
        for name in sorted(set(names) - known):
            path = f"{folder}/{name}"
            if place.get_modified_time(path) <= moment - STRAY_AFTER:
                place.delete(path)
                count += 1
    return count


def _written() -> Iterator[tuple[str, list[str]]]:
    place = storages["private"]
    try:
        shards = place.listdir(_FOLDER)[0]
    except FileNotFoundError:
        return
    for shard in shards:
        yield f"{_FOLDER}/{shard}", place.listdir(f"{_FOLDER}/{shard}")[1]


def _path(key: str) -> str:
    # Two hex digits of a hash: keys may begin with a hyphen.
    return f"{_FOLDER}/{sum(key.encode()) % 256:02x}/{key}"
