"""What left the house, with which carrier."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Customer
from orders.models.line import OrderLine
from orders.models.order import Order


class Fulfilment(models.Model):
    """One parcel."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="fulfilments")
    method = models.CharField(_("delivery method"), max_length=40)
    carrier = models.CharField(_("carrier"), max_length=60, blank=True)
    tracking_number = models.CharField(_("tracking number"), max_length=80, blank=True)
    actor = models.ForeignKey(
        Customer, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("staff")
    )
    shipped_at = models.DateTimeField(_("shipped"))

    class Meta:
        verbose_name = _("fulfilment")
        verbose_name_plural = _("fulfilments")

    def __str__(self) -> str:
        return f"{self.carrier} {self.tracking_number}".strip() or str(self.pk)


class FulfilmentLine(models.Model):
    """How many pieces of an order line are in the parcel."""

    fulfilment = models.ForeignKey(Fulfilment, models.PROTECT, related_name="lines")
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="fulfilment_lines")
    quantity = models.PositiveIntegerField(_("quantity"))

    class Meta:
        verbose_name = _("fulfilment line")
        verbose_name_plural = _("fulfilment lines")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fulfilment", "line"], name="fulfilment_line_once"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="fulfilment_line_something"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.line_id}"
