"""What shoppers say about a product, and the sums that listings show."""

from decimal import Decimal
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import ExpressionWrapper, F, Q, Value
from django.db.models.functions import Cast, Coalesce, NullIf, Round
from django.utils.translation import gettext_lazy as _

from accounts.models import Customer
from catalog.models import Product

STARS = (1, 2, 3, 4, 5)


class ReviewState(models.TextChoices):
    PENDING = "pending", _("waiting")
    APPROVED = "approved", _("published")
    REJECTED = "rejected", _("rejected")


class ReviewQuerySet(models.QuerySet["Review"]):
    def published(self) -> Self:
        """What shoppers can read."""
        return self.filter(state=ReviewState.APPROVED)

    def waiting(self) -> Self:
        """What staff have not decided on."""
        return self.filter(state=ReviewState.PENDING)


class Review(models.Model):
    """One shopper's opinion. `is_verified` says that the product was bought here (§ 5b (3) UWG)."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="reviews")
    customer = models.ForeignKey(
        Customer, models.SET_NULL, null=True, blank=True, related_name="reviews"
    )
    # The name that stands under the review; empty when its author had the account erased.
    author = models.CharField(_("author"), max_length=60, blank=True)
    stars = models.PositiveSmallIntegerField(_("stars"))
    title = models.CharField(_("title"), max_length=120, blank=True)
    text = models.TextField(_("text"), max_length=5000)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    is_verified = models.BooleanField(_("verified purchase"), default=False)
    state = models.CharField(
        _("state"), max_length=10, choices=ReviewState.choices, default=ReviewState.PENDING
    )
    created_at = models.DateTimeField(_("written"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    reply = models.TextField(_("reply of the shop"), max_length=2000, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        indexes: ClassVar = [
            models.Index(
                fields=["product", "-created_at"],
                condition=Q(state="approved"),
                name="review_newest_of_product",
            ),
            models.Index(
                fields=["created_at"], condition=Q(state="pending"), name="review_waiting"
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["product", "customer"], name="review_once_per_customer"
            ),
            models.CheckConstraint(
                condition=Q(stars__gte=1, stars__lte=5), name="review_stars_one_to_five"
            ),
            models.CheckConstraint(
                condition=Q(state__in=ReviewState.values), name="review_state_known"
            ),
            models.CheckConstraint(
                condition=Q(language__in=[code for code, _name in settings.LANGUAGES]),
                name="review_language_known",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="review_has_text"),
            models.CheckConstraint(
                condition=Q(state="pending", decided_at__isnull=True)
                | (~Q(state="pending") & Q(decided_at__isnull=False)),
                name="review_decision_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stars}★ {self.title}"


def _count() -> models.expressions.CombinedExpression:
    return F("stars_1") + F("stars_2") + F("stars_3") + F("stars_4") + F("stars_5")


def _average() -> models.expressions.Expression:
    total = F("stars_1") + F("stars_2") * 2 + F("stars_3") * 3 + F("stars_4") * 4 + F("stars_5") * 5
    number = models.DecimalField(max_digits=12, decimal_places=4)
    mean = ExpressionWrapper(
        Cast(total, number) / NullIf(Cast(_count(), number), Value(Decimal(0), number)), number
    )
    return Coalesce(Round(mean, precision=2), Value(Decimal(0), number))


class RatingSummary(models.Model):
    """How many published reviews of a product have how many stars.

    Moderation counts up and down in the transaction that decides; the database itself derives
    the sums, so that listings join this row and never count reviews.
    """

    product = models.OneToOneField(
        Product, models.CASCADE, primary_key=True, related_name="rating_summary"
    )
    stars_1 = models.PositiveIntegerField(_("one star"), default=0)
    stars_2 = models.PositiveIntegerField(_("two stars"), default=0)
    stars_3 = models.PositiveIntegerField(_("three stars"), default=0)
    stars_4 = models.PositiveIntegerField(_("four stars"), default=0)
    stars_5 = models.PositiveIntegerField(_("five stars"), default=0)
    count = models.GeneratedField(
        expression=_count(), output_field=models.IntegerField(), db_persist=True
    )
    average = models.GeneratedField(
        expression=_average(),
        output_field=models.DecimalField(max_digits=3, decimal_places=2),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")

    def __str__(self) -> str:
        return f"{self.average} ({self.count})"
