"""What follows a change of a product; safe to run twice."""

from celery import shared_task

from catalog import search_index
from catalog.collections import members
from shop.kit import clock


@shared_task
def reindex_products(*, product_ids: list[int]) -> None:
    """Read these products into the search again, and into the collections whose rules they fit."""
    search_index.reindex(product_ids)
    members.refresh_all(moment=clock.now(), product_ids=product_ids)
