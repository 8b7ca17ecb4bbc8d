"""The worker's part: due rows are claimed, documents issued and drawn, failures written down."""

import datetime
import logging

from django.db import DatabaseError
from django.db.models import F

from orders.documents import drawing, issuing
from orders.models import Document, DueDocuments
from orders.models.document import MAX_TRIES

log = logging.getLogger(__name__)

_HOLD = datetime.timedelta(minutes=2)


def work_off(pk: int, *, moment: datetime.datetime) -> bool:
    """Issue and draw what the due row `pk` is about. Returns whether it is done.

    Of two at once one does it. What fails is tried again, each time later, `MAX_TRIES` times;
    then the row is given up and says why. Raises only when the database is away.
    """
    held = moment + _HOLD
    taken = DueDocuments.objects.due(moment).filter(pk=pk)
    if not taken.update(tries=F("tries") + 1, next_try_at=held):
        return False
    row = DueDocuments.objects.get(pk=pk)
    try:
        issuing.settle(row.order_id, moment=moment)
        waiting = Document.objects.undrawn().filter(order=row.order_id)
        for document in waiting.select_related("order").order_by("pk"):
            drawing.draw(document, moment=moment)
    except DatabaseError:
        raise
    except Exception as problem:  # Whatever it was, the row must say so and wait.
        log.warning("documents of order %s: %s", row.order_id, type(problem).__name__)
        _note_failure(row, problem, moment)
        return False
    # What happened meanwhile has moved the row: it is looked at again.
    DueDocuments.objects.filter(pk=pk, next_try_at=held).update(done_at=moment, problem="")
    return True


def _note_failure(row: DueDocuments, problem: Exception, moment: datetime.datetime) -> None:
    wait = datetime.timedelta(seconds=min(30 * 2**row.tries, 6 * 3600))
    DueDocuments.objects.filter(pk=row.pk).update(
        is_dead=row.tries >= MAX_TRIES,
        next_try_at=moment + wait,
        problem=f"{type(problem).__name__}: {problem}"[:200],
    )
