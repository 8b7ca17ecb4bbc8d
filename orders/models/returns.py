"""What comes back, why, and how far it is. The rules: docs/algorithms/returns.md."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Customer
from catalog.models import Variant
from orders.models.fulfilment import Fulfilment
from orders.models.line import OrderLine
from orders.models.order import Order
from orders.models.payment import Refund


class Track(models.TextChoices):
    """Four ways back, each with rules of its own; they are never mixed."""

    WITHDRAWAL = "withdrawal", _("withdrawal")
    GOODWILL = "goodwill", _("voluntary return")
    CLAIM = "claim", _("complaint")
    EXCHANGE = "exchange", _("exchange")


class ReturnState(models.TextChoices):
    REQUESTED = "requested", _("requested")
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("refused")
    SENT = "sent", _("on its way back")
    RECEIVED = "received", _("received")
    INSPECTED = "inspected", _("inspected")
    CLOSED = "closed", _("closed")
    CANCELLED = "cancelled", _("called off")


# Nothing happens any more.
RETURN_ENDS = [ReturnState.REFUSED, ReturnState.CLOSED, ReturnState.CANCELLED]


class ReturnReason(models.TextChoices):
    NONE = "", _("not told")
    DISLIKED = "disliked", _("I do not like it")
    TOO_SMALL = "too_small", _("too small")
    TOO_LARGE = "too_large", _("too large")
    OTHER_THAN_SHOWN = "other", _("not as described")
    LATE = "late", _("came too late")
    DAMAGED = "damaged", _("damaged on the way")
    DEFECT = "defect", _("defective or does not work")
    INCOMPLETE = "incomplete", _("parts are missing")
    WRONG = "wrong", _("wrong goods delivered")
    CHEAPER = "cheaper", _("found cheaper elsewhere")


class Postage(models.TextChoices):
    """Who bears what sending back costs."""

    SHOP = "shop", _("the shop")
    CUSTOMER = "customer", _("the customer")


class Remedy(models.TextChoices):
    """What the buyer of something defective chooses first (§ 439 BGB)."""

    NONE = "", _("not told")
    REPAIR = "repair", _("repair")
    REPLACEMENT = "replacement", _("replacement")


class Outcome(models.TextChoices):
    NONE = "", _("none yet")
    REFUND = "refund", _("money back")
    REPLACEMENT = "replacement", _("replacement sent")
    REPAIR = "repair", _("repaired")
    EXCHANGE = "exchange", _("exchanged")
    SENT_BACK = "sent_back", _("sent back to the customer")


class RefundMeans(models.TextChoices):
    """How money goes back. Store credit joins with gift cards; the law wants the first one."""

    ORIGINAL = "original", _("as it was paid")


class ReturnQuerySet(models.QuerySet["Return"]):
    def open(self) -> "ReturnQuerySet":
        return self.exclude(state__in=RETURN_ENDS)

    def waiting_for_us(self) -> "ReturnQuerySet":
        """To be decided, looked at or closed."""
        ours = [ReturnState.REQUESTED, ReturnState.RECEIVED, ReturnState.INSPECTED]
        return self.filter(state__in=ours)


class Return(models.Model):
    """Pieces of one order on one track. `number` stands on the slip in the parcel."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="returns")
    number = models.CharField(_("number"), max_length=30, unique=True)
    track = models.CharField(_("track"), max_length=12, choices=Track.choices)
    state = models.CharField(
        _("state"), max_length=12, choices=ReturnState.choices, default=ReturnState.REQUESTED
    )
    reason = models.CharField(_("reason"), max_length=12, choices=ReturnReason.choices, blank=True)
    words = models.TextField(_("words of the customer"), blank=True)
    remedy = models.CharField(_("wanted"), max_length=12, choices=Remedy.choices, blank=True)
    postage = models.CharField(_("postage is borne by"), max_length=10, choices=Postage.choices)
    means = models.CharField(
        _("money goes back"),
        max_length=10,
        choices=RefundMeans.choices,
        default=RefundMeans.ORIGINAL,
    )
    with_delivery = models.BooleanField(_("the delivery is given back, too"), default=False)
    opened_by = models.ForeignKey(
        Customer, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("staff")
    )
    opened_at = models.DateTimeField(_("opened"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decision = models.TextField(
        _("reason for the decision"), blank=True, help_text=_("The customer reads it.")
    )
    carrier = models.CharField(_("carrier"), max_length=60, blank=True)
    tracking_number = models.CharField(_("tracking number"), max_length=80, blank=True)
    received_at = models.DateTimeField(_("received"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome.choices, blank=True)
    refund = models.OneToOneField(
        Refund, models.PROTECT, null=True, blank=True, related_name="goods_return"
    )
    replacement = models.OneToOneField(
        Fulfilment, models.PROTECT, null=True, blank=True, related_name="goods_return"
    )

    objects = ReturnQuerySet.as_manager()

    class Meta:
        verbose_name = _("return")
        verbose_name_plural = _("returns")
        indexes: ClassVar = [
            models.Index(
                fields=["opened_at"],
                condition=~Q(state__in=["refused", "closed", "cancelled"]),
                name="return_open",
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(track__in=Track.values), name="return_track_known"),
            models.CheckConstraint(
                condition=Q(state__in=ReturnState.values), name="return_state_known"
            ),
            models.CheckConstraint(
                condition=Q(reason__in=ReturnReason.values), name="return_reason_known"
            ),
            models.CheckConstraint(
                condition=Q(remedy__in=Remedy.values), name="return_remedy_known"
            ),
            models.CheckConstraint(
                condition=Q(postage__in=Postage.values), name="return_postage_known"
            ),
            models.CheckConstraint(
                condition=Q(means__in=RefundMeans.values), name="return_means_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values), name="return_outcome_known"
            ),
            models.CheckConstraint(
                condition=(Q(state="closed", closed_at__isnull=False) & ~Q(outcome=""))
                | (~Q(state="closed") & Q(outcome="")),
                name="return_closed_has_outcome",
            ),
            models.CheckConstraint(
                condition=Q(refund__isnull=True) | Q(outcome="refund"),
                name="return_refund_is_outcome",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.state not in RETURN_ENDS


class ReturnLine(models.Model):
    """So many pieces of a line; for an exchange what is wanted instead."""

    goods_return = models.ForeignKey(Return, models.PROTECT, related_name="lines")
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="return_lines")
    quantity = models.PositiveIntegerField(_("quantity"))
    wanted = models.ForeignKey(
        Variant,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("wanted instead"),
    )
    kept_gross = models.DecimalField(
        _("deduction for loss of value"), max_digits=12, decimal_places=2, default=0
    )
    kept_reason = models.CharField(_("reason for the deduction"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("line of a return")
        verbose_name_plural = _("lines of a return")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["goods_return", "line"], name="return_line_once"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="return_line_of_something"),
            models.CheckConstraint(
                condition=Q(kept_gross=0) | (Q(kept_gross__gt=0) & ~Q(kept_reason="")),
                name="return_line_deduction_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.line_id}"
