"""What follows a change of a product; safe to run twice."""

from celery import shared_task

from catalog import listing_index, search_index
from shop.kit import clock


@shared_task
def reindex_products(*, product_ids: list[int]) -> None:
    """Read these products into the search and the lists again."""
    search_index.reindex(product_ids)
    listing_index.refresh(product_ids, moment=clock.now())
