"""What is said in a case."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Customer
from support.models.case import Case


class Sender(models.TextChoices):
    CUSTOMER = "customer", _("customer")
    STAFF = "staff", _("shop")
    NOTE = "note", _("internal note")


class Message(models.Model):
    """One message of a case; notes are for staff alone.

    `from_email` is set when a customer's message came by mail from another address than the case's.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="messages")
    sender = models.CharField(_("from"), max_length=10, choices=Sender.choices)
    author = models.ForeignKey(
        Customer,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("written by"),
    )
    from_email = models.EmailField(_("from address"), blank=True, default="", db_default="")
    text = models.TextField(_("text"), max_length=10_000)
    created_at = models.DateTimeField(_("sent"))

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes: ClassVar = [models.Index(fields=["case", "created_at"], name="message_of_case")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(sender__in=Sender.values), name="message_sender_known"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="message_has_text"),
        ]

    def __str__(self) -> str:
        return f"{self.sender}: {self.text[:40]}"
