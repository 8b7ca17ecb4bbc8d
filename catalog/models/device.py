"""What runs on electricity: the facts that notes on batteries and old devices are made from."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models.product import Product


class BatteryKind(models.TextChoices):
    NONE = "", _("no battery")
    LITHIUM_ION = "lithium_ion", _("lithium-ion battery, rechargeable")
    NIMH = "nimh", _("nickel-metal hydride battery, rechargeable")
    ALKALINE = "alkaline", _("alkaline battery")
    BUTTON = "button", _("button cell")
    LEAD = "lead", _("lead-acid battery")


class BatteryPlace(models.TextChoices):
    """How it comes with the goods, and whether it can be taken out (Art. 11 Reg. 2023/1542)."""

    NONE = "", _("does not apply")
    SEPARATE = "separate", _("enclosed")
    REMOVABLE = "removable", _("inside, can be removed by the buyer")
    FIXED = "fixed", _("inside, to be removed by professionals")


class HazardSymbol(models.TextChoices):
    """Chemical symbols that stand below the crossed-out bin (Annex VI Part B Reg. 2023/1542)."""

    NONE = "", _("none")
    CADMIUM = "Cd", _("Cd: cadmium")
    LEAD = "Pb", _("Pb: lead")


class Device(models.Model):
    """An electrical device, or goods with a battery. Its notes follow from these facts."""

    product = models.OneToOneField(Product, models.CASCADE, related_name="device")
    is_electrical = models.BooleanField(
        _("electrical device"),
        default=True,
        help_text=_("Must not go into the household waste; we take old ones back (ElektroG)."),
    )
    battery_kind = models.CharField(
        _("battery"), max_length=12, choices=BatteryKind.choices, default="", blank=True
    )
    battery_place = models.CharField(
        _("place of the battery"),
        max_length=10,
        choices=BatteryPlace.choices,
        default="",
        blank=True,
    )
    hazard_symbol = models.CharField(
        _("chemical symbol"), max_length=2, choices=HazardSymbol.choices, default="", blank=True
    )

    class Meta:
        verbose_name = _("device")
        verbose_name_plural = _("battery and old device")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(battery_kind__in=BatteryKind.values), name="device_battery_known"
            ),
            models.CheckConstraint(
                condition=Q(battery_place__in=BatteryPlace.values), name="device_place_known"
            ),
            models.CheckConstraint(
                condition=Q(hazard_symbol__in=HazardSymbol.values), name="device_symbol_known"
            ),
            models.CheckConstraint(
                condition=Q(battery_kind="", battery_place="", hazard_symbol="")
                | (~Q(battery_kind="") & ~Q(battery_place="")),
                name="device_battery_has_place",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_battery_kind_display())
