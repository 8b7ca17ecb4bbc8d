"""What a bundle consisted of when it was sold, and which part of its price each component has."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalog.models import Variant, WithdrawalException
from orders.models.line import OrderLine


class OrderLineComponent(models.Model):
    """`quantity` pieces in the whole line. Invoices and refunds look the sums up here."""

    line = models.ForeignKey(OrderLine, models.CASCADE, related_name="components")
    variant = models.ForeignKey(
        Variant, models.SET_NULL, null=True, blank=True, related_name="order_components"
    )
    position = models.PositiveSmallIntegerField(_("position"))
    sku = models.CharField(_("SKU"), max_length=40)
    name = models.CharField(_("name"), max_length=120)
    label = models.CharField(_("variant"), max_length=120, blank=True)
    quantity = models.PositiveIntegerField(_("quantity"))
    gross = models.DecimalField(_("sum"), max_digits=12, decimal_places=2)
    discount_gross = models.DecimalField(
        _("discount"), max_digits=12, decimal_places=2, default=0, db_default=0
    )
    net = models.DecimalField(_("net"), max_digits=12, decimal_places=2)
    vat = models.DecimalField(_("VAT"), max_digits=12, decimal_places=2)
    vat_rate = models.DecimalField(_("VAT rate in percent"), max_digits=5, decimal_places=2)
    is_digital = models.BooleanField(_("digital"), default=False)
    withdrawal_exception = models.CharField(
        _("exception from withdrawal"),
        max_length=12,
        choices=WithdrawalException.choices,
        default="",
        blank=True,
    )

    class Meta:
        verbose_name = _("component of a line")
        verbose_name_plural = _("components of a line")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["line", "position"], name="order_component_position_once"
            ),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="order_component_of_some"),
            models.CheckConstraint(
                condition=Q(gross=F("net") + F("vat") + F("discount_gross")),
                name="order_component_vat_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(net__gte=0, vat__gte=0, vat_rate__gte=0, discount_gross__gte=0),
                name="order_component_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(withdrawal_exception__in=WithdrawalException.values),
                name="order_component_exception_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.sku}"

    @property
    def title(self) -> str:
        """Name and variant in one, as on a packing slip."""
        return f"{self.name}, {self.label}" if self.label else self.name
