"""Money: attempts to pay, refunds, and what the payment providers told us."""

import datetime
import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Customer
from orders.models.order import Order


class PaymentState(models.TextChoices):
    NEW = "new", _("new")
    OPEN = "open", _("open")
    PROCESSING = "processing", _("processing")
    # A part of a bank transfer is here. Alive: the rest may come. Never shipped.
    PARTIAL = "partial", _("partly paid")
    SUCCEEDED = "succeeded", _("succeeded")
    FAILED = "failed", _("failed")
    EXPIRED = "expired", _("expired")
    CANCELED = "canceled", _("canceled")
    # Money came that the order does not explain: another amount, or paid twice. Never shipped.
    MISMATCH = "mismatch", _("differs")


LIVE = [PaymentState.NEW, PaymentState.OPEN, PaymentState.PROCESSING, PaymentState.PARTIAL]
CAPTURED = [PaymentState.SUCCEEDED, PaymentState.MISMATCH, PaymentState.PARTIAL]


class ByHand(models.TextChoices):
    """Money that no provider reports: docs/algorithms/bank_transfers.md."""

    NO = "", _("no")
    TRANSFER = "transfer", _("bank transfer")
    COUNTER = "counter", _("at the counter")


class PaymentQuerySet(models.QuerySet["Payment"]):
    def live(self) -> Self:
        """Attempts that can still bring money in."""
        return self.filter(state__in=LIVE)

    def overdue(self, moment: datetime.datetime) -> Self:
        """Live attempts to look at: the page is over, or a delayed payment takes its time."""
        return self.asked().filter(next_check_at__lte=moment).order_by("next_check_at")

    def asked(self) -> Self:
        """Live attempts of which a provider knows how they stand."""
        return self.live().filter(by_hand=ByHand.NO)

    def awaited(self) -> Self:
        """Live attempts whose money comes by transfer or over the counter."""
        return self.live().exclude(by_hand=ByHand.NO)


class Payment(models.Model):
    """One attempt to pay an order.

    `public_id` is the stem of its idempotency keys. The parameters of the call are stored before
    the call is made, so that a repetition sends the same bytes.
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="payments")
    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    gateway = models.CharField(_("gateway"), max_length=20)
    by_hand = models.CharField(
        _("by hand"),
        max_length=8,
        choices=ByHand.choices,
        default=ByHand.NO,
        db_default="",
        blank=True,
    )
    state = models.CharField(
        _("state"), max_length=12, choices=PaymentState.choices, default=PaymentState.NEW
    )
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    captured = models.DecimalField(_("captured"), max_digits=12, decimal_places=2, default=0)
    currency = models.CharField(_("currency"), max_length=3, default=settings.CURRENCY)
    key = models.CharField(_("idempotency key"), max_length=80, unique=True)
    parameters = models.JSONField(_("parameters"), null=True, blank=True)
    fingerprint = models.CharField(_("fingerprint"), max_length=64, blank=True)
    provider_session = models.CharField(_("session"), max_length=255, blank=True)
    provider_intent = models.CharField(_("payment at the provider"), max_length=255, blank=True)
    url = models.TextField(_("payment page"), blank=True)
    problem = models.CharField(_("problem"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("created"))
    called_at = models.DateTimeField(_("first call"), null=True, blank=True)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    next_check_at = models.DateTimeField(_("next look"))
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    objects = PaymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        indexes: ClassVar = [
            models.Index(
                fields=["order"], condition=Q(state="mismatch"), name="payment_odd_amount"
            ),
            models.Index(
                fields=["next_check_at"],
                condition=Q(state__in=["new", "open", "processing"]),
                name="payment_to_look_at",
            ),
            models.Index(
                fields=["provider_intent"], condition=~Q(provider_intent=""), name="payment_intent"
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["order"], condition=Q(state="succeeded"), name="payment_one_succeeded"
            ),
            models.UniqueConstraint(
                fields=["order"],
                condition=Q(state__in=["new", "open", "processing"]),
                name="payment_one_live",
            ),
            models.UniqueConstraint(
                fields=["gateway", "provider_session"],
                condition=~Q(provider_session=""),
                name="payment_session_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=PaymentState.values), name="payment_state_known"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_of_something"),
            models.CheckConstraint(condition=Q(captured__gte=0), name="payment_captured_plausible"),
            models.CheckConstraint(
                condition=~Q(state="succeeded") | Q(captured=F("amount")),
                name="payment_succeeded_in_full",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["succeeded", "mismatch", "partial"]) | Q(captured=0),
                name="payment_captured_has_state",
            ),
            models.CheckConstraint(
                condition=~Q(state="partial")
                | (Q(captured__gt=0, captured__lt=F("amount")) & ~Q(by_hand="")),
                name="payment_partial_is_a_part",
            ),
            models.CheckConstraint(
                condition=Q(by_hand__in=ByHand.values), name="payment_by_hand_known"
            ),
            models.CheckConstraint(
                condition=Q(parameters__isnull=True, fingerprint="")
                | (Q(parameters__isnull=False) & ~Q(fingerprint="")),
                name="payment_parameters_have_fingerprint",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency} ({self.state})"


class RefundState(models.TextChoices):
    REQUESTED = "requested", _("requested")
    PENDING = "pending", _("pending")
    SUCCEEDED = "succeeded", _("succeeded")
    FAILED = "failed", _("failed")


class Refund(models.Model):
    """Money going back. The row and its key exist before the provider is asked."""

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="refunds")
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    state = models.CharField(
        _("state"), max_length=12, choices=RefundState.choices, default=RefundState.REQUESTED
    )
    key = models.CharField(_("idempotency key"), max_length=80, unique=True)
    provider_refund = models.CharField(_("refund at the provider"), max_length=255, blank=True)
    reason = models.CharField(_("reason"), max_length=200)
    actor = models.ForeignKey(
        Customer, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("staff")
    )
    created_at = models.DateTimeField(_("created"))
    called_at = models.DateTimeField(_("first call"), null=True, blank=True)
    next_try_at = models.DateTimeField(_("next try"))
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    problem = models.CharField(_("problem"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(state__in=["requested", "pending"]),
                name="refund_to_look_at",
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["provider_refund"],
                condition=~Q(provider_refund=""),
                name="refund_once_at_provider",
            ),
            models.CheckConstraint(
                condition=Q(state__in=RefundState.values), name="refund_state_known"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="refund_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} ({self.state})"


LATE_AFTER = datetime.timedelta(minutes=15)


class WebhookEventQuerySet(models.QuerySet["WebhookEvent"]):
    def pending(self) -> Self:
        return self.filter(processed_at__isnull=True, is_dead=False)

    def late(self, moment: datetime.datetime) -> Self:
        """Messages that should have had their effect by now."""
        return self.pending().filter(received_at__lt=moment - LATE_AFTER)

    def due(self, moment: datetime.datetime) -> Self:
        return self.pending().filter(next_try_at__lte=moment)


class WebhookEvent(models.Model):
    """The inbox: what a provider told us, stored once. The payload is only a hint where to look."""

    gateway = models.CharField(_("gateway"), max_length=20)
    event_id = models.CharField(_("event"), max_length=255)
    type = models.CharField(_("type"), max_length=80)
    object_id = models.CharField(_("object"), max_length=255, blank=True)
    payload = models.JSONField(_("payload"))
    received_at = models.DateTimeField(_("received"))
    processed_at = models.DateTimeField(_("processed"), null=True, blank=True)
    next_try_at = models.DateTimeField(_("next try"))
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    is_dead = models.BooleanField(_("given up"), default=False)
    problem = models.CharField(_("problem"), max_length=200, blank=True)

    objects = WebhookEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook event")
        verbose_name_plural = _("webhook events")
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(processed_at__isnull=True, is_dead=False),
                name="webhook_event_pending",
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["gateway", "event_id"], name="webhook_event_once"),
            models.CheckConstraint(
                condition=Q(is_dead=False) | Q(processed_at__isnull=True),
                name="webhook_event_dead_is_unprocessed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.event_id}"
