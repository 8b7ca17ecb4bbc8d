"""Taking in what shoppers write."""

import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Customer
from catalog.models import Product
from reviews.models import STARS, Review

MAX_TEXT = 5000
MAX_TITLE = 120
MAX_AUTHOR = 60


class ReviewRefused(Exception):
    """The review cannot be taken; `message` says why, in words for its author."""

    message = _("This review cannot be taken.")


class AlreadyReviewed(ReviewRefused):
    message = _("You have already reviewed this product.")


class NotAReview(ReviewRefused):
    message = _("A review needs one to five stars and a text of at most 5,000 characters.")


def submit(
    product: Product,
    *,
    customer: Customer | None,
    author: str,
    stars: int,
    text: str,
    language: str,
    is_verified: bool,
    moment: datetime.datetime,
    title: str = "",
) -> Review:
    """Store a review that waits for moderation; nobody sees it before.

    `is_verified` is the caller's word that this author bought the product; ask
    `history.has_bought` for it, never the form. Raises `NotAReview` and, for the second review of
    a customer, `AlreadyReviewed`.
    """
    text, title, author = text.strip(), " ".join(title.split()), " ".join(author.split())
    if stars not in STARS or not 0 < len(text) <= MAX_TEXT or "\x00" in text + title + author:
        raise NotAReview
    try:
        with transaction.atomic():
            return Review.objects.create(
                product=product,
                customer=customer,
                author=author[:MAX_AUTHOR],
                stars=stars,
                title=title[:MAX_TITLE],
                text=text,
                language=language,
                is_verified=is_verified,
                created_at=moment,
            )
    except IntegrityError as problem:
        if "review_once_per_customer" in str(problem):
            raise AlreadyReviewed from problem
        raise
