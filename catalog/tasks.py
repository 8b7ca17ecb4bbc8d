"""What follows a change of a product; safe to run twice."""

from celery import shared_task

from catalog import search_index


@shared_task
def reindex_products(*, product_ids: list[int]) -> None:
    """Read these products into the search again."""
    search_index.reindex(product_ids)
