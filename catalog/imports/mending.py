"""The failed products of an import as a file: to mend and to try again."""

from collections.abc import Iterator

from catalog.imports.exporting import written
from catalog.models import Import, ImportOutcome

COLUMN = "Kontor: problem"


def lines(batch: Import) -> Iterator[str]:
    """The header and the lines of failed products as they came, and what is wrong behind them.

    A file of this kind can be imported again: the last column has no field.
    """
    header = [name for name in batch.header if name != COLUMN]
    kept = [place for place, name in enumerate(batch.header) if name != COLUMN]
    yield written([*header, COLUMN], batch.separator)
    rows = batch.rows.filter(outcome=ImportOutcome.FAILED).order_by("number")
    for row in rows.prefetch_related("problems").iterator(chunk_size=200):
        problems = [one for one in row.problems.all() if one.is_error]
        for place, (number, line) in enumerate(row.lines):
            texts = [
                f"{one.column}: {one.text}" if one.column else one.text
                for one in problems
                if one.line == number or (place == 0 and one.line not in dict(row.lines))
            ]
            yield _as_it_came([line[one] for one in kept], "; ".join(texts), batch.separator)


def _as_it_came(line: list[str], problem: str, separator: str) -> str:
    """Cells of the file are guarded too, unless they are already."""
    return written([*line, problem], separator)
