"""What a product page shows of reviews, kept until the product's next revision."""

from typing import Any

from babel.dates import format_date
from django.core.cache import cache

from reviews import ratings
from reviews.models import Review
from shop.kit import languages, money

SHOWN = 6
KEPT_SECONDS = 6 * 3600
FORMAT = 2  # Counts up when the context changes its shape: old entries are left to expire.


def context(product_id: int, revision: int) -> dict[str, Any]:
    """`rating` and `reviews` of a product, ready to show, in the active language."""
    language = languages.active()
    key = f"reviews.{FORMAT}.{language}.{product_id}.{revision}"
    found: dict[str, Any] | None = cache.get(key)
    if found is None:
        summary = ratings.summary_of([product_id]).get(product_id)
        found = {
            "rating": _rating(summary, language) if summary else None,
            "reviews": [_review(one, language) for one in ratings.latest(product_id, SHOWN)],
        }
        cache.set(key, found, KEPT_SECONDS)
    return found


def _rating(summary: ratings.Summary, language: str) -> dict[str, str]:
    return {
        "stars_percent": str(summary.stars_percent),
        "average": money.formatted_number(round(summary.average, 1), language),
        "value": str(round(summary.average, 1)),  # the same for machines
        "count": str(summary.count),
    }


def _review(review: Review, language: str) -> dict[str, Any]:
    return {
        "stars": str(review.stars),
        "stars_percent": str(review.stars * 20),
        "title": review.title,
        "text": review.text,
        "author": review.author,
        "date_text": str(format_date(review.created_at, "long", locale=languages.region(language))),
        "is_verified": review.is_verified,
    }
