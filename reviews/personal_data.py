"""What reviews know about a customer (Art. 15, 17 and 20 GDPR)."""

from typing import Any

from accounts.models import Customer
from reviews.models import Review, ReviewState


def export(customer: Customer) -> dict[str, Any]:
    """Every review that the customer wrote, published or not."""
    rows = Review.objects.filter(customer=customer).select_related("product").order_by("pk")
    return {"reviews": [_exported(review) for review in rows]}


def _exported(review: Review) -> dict[str, Any]:
    return {
        "product": review.product.slug,
        "author": review.author,
        "stars": review.stars,
        "title": review.title,
        "text": review.text,
        "language": review.language,
        "is_verified": review.is_verified,
        "state": review.state,
        "written_at": review.created_at.isoformat(),
        "reply": review.reply,
    }


def erase(customer: Customer) -> None:
    """Published reviews stay without a name: other shoppers rely on them; all others go."""
    mine = Review.objects.filter(customer=customer)
    mine.exclude(state=ReviewState.APPROVED).delete()
    mine.update(customer=None, author="")
