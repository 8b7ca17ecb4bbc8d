"""What was taken off an order, by which promotion, and which line or the delivery bore it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from orders.models.line import OrderLine
from orders.models.order import Order


class DiscountKind(models.TextChoices):
    PRODUCT = "product", _("on goods")
    ORDER = "order", _("on the order")
    SHIPPING = "shipping", _("on the delivery")


class OrderDiscount(models.Model):
    """One promotion as it applied, in the words of the order. The promotion may vanish."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="discounts")
    position = models.PositiveSmallIntegerField(_("position"))
    kind = models.CharField(_("kind"), max_length=10, choices=DiscountKind.choices)
    promotion_code = models.CharField(_("promotion"), max_length=40, db_index=True)
    name = models.CharField(_("name"), max_length=120)
    coupon_code = models.CharField(_("coupon"), max_length=60, blank=True, db_index=True)
    gross = models.DecimalField(_("sum"), max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = _("discount")
        verbose_name_plural = _("discounts")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["order", "position"], name="order_discount_position_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=DiscountKind.values), name="order_discount_kind_known"
            ),
            models.CheckConstraint(condition=Q(gross__gt=0), name="order_discount_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.gross}"

    @property
    def title(self) -> str:
        """The name, with the coupon that opened it."""
        return f"{self.name} ({self.coupon_code})" if self.coupon_code else self.name


class OrderDiscountShare(models.Model):
    """What one line bears of a discount; without a line: what was taken off the delivery."""

    discount = models.ForeignKey(OrderDiscount, models.CASCADE, related_name="shares")
    line = models.ForeignKey(
        OrderLine, models.CASCADE, null=True, blank=True, related_name="discount_shares"
    )
    gross = models.DecimalField(_("sum"), max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = _("share of a discount")
        verbose_name_plural = _("shares of a discount")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["discount", "line"],
                name="order_discount_share_once_per_line",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(gross__gt=0), name="order_discount_share_of_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.gross}"
