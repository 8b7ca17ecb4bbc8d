"""The file itself, kept in pieces in the database: private, and there for every worker."""

import tempfile
from collections.abc import Iterable
from typing import IO

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.imports import formats, reading
from catalog.imports.reading import Unreadable
from catalog.models import Category, Import, ImportPart, ImportState

MAX_BYTES = 100_000_000
_PIECE = 1 << 18
AUTO = "auto"


@transaction.atomic
def take(
    file: IO[bytes],
    *,
    name: str,
    language: str,
    spoken_language: str,
    format_name: str = AUTO,
    creates_categories: bool = False,
    sets_stock: bool = True,
    fallback_category: Category | None = None,
) -> Import:
    """Keep a file, recognise what it is and guess its columns; nothing is read further yet.

    Raises `Unreadable` for a file that is empty, too large or of no known format.
    """
    file.seek(0)
    shape = reading.shape_of(file)
    if format_name == AUTO:
        format_name, mapping = formats.recognised(shape.header)
    else:
        mapping = formats.named(format_name).guess(shape.header)
    batch = Import.objects.create(
        file_name=name[-200:],
        format=format_name,
        language=language,
        spoken_language=spoken_language,
        encoding=shape.encoding,
        separator=shape.separator,
        header=shape.header,
        mapping=mapping,
        creates_categories=creates_categories,
        sets_stock=sets_stock,
        fallback_category=fallback_category,
    )
    _keep(batch, file)
    return batch


def _keep(batch: Import, file: IO[bytes]) -> None:
    file.seek(0)
    number = 0
    while piece := file.read(_PIECE):
        number += 1
        if number * _PIECE > MAX_BYTES + _PIECE:
            raise Unreadable(_("The file is larger than 100 MB."))
        ImportPart.objects.create(batch=batch, number=number, data=piece)


def opened(batch: Import) -> IO[bytes]:
    """The file on the disk of this machine; gone when it is closed."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    numbers = batch.parts.order_by("number").values_list("number", flat=True)
    for number in list(numbers):
        part = ImportPart.objects.get(batch=batch, number=number)
        file.write(bytes(part.data))
    file.seek(0)
    return file


def shape_of(batch: Import) -> reading.Shape:
    """How the kept file is to be read."""
    with opened(batch) as file:
        return reading.shape_of(file)


def confirm(batch: Import, mapping: Iterable[str]) -> bool:
    """Take the columns as staff see them, and begin to read. Returns whether it could begin.

    Raises `Unreadable` when the column that tells products apart is missing.
    """
    mapping = list(mapping)
    key = formats.named(batch.format).KEY
    if key not in mapping:
        text = _("The column “%(column)s” is needed: it tells products apart.")
        raise Unreadable(text % {"column": formats.columns.written(key, _names(batch))})
    waiting = Import.objects.filter(
        pk=batch.pk, state__in=(ImportState.MAPPING, ImportState.CHECKED, ImportState.REFUSED)
    )
    started = waiting.update(
        mapping=mapping, state=ImportState.READING, refusal="", done=0, total=0, counts={}
    )
    batch.refresh_from_db()
    return bool(started)


def _names(batch: Import) -> formats.columns.Names:
    return formats.named(batch.format).NAMES


def samples(batch: Import, *, count: int = 2) -> list[list[str]]:
    """For each column what stands in the first lines that fill it."""
    with opened(batch) as file:
        shape = reading.shape_of(file)
        found: list[list[str]] = [[] for _column in shape.header]
        try:
            for seen, line in enumerate(reading.lines_of(file, shape)):
                if seen == 50:
                    break
                for held, cell in zip(found, line.cells, strict=False):
                    if cell.strip() and len(held) < count:
                        held.append(cell.strip()[:60])
        except Unreadable:
            pass  # Said when the file is read as a whole.
    return found
