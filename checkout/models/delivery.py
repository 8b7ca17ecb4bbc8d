"""Ways of delivery on offer."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shop.kit import languages


class DeliveryMethod(models.Model):
    """A way of delivery: its gross fee, from which goods value it is free, where it goes."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name_de = models.CharField(_("name (German)"), max_length=80)
    name_en = models.CharField(_("name (English)"), max_length=80)
    gross = models.DecimalField(_("gross fee"), max_digits=8, decimal_places=2)
    free_from = models.DecimalField(
        _("free from goods value"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    countries = ArrayField(models.CharField(max_length=2), verbose_name=_("countries"))
    min_days = models.PositiveSmallIntegerField(_("working days, at least"))
    max_days = models.PositiveSmallIntegerField(_("working days, at most"))
    is_for_goods = models.BooleanField(
        _("for goods"), default=True, help_text=_("Off: for digital content by e-mail.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_active = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("delivery method")
        verbose_name_plural = _("delivery methods")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(gross__gte=0), name="delivery_fee_not_negative"),
            models.CheckConstraint(
                condition=Q(min_days__lte=models.F("max_days")), name="delivery_days_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return languages.localized(self, "name")
