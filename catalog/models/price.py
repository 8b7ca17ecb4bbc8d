"""Prices over time, and the rates of VAT over time."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from shop.kit import languages


class VatClass(models.TextChoices):
    STANDARD = "standard", _("standard")
    REDUCED = "reduced", _("reduced")
    ZERO = "zero", _("zero: multi-purpose vouchers")


class PriceKind(models.TextChoices):
    REGULAR = "regular", _("regular")
    SALE = "sale", _("sale")


class Price(models.Model):
    """The gross price of a variant in a period. Periods of one kind cannot overlap.

    While a sale price is valid it is asked for instead of the regular one. Rows are never changed
    after their period began: they are the history that § 11 PAngV asks for.
    """

    variant = models.ForeignKey("catalog.Variant", models.CASCADE, related_name="prices")
    kind = models.CharField(
        _("kind"), max_length=10, choices=PriceKind.choices, default=PriceKind.REGULAR
    )
    gross = models.DecimalField(_("gross price"), max_digits=12, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    valid = DateTimeRangeField(_("valid"), help_text=_("From, until; the end is left out."))
    # Then no 30-day price is due, but the reason has to be told (§ 11 (4) No 2 PAngV).
    is_perishing = models.BooleanField(
        _("because it would soon be spoilt or out of date"), default=False, db_default=False
    )

    # The catalogue promotion that wrote it.
    reduction = models.ForeignKey(
        "catalog.Reduction",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        db_index=False,  # few prices have one: `price_of_reduction`
        related_name="prices",
        verbose_name=_("catalogue promotion"),
    )

    class Meta:
        verbose_name = _("price")
        verbose_name_plural = _("prices")
        indexes: ClassVar = [
            # The latest reductions, for the home page.
            models.Index(
                Func(F("valid"), function="lower").desc(),
                condition=Q(kind=PriceKind.SALE),
                name="price_latest_sales",
            ),
            models.Index(
                fields=["reduction", "variant"],
                condition=Q(reduction__isnull=False),
                name="price_of_reduction",
            ),
        ]
        constraints: ClassVar = [
            ExclusionConstraint(
                name="price_one_at_a_time",
                expressions=[
                    ("variant", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(condition=Q(gross__gte=0), name="price_not_negative"),
            models.CheckConstraint(condition=Q(currency="EUR"), name="price_currency_live"),
            models.CheckConstraint(condition=Q(kind__in=PriceKind.values), name="price_kind_known"),
            models.CheckConstraint(
                condition=Q(is_perishing=False) | Q(kind=PriceKind.SALE),
                name="price_perishing_is_a_sale",
            ),
            models.CheckConstraint(
                condition=Q(reduction__isnull=True) | Q(kind=PriceKind.SALE),
                name="price_of_a_reduction_is_a_sale",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gross} {self.currency}"


class VatRate(models.Model):
    """The rate of a country for a class in a period, in percent. One at a time."""

    country = models.CharField(_("country"), max_length=2)
    vat_class = models.CharField(_("VAT class"), max_length=10, choices=VatClass.choices)
    rate = models.DecimalField(_("rate in percent"), max_digits=5, decimal_places=2)
    valid = DateRangeField(_("valid"))
    # What is to be looked up before the rate is relied on; open until somebody confirmed it.
    remark_de = models.CharField(_("remark (German)"), max_length=200, blank=True, db_default="")
    remark_en = models.CharField(_("remark (English)"), max_length=200, blank=True, db_default="")
    confirmed_on = models.DateField(_("confirmed"), null=True, blank=True)
    # As `load_vat_rates` made it: a newer file may end it. What staff touch is theirs.
    is_from_file = models.BooleanField(
        _("from the file"), default=False, db_default=False, editable=False
    )

    class Meta:
        verbose_name = _("VAT rate")
        verbose_name_plural = _("VAT rates")
        constraints: ClassVar = [
            ExclusionConstraint(
                name="vat_rate_one_at_a_time",
                expressions=[
                    ("country", RangeOperators.EQUAL),
                    ("vat_class", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(rate__gte=0, rate__lt=100), name="vat_rate_plausible"
            ),
            models.CheckConstraint(
                condition=Q(vat_class__in=VatClass.values), name="vat_rate_class_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country} {self.vat_class} {self.rate} %"

    @property
    def remark(self) -> str:
        return languages.localized(self, "remark")

    @property
    def is_open(self) -> bool:
        """Is it still to be looked up?"""
        return bool(self.remark_en or self.remark_de) and self.confirmed_on is None
