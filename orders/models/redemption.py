"""What an order used of something limited: a coupon, a budget, a customer's one time.

The keys are made by who has the limits; here they are only counted. See docs/algorithms/coupons.md.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from orders.models.order import Order


class RedemptionCount(models.Model):
    """How often and how much was used under a key, by orders that are alive.

    `most` and `budget` are those that held at the last use (`NULL`: none). What late money revived
    over the limit stands apart in `…_beyond`, so that the limits can be constraints.
    """

    key = models.CharField(_("what is counted"), max_length=80, primary_key=True)
    most = models.PositiveIntegerField(_("limit"), null=True)
    budget = models.DecimalField(_("budget"), max_digits=12, decimal_places=2, null=True)
    used = models.PositiveIntegerField(_("used"), default=0)
    spent = models.DecimalField(_("given away"), max_digits=12, decimal_places=2, default=0)
    used_beyond = models.PositiveIntegerField(_("used beyond the limit"), default=0)
    spent_beyond = models.DecimalField(
        _("given away beyond the limit"), max_digits=12, decimal_places=2, default=0
    )

    class Meta:
        verbose_name = _("count of redemptions")
        verbose_name_plural = _("counts of redemptions")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(most__isnull=True) | Q(used__lte=F("most")),
                name="redemption_within_limit",
            ),
            models.CheckConstraint(
                condition=Q(budget__isnull=True) | Q(spent__lte=F("budget")),
                name="redemption_within_budget",
            ),
            models.CheckConstraint(
                condition=Q(spent__gte=0, spent_beyond__gte=0), name="redemption_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.used}"


class Redemption(models.Model):
    """One use by one order; it counts until `released_at`."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="redemptions")
    count = models.ForeignKey(RedemptionCount, models.PROTECT, related_name="redemptions")
    amount = models.DecimalField(_("discount"), max_digits=12, decimal_places=2, default=0)
    is_beyond = models.BooleanField(_("beyond the limit"), default=False)
    taken_at = models.DateTimeField(_("taken"))
    released_at = models.DateTimeField(_("released"), null=True, blank=True)

    class Meta:
        verbose_name = _("redemption")
        verbose_name_plural = _("redemptions")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order", "count"], name="redemption_once_per_order"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="redemption_amount_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}: {self.count_id}"
