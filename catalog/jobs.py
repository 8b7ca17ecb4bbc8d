"""Background work of the catalogue: imports, slice by slice, and the images that they name."""

import datetime

from celery import shared_task

from catalog.imports import picture_queue, running
from catalog.models import Import, ImportPart
from inventory.import_shelves import ImportShelves
from shop.kit import clock

_FILES_ARE_KEPT = datetime.timedelta(days=90)


@shared_task
def run_import(*, import_pk: int) -> bool:
    """Go on with an import for some seconds, then ask for the next slice. Returns whether so."""
    is_more = running.step(import_pk, shelves=ImportShelves(), moment=clock.now())
    if is_more:
        run_import.delay_on_commit(import_pk=import_pk)
    elif picture_queue.are_waiting(clock.now()):
        fetch_import_pictures.delay_on_commit()
    return is_more


@shared_task
def fetch_import_pictures() -> int:
    """Fetch waiting images for some seconds, then ask for the next slice. Returns how many."""
    count = picture_queue.fetch_some(moment=clock.now())
    if count and picture_queue.are_waiting(clock.now()):
        fetch_import_pictures.delay_on_commit()
    return count


@shared_task
def sweep_imports() -> int:
    """Imports and images whose wake-up was lost."""
    moment = clock.now()
    stalled = Import.objects.running().exclude(claimed_until__gt=moment)
    keys = list(stalled.order_by("pk").values_list("pk", flat=True))
    for key in keys:
        run_import.delay_on_commit(import_pk=key)
    if picture_queue.are_waiting(moment):
        fetch_import_pictures.delay_on_commit()
    return len(keys)


@shared_task
def forget_import_files() -> int:
    """Files of imports are kept for 90 days; what was done is kept for ever."""
    old = ImportPart.objects.filter(batch__created_at__lt=clock.now() - _FILES_ARE_KEPT)
    count, _kinds = old.delete()
    return count


SCHEDULE = {
    "sweep_imports": {
        "task": "catalog.jobs.sweep_imports",
        "schedule": 30.0,
        "options": {"expires": 30},
    },
    "forget_import_files": {
        "task": "catalog.jobs.forget_import_files",
        "schedule": 24 * 3600.0,
        "options": {"expires": 3600},
    },
}
