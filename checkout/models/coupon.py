"""A code that opens a promotion."""

import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from checkout.models.promotion import Promotion


class Coupon(models.Model):
    """`code` is how it is written, `key` what is compared: see `promotions.codes`.

    `is_generated`: random, one of many; whether it was used is told to nobody who types it.
    """

    promotion = models.ForeignKey(
        Promotion, models.CASCADE, related_name="coupons", verbose_name=_("promotion")
    )
    code = models.CharField(_("code"), max_length=40)
    key = models.CharField(max_length=40, unique=True, editable=False)
    batch = models.CharField(_("batch"), max_length=60, blank=True)
    is_generated = models.BooleanField(_("generated"), default=False, editable=False)
    limit_total = models.PositiveIntegerField(_("uses in total"), null=True, blank=True)
    limit_per_customer = models.PositiveIntegerField(_("uses per customer"), null=True, blank=True)
    starts_at = models.DateTimeField(_("from"), null=True, blank=True)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    is_active = models.BooleanField(_("switched on"), default=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("coupon")
        verbose_name_plural = _("coupons")
        indexes: ClassVar = [models.Index(fields=["promotion", "batch"], name="coupon_batch")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True)
                | Q(ends_at__isnull=True)
                | Q(starts_at__lt=F("ends_at")),
                name="coupon_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_open(self) -> bool:
        """Switched on, it and its promotion; whether its time has come is another question."""
        return self.is_active and self.promotion.is_active

    def starts(self) -> datetime.datetime | None:
        """When it and its promotion have both begun."""
        begun = [one for one in (self.starts_at, self.promotion.starts_at) if one]
        return max(begun, default=None)

    def ends(self) -> datetime.datetime | None:
        """When it or its promotion is over."""
        over = [one for one in (self.ends_at, self.promotion.ends_at) if one]
        return min(over, default=None)
