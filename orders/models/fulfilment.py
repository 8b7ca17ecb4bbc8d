"""What left the house, with which carrier."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Customer
from orders.models.line import OrderLine
from orders.models.order import Order


class KnownBy(models.TextChoices):
    """How we know that a parcel arrived; `time` alone is no proof."""

    NOBODY = "", _("not delivered yet")
    HAND = "hand", _("staff")
    CARRIER = "carrier", _("carrier")
    TIME = "time", _("time")


class Fulfilment(models.Model):
    """One parcel; or what was handed over at the counter, then without a carrier."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="fulfilments")
    method = models.CharField(_("delivery method"), max_length=40)
    carrier = models.CharField(_("carrier"), max_length=60, blank=True)
    # Of `carriers.formats`; empty: one that we do not know. `carrier` is what people call it.
    carrier_code = models.CharField(
        _("code of the carrier"), max_length=20, default="", db_default="", blank=True
    )
    tracking_number = models.CharField(_("tracking number"), max_length=80, blank=True)
    actor = models.ForeignKey(
        Customer, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("staff")
    )
    packed_at = models.DateTimeField(_("packed"), null=True, blank=True)
    shipped_at = models.DateTimeField(_("shipped"))
    delivered_at = models.DateTimeField(_("delivered"), null=True, blank=True)
    delivery_known_by = models.CharField(
        _("delivery known by"),
        max_length=8,
        choices=KnownBy.choices,
        default=KnownBy.NOBODY,
        db_default="",
        blank=True,
    )

    class Meta:
        verbose_name = _("fulfilment")
        verbose_name_plural = _("fulfilments")
        indexes: ClassVar = [
            models.Index(fields=["tracking_number"], name="fulfilment_tracking"),
            models.Index(
                fields=["shipped_at"],
                condition=Q(delivered_at__isnull=True),
                name="fulfilment_on_its_way",
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(delivery_known_by__in=KnownBy.values),
                name="fulfilment_known_by_known",
            ),
            models.CheckConstraint(
                condition=Q(delivered_at__isnull=True, delivery_known_by="")
                | (Q(delivered_at__gte=F("shipped_at")) & ~Q(delivery_known_by="")),
                name="fulfilment_delivered_after_shipped",
            ),
            models.CheckConstraint(
                condition=Q(packed_at__isnull=True) | Q(packed_at__lte=F("shipped_at")),
                name="fulfilment_packed_before_shipped",
            ),
        ]

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
