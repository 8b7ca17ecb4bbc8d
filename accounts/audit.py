"""The audit log of staff: a chain of entries that tells whether somebody touched it.

What an entry says is written down in docs/algorithms/audit_log.md. The head's lock is the last that
a transaction takes (`shop/kit/locks.py`); a transaction that is undone leaves no gap.
"""

import dataclasses
import datetime
import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, transaction

from accounts.models import AuditAct, AuditEntry, AuditHead, Customer

KEPT = datetime.timedelta(days=3 * 366)
_HEAD = 1


@dataclasses.dataclass(frozen=True, slots=True)
class Noted:
    """What is to be written: `object_type` as `app.model`, `facts` of words, numbers and lists."""

    act: AuditAct
    page: str = ""
    object_type: str = ""
    object_id: str = ""
    facts: Mapping[str, Any] = dataclasses.field(default_factory=dict)


@transaction.atomic
def write(noted: Iterable[Noted], *, by: Customer | None, moment: datetime.datetime) -> None:
    """Append entries to the chain, in the caller's transaction where there is one.

    Waits for whoever writes just now. `facts` must not hold personal values: see
    `accounts.audit_words`.
    """
    new = list(noted)
    if not new:
        return
    head = _head()
    rows = []
    for one in new:
        row = AuditEntry(
            number=head.number + 1,
            at=moment,
            actor=by,
            act=one.act,
            page=one.page[:100],
            object_type=one.object_type[:60],
            object_id=one.object_id[:60],
            facts=json.loads(_canonical(one.facts)),
            previous=head.digest,
        )
        row.digest = _digest(row)
        head.number, head.digest = row.number, row.digest
        rows.append(row)
    AuditEntry.objects.bulk_create(rows)
    head.save()


def _head() -> AuditHead:
    """The end of the chain, locked."""
    rows = AuditHead.objects.select_for_update()
    if head := rows.filter(pk=_HEAD).first():
        return head
    AuditHead.objects.bulk_create([AuditHead(pk=_HEAD)], ignore_conflicts=True)
    return rows.get(pk=_HEAD)


def breaks() -> list[str]:
    """Where the chain is broken: a changed, removed or inserted entry, or a cut-off end."""
    found: list[str] = []
    before: AuditEntry | None = None
    trimmed = {
        (row.facts.get("number"), row.facts.get("digest"))
        for row in AuditEntry.objects.filter(act=AuditAct.TRIM)
    }
    for row in AuditEntry.objects.order_by("number").iterator(chunk_size=2000):
        number, digest = (before.number, before.digest) if before else (0, "")
        is_begin = before is None and (row.number - 1, row.previous) in trimmed
        if not is_begin and (row.number != number + 1 or row.previous != digest):
            found.append(f"before entry {row.number} something is missing or was put in")
        if row.digest != _digest(row):
            found.append(f"entry {row.number} was changed")
        before = row
    head = AuditHead.objects.filter(pk=_HEAD).first()
    ends = (head.number, head.digest) if head else (0, "")
    if ends != ((before.number, before.digest) if before else (0, "")):
        found.append(f"the chain should end with entry {ends[0]}")
    return found


@transaction.atomic
def trim(*, moment: datetime.datetime) -> int:
    """Remove entries older than `KEPT`; an entry says up to which, so that the rest stays provable.

    Returns how many. The database refuses every other removal.
    """
    old = AuditEntry.objects.filter(at__lt=moment - KEPT)
    last = old.order_by("-number").first()
    if last is None:
        return 0
    facts = {"number": last.number, "digest": last.digest}
    write([Noted(AuditAct.TRIM, facts=facts)], by=None, moment=moment)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL kontor.audit_trim = 'on'")
        count, _by_model = AuditEntry.objects.filter(number__lte=last.number).delete()
        cursor.execute("SET LOCAL kontor.audit_trim = 'off'")
    return count


def _digest(row: AuditEntry) -> str:
    content = [
        row.previous,
        row.number,
        row.at.astimezone(datetime.UTC).isoformat(),
        row.actor_id,
        row.act,
        row.page,
        row.object_type,
        row.object_id,
        row.facts,
    ]
    return hashlib.sha256(_canonical(content).encode()).hexdigest()


def _canonical(value: Any) -> str:
    """One text for one content: what comes back from the database gives the same."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), default=str)
    return text.replace("\\u0000", "")
