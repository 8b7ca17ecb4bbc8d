"""What the cart needs by the clock."""

import datetime

from celery import shared_task

from checkout import carts
from checkout.models import KEPT_DAYS
from shop.kit import clock


@shared_task
def forget_old_carts() -> int:
    """Carts that nobody touched for 60 days go, with what was typed into them."""
    return carts.forget_untouched(clock.now() - datetime.timedelta(days=KEPT_DAYS))


SCHEDULE = {
    "checkout: forget old carts": {
        "task": "checkout.jobs.forget_old_carts",
        "schedule": datetime.timedelta(hours=6),
    }
}
