"""A buyer's bank takes a payment back for now, or for good."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from orders.models.payment import Payment


class DisputeState(models.TextChoices):
    # An inquiry: the money is still here, but an answer is wanted.
    INQUIRY = "inquiry", _("inquiry")
    OPEN = "open", _("answer wanted")
    REVIEW = "review", _("under review")
    WON = "won", _("won")
    LOST = "lost", _("lost")


class DisputeQuerySet(models.QuerySet["Dispute"]):
    def unsettled(self) -> Self:
        return self.exclude(state__in=[DisputeState.WON, DisputeState.LOST])


class Dispute(models.Model):
    """As the provider tells it; asked for anew with each message, never pieced together."""

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="disputes")
    provider_dispute = models.CharField(_("dispute at the provider"), max_length=255, unique=True)
    state = models.CharField(_("state"), max_length=8, choices=DisputeState.choices)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    reason = models.CharField(_("reason"), max_length=80, blank=True)
    answer_until = models.DateTimeField(_("answer until"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"))
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    objects = DisputeQuerySet.as_manager()

    class Meta:
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=DisputeState.values), name="dispute_state_known"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="dispute_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} ({self.state})"
