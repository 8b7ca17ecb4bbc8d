"""Jobs of accounts."""

from importlib import import_module

from celery import shared_task
from celery.schedules import crontab
from django.conf import settings

from accounts import audit
from shop.kit import clock

SCHEDULE = {
    "accounts-trim-audit-log": {
        "task": "accounts.jobs.trim_audit_log",
        "schedule": crontab(hour=3, minute=50),
    },
    "accounts-forget-ended-sessions": {
        "task": "accounts.jobs.forget_ended_sessions",
        "schedule": crontab(hour=3, minute=40),
    },
}


@shared_task
def forget_ended_sessions() -> None:
    """Nightly: sessions that ended are deleted; what they hold may be personal."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


@shared_task
def trim_audit_log() -> int:
    """Nightly: entries of the audit log go after three years."""
    return audit.trim(moment=clock.now())
