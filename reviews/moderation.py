"""Deciding what is published. Every decision keeps the rating of the product true."""

import datetime

from django.db import transaction
from django.db.models import F

from catalog import products
from reviews import ratings
from reviews.models import RatingSummary, Review, ReviewState


@transaction.atomic
def approve(review: Review, *, moment: datetime.datetime) -> bool:
    """Publish a review and count its stars. Returns whether that changed anything."""
    rows = Review.objects.filter(pk=review.pk).exclude(state=ReviewState.APPROVED)
    if not rows.update(state=ReviewState.APPROVED, decided_at=moment):
        return False
    _count(review, change=+1)
    return True


@transaction.atomic
def reject(review: Review, *, moment: datetime.datetime) -> bool:
    """Refuse a review, or take a published one down. Returns whether that changed anything."""
    if _take_down(review, moment=moment):
        _count(review, change=-1)
        return True
    waiting = Review.objects.filter(pk=review.pk, state=ReviewState.PENDING)
    return bool(waiting.update(state=ReviewState.REJECTED, decided_at=moment))


def _take_down(review: Review, *, moment: datetime.datetime) -> bool:
    published = Review.objects.filter(pk=review.pk, state=ReviewState.APPROVED)
    return bool(published.update(state=ReviewState.REJECTED, decided_at=moment))


def _count(review: Review, *, change: int) -> None:
    """Count in SQL: two moderators at once must not overwrite each other's sum.

    The conditional UPDATE above lets exactly one of them come here for one review. Cards and pages
    of the product keep its rating until its next revision.
    """
    RatingSummary.objects.bulk_create(
        [RatingSummary(product_id=review.product_id)], ignore_conflicts=True
    )
    column = f"stars_{review.stars}"
    RatingSummary.objects.filter(product_id=review.product_id).update(
        **{column: F(column) + change}
    )
    products.touch([review.product_id])
    ratings.tell_lists([review.product_id])
