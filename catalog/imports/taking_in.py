"""The first step of an import: the lines of the file become rows, one for each product."""

from collections.abc import Iterator

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.imports import cells, formats, reading, storing
from catalog.imports.columns import Table, Unknown
from catalog.imports.gathering import Cells, Gatherer
from catalog.models import Import, ImportProblem, ImportRow, ImportState

MAX_LINES = 1000  # of one product
_ROWS = 200


def table_of(batch: Import) -> Table:
    return Table(batch.header, batch.mapping)


@transaction.atomic
def read(batch: Import) -> None:
    """Make the rows of `batch` anew. A file that cannot be read is refused, with the line."""
    batch.rows.all().delete()
    batch.problems.all().delete()
    table = table_of(batch)
    module = formats.named(batch.format)
    gatherer = Gatherer(lambda row: module.keys(table, row))
    unknown = Unknown()
    try:
        with storing.opened(batch) as file:
            lines = reading.lines_of(file, reading.shape_of(file))
            gatherer.read(_noted(lines, table, unknown))
        _make_rows(batch, gatherer, table)
    except reading.Unreadable as problem:
        batch.rows.all().delete()
        ImportProblem.objects.create(batch=batch, line=problem.line, text=str(problem))
        _move(batch, ImportState.REFUSED, refusal=str(problem))
        return
    finally:
        gatherer.close()
    total = batch.rows.count()
    _move(batch, ImportState.CHECKING, total=total, done=0, unknown=unknown.listed(table))


def _move(batch: Import, state: str, **facts: object) -> None:
    Import.objects.filter(pk=batch.pk).update(state=state, **facts)
    batch.refresh_from_db()


def _noted(lines: Iterator[reading.Line], table: Table, unknown: Unknown) -> Iterator[reading.Line]:
    for line in lines:
        if not line.problem:
            unknown.note(table.unmapped(line.cells))
        yield line


def _make_rows(batch: Import, gatherer: Gatherer, table: Table) -> None:
    ImportProblem.objects.bulk_create(
        [
            ImportProblem(batch=batch, line=line.number, column=line.column, text=line.problem)
            for line in gatherer.damaged
        ],
        batch_size=1000,
    )
    skus: dict[str, int] = {}
    waiting: list[ImportRow] = []
    problems: list[ImportProblem] = []
    for number, (lines, damage) in enumerate(gatherer.groups(), start=1):
        row = ImportRow(batch=batch, number=number, lines=lines)
        row.handle = _handle(table, lines)
        waiting.append(row)
        problems += _spoiled(row, lines, damage)
        problems += _twice(row, table, lines, skus)
        if len(waiting) == _ROWS:
            _store(waiting, problems)
            waiting, problems = [], []
    _store(waiting, problems)


def _store(rows: list[ImportRow], problems: list[ImportProblem]) -> None:
    ImportRow.objects.bulk_create(rows)
    ImportProblem.objects.bulk_create(problems)


def _handle(table: Table, lines: list[tuple[int, Cells]]) -> str:
    for field in ("handle", "product", "slug", "name", "sku"):
        place = table.places.get(field)
        if place is not None and (text := cells.unguarded(lines[0][1][place]).strip()):
            return (cells.slug(text) or text)[:255]
    return ""


def _problem(row: ImportRow, line: int, text: str, column: str = "") -> ImportProblem:
    return ImportProblem(batch=row.batch, row=row, line=line, column=column, text=text)


def _spoiled(
    row: ImportRow, lines: list[tuple[int, Cells]], damage: list[int]
) -> list[ImportProblem]:
    """A line that cannot be read may have belonged to the product before or after it."""
    text = _("Line %(line)d beside this product cannot be read: it may belong to it.")
    found = [_problem(row, number, text % {"line": number}) for number in dict.fromkeys(damage)]
    if len(lines) > MAX_LINES:
        text = _("A product has at most %(count)d lines.") % {"count": MAX_LINES}
        found.append(_problem(row, lines[0][0], text))
    return found


def _twice(
    row: ImportRow, table: Table, lines: list[tuple[int, Cells]], skus: dict[str, int]
) -> list[ImportProblem]:
    """A SKU that an earlier product of the file has."""
    place = table.places.get("sku")
    if place is None:
        return []
    found, own = [], {}
    for number, line in lines:
        sku = cells.unguarded(line[place]).strip()
        if sku and sku in skus:
            text = _("The SKU %(sku)s stands in line %(line)d already, for another product.")
            text %= {"sku": sku[:60], "line": skus[sku]}
            found.append(_problem(row, number, text, table.header[place]))
        elif sku:
            own[sku] = number
    skus.update(own)
    return found
