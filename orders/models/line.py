"""A line of an order: what was sold, in words and sums that stay as they are."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalog.models import Variant, WithdrawalException
from orders.models.order import Order


class OrderLine(models.Model):
    """What was sold, in the words of the moment. `variant` may vanish, the line stays."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="lines")
    variant = models.ForeignKey(
        Variant, models.SET_NULL, null=True, blank=True, related_name="order_lines"
    )
    position = models.PositiveSmallIntegerField(_("position"))
    sku = models.CharField(_("SKU"), max_length=40, db_index=True)
    name = models.CharField(_("name"), max_length=120)
    label = models.CharField(_("variant"), max_length=120, blank=True)
    summary = models.CharField(_("essential characteristics"), max_length=300, blank=True)
    engraving = models.CharField(_("engraving"), max_length=60, blank=True)
    quantity = models.PositiveIntegerField(_("quantity"))
    unit_gross = models.DecimalField(_("unit price"), max_digits=12, decimal_places=2)
    gross = models.DecimalField(_("sum"), max_digits=12, decimal_places=2)
    # Net and VAT are of what is payable: `gross` less this. Never below the minimum price.
    discount_gross = models.DecimalField(
        _("discount"), max_digits=12, decimal_places=2, default=0, db_default=0
    )
    minimum_gross = models.DecimalField(
        _("minimum price"), max_digits=12, decimal_places=2, default=0, db_default=0
    )
    # None: a bundle of several rates, see its components.
    vat_rate = models.DecimalField(
        _("VAT rate in percent"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    net = models.DecimalField(_("net"), max_digits=12, decimal_places=2)
    vat = models.DecimalField(_("VAT"), max_digits=12, decimal_places=2)
    base_price = models.CharField(_("base price"), max_length=60, blank=True)
    # The deposit is no part of `gross`; its VAT is that of the goods.
    unit_deposit = models.DecimalField(
        _("deposit each"), max_digits=6, decimal_places=2, default=0, db_default=0
    )
    deposit_net = models.DecimalField(
        _("deposit, net"), max_digits=12, decimal_places=2, default=0, db_default=0
    )
    deposit_vat = models.DecimalField(
        _("deposit, VAT"), max_digits=12, decimal_places=2, default=0, db_default=0
    )
    # Fibre content, guarantee and the like, in the words that the shopper saw.
    facts = models.JSONField(_("what else was told"), default=list, db_default=[], blank=True)
    # The day on which its last piece was promised to come in; empty: it lay there.
    expected_on = models.DateField(_("promised day"), null=True, blank=True)
    is_digital = models.BooleanField(_("digital"), default=False)
    withdrawal_exception = models.CharField(
        _("exception from withdrawal"),
        max_length=12,
        choices=WithdrawalException.choices,
        default="",
        blank=True,
    )
    needs_shipping = models.BooleanField(_("to be shipped"), default=True)
    picture_url = models.CharField(_("picture"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("order line")
        verbose_name_plural = _("order lines")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["order", "position"], name="order_line_position_once"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="order_line_of_something"),
            models.CheckConstraint(
                condition=Q(gross=F("unit_gross") * F("quantity")), name="order_line_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(gross=F("net") + F("vat") + F("discount_gross")),
                name="order_line_vat_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(discount_gross=0)
                | Q(
                    discount_gross__gt=0,
                    minimum_gross__gte=0,
                    gross__gte=F("discount_gross") + F("minimum_gross") * F("quantity"),
                ),
                name="order_line_not_below_minimum",
            ),
            models.CheckConstraint(
                condition=Q(unit_gross__gte=0, net__gte=0, vat__gte=0, vat_rate__gte=0),
                name="order_line_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(
                    deposit_net=F("unit_deposit") * F("quantity") - F("deposit_vat"),
                    unit_deposit__gte=0,
                    deposit_vat__gte=0,
                ),
                name="order_line_deposit_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(withdrawal_exception__in=WithdrawalException.values),
                name="order_line_exception_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.sku}"

    @property
    def payable_gross(self) -> Decimal:
        """What the goods of the line cost, discounts taken off, the deposit aside."""
        return self.gross - self.discount_gross

    @property
    def deposit_gross(self) -> Decimal:
        return self.unit_deposit * self.quantity

    @property
    def title(self) -> str:
        """Name and variant in one, as on a packing slip."""
        return f"{self.name}, {self.label}" if self.label else self.name
