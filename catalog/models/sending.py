"""Where some goods may not be sent."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.product import Product


class SendingBan(models.Model):
    """Countries to which a product is not sent, and what shoppers there are told."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="sending_bans")
    countries = ArrayField(models.CharField(max_length=2), verbose_name=_("countries"))
    reason_de = models.CharField(_("reason (German)"), max_length=200)
    reason_en = models.CharField(_("reason (English)"), max_length=200)

    class Meta:
        verbose_name = _("not sent to")
        verbose_name_plural = _("not sent to")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(countries=[]), name="sending_ban_names_countries"
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(self.countries)
