"""The steps of an import, each in slices of some seconds that can be begun again at any time.

mapping → reading → checking → checked → applying → applied → undoing → undone
"""

import dataclasses
import datetime
import logging
import time
from collections.abc import Callable

from celery import current_app
from django.db import DatabaseError, OperationalError, transaction
from django.db.models import Count, Q
from django.utils import translation
from django.utils.translation import gettext as _

from catalog.imports import applying, comparing, snapshots, taking_in, undoing
from catalog.imports.changes import Refused
from catalog.imports.comparing import Desk, Pile
from catalog.imports.shelves import Shelves
from catalog.models import (
    Import,
    ImportOutcome,
    ImportProblem,
    ImportRow,
    ImportState,
    Product,
)
from shop.kit import locks

log = logging.getLogger(__name__)

SLICE_SECONDS = 15.0
CLAIM = datetime.timedelta(seconds=150)  # longer than a task may take
CHUNK = 100
TASK = "catalog.jobs.run_import"
_TO_DO = (ImportOutcome.NEW, ImportOutcome.CHANGED)
_SPLIT = ("name", "outcome", "difference", "is_deferred", "wants_publication", "product")


def wake(batch: Import) -> None:
    """Ask a worker to go on with `batch` after commit; a job finds it if this gets lost."""
    transaction.on_commit(
        lambda: current_app.send_task(TASK, kwargs={"import_pk": batch.pk}), robust=True
    )


def begin_applying(batch: Import) -> bool:
    """Staff have seen the difference and say yes. Returns whether there was anything to begin."""
    rows = batch.rows.filter(outcome__in=_TO_DO)
    ready = Import.objects.filter(pk=batch.pk, state=ImportState.CHECKED)
    begun = ready.update(state=ImportState.APPLYING, total=rows.count(), done=0)
    batch.refresh_from_db()
    return bool(begun)


def last_applied() -> Import | None:
    """The one import that can be undone."""
    rows = Import.objects.filter(state__in=(ImportState.APPLIED, ImportState.UNDOING))
    return rows.order_by("-applied_at", "-pk").first()


def begin_undoing(batch: Import) -> bool:
    """Take back the last import. Returns whether it could be begun: only the last one can."""
    if last_applied() != batch:
        return False
    ready = Import.objects.filter(pk=batch.pk, state=ImportState.APPLIED)
    total = batch.changes.filter(is_undone=False).count()
    begun = ready.update(state=ImportState.UNDOING, total=total, done=0)
    batch.refresh_from_db()
    return bool(begun)


def step(
    batch_pk: int, *, shelves: Shelves, moment: datetime.datetime, seconds: float | None = None
) -> bool:
    """Work on an import for about `seconds` (`SLICE_SECONDS`). Returns whether more is to do.

    Only one worker at a time: the others find nothing to do.
    """
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=moment)
    running = Import.objects.running().filter(free, pk=batch_pk)
    if not running.update(claimed_until=moment + CLAIM):
        return False
    batch = Import.objects.select_related("fallback_category").get(pk=batch_pk)
    try:
        with translation.override(batch.spoken_language):
            span = SLICE_SECONDS if seconds is None else seconds
            _work(batch, shelves, moment, time.monotonic() + span)
    finally:
        Import.objects.filter(pk=batch_pk).update(claimed_until=None)
    return batch.is_running


def _work(batch: Import, shelves: Shelves, moment: datetime.datetime, until: float) -> None:
    if batch.state == ImportState.READING:
        taking_in.read(batch)
    if batch.state == ImportState.CHECKING:
        _each_chunk(_check, comparing.desk_for(batch, shelves, moment), until)
    elif batch.state == ImportState.APPLYING:
        _each_chunk(_apply, comparing.desk_for(batch, shelves, moment), until)
    elif batch.state == ImportState.UNDOING:
        _undo(batch, shelves, moment, until)


def _each_chunk(work: Callable[[Desk], bool], desk: Desk, until: float) -> None:
    while work(desk):
        if time.monotonic() >= until:
            return


def _check(desk: Desk) -> bool:
    """Compare the next rows. Returns whether there were any."""
    batch = desk.batch
    rows = list(batch.rows.filter(outcome=ImportOutcome.OPEN).order_by("number")[:CHUNK])
    if not rows:
        _finish(batch, ImportState.CHECKED)
        return False
    pile = comparing.pile_of(desk, rows)
    comparing.look_for_gaps(desk, pile)
    problems: list[ImportProblem] = []
    for row in rows:
        problems += comparing.note(row, comparing.compare(desk, pile, row))
        row.extra = comparing.extra_of(batch, row)
    with transaction.atomic():
        ImportProblem.objects.filter(row__in=rows).delete()
        ImportProblem.objects.bulk_create(problems)
        ImportRow.objects.bulk_update(rows, [*_SPLIT, "extra"])
        _advance(batch, len(rows))
    return True


def _advance(batch: Import, count: int) -> None:
    batch.done += count
    Import.objects.filter(pk=batch.pk).update(done=batch.done)


def _finish(batch: Import, state: str, **facts: object) -> None:
    counted = batch.rows.order_by().values_list("outcome").annotate(count=Count("pk"))
    counts = {**dict.fromkeys(("new", "changed", "unchanged", "failed"), 0), **dict(counted)}
    Import.objects.filter(pk=batch.pk).update(state=state, counts=counts, **facts)
    batch.refresh_from_db()


def _apply(desk: Desk) -> bool:
    """Carry out the next rows, each in its own transaction. Returns whether there were any."""
    batch = desk.batch
    waiting = batch.rows.filter(outcome__in=_TO_DO, is_applied=False)
    rows = list(waiting.order_by("number")[:CHUNK])
    is_second_look = not rows
    if is_second_look:
        again = batch.rows.filter(is_deferred=True)  # also what had nothing else to change
        rows = list(again.exclude(outcome=ImportOutcome.FAILED).order_by("number")[:CHUNK])
    if not rows:
        _finish(batch, ImportState.APPLIED, applied_at=desk.rules.moment)
        return False
    if is_second_look:
        desk.rules = dataclasses.replace(desk.rules, has_sku=lambda sku: False)
    pile = comparing.pile_of(desk, rows)
    for row in rows:
        _apply_row(desk, pile, row, is_second_look=is_second_look)
    if not is_second_look:
        _advance(batch, len(rows))
    return True


def _apply_row(desk: Desk, pile: Pile, row: ImportRow, *, is_second_look: bool) -> None:
    before = (row.outcome, row.difference)
    try:
        with transaction.atomic():
            _carry_out(desk, pile, row)
            if is_second_look:
                if before[0] != ImportOutcome.UNCHANGED:
                    row.outcome = before[0]
                row.difference = [*before[1], *row.difference]
                row.is_deferred = False
            row.save(update_fields=[*_SPLIT, "is_applied"])
    except OperationalError:
        raise  # The database is away or busy: the job tries again.
    except Exception as problem:
        if not isinstance(problem, DatabaseError | Refused):
            log.exception("import %s, row %s: not applied", desk.batch.pk, row.number)
        _fail(row, problem)
        desk.categories = type(desk.categories)()  # What was made for it is gone again.
        pile.around.categories = desk.categories


def _carry_out(desk: Desk, pile: Pile, row: ImportRow) -> None:
    _look_again(desk, pile, row)
    found = comparing.compare(desk, pile, row)
    product = found.known.product
    if not found.record.errors and (found.outcome in _TO_DO or found.wants_publication):
        product = applying.carry_out(
            found, row, batch=desk.batch, around=pile.around, shelves=desk.shelves
        )
    problems = comparing.note(row, found)
    row.product = product
    row.is_applied = True
    if pile.spoiled.get(row.pk) or problems:
        ImportProblem.objects.filter(row=row).delete()
        ImportProblem.objects.bulk_create(problems)


def _look_again(desk: Desk, pile: Pile, row: ImportRow) -> None:
    """Lock the product; read it once more if somebody changed it since the pile was read."""
    pk = pile.products.get(row.pk)
    if pk is None:
        return
    current = locks.locked(Product.objects.filter(pk=pk)).values_list("revision", flat=True)
    known = pile.known[pk].product
    if known is None or list(current) != [known.revision]:
        pile.known.update(snapshots.load([pk], desk.shelves))


def _fail(row: ImportRow, problem: Exception) -> None:
    """Nothing of it was kept; say so."""
    text = _("Could not be saved, nothing of it was kept: %(kind)s")
    row.outcome, row.is_applied, row.product = ImportOutcome.FAILED, True, None
    row.difference, row.wants_publication = [], False
    row.save(update_fields=[*_SPLIT, "is_applied"])
    ImportProblem.objects.create(
        batch_id=row.batch_id,
        row=row,
        line=row.lines[0][0],
        text=text % {"kind": str(problem).splitlines()[0][:200] if str(problem) else "?"},
    )


def _undo(batch: Import, shelves: Shelves, moment: datetime.datetime, until: float) -> None:
    while count := undoing.some(batch, shelves=shelves, moment=moment, most=CHUNK):
        _advance(batch, count)
        if time.monotonic() >= until:
            return
    _finish(batch, ImportState.UNDONE)
