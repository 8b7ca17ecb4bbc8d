"""The export of a period for auditors (GoBD): all documents, two tables and their description."""

import zipfile
from collections.abc import Iterable
from typing import IO

from django.utils import translation
from django.utils.translation import gettext as _

from orders.documents.exports import describing, tables
from orders.documents.exports.periods import NoPeriod, Period
from orders.models import DocumentFile

_CHUNK = 50  # documents in memory at a time


def write(period: Period, target: IO[bytes]) -> int:
    """Write the ZIP of `period` into `target`, document by document. Returns how many there are.

    Raises `NoPeriod` while a document of it has no PDF yet. The tables are in German, as the
    fiscal administration reads them.
    """
    if not period.is_drawn:
        raise NoPeriod(_("Some documents of this period are being made. Try again in a minute."))
    documents = period.documents
    count = 0
    with (
        translation.override("de"),
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        archive.writestr("index.xml", describing.index(period))
        known = documents.select_related("cancels", "corrects").iterator(chunk_size=_CHUNK)
        _write(
            archive,
            tables.DOCUMENTS,
            tables.lines_of(tables.document_rows(known), tables.DOCUMENTS),
        )
        rows = tables.line_rows(documents.iterator(chunk_size=_CHUNK))
        _write(archive, tables.LINES, tables.lines_of(rows, tables.LINES))
        files = DocumentFile.objects.filter(document__in=documents.order_by().values("pk"))
        for one in files.select_related("document").order_by("pk").iterator(chunk_size=_CHUNK):
            # A PDF is compressed already.
            info = zipfile.ZipInfo(f"documents/{one.document.filename}")
            archive.writestr(info, bytes(one.pdf), zipfile.ZIP_STORED)
            count += 1
    return count


def _write(archive: zipfile.ZipFile, table: tables.Table, lines: Iterable[bytes]) -> None:
    with archive.open(table.filename, "w", force_zip64=True) as file:
        for line in lines:
            file.write(line)
