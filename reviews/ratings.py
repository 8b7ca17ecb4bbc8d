"""What pages show of reviews."""

import dataclasses
from collections.abc import Iterable
from decimal import Decimal

from catalog import listing_index
from reviews.models import STARS, RatingSummary, Review


@dataclasses.dataclass(frozen=True, slots=True)
class Summary:
    """The rating of a product: all published reviews, none weighted.

    `stars_percent` is the average as a share of five stars, 0–100, in whole percent;
    `histogram` has the number of reviews of each star, five first.
    """

    average: Decimal
    count: int
    stars_percent: int
    histogram: dict[int, int]


def summary_of(product_ids: Iterable[int]) -> dict[int, Summary]:
    """The ratings of these products, in one statement. Unrated products are absent."""
    rows = RatingSummary.objects.filter(product_id__in=list(product_ids), count__gt=0)
    return {row.product_id: _summary(row) for row in rows}


def _summary(row: RatingSummary) -> Summary:
    return Summary(
        average=row.average,
        count=row.count,
        stars_percent=round(row.average * 20),
        histogram={stars: getattr(row, f"stars_{stars}") for stars in reversed(STARS)},
    )


def latest(product_id: int, limit: int) -> list[Review]:
    """The newest published reviews of a product, in one statement."""
    rows = Review.objects.published().filter(product_id=product_id)
    return list(rows.order_by("-created_at", "-pk")[:limit])


def tell_lists(product_ids: Iterable[int] | None = None) -> int:
    """Have the lists of the catalogue know the ratings of these products, or of all: they keep a
    copy to filter and sort by. Returns in how many categories something changed."""
    rows = RatingSummary.objects.order_by("product_id")
    if product_ids is not None:
        rows = rows.filter(product_id__in=list(product_ids))
    found = {
        row.product_id: (float(row.average) if row.count else None, row.count)
        for row in rows.iterator(chunk_size=5000)
    }
    return listing_index.note_ratings(found)
