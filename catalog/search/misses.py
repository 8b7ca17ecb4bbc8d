"""What was looked for in vain: counted for staff, without anything of the person who looked.

A page writes nothing to the database, and must not wait for a broker that is away. So it leaves the
search in one of some hundred slots of the cache, which a job empties: two searches that meet in one
slot lose a count, a flood fills no more than the slots.
"""

import datetime
import re
import zlib

from django.core.cache import cache
from django.db.models import F
from django.db.models.functions import Least

from catalog.models import SearchMiss
from catalog.search_index import folding

SLOTS = 512
_KEPT_SECONDS = 24 * 3600
_LONGEST, _MOST_WORDS = 60, 6
# Addresses and numbers may belong to a person.
_PERSONAL = re.compile(r"@|\d{6,}|(?:\d[\s/-]?){7,}")
KEPT_DAYS, KEPT_ROWS = 180, 5000


def note(text: str, *, language: str) -> None:
    """Remember that `text` found nothing, until the job counts it. Touches the cache alone."""
    query = " ".join(folding.words(text))
    is_fit = 2 <= len(query) <= _LONGEST and len(query.split()) <= _MOST_WORDS
    if not is_fit or _PERSONAL.search(text):
        return
    key = _slot(zlib.crc32(f"{language}:{query}".encode()) % SLOTS)
    kept = cache.get(key)
    count = kept[2] + 1 if kept and kept[:2] == (language, query) else 1
    cache.set(key, (language, query, count), _KEPT_SECONDS)


def collect(*, moment: datetime.datetime) -> int:
    """Count what was noted since the last time. Returns the number of different searches."""
    noted = cache.get_many([_slot(number) for number in range(SLOTS)])
    cache.delete_many(list(noted))
    for language, query, count in noted.values():
        row, is_new = SearchMiss.objects.get_or_create(
            language=language, query=query, defaults={"last_at": moment, "count": count}
        )
        if not is_new:
            SearchMiss.objects.filter(pk=row.pk).update(
                count=Least(F("count") + count, 1_000_000), last_at=moment
            )
    return len(noted)


def prune(*, moment: datetime.datetime) -> int:
    """Forget what nobody looked for in half a year, and all but the 5,000 commonest."""
    old = moment - datetime.timedelta(days=KEPT_DAYS)
    kept = SearchMiss.objects.filter(last_at__gte=old).order_by("-count", "-last_at")
    ids = list(kept.values_list("pk", flat=True)[:KEPT_ROWS])
    return SearchMiss.objects.exclude(pk__in=ids).delete()[0]


def _slot(number: int) -> str:
    return f"search.miss.{number}"
