"""What is prepared before a parcel leaves: scanned pieces, labels, goods set aside for pick-up."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Customer
from orders.models.component import OrderLineComponent
from orders.models.fulfilment import Fulfilment
from orders.models.line import OrderLine
from orders.models.order import Order


class PackedPiece(models.Model):
    """So many pieces of a line lie in the open box; of a bundle, of one of its components."""

    line = models.ForeignKey(OrderLine, models.CASCADE, related_name="packed_pieces")
    component = models.ForeignKey(
        OrderLineComponent, models.CASCADE, null=True, blank=True, related_name="packed_pieces"
    )
    quantity = models.PositiveIntegerField(_("quantity"))

    class Meta:
        verbose_name = _("packed piece")
        verbose_name_plural = _("packed pieces")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["line", "component"], name="packed_piece_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="packed_piece_something"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.line_id}"


class ParcelLabel(models.Model):
    """A label: asked for under `key`, drawn by the carrier, tied to its parcel when that leaves."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="labels")
    fulfilment = models.OneToOneField(
        Fulfilment, models.PROTECT, null=True, blank=True, related_name="label"
    )
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    carrier_code = models.CharField(_("code of the carrier"), max_length=20)
    tracking_number = models.CharField(_("tracking number"), max_length=80, blank=True)
    weight_g = models.PositiveIntegerField(_("weight in grams"), default=0)
    # Empty until the carrier has answered.
    content = models.BinaryField(default=b"", editable=False)
    actor = models.ForeignKey(
        Customer, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("staff")
    )
    created_at = models.DateTimeField(_("created"))
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)

    class Meta:
        verbose_name = _("parcel label")
        verbose_name_plural = _("parcel labels")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["order"],
                condition=Q(fulfilment__isnull=True, cancelled_at__isnull=True),
                name="parcel_label_one_waiting",
            ),
            models.CheckConstraint(
                condition=Q(fulfilment__isnull=True) | Q(cancelled_at__isnull=True),
                name="parcel_label_used_or_cancelled",
            ),
        ]

    def __str__(self) -> str:
        return self.tracking_number or str(self.key)


class Collection(models.Model):
    """A pick-up order that stands ready; its number is what the buyer says at the counter."""

    order = models.OneToOneField(Order, models.PROTECT, related_name="collection")
    number = models.CharField(_("collection number"), max_length=8, unique=True)
    ready_at = models.DateTimeField(_("ready"))

    class Meta:
        verbose_name = _("collection")
        verbose_name_plural = _("collections")

    def __str__(self) -> str:
        return self.number


class CarrierChoice(models.Model):
    """Who brings the parcels of a delivery method: draws its labels, owns its doubtful numbers."""

    method = models.CharField(_("delivery method"), max_length=40, unique=True)
    carrier_code = models.CharField(_("carrier"), max_length=20)

    class Meta:
        verbose_name = _("carrier of a delivery method")
        verbose_name_plural = _("carriers of delivery methods")

    def __str__(self) -> str:
        return f"{self.method}: {self.carrier_code}"
