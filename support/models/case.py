"""A case is a conversation about one thing, and what the customer thought of it."""

import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Customer
from orders.models import Order
from shop.kit import ids


class CaseState(models.TextChoices):
    OPEN = "open", _("waits for us")
    ANSWERED = "answered", _("waits for the customer")
    CLOSED = "closed", _("closed")


class Topic(models.TextChoices):
    """What somebody writes about, in the words of those who write."""

    ORDER = "order", _("My order")
    DELIVERY = "delivery", _("Delivery and parcel")
    RETURN = "return", _("Return, exchange, complaint")
    PAYMENT = "payment", _("Payment and invoice")
    PRODUCT = "product", _("Question about a product")
    PRIVACY = "privacy", _("Account and privacy")
    OTHER = "other", _("Something else")


class Priority(models.TextChoices):
    LOW = "low", _("low")
    NORMAL = "normal", _("normal")
    HIGH = "high", _("high")


class CaseQuerySet(models.QuerySet["Case"]):
    def for_customer(self, customer: Customer) -> Self:
        """The cases that this customer may see; merged ones are read in the one that is left."""
        return self.filter(customer=customer, merged_into=None)

    def waiting_for_us(self) -> Self:
        return self.filter(state=CaseState.OPEN)

    def overdue(self, moment: datetime.datetime) -> Self:
        """Cases whose answer should have gone out by now."""
        return self.waiting_for_us().filter(due_at__lt=moment)


class Case(models.Model):
    """A conversation with a customer, or with a guest, who is known by an e-mail address alone.

    `order` was proved: by the signed link, the account or the order's own mailbox. What somebody
    merely typed stands in `order_number`. `access_version` is part of the signed links and reply
    addresses: counting it up ends them all.
    """

    number = models.CharField(
        _("number"), max_length=20, unique=True, default=ids.case_number, editable=False
    )
    access_version = models.PositiveIntegerField(default=1, db_default=1, editable=False)
    customer = models.ForeignKey(
        Customer,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="cases",
        verbose_name=_("customer"),
    )
    guest_email = models.EmailField(_("e-mail of the guest"), blank=True)
    name = models.CharField(_("name"), max_length=120, blank=True, default="", db_default="")
    order = models.ForeignKey(
        Order,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="cases",
        verbose_name=_("order"),
    )
    order_number = models.CharField(_("order number"), max_length=20, blank=True, db_index=True)
    topic = models.CharField(
        _("topic"), max_length=12, choices=Topic.choices, default=Topic.OTHER, db_default="other"
    )
    subject = models.CharField(_("subject"), max_length=150)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    state = models.CharField(
        _("state"), max_length=10, choices=CaseState.choices, default=CaseState.OPEN
    )
    priority = models.CharField(
        _("priority"),
        max_length=8,
        choices=Priority.choices,
        default=Priority.NORMAL,
        db_default="normal",
    )
    assignee = models.ForeignKey(
        Customer,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="assigned_cases",
        verbose_name=_("assigned to"),
    )
    created_at = models.DateTimeField(_("opened"))
    # Since when the oldest unanswered message waits, and until when it is to be answered.
    waiting_since = models.DateTimeField(_("waits since"), null=True, blank=True)
    due_at = models.DateTimeField(_("answer until"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name=_("merged into"),
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        indexes: ClassVar = [
            models.Index(fields=["created_at"], condition=Q(state="open"), name="case_waiting"),
            models.Index(fields=["due_at"], condition=Q(state="open"), name="case_due"),
            models.Index(fields=["closed_at"], condition=Q(state="closed"), name="case_closed"),
            models.Index(fields=["guest_email"], name="case_guest"),
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
            models.CheckConstraint(condition=Q(topic__in=Topic.values), name="case_topic_known"),
            models.CheckConstraint(
                condition=Q(priority__in=Priority.values), name="case_priority_known"
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
            models.CheckConstraint(
                condition=Q(state="open") | Q(due_at__isnull=True, waiting_since__isnull=True),
                name="case_clock_runs_while_open",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(state="closed"),
                name="case_merged_is_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.subject}"

    @property
    def email(self) -> str:
        """Where answers go."""
        return self.customer.email if self.customer else self.guest_email


class Satisfaction(models.Model):
    """What the customer thought of it, asked once, after the case was closed."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="satisfaction")
    score = models.PositiveSmallIntegerField(_("score"))
    text = models.TextField(_("text"), max_length=2000, blank=True)
    created_at = models.DateTimeField(_("given"))

    class Meta:
        verbose_name = _("satisfaction")
        verbose_name_plural = _("satisfaction")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(score__gte=1, score__lte=5), name="satisfaction_one_to_five"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.score} / 5"
