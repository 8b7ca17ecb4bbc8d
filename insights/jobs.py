"""Jobs of insights."""

from celery import shared_task
from celery.schedules import crontab

from insights import events
from shop.kit import clock

SCHEDULE = {
    "insights-forget-old-events": {
        "task": "insights.jobs.forget_old_events",
        "schedule": crontab(hour=3, minute=20),
    },
}


@shared_task
def forget_old_events() -> int:
    """Nightly: events are deleted after 13 months."""
    return events.forget(moment=clock.now())
