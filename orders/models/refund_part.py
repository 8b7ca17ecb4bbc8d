"""What a refund was for: pieces of lines, their deposits, the delivery."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from orders.models.line import OrderLine
from orders.models.payment import Refund


class PartKind(models.TextChoices):
    GOODS = "goods", _("goods")
    DEPOSIT = "deposit", _("deposit")
    DELIVERY = "delivery", _("delivery")


class RefundPart(models.Model):
    """One part of a line (a bundle has one for each component) or of the delivery.

    `gross` goes back; `kept_gross` was paid for the same pieces and stays with the shop.
    `quantity` is that of the whole line and stands on each of its parts.
    """

    refund = models.ForeignKey(Refund, models.PROTECT, related_name="parts")
    line = models.ForeignKey(
        OrderLine, models.PROTECT, null=True, blank=True, related_name="refund_parts"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=PartKind.choices)
    place = models.PositiveSmallIntegerField(_("part of the line"), default=0)
    quantity = models.PositiveIntegerField(_("quantity"))
    rate = models.DecimalField(_("VAT rate in percent"), max_digits=5, decimal_places=2)
    gross = models.DecimalField(_("gross"), max_digits=12, decimal_places=2)
    net = models.DecimalField(_("net"), max_digits=12, decimal_places=2)
    kept_gross = models.DecimalField(_("kept"), max_digits=12, decimal_places=2, default=0)
    kept_net = models.DecimalField(_("kept, net"), max_digits=12, decimal_places=2, default=0)

    class Meta:
        verbose_name = _("part of a refund")
        verbose_name_plural = _("parts of a refund")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["refund", "line", "place"],
                name="refund_part_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(kind__in=PartKind.values), name="refund_part_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(kind="delivery", line__isnull=True, quantity=0)
                | Q(kind__in=["goods", "deposit"], line__isnull=False, quantity__gte=1),
                name="refund_part_is_of_something",
            ),
            models.CheckConstraint(
                condition=Q(
                    net__gte=0,
                    net__lte=F("gross"),
                    kept_net__gte=0,
                    kept_net__lte=F("kept_gross"),
                    rate__gte=0,
                ),
                name="refund_part_plausible",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gross} ({self.rate} %)"
