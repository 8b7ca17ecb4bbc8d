"""Who wants to be told when a variant is back, and the mails about it."""

import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from catalog.models import Variant
from shop.kit import ids, mail


class StockAlertQuerySet(models.QuerySet["StockAlert"]):
    def pending(self) -> "StockAlertQuerySet":
        """Asked for, but nobody has proved that the mailbox is theirs."""
        return self.filter(confirmed_at__isnull=True)

    def waiting(self) -> "StockAlertQuerySet":
        """Confirmed, and not told yet."""
        return self.filter(confirmed_at__isnull=False, told_at__isnull=True)

    def told_since(self, moment: datetime.datetime) -> "StockAlertQuerySet":
        return self.filter(told_at__gt=moment)


class StockAlert(models.Model):
    """One address that waits for one variant, with the proof that it asked (§ 7 UWG).

    The address is all that is kept of the person, and only until it has been told.
    """

    variant = models.ForeignKey(
        Variant, models.CASCADE, related_name="alerts", verbose_name=_("variant")
    )
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    token = models.CharField(max_length=40, unique=True, default=ids.secret_token, editable=False)
    # What was agreed to, and where: as it stood beside the button.
    wording = models.TextField(_("wording"))
    source = models.CharField(_("source"), max_length=40)
    asked_at = models.DateTimeField(_("asked"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    told_at = models.DateTimeField(_("told"), null=True, blank=True)

    objects = StockAlertQuerySet.as_manager()

    class Meta:
        verbose_name = _("stock alert")
        verbose_name_plural = _("stock alerts")
        indexes: ClassVar = [
            models.Index(
                fields=["variant", "confirmed_at"],
                condition=Q(confirmed_at__isnull=False, told_at__isnull=True),
                name="stock_alert_waiting",
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "variant",
                Lower("email"),
                condition=Q(told_at__isnull=True),
                name="stock_alert_one_open_per_address",
            ),
            models.CheckConstraint(
                condition=Q(told_at__isnull=True) | Q(confirmed_at__isnull=False),
                name="stock_alert_told_after_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(language__in=[code for code, _name in settings.LANGUAGES]),
                name="stock_alert_language_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.variant_id} ({self.asked_at:%Y-%m-%d})"


class AlertMailKind(models.TextChoices):
    CONFIRMATION = "confirmation", _("please confirm")
    BACK = "back", _("back in stock")


class AlertMail(mail.OutgoingMail):
    """The outbox of the alerts: each mail goes out once for an alert."""

    alert = models.ForeignKey(StockAlert, models.CASCADE, related_name="mails")

    class Meta:
        verbose_name = _("mail about stock")
        verbose_name_plural = _("mails about stock")
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(state__in=["queued", "in_flight"]),
                name="alert_mail_to_send",
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["alert", "kind"], name="alert_mail_once_per_kind"),
            models.CheckConstraint(
                condition=Q(kind__in=AlertMailKind.values), name="alert_mail_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=mail.MailState.values), name="alert_mail_state_known"
            ),
        ]

    @property
    def kind_name(self) -> str:
        """What the mail is about, in the active language."""
        return str(AlertMailKind(self.kind).label)


class WantedVariant(Variant):
    """A variant as those see it who wait for it: for the list of staff."""

    class Meta:
        proxy = True
        verbose_name = _("wanted variant")
        verbose_name_plural = _("wanted variants")
