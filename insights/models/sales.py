"""How trade went, day by day: sums of the orders that nobody adds up while somebody waits."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class SalesDay(models.Model):
    """The orders placed on a day of the shop's time zone and taxed in a country, as they stand now.

    All but `cancelled` leave cancelled orders out. Written by `orders.trade.rollup` alone.
    """

    day = models.DateField(_("day"))
    country = models.CharField(_("country"), max_length=2)
    orders = models.PositiveIntegerField(_("orders"))
    gross = models.DecimalField(_("sales"), max_digits=14, decimal_places=2)
    cancelled = models.PositiveIntegerField(_("cancelled orders"))
    returned = models.PositiveIntegerField(_("orders with goods given back"))
    refunded = models.DecimalField(_("refunded"), max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = _("day of sales")
        verbose_name_plural = _("days of sales")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day", "country"], name="sales_day_once"),
            models.CheckConstraint(
                condition=Q(returned__lte=F("orders")), name="sales_day_returns_plausible"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.country}"


class SalesState(models.Model):
    """Up to which event of the orders the days are right. One row."""

    event_id = models.BigIntegerField()
    refreshed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(pk=1), name="sales_state_is_one"),
        ]

    def __str__(self) -> str:
        return str(self.refreshed_at)
