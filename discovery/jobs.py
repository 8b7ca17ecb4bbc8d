"""Jobs of discovery. A leaf: here orders may be read, which the rules of discovery never do."""

import datetime

from celery import shared_task
from celery.schedules import crontab

from discovery import training
from discovery.models.wishlist import KEPT_DAYS
from discovery.wishlists import lists
from orders.models import OrderLine, OrderStatus
from shop.kit import clock

# Taste changes; what was bought together years ago says little about this season.
REMEMBERED = datetime.timedelta(days=540)

SCHEDULE = {
    "discovery-train-affinities": {
        "task": "discovery.jobs.train_affinities",
        "schedule": crontab(hour=4, minute=10),
    },
    "discovery-forget-wishes": {
        "task": "discovery.jobs.forget_wishes",
        "schedule": datetime.timedelta(hours=6),
    },
}


@shared_task
def train_affinities() -> int:
    """Nightly: learn from the orders of 18 months what goes with what. Returns the affinities."""
    moment = clock.now()
    lines = OrderLine.objects.filter(
        variant__isnull=False,
        order__placed_at__gte=moment - REMEMBERED,
        order__status__in=[OrderStatus.CONFIRMED, OrderStatus.COMPLETED],
    )
    pairs = lines.values_list("order_id", "variant__product_id")
    return training.train(pairs.iterator(chunk_size=2000), moment=moment)


@shared_task
def forget_wishes() -> int:
    """Guests' lists that nobody touched for 60 days go, and for good what was taken off a list."""
    moment = clock.now()
    untouched = lists.forget_untouched(moment - datetime.timedelta(days=KEPT_DAYS))
    return untouched + lists.forget_removed(moment)
