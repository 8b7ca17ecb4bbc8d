"""Pay at pick-up: the order stands at once, the money comes over the counter."""

import datetime

from django.conf import settings

from orders.models import ByHand


class OnPickup:
    """Always there; the checkout offers it with a delivery that is a pick-up."""

    code = "on_pickup"
    by_hand = ByHand.COUNTER
    is_due_later = True
    is_offered = True

    @property
    def kept_for(self) -> datetime.timedelta:
        return datetime.timedelta(days=settings.PICKUP_DAYS)
