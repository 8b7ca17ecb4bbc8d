"""Jobs of insights."""

from celery import shared_task
from celery.schedules import crontab

from insights import events
from orders.trade import rollup
from shop.kit import clock

SCHEDULE = {
    "insights-refresh-sales": {
        "task": "insights.jobs.refresh_sales",
        "schedule": crontab(minute="*/2"),
    },
    "insights-rebuild-sales": {
        "task": "insights.jobs.rebuild_sales",
        "schedule": crontab(hour=4, minute=10),
    },
    "insights-forget-old-events": {
        "task": "insights.jobs.forget_old_events",
        "schedule": crontab(hour=3, minute=20),
    },
}


@shared_task
def forget_old_events() -> int:
    """Nightly: events are deleted after 13 months."""
    return events.forget(moment=clock.now())


@shared_task
def refresh_sales() -> int:
    """Every two minutes: days whose orders changed are added up anew."""
    return rollup.refresh(moment=clock.now())


@shared_task
def rebuild_sales() -> int:
    """Nightly: all days, so that nothing that no event told of stays wrong for long."""
    return rollup.rebuild(moment=clock.now())
