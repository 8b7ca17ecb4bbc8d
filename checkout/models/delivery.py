"""Where goods are sent, in which ways, and what it costs: docs/algorithms/delivery.md."""

import datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inventory.models import StockLocation
from shop.kit import languages

CUT_OFF = datetime.time(14)


class DeliveryKind(models.TextChoices):
    PARCEL = "parcel", _("parcel")
    FORWARDING = "forwarding", _("forwarding agent")
    PICKUP = "pickup", _("pick-up")
    EMAIL = "email", _("by e-mail (digital content)")


class GermanState(models.TextChoices):
    """The states of Germany by ISO 3166-2: each has holidays of its own."""

    NONE = "", _("only those of all of Germany")
    BW = "BW", "Baden-Württemberg"
    BY = "BY", "Bayern"
    BE = "BE", "Berlin"
    BB = "BB", "Brandenburg"
    HB = "HB", "Bremen"
    HH = "HH", "Hamburg"
    HE = "HE", "Hessen"
    MV = "MV", "Mecklenburg-Vorpommern"
    NI = "NI", "Niedersachsen"
    NW = "NW", "Nordrhein-Westfalen"
    RP = "RP", "Rheinland-Pfalz"
    SL = "SL", "Saarland"
    SN = "SN", "Sachsen"
    ST = "ST", "Sachsen-Anhalt"
    SH = "SH", "Schleswig-Holstein"
    TH = "TH", "Thüringen"


class DeliveryZone(models.Model):
    """Countries, or some postcodes of one. An address lies in the first zone that it fits.

    A zone with a reason for refusing gets nothing delivered, and shoppers are told that reason.
    """

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name_de = models.CharField(_("name (German)"), max_length=80)
    name_en = models.CharField(_("name (English)"), max_length=80)
    countries = ArrayField(models.CharField(max_length=2), verbose_name=_("countries"))
    postcodes = models.TextField(_("only these postcodes"), blank=True)
    other_postcodes = models.TextField(_("not these postcodes"), blank=True)
    free_from = models.DecimalField(
        _("free from goods value"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    extra_days = models.PositiveSmallIntegerField(
        _("more working days"), default=0, help_text=_("Added to those of the way of delivery.")
    )
    refusal_de = models.CharField(_("why not (German)"), max_length=300, blank=True)
    refusal_en = models.CharField(_("why not (English)"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("delivery zone")
        verbose_name_plural = _("delivery zones")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(free_from__isnull=True) | Q(free_from__gte=0),
                name="delivery_zone_threshold_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(refusal_de="", refusal_en="") | (~Q(refusal_de="") & ~Q(refusal_en="")),
                name="delivery_zone_refusal_in_both_languages",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return languages.localized(self, "name")

    @property
    def is_refused(self) -> bool:
        return bool(self.refusal_de)


class DeliveryMethod(models.Model):
    """A way of delivery: what it carries, when it leaves, how long it takes. Fees are rates."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name_de = models.CharField(_("name (German)"), max_length=80)
    name_en = models.CharField(_("name (English)"), max_length=80)
    kind = models.CharField(
        _("kind"),
        max_length=12,
        choices=DeliveryKind.choices,
        default=DeliveryKind.PARCEL,
        db_default=DeliveryKind.PARCEL,
    )
    min_days = models.PositiveSmallIntegerField(_("working days, at least"))
    max_days = models.PositiveSmallIntegerField(_("working days, at most"))
    cut_off = models.TimeField(
        _("leaves the same day until"),
        default=CUT_OFF,
        db_default=CUT_OFF,
        help_text=_("Local time of the shop."),
    )
    state = models.CharField(
        _("holidays of the warehouse"),
        max_length=2,
        choices=GermanState.choices,
        default=GermanState.NONE,
        db_default="",
        blank=True,
    )
    brings_on_saturday = models.BooleanField(
        _("also arrives on Saturdays"), default=False, db_default=False
    )
    has_free_threshold = models.BooleanField(
        _("free from the zone's goods value"), default=False, db_default=False
    )
    max_weight_g = models.PositiveIntegerField(_("at most, in grams"), null=True, blank=True)
    max_length_mm = models.PositiveIntegerField(
        _("longest side, in mm"), null=True, blank=True, help_text=_("Of one piece.")
    )
    max_girth_mm = models.PositiveIntegerField(
        _("girth, in mm"),
        null=True,
        blank=True,
        help_text=_("Length + 2 × width + 2 × height of one piece."),
    )
    takes_bulky = models.BooleanField(_("takes bulky goods"), default=False, db_default=False)
    bulky_gross = models.DecimalField(
        _("surcharge for each bulky piece"),
        max_digits=8,
        decimal_places=2,
        default=0,
        db_default=0,
        validators=[MinValueValidator(0)],
    )
    pickup_location = models.ForeignKey(
        StockLocation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picked up at"),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_active = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("delivery method")
        verbose_name_plural = _("delivery methods")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=DeliveryKind.values), name="delivery_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=GermanState.values), name="delivery_state_known"
            ),
            models.CheckConstraint(
                condition=Q(min_days__lte=models.F("max_days")), name="delivery_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(bulky_gross__gte=0), name="delivery_surcharge_not_negative"
            ),
            models.CheckConstraint(
                condition=~Q(kind="pickup") | Q(pickup_location__isnull=False),
                name="delivery_pickup_has_a_place",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return languages.localized(self, "name")

    @property
    def is_shipped(self) -> bool:
        """Does somebody carry goods to the shopper?"""
        return self.kind in (DeliveryKind.PARCEL, DeliveryKind.FORWARDING)


class DeliveryRate(models.Model):
    """What a way of delivery costs in a zone, up to a weight and from a goods value on."""

    method = models.ForeignKey(DeliveryMethod, models.CASCADE, related_name="rates")
    zone = models.ForeignKey(
        DeliveryZone, models.PROTECT, related_name="rates", verbose_name=_("zone")
    )
    up_to_weight_g = models.PositiveIntegerField(
        _("up to grams"), null=True, blank=True, help_text=_("Empty: any weight.")
    )
    from_goods = models.DecimalField(
        _("from goods value"), max_digits=8, decimal_places=2, default=0
    )
    gross = models.DecimalField(_("gross fee"), max_digits=8, decimal_places=2)

    class Meta:
        verbose_name = _("rate")
        verbose_name_plural = _("rates")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["method", "zone", "up_to_weight_g", "from_goods"],
                nulls_distinct=False,
                name="delivery_rate_once_per_step",
            ),
            models.CheckConstraint(
                condition=Q(gross__gte=0, from_goods__gte=0), name="delivery_rate_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.method_id} {self.zone_id}: {self.gross}"
