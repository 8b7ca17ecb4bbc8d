"""What follows a change of a product; safe to run twice."""

from celery import shared_task

from catalog import listing_index, search_index
from catalog.collections import members
from shop.kit import clock


@shared_task
def reindex_products(*, product_ids: list[int]) -> None:
    """Read these products into search and lists again, and into the collections that they fit."""
    moment = clock.now()
    search_index.reindex(product_ids)
    listing_index.refresh(product_ids, moment=moment)
    members.refresh_all(moment=moment, product_ids=product_ids)
