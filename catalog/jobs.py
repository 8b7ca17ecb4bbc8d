"""Jobs of the catalogue: search, lists, collections, dates of publishing, imports, pictures.

A leaf: sales, ratings and stock may be read here.
"""

import datetime
import functools
import logging
import operator
import time
from typing import Any

from celery import shared_task
from celery.schedules import crontab
from django.db.models import Q
from django.utils import translation

from catalog import categories, listing_index, products, search_index
from catalog.bundles import periods
from catalog.collections import members
from catalog.imports import picture_queue, running
from catalog.machines import feed_files, feed_rows
from catalog.models import Import, ImportPart, SearchDocument
from catalog.pictures import cleaning, making
from catalog.reductions import writing as reductions
from catalog.search import misses
from inventory import availability, telling
from inventory.import_shelves import ImportShelves
from orders.models import OrderLine, OrderStatus
from reviews import ratings
from shop import health, structured_data
from shop.kit import clock, languages, locks

log = logging.getLogger(__name__)

AT_ONCE = 5000
SLICE_SECONDS = 15.0
_FEEDS = 4_115_103  # the lock of who writes feeds
SOLD_IN = datetime.timedelta(days=90)
FILES_ARE_KEPT = datetime.timedelta(days=90)
SCHEDULE: dict[str, dict[str, Any]] = {
    "catalog-search-refresh": {
        "task": "catalog.jobs.refresh_search",
        "schedule": crontab(minute="*/10"),
    },
    "catalog-lists-refresh": {
        "task": "catalog.jobs.refresh_lists",
        "schedule": crontab(minute="5-59/10"),
        "options": {"expires": 600},
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
    "catalog-bundles-derive": {
        "task": "catalog.jobs.derive_bundles",
        "schedule": crontab(hour=2, minute=50),
    },
    "catalog-imports-sweep": {
        "task": "catalog.jobs.sweep_imports",
        "schedule": 30.0,
        "options": {"expires": 30},
    },
    "catalog-reductions-sweep": {
        "task": "catalog.jobs.sweep_reductions",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "catalog-feeds-write": {
        "task": "catalog.jobs.write_feeds",
        "schedule": crontab(minute="*/5"),
        "options": {"expires": 240},
    },
    "catalog-imports-forget-files": {
        "task": "catalog.jobs.forget_import_files",
        "schedule": crontab(hour=4, minute=10),
    },
    "catalog-pictures-sweep": {
        "task": "catalog.jobs.sweep_pictures",
        "schedule": 30.0,
        "options": {"expires": 30},
    },
    "catalog-pictures-clean-up": {
        "task": "catalog.jobs.clean_up_pictures",
        "schedule": crontab(hour=4, minute=30),
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
def refresh_lists() -> dict[str, int]:
    """Every ten minutes: products that a lost hint left lying, prices that began or ended, what
    ran out or came back unheard, and ratings. Returns how many of each changed."""
    moment = clock.now()
    late = {*listing_index.out_of_date(), *listing_index.expired(moment)}
    return {
        "read again": listing_index.refresh(late, moment=moment),
        "stock": telling.tell_changes(moment=moment),
        "ratings": ratings.tell_lists(),
    }


@shared_task
def count_words() -> None:
    """Nightly: the vocabulary, and what is bought and liked."""
    moment = clock.now()
    search_index.count_words()
    search_index.set_popularity(_popularity(moment))
    listing_index.take_popularity()
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


@shared_task
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
def derive_bundles() -> int:
    """Nightly: the prices of summed bundles from now on, should one have been written past them.

    Returns how many bundles there are.
    """
    return periods.derive_all(moment=clock.now())


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
def write_reduction(*, reduction_pk: int) -> bool:
    """Write or take back the prices of a catalogue promotion for some seconds, then ask for the
    next slice. Returns whether so."""
    until = time.monotonic() + SLICE_SECONDS
    while is_more := reductions.step(reduction_pk, moment=clock.now()):
        if time.monotonic() > until:
            write_reduction.delay_on_commit(reduction_pk=reduction_pk)  # type: ignore[attr-defined]
            break
    return is_more


@shared_task
def sweep_reductions() -> int:
    """Catalogue promotions whose wake-up was lost, or that met a price set in the same moment."""
    keys = reductions.at_work()
    for key in keys:
        write_reduction.delay_on_commit(reduction_pk=key)  # type: ignore[attr-defined]
    return len(keys)


@shared_task
def forget_import_files() -> int:
    """Files of imports are kept for 90 days; what was done is kept for ever."""
    old = ImportPart.objects.filter(batch__created_at__lt=clock.now() - FILES_ARE_KEPT)
    count, _kinds = old.delete()
    return count


@shared_task(soft_time_limit=560, time_limit=590)
def write_feeds() -> list[str]:
    """Every five minutes: the feeds that are due, in each language. Returns which were written.

    Due are those that are an hour old, and all when a price has begun or ended since.
    """
    moment = clock.now()
    with locks.alone(_FEEDS) as is_alone:
        if not is_alone:
            return []
        due = [code for code in languages.codes() if feed_files.is_due(code, moment=moment)]
        for code in due:
            feed_files.write(_source(code, moment))
        return due


def _source(language: str, moment: datetime.datetime) -> feed_rows.Source:
    """What the feeds are made of: the terms and the stock that pages and checkout speak of."""
    version = categories.version()
    with translation.override(language):
        return feed_rows.Source(
            shop=structured_data.terms_in(version, language),
            tree=categories.tree(version, language),
            free_of=availability.of,
            language=language,
            moment=moment,
        )


@shared_task
def make_pictures() -> int:
    """Make waiting renditions for some seconds, then ask for the next slice. Returns how many."""
    count = making.make_some(moment=clock.now(), changed=_look_different)
    if count and making.are_waiting(clock.now()):
        make_pictures.delay_on_commit()  # type: ignore[attr-defined]
    return count


def _look_different(product_ids: set[int], is_furniture: bool) -> None:
    products.touch(product_ids)
    if is_furniture:
        categories.changed()


@shared_task
def sweep_pictures() -> bool:
    """Pictures whose wake-up was lost, or whose next try has come. Returns whether there are."""
    are_waiting = making.are_waiting(clock.now())
    if are_waiting:
        make_pictures.delay_on_commit()  # type: ignore[attr-defined]
    return are_waiting


@shared_task
def clean_up_pictures() -> dict[str, int]:
    """Nightly: files that nothing shows any more. Returns how many of each kind went."""
    moment = clock.now()
    return {
        "unused": cleaning.forget_unused(moment=moment, shown_elsewhere=_shown_in_orders),
        "crops": cleaning.remove_leftovers(moment=moment),
        "strays": cleaning.remove_strays(moment=moment),
    }


def _shown_in_orders(keys: set[str]) -> set[str]:
    """Those of `keys` that pages of orders still show."""
    named = functools.reduce(operator.or_, (Q(picture_url__contains=f"/{key}/") for key in keys))
    urls = OrderLine.objects.filter(named).values_list("picture_url", flat=True).distinct()
    return {key for url in urls for key in keys if f"/{key}/" in url}
