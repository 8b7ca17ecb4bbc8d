"""Which special laws goods fall under. A product's type says it, so that nobody forgets."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Law(models.TextChoices):
    """What the law wants beyond what all consumer goods need (`catalog.law.gate`)."""

    TEXTILE = "textile", _("textile: fibre content (Regulation (EU) 1007/2011)")
    FOOD = "food", _("food: ingredients and more (Regulation (EU) 1169/2011)")
    ENERGY = "energy", _("energy label (Regulation (EU) 2017/1369)")
    ELECTRICAL = "electrical", _("electrical device (ElektroG)")
    MEASURED = "measured", _("sold by weight, volume, length or area (§ 4 PAngV)")
    WARNED = "warned", _("warnings are mandatory (toys, candles, chemicals)")
