"""Points: an account for each customer who has some, and every change of it."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Customer


class LoyaltyAccountQuerySet(models.QuerySet["LoyaltyAccount"]):
    def take(self, points: int) -> int:
        """Take points in one statement: reading first and writing later would spend them twice."""
        return self.filter(balance__gte=points).update(balance=models.F("balance") - points)

    def give(self, points: int) -> int:
        """Add points in one statement."""
        return self.update(balance=models.F("balance") + points)


class LoyaltyAccount(models.Model):
    """How many points a customer can spend: always the sum of the entries."""

    customer = models.OneToOneField(Customer, models.CASCADE, related_name="loyalty_account")
    balance = models.IntegerField(_("points"), default=0)
    created_at = models.DateTimeField(_("opened"))

    objects = LoyaltyAccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("loyalty account")
        verbose_name_plural = _("loyalty accounts")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(balance__gte=0), name="loyalty_account_never_overdrawn"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id}: {self.balance}"


class EntryKind(models.TextChoices):
    AWARDED = "awarded", _("awarded")
    REDEEMED = "redeemed", _("redeemed")
    REVOKED = "revoked", _("taken back")


class PointsEntryQuerySet(models.QuerySet["PointsEntry"]):
    def of(self, account: LoyaltyAccount) -> Self:
        return self.filter(account=account)


class PointsEntry(models.Model):
    """One change of a balance. Never changed, never deleted while the account lives.

    Kind and reference are unique: whoever awards the points of an order twice awards them once.
    """

    account = models.ForeignKey(LoyaltyAccount, models.CASCADE, related_name="entries")
    kind = models.CharField(_("kind"), max_length=10, choices=EntryKind.choices)
    points = models.IntegerField(_("points"))
    reference = models.CharField(_("reference"), max_length=80)
    created_at = models.DateTimeField(_("created"))

    objects = PointsEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("points entry")
        verbose_name_plural = _("points entries")
        indexes: ClassVar = [
            models.Index(fields=["account", "-created_at"], name="points_entry_statement"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "reference"], name="points_entry_once_per_reference"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=EntryKind.values), name="points_entry_kind_known"
            ),
            models.CheckConstraint(condition=~Q(reference=""), name="points_entry_has_reference"),
            # A revocation that found the account empty is noted with 0.
            models.CheckConstraint(
                condition=Q(kind="awarded", points__gt=0)
                | Q(kind="redeemed", points__lt=0)
                | Q(kind="revoked", points__lte=0),
                name="points_entry_sign_fits_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.points:+d} {self.reference}"
