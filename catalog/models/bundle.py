"""Bundles: variants that consist of other variants (docs/algorithms/bundles.md)."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models.product import Variant


class BundlePricing(models.TextChoices):
    FIXED = "fixed", _("a price of its own")
    SUMMED = "summed", _("the sum of its components")


class Bundle(models.Model):
    """What makes a variant a bundle. Written by `bundles.composing` alone."""

    variant = models.OneToOneField(
        Variant, models.CASCADE, primary_key=True, related_name="bundle", verbose_name=_("variant")
    )
    pricing = models.CharField(_("price"), max_length=8, choices=BundlePricing.choices)
    # Off the sum of the components; always 0 where the price is fixed.
    percent_off = models.DecimalField(
        _("percent off the sum"), max_digits=5, decimal_places=2, default=Decimal(0)
    )

    class Meta:
        verbose_name = _("bundle")
        verbose_name_plural = _("bundles")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(pricing__in=BundlePricing.values), name="bundle_pricing_known"
            ),
            models.CheckConstraint(
                condition=Q(percent_off__gte=0, percent_off__lt=100)
                & (Q(pricing="summed") | Q(percent_off=0)),
                name="bundle_percent_of_sum",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.variant_id}"


class BundleComponent(models.Model):
    """So many pieces of a variant in one bundle."""

    bundle = models.ForeignKey(Bundle, models.CASCADE, related_name="components")
    variant = models.ForeignKey(
        Variant, models.PROTECT, related_name="bundled_in", verbose_name=_("variant")
    )
    quantity = models.PositiveSmallIntegerField(_("quantity"), default=1)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("component")
        verbose_name_plural = _("components")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bundle", "variant"], name="bundle_component_once"),
            models.CheckConstraint(
                condition=Q(quantity__gte=1, quantity__lte=99), name="bundle_component_quantity"
            ),
            models.CheckConstraint(
                condition=~Q(bundle=models.F("variant")), name="bundle_not_in_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.variant_id}"
