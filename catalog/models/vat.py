"""How sales are taxed over time: the schemes, and every change of them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Customer


class TaxScheme(models.TextChoices):
    """Whose VAT an order bears: docs/algorithms/vat_countries.md."""

    SELLER = "seller", _("the seller's VAT")
    DESTINATION = "destination", _("VAT of the country of destination (OSS)")
    SMALL_BUSINESS = "small_business", _("no VAT: small business (§ 19 UStG)")


class VatSchemeKind(models.TextChoices):
    THRESHOLD = "threshold", _("limit of 10,000 € exceeded")
    OPT_IN = "opt_in", _("opted for the country of destination")
    OPT_OUT = "opt_out", _("back to the seller's VAT below the limit")
    SMALL_ON = "small_on", _("small business (§ 19 UStG) begins")
    SMALL_OFF = "small_off", _("small business (§ 19 UStG) ends")


class VatSchemeChange(models.Model):
    """A change of how sales are taxed, from a moment on. The database refuses to change a row.

    A threshold was exceeded in `year` and holds for that year and the next; a row that the job
    wrote says with which order, and the net sum with it. Its `actor` is empty.
    """

    kind = models.CharField(_("what changes"), max_length=12, choices=VatSchemeKind.choices)
    valid_from = models.DateTimeField(_("from"))
    year = models.PositiveSmallIntegerField(_("exceeded in"), null=True, blank=True)
    order_number = models.CharField(_("with order"), max_length=20, blank=True)
    net_sum = models.DecimalField(
        _("net sum with it"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    is_automatic = models.BooleanField(_("noticed by the shop"), default=False)
    actor = models.ForeignKey(
        Customer, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("staff")
    )
    note = models.CharField(_("reason"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("change of the VAT scheme")
        verbose_name_plural = _("VAT scheme")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["year"], name="vat_scheme_threshold_once_a_year"),
            models.CheckConstraint(
                condition=Q(kind__in=VatSchemeKind.values), name="vat_scheme_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(kind="threshold", year__isnull=False)
                | (~Q(kind="threshold") & Q(year__isnull=True)),
                name="vat_scheme_threshold_has_year",
            ),
            models.CheckConstraint(
                condition=Q(is_automatic=False)
                | (
                    Q(kind="threshold", net_sum__gt=10000, actor__isnull=True) & ~Q(order_number="")
                ),
                name="vat_scheme_automatic_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.valid_from:%Y-%m-%d}"
