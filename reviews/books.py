"""What must always be true of the reviews; `manage.py check_books` prints it."""

from django.db.models import Count, Q

from reviews.models import STARS, RatingSummary, Review

_NOTHING = (0,) * len(STARS)


def ratings_equal_reviews() -> list[str]:
    """The stored counts of each star equal the published reviews, per product."""
    columns = {f"stars_{stars}": Count("pk", filter=Q(stars=stars)) for stars in STARS}
    counted = Review.objects.published().values("product_id").annotate(**columns)
    rows = counted.values_list("product_id", *columns)
    truth = {pk: tuple(numbers) for pk, *numbers in rows}
    stored = {
        pk: tuple(numbers) for pk, *numbers in RatingSummary.objects.values_list("pk", *columns)
    }
    return [
        f"product {pk} stores {stored.get(pk, _NOTHING)} published are {truth.get(pk, _NOTHING)}"
        for pk in sorted(truth.keys() | stored.keys())
        if stored.get(pk, _NOTHING) != truth.get(pk, _NOTHING)
    ]


CHECKS = [("reviews: ratings = published reviews", ratings_equal_reviews)]
