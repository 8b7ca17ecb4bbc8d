"""What follows a change of the stock; safe to run twice."""

from celery import shared_task

from inventory import telling
from shop.kit import clock


@shared_task
def tell_lists(*, variant_ids: list[int]) -> None:
    """Have lists show whether these variants can be ordered."""
    telling.tell(variant_ids, moment=clock.now())
