"""What the stock needs by the clock: those who wait are told, and forgotten in time."""

from celery import shared_task
from celery.schedules import crontab

from inventory import alert_mails
from inventory.alerts import subscribing, telling
from inventory.models import AlertMail
from shop.kit import clock, mail

BATCH = 100
EVERY_SECONDS = 60.0


@shared_task
def tell_waiting() -> int:
    """Every minute: tell those for whom pieces are back. Returns how many."""
    return telling.tell_all(clock.now())


@shared_task
def sweep_alert_mails() -> int:
    """Mails that are due: their wake-up was lost, they waited, or the mail server was away."""
    rows = AlertMail.objects.select_related("alert__variant__product")
    return mail.send_due(rows, alert_mails.build, clock.now(), most=BATCH)


@shared_task
def forget_alerts() -> int:
    """Nightly: addresses go that were not confirmed, were told, or waited for a year."""
    return subscribing.forget(clock.now())


SCHEDULE = {
    "inventory-tell-waiting": {
        "task": "inventory.jobs.tell_waiting",
        "schedule": EVERY_SECONDS,
        "options": {"expires": EVERY_SECONDS},
    },
    "inventory-sweep-alert-mails": {
        "task": "inventory.jobs.sweep_alert_mails",
        "schedule": EVERY_SECONDS,
        "options": {"expires": EVERY_SECONDS},
    },
    "inventory-forget-alerts": {
        "task": "inventory.jobs.forget_alerts",
        "schedule": crontab(hour=3, minute=20),
    },
}
