"""The outbox of the orders."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from orders.models.order import Order
from shop.kit import mail


class MailKind(models.TextChoices):
    """Which mail when: docs/algorithms/order_mails.md."""

    ACKNOWLEDGEMENT = "acknowledgement", _("order received")
    CONFIRMATION = "confirmation", _("order confirmation")
    PAYMENT_PENDING = "payment_pending", _("payment pending")
    PAYMENT_REMINDER = "payment_reminder", _("payment reminder")
    PART_PAYMENT = "part_payment", _("part of the payment received")
    SHIPPED = "shipped", _("shipped")
    CANCELLED = "cancelled", _("cancelled")
    REFUNDED = "refunded", _("refunded")
    LATE_PAYMENT = "late_payment", _("late payment refunded")
    DOCUMENT = "document", _("invoice or credit note")
    READY = "ready", _("ready to be collected")
    DELIVERED = "delivered", _("delivered")
    DELAYED = "delayed", _("later than promised")
    WITHDRAWAL = "withdrawal", _("withdrawal received")
    RETURN = "return", _("return")
    CHANGE = "change", _("order changed")


class OrderMail(mail.OutgoingMail):
    """One mail about an order. `reference` tells parcels, refunds and repetitions apart."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="mails")
    reference = models.CharField(_("reference"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(state__in=["queued", "in_flight"]),
                name="order_mail_to_send",
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["order", "kind", "reference"], name="order_mail_once_per_reference"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=MailKind.values), name="order_mail_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=mail.MailState.values), name="order_mail_state_known"
            ),
        ]

    @property
    def kind_name(self) -> str:
        """What the mail is about, in the active language."""
        return str(MailKind(self.kind).label)
