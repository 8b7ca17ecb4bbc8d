"""Rows of an import beside the shop: records, what is known of them, and their differences."""

import dataclasses
import datetime
import logging
from collections import defaultdict
from collections.abc import Sequence

from django.db import OperationalError
from django.utils.translation import gettext as _

from catalog.imports import difference, formats, snapshots, surroundings, taking_in
from catalog.imports.changes import Difference, Rules
from catalog.imports.columns import Row
from catalog.imports.records import Problem, ProductRecord
from catalog.imports.shelves import Shelves
from catalog.imports.variant_difference import make_skus
from catalog.law import gate
from catalog.models import Import, ImportProblem, ImportRow, ProductStatus

log = logging.getLogger(__name__)
_DIFFERENCE_LINES = 60


@dataclasses.dataclass(slots=True)
class Desk:
    """What one slice of work on a file needs; categories are read once for all of it."""

    batch: Import
    shelves: Shelves
    rules: Rules
    categories: surroundings.Categories


@dataclasses.dataclass(slots=True)
class Pile:
    """Some rows with their records, and what the shop has of them."""

    rows: Sequence[ImportRow]
    records: dict[int, ProductRecord]
    around: surroundings.Surroundings
    products: dict[int, int]  # row → product
    known: dict[int, snapshots.Known]
    spoiled: dict[int, list[ImportProblem]]  # row → problems that reading found


def desk_for(batch: Import, shelves: Shelves, moment: datetime.datetime) -> Desk:
    def has_handle(slug: str) -> bool:
        return batch.rows.filter(handle=slug).exists()

    def has_sku(sku: str) -> bool:
        return batch.rows.filter(lines__contains=[[[sku]]]).exists()

    rules = Rules(
        language=batch.language,
        moment=moment,
        locations=shelves.codes,
        creates_categories=batch.creates_categories,
        sets_stock=batch.sets_stock,
        fallback_category=batch.fallback_category,
        has_handle=has_handle,
        has_sku=has_sku,
    )
    return Desk(batch, shelves, rules, surroundings.Categories())


def pile_of(desk: Desk, rows: Sequence[ImportRow]) -> Pile:
    """Read the records of `rows` and all that the shop has of them: some twenty statements."""
    records = {row.pk: record_of(desk.batch, row) for row in rows}
    around = surroundings.around(records.values(), desk.categories)
    products: dict[int, int] = {}
    for row in rows:
        if product := surroundings.product_of(records[row.pk], around):
            products[row.pk] = product
    known = snapshots.load(set(products.values()), desk.shelves)
    spoiled: dict[int, list[ImportProblem]] = defaultdict(list)
    for problem in ImportProblem.objects.filter(row__in=rows):
        spoiled[problem.row_id or 0].append(problem)
    return Pile(rows, records, around, products, known, spoiled)


def look_for_gaps(desk: Desk, pile: Pile) -> None:
    """Ask at once what keeps those products off sale that the file calls active."""
    active = {row for row, record in pile.records.items() if record.status == ProductStatus.ACTIVE}
    ids = {
        pk
        for row, pk in pile.products.items()
        if row in active and (own := pile.known[pk].product) and own.status != ProductStatus.ACTIVE
    }
    for pk in ids:
        pile.known[pk].lacking = {}
    for product, lacking in gate.incomplete(sorted(ids), desk.rules.moment):
        pile.known[product.pk].lacking = lacking


def record_of(batch: Import, row: ImportRow) -> ProductRecord:
    """The product that the lines of `row` tell of; it never fails, it has problems."""
    table = taking_in.table_of(batch)
    problems: list[Problem] = []
    lines = [Row(table, number, cells, problems) for number, cells in row.lines]
    try:
        record = formats.named(batch.format).record(lines, batch.language)
    except Exception:  # A file must not stop an import, whatever it holds.
        log.exception("import %s, row %s: the lines were not understood", batch.pk, row.number)
        record = ProductRecord(line=lines[0].line, problems=problems)
        record.refuse("", not_understood())
    make_skus(record.handle, record.variants)
    return record


def not_understood() -> str:
    return _("These lines could not be understood.")


def compare(desk: Desk, pile: Pile, row: ImportRow) -> Difference:
    """The difference of one row; whatever is wrong with it stands in its record's problems."""
    record = pile.records[row.pk]
    product = pile.products.get(row.pk)
    known = pile.known.get(product, snapshots.Known()) if product else snapshots.Known()
    for problem in pile.spoiled.get(row.pk, []):
        if problem.is_error:
            record.problems.append(Problem(problem.line, problem.column, problem.text))
    if record.errors:
        return Difference(record, known, desk.rules)
    try:
        return difference.of(record, known, pile.around, desk.rules)
    except OperationalError:
        raise
    except Exception:
        log.exception("import %s, row %s: not compared", desk.batch.pk, row.number)
        record.refuse("", not_understood())
        return Difference(record, known, desk.rules)


def note(row: ImportRow, found: Difference) -> list[ImportProblem]:
    """Write the difference on `row` (not saved) and return its problems (not saved)."""
    row.name = (found.record.name or "")[:255]
    row.outcome = found.outcome
    row.difference = [] if found.record.errors else _shown(found)
    row.is_deferred = found.is_deferred
    row.wants_publication = found.wants_publication
    row.product = found.known.product
    return problems_of(row, found.record)


def problems_of(row: ImportRow, record: ProductRecord) -> list[ImportProblem]:
    """The problems of `record`, each once."""
    return [
        ImportProblem(
            batch_id=row.batch_id,
            row=row,
            line=one.line,
            column=one.column[:200],
            text=one.text,
            is_error=one.is_error,
        )
        for one in dict.fromkeys(record.problems)
    ]


def _shown(found: Difference) -> list[list[str]]:
    lines = [change.shown() for change in found.changes[:_DIFFERENCE_LINES]]
    more = len(found.changes) - len(lines)
    return lines if more <= 0 else [*lines, ["", _("and %(count)d more") % {"count": more}, "", ""]]


def extra_of(batch: Import, row: ImportRow) -> dict[str, dict[str, str]]:
    """What the lines of `row` say in columns without a field, by line."""
    table = taking_in.table_of(batch)
    found = {str(number): table.unmapped(cells) for number, cells in row.lines}
    return {number: values for number, values in found.items() if values}
