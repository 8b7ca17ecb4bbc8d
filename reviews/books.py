"""What must be true of the reviews at any moment; `check_books` asks."""

from collections.abc import Iterator

from django.db.models import Count, Q

from reviews.models import STARS, RatingSummary, Review


def invariants() -> Iterator[tuple[str, list[str]]]:
    """Each invariant in words, with what breaks it (an empty list: it holds)."""
    yield "ratings equal the published reviews", _false_ratings()


def _false_ratings() -> list[str]:
    columns = [f"stars_{stars}" for stars in STARS]
    counted = (
        Review.objects.published()
        .values("product_id")
        .annotate(**{f"stars_{stars}": Count("pk", filter=Q(stars=stars)) for stars in STARS})
    )
    truth = {row["product_id"]: tuple(row[column] for column in columns) for row in counted}
    stored = {pk: tuple(row) for pk, *row in RatingSummary.objects.values_list("pk", *columns)}
    nothing = (0,) * len(STARS)
    return [
        f"product {pk}: stored {stored.get(pk, nothing)}, counted {truth.get(pk, nothing)}"
        for pk in sorted(truth.keys() | stored.keys())
        if stored.get(pk, nothing) != truth.get(pk, nothing)
    ]
