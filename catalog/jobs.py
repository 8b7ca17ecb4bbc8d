"""Jobs of the catalogue: search, collections, dates of publishing, imports.

A leaf: sales, ratings and stock may be read here.
"""

import datetime
import logging
from typing import Any

from celery import shared_task
from celery.schedules import crontab

from catalog import categories, products, search_index
from catalog.collections import members
from catalog.imports import picture_queue, running
from catalog.models import Import, ImportPart, SearchDocument
from catalog.search import misses
from inventory import availability
from inventory.import_shelves import ImportShelves
from orders.models import OrderLine, OrderStatus
from reviews import ratings
from shop import health
from shop.kit import clock

log = logging.getLogger(__name__)

AT_ONCE = 5000
SOLD_IN = datetime.timedelta(days=90)
FILES_ARE_KEPT = datetime.timedelta(days=90)
SCHEDULE: dict[str, dict[str, Any]] = {
    "catalog-search-refresh": {
        "task": "catalog.jobs.refresh_search",
        "schedule": crontab(minute="*/10"),
    },
    "catalog-search-count-words": {
        "task": "catalog.jobs.count_words",
        "schedule": crontab(hour=3, minute=40),
    },
    "catalog-publishing": {
        "task": "catalog.jobs.keep_dates",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "catalog-collections-follow": {
        "task": "catalog.jobs.follow_collections",
        "schedule": crontab(),
        "options": {"expires": 60},
    },
    "catalog-collections-refresh": {
        "task": "catalog.jobs.refresh_collections",
        "schedule": crontab(minute="5-55/10"),
        "options": {"expires": 600},
    },
    "catalog-imports-sweep": {
        "task": "catalog.jobs.sweep_imports",
        "schedule": 30.0,
        "options": {"expires": 30},
    },
    "catalog-imports-forget-files": {
        "task": "catalog.jobs.forget_import_files",
        "schedule": crontab(hour=4, minute=10),
    },
}


@shared_task
def refresh_search() -> dict[str, int]:
    """Every ten minutes: what a lost hint left lying, prices that began or ended, what sold out,
    and the searches in vain. Returns how many rows of each changed."""
    moment = clock.now()
    late = search_index.out_of_date()
    search_index.reindex(late)
    ids = _found_ids()
    sold_out: set[int] = set()
    for start in range(0, len(ids), AT_ONCE):
        sold_out |= availability.sold_out(ids[start : start + AT_ONCE])
    return {
        "read again": len(late),
        "prices": search_index.refresh_prices(ids),
        "availability": search_index.set_sold_out(sold_out),
        "in vain": misses.collect(moment=moment),
    }


@shared_task
def count_words() -> None:
    """Nightly: the vocabulary, and what is bought and liked."""
    moment = clock.now()
    search_index.count_words()
    search_index.set_popularity(_popularity(moment))
    misses.prune(moment=moment)


def _popularity(moment: datetime.datetime) -> dict[int, float]:
    """Pieces sold in 90 days, and stars where there are ratings, as one number from 0 to 1."""
    lines = OrderLine.objects.filter(
        variant__isnull=False,
        order__placed_at__gte=moment - SOLD_IN,
        order__status__in=[OrderStatus.CONFIRMED, OrderStatus.COMPLETED],
    )
    sold: dict[int, int] = {}
    for product_id, quantity in lines.values_list("variant__product_id", "quantity").iterator(
        chunk_size=2000
    ):
        sold[product_id] = sold.get(product_id, 0) + quantity
    ids = _found_ids()
    stars: dict[int, tuple[float, int]] = {}
    for start in range(0, len(ids), AT_ONCE):
        rated = ratings.summary_of(ids[start : start + AT_ONCE])
        stars |= {pk: (float(one.average), one.count) for pk, one in rated.items()}
    return search_index.popularity(ids, sold=sold, stars=stars)


def _found_ids() -> list[int]:
    rows = SearchDocument.objects.order_by("product_id").values_list("product_id", flat=True)
    return list(rows.distinct())


@shared_task
def keep_dates() -> dict[str, int]:
    """Every minute: hold back what goes live soon and is not complete; archive what is over.

    Also the sign that beat and a worker are alive, which `manage.py doctor` looks for.
    """
    moment = clock.now()
    health.note_heartbeat(moment)
    held = products.hold_back(moment)
    for product in held:
        log.warning("product %s was held back: %s", product.pk, product.publish_problem)
    return {"held back": len(held), "taken down": len(products.take_down(moment))}


def follow_collections() -> int:
    """Every minute: prices and products whose time has come, collections that open or close.

    Returns how many products entered, left or moved.
    """
    moment = clock.now()
    if members.retell(moment):
        categories.changed()
    turned = members.turned(moment)
    return members.refresh_all(moment=moment, product_ids=turned) if turned else 0


@shared_task
def refresh_collections() -> int:
    """Every ten minutes: what grew too old to be new, what sold out, and what a lost hint left."""
    return members.refresh_all(moment=clock.now())


@shared_task
def run_import(*, import_pk: int) -> bool:
    """Go on with an import for some seconds, then ask for the next slice. Returns whether so."""
    is_more = running.step(import_pk, shelves=ImportShelves(), moment=clock.now())
    if is_more:
        run_import.delay_on_commit(import_pk=import_pk)  # type: ignore[attr-defined]
    elif picture_queue.are_waiting(clock.now()):
        fetch_import_pictures.delay_on_commit()  # type: ignore[attr-defined]
    return is_more


@shared_task
def fetch_import_pictures() -> int:
    """Fetch waiting images for some seconds, then ask for the next slice. Returns how many."""
    count = picture_queue.fetch_some(moment=clock.now())
    if count and picture_queue.are_waiting(clock.now()):
        fetch_import_pictures.delay_on_commit()  # type: ignore[attr-defined]
    return count


@shared_task
def sweep_imports() -> int:
    """Imports and images whose wake-up was lost."""
    moment = clock.now()
    stalled = Import.objects.running().exclude(claimed_until__gt=moment)
    keys = list(stalled.order_by("pk").values_list("pk", flat=True))
    for key in keys:
        run_import.delay_on_commit(import_pk=key)  # type: ignore[attr-defined]
    if picture_queue.are_waiting(moment):
        fetch_import_pictures.delay_on_commit()  # type: ignore[attr-defined]
    return len(keys)


@shared_task
def forget_import_files() -> int:
    """Files of imports are kept for 90 days; what was done is kept for ever."""
    old = ImportPart.objects.filter(batch__created_at__lt=clock.now() - FILES_ARE_KEPT)
    count, _kinds = old.delete()
    return count
