"""Feeds as files: written row by row beside the old ones, then put in their place at once.

They lie compressed in the private storage; whoever asks gets a whole one, the old or the new. The
same goods give the same bytes, and a file that would not change stays as it is: its date is that of
its last change.
"""

import contextlib
import dataclasses
import datetime
import filecmp
import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path

from django.core.files.storage import FileSystemStorage, storages
from django.db import connection

from catalog.machines import feed_formats, feed_rows

FOLDER = "feeds"
# Rewritten at the latest after this time: stock changes all day long.
AGE = datetime.timedelta(hours=1)
LEVEL = 4  # half the time of the default, a tenth more bytes


@dataclasses.dataclass(frozen=True, slots=True)
class State:
    """The last writing of the feeds of a language; `expires_at` is when the next price changes."""

    written_at: datetime.datetime
    expires_at: datetime.datetime | None
    count: feed_rows.Count


def path_of(name: str) -> Path:
    """Where the file `name` lies, whether it is there or not."""
    storage = storages["private"]
    if not isinstance(storage, FileSystemStorage):
        raise TypeError("feeds are put in place by renaming: the private storage must be a folder")
    return Path(storage.path(f"{FOLDER}/{name}"))


def file_name(format_: feed_formats.Format, language: str) -> str:
    """`google-de.xml.gz`"""
    return f"{format_.code}-{language}.{format_.ending}.gz"


def write(source: feed_rows.Source) -> State:
    """Write all formats of one language in one pass over the goods."""
    path_of("").mkdir(mode=0o700, parents=True, exist_ok=True)
    count = feed_rows.Count()
    with contextlib.ExitStack() as stack:
        outs = [
            (one, stack.enter_context(_replacing(path_of(file_name(one, source.language)))))
            for one in feed_formats.FORMATS
        ]
        for one, out in outs:
            out.write(one.head(source.shop, source.language).encode())
        for row in feed_rows.rows(source, count):
            for one, out in outs:
                out.write(one.line(row, source.shop).encode())
        for one, out in outs:
            out.write(one.end.encode())
    state = State(source.moment, next_turn(source.moment), count)
    _store(state, source.language)
    return state


@contextlib.contextmanager
def _replacing(target: Path) -> Iterator[gzip.GzipFile]:
    """A compressed file that takes the place of `target` when all went well."""
    beside = target.with_name(f"{target.name}.new")
    try:
        # Without a name and a time in it, the same content gives the same bytes.
        with beside.open("wb") as raw:
            os.fchmod(raw.fileno(), 0o600)
            with gzip.GzipFile("", "wb", LEVEL, raw, mtime=0) as out:
                yield out
        if not (target.exists() and filecmp.cmp(beside, target, shallow=False)):
            beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def state(language: str) -> State | None:
    """The last writing of a language; `None` before the first one."""
    try:
        kept = json.loads(path_of(f"{language}.json").read_text())
    except FileNotFoundError:
        return None
    moment = datetime.datetime.fromisoformat
    return State(
        written_at=moment(kept["written_at"]),
        expires_at=moment(kept["expires_at"]) if kept["expires_at"] else None,
        count=feed_rows.Count(**kept["count"]),
    )


def _store(state: State, language: str) -> None:
    text = json.dumps(
        {
            "written_at": state.written_at.isoformat(),
            "expires_at": state.expires_at.isoformat() if state.expires_at else None,
            "count": dataclasses.asdict(state.count),
        }
    )
    beside = path_of(f"{language}.json.new")
    beside.write_text(text)
    beside.replace(path_of(f"{language}.json"))


def is_due(language: str, *, moment: datetime.datetime) -> bool:
    """Are there none yet, are they old, or has a price begun or ended since?"""
    last = state(language)
    if last is None or moment - last.written_at >= AGE:
        return True
    return _has_turned(last.written_at, moment)


_TURNED = """
SELECT EXISTS (
    SELECT FROM catalog_price
    WHERE (lower(valid) > %(start)s AND lower(valid) <= %(end)s)
       OR (upper(valid) > %(start)s AND upper(valid) <= %(end)s)
)
"""
_NEXT = """
SELECT least(
    (SELECT min(lower(valid)) FROM catalog_price WHERE lower(valid) > %(moment)s),
    (SELECT min(upper(valid)) FROM catalog_price WHERE upper(valid) > %(moment)s)
)
"""


def _has_turned(start: datetime.datetime, end: datetime.datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_TURNED, {"start": start, "end": end})
        return bool(cursor.fetchone()[0])


def next_turn(moment: datetime.datetime) -> datetime.datetime | None:
    """When the next planned price begins or the next sale ends."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, {"moment": moment})
        found: datetime.datetime | None = cursor.fetchone()[0]
        return found
