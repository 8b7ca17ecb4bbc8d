"""Jobs of the shop as a whole."""

from celery import shared_task
from celery.schedules import crontab

from shop import admin_checklist
from shop.kit import clock

SCHEDULE = {
    "shop-count-open-points": {
        "task": "shop.jobs.count_open_points",
        "schedule": crontab(minute=17),
    },
}


@shared_task
def count_open_points() -> int:
    """Hourly: how much of the checklist is open, for the admin's home."""
    return admin_checklist.count(moment=clock.now())
