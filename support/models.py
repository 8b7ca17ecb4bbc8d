"""Customer service: a case is a conversation about one thing."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Customer


class CaseState(models.TextChoices):
    OPEN = "open", _("waits for us")
    ANSWERED = "answered", _("waits for the customer")
    CLOSED = "closed", _("closed")


class CaseQuerySet(models.QuerySet["Case"]):
    def for_customer(self, customer: Customer) -> Self:
        """The cases that this customer may see."""
        return self.filter(customer=customer)

    def waiting_for_us(self) -> Self:
        return self.filter(state=CaseState.OPEN)


class Case(models.Model):
    """A conversation with a customer, or with a guest, who is known by an e-mail address alone."""

    customer = models.ForeignKey(
        Customer, models.CASCADE, null=True, blank=True, related_name="cases"
    )
    guest_email = models.EmailField(_("e-mail of the guest"), blank=True)
    order_number = models.CharField(_("order number"), max_length=20, blank=True, db_index=True)
    subject = models.CharField(_("subject"), max_length=150)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    state = models.CharField(
        _("state"), max_length=10, choices=CaseState.choices, default=CaseState.OPEN
    )
    created_at = models.DateTimeField(_("opened"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        indexes: ClassVar = [
            models.Index(fields=["created_at"], condition=Q(state="open"), name="case_waiting"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(customer__isnull=False, guest_email="")
                | (Q(customer__isnull=True) & ~Q(guest_email="")),
                name="case_of_customer_or_guest",
            ),
            models.CheckConstraint(
                condition=Q(state__in=CaseState.values), name="case_state_known"
            ),
            models.CheckConstraint(
                condition=Q(language__in=[code for code, _name in settings.LANGUAGES]),
                name="case_language_known",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False)
                | (~Q(state="closed") & Q(closed_at__isnull=True)),
                name="case_closing_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.subject}"


class Sender(models.TextChoices):
    CUSTOMER = "customer", _("customer")
    STAFF = "staff", _("shop")
    NOTE = "note", _("internal note")


class Message(models.Model):
    """One message of a case; notes are for staff alone."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="messages")
    sender = models.CharField(_("from"), max_length=10, choices=Sender.choices)
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
