"""Where our books and a provider's do not agree, and when they were compared."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Customer
from orders.models.payment import Payment


class ReconciliationState(models.TextChoices):
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


class Reconciliation(models.Model):
    """One comparison with a provider: what was counted on either side. Sums are gross."""

    gateway = models.CharField(_("gateway"), max_length=20)
    state = models.CharField(
        _("state"),
        max_length=8,
        choices=ReconciliationState.choices,
        default=ReconciliationState.RUNNING,
    )
    since = models.DateTimeField(_("from"))
    until = models.DateTimeField(_("until"))
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    paid_count = models.PositiveIntegerField(_("payments there"), default=0)
    paid_gross = models.DecimalField(_("paid there"), max_digits=14, decimal_places=2, default=0)
    refunded_gross = models.DecimalField(
        _("refunded there"), max_digits=14, decimal_places=2, default=0
    )
    mended = models.PositiveIntegerField(_("mended"), default=0)
    differences = models.PositiveIntegerField(_("differences"), default=0)
    problem = models.CharField(_("problem"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("reconciliation")
        verbose_name_plural = _("reconciliations")
        indexes: ClassVar = [models.Index(fields=["-started_at"], name="reconciliation_newest")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=ReconciliationState.values),
                name="reconciliation_state_known",
            ),
            models.CheckConstraint(
                condition=Q(since__lt=models.F("until")), name="reconciliation_of_some_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gateway} {self.started_at:%Y-%m-%d %H:%M}"


class DifferenceKind(models.TextChoices):
    PAID_THERE = "paid_there", _("paid at the provider, not here")
    PAID_HERE = "paid_here", _("paid here, not at the provider")
    UNKNOWN_PAYMENT = "unknown_payment", _("payment that is not ours")
    AMOUNT = "amount", _("another amount")
    REFUND_THERE = "refund_there", _("refund at the provider, not here")
    REFUND_HERE = "refund_here", _("refund here, not at the provider")
    REFUND_AMOUNT = "refund_amount", _("refund of another amount")


class DifferenceQuerySet(models.QuerySet["Difference"]):
    def open(self) -> "DifferenceQuerySet":
        return self.filter(closed_at__isnull=True)


class Difference(models.Model):
    """What one run found and no later one, and nobody of the staff, has explained.

    `reference` is the provider's id where it has one, else that of our row.
    """

    gateway = models.CharField(_("gateway"), max_length=20)
    kind = models.CharField(_("kind"), max_length=16, choices=DifferenceKind.choices)
    reference = models.CharField(_("reference"), max_length=255)
    payment = models.ForeignKey(
        Payment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="differences",
        verbose_name=_("payment"),
    )
    here = models.DecimalField(_("here"), max_digits=12, decimal_places=2, null=True, blank=True)
    there = models.DecimalField(
        _("at the provider"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(_("currency"), max_length=3, default=settings.CURRENCY)
    happened_at = models.DateTimeField(_("happened"))
    first_seen_at = models.DateTimeField(_("first seen"))
    last_seen_at = models.DateTimeField(_("last seen"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = models.ForeignKey(
        Customer,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("closed by"),
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = DifferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("difference")
        verbose_name_plural = _("differences")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["gateway", "kind", "reference"], name="difference_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=DifferenceKind.values), name="difference_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | ~Q(reason=""),
                name="difference_closed_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"
