"""Declarations of withdrawal (§ 356a BGB) as they came in, and what became of each.

What was declared is never changed or deleted, the database sees to it; everything that follows
stands in rows of its own. See docs/algorithms/withdrawals.md.
"""

import datetime
import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Customer
from orders.models.line import OrderLine
from orders.models.order import Order
from orders.models.returns import Return
from shop.kit import ids, mail

DUE_SOON = datetime.timedelta(days=3)


class WithdrawalChannel(models.TextChoices):
    ONLINE = "online", _("online")
    MAIL = "mail", _("by e-mail")
    LETTER = "letter", _("by letter")
    OTHER = "other", _("another way")


class Withdrawal(models.Model):
    """One declaration, in the words that were confirmed. Append-only."""

    number = models.CharField(
        _("number"), max_length=20, unique=True, default=ids.withdrawal_number, editable=False
    )
    public_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=120)
    reference = models.CharField(_("order or contract"), max_length=200)
    email = models.EmailField(_("e-mail for the confirmation"))
    comment = models.TextField(_("comment"), blank=True)
    # Order line id → pieces; empty: the whole contract.
    pieces = models.JSONField(_("pieces"), default=dict, blank=True)
    # Known only to who came by the signed link of an order.
    linked_order = models.ForeignKey(
        Order,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="declarations",
        verbose_name=_("order of the link"),
    )
    statement = models.TextField(pgettext_lazy("withdrawal", "statement"))
    received_at = models.DateTimeField(_("received"))
    channel = models.CharField(
        _("channel"),
        max_length=8,
        choices=WithdrawalChannel.choices,
        default=WithdrawalChannel.ONLINE,
    )
    network = models.CharField(_("network"), max_length=45, blank=True)
    text_version = models.CharField(_("version of the text"), max_length=40)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    # Too many came from one place: nobody is refused, staff look before anything happens.
    is_quiet = models.BooleanField(_("many at once"), default=False)
    # Of contents, mailbox, reference and day: the same declaration once more is the same row.
    digest = models.CharField(max_length=64, unique=True, editable=False)

    class Meta:
        verbose_name = _("declaration of withdrawal")
        verbose_name_plural = _("declarations of withdrawal")
        indexes: ClassVar = [models.Index(fields=["-received_at"], name="withdrawal_newest")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(channel__in=WithdrawalChannel.values), name="withdrawal_channel_known"
            ),
            models.CheckConstraint(
                condition=Q(language__in=[code for code, _name in settings.LANGUAGES]),
                name="withdrawal_language_known",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class WithdrawalState(models.TextChoices):
    WAITING = "waiting", _("just received")
    OPEN = "open", _("to be decided")
    ACCEPTED = "accepted", _("accepted")
    SETTLED = "settled", pgettext_lazy("withdrawal", "settled")
    REJECTED = "rejected", _("rejected")


class WithdrawalMatch(models.TextChoices):
    """How sure it is which order is meant."""

    NOT_YET = "", _("not looked for yet")
    EXACT = "exact", _("number and e-mail fit")
    FOREIGN = "foreign", _("number fits, e-mail differs")
    LIKELY = "likely", _("e-mail fits, number does not")
    NONE = "none", _("no order found")
    BY_HAND = "by_hand", _("assigned by staff")


class WithdrawalFlag(models.TextChoices):
    """Why a person looks at it; none of these keeps it from being received."""

    LATE = "late", _("after the end of the period")
    UNPROVEN = "unproven", _("long ago, delivery not proven")
    EXCEPTED = "excepted", _("goods without a right of withdrawal (§ 312g (2) BGB)")
    DOWNLOADED = "downloaded", _("downloaded with consent (§ 356 (5) BGB)")
    COMMENT = "comment", _("has a comment")
    QUIET = "quiet", _("many at once")
    DISPUTED = "disputed", _("the payment is disputed or unclear")
    UNREADABLE = "unreadable", _("the pieces do not fit the order")


class WithdrawalCaseQuerySet(models.QuerySet["WithdrawalCase"]):
    def waiting(self) -> "WithdrawalCaseQuerySet":
        """Nobody has looked for the order yet, the oldest first."""
        return self.filter(state=WithdrawalState.WAITING).order_by("pk")

    def undecided(self) -> "WithdrawalCaseQuerySet":
        """For staff to decide."""
        return self.filter(state=WithdrawalState.OPEN)

    def unsettled(self) -> "WithdrawalCaseQuerySet":
        """Accepted, the money is not on its way yet: § 357 (1) BGB gives 14 days."""
        return self.filter(state=WithdrawalState.ACCEPTED)

    def due(self, today: datetime.date) -> "WithdrawalCaseQuerySet":
        """Accepted ones whose money has to be on its way within three days, or should be."""
        return self.unsettled().filter(refund_until__lte=today + DUE_SOON)

    def holding(self, order: Order) -> "WithdrawalCaseQuerySet":
        """Those for which nothing of `order` may be sent until staff have seen to them."""
        at_hand = Q(state=WithdrawalState.ACCEPTED, pieces__way=PieceWay.BY_HAND)
        sure = [WithdrawalMatch.EXACT, WithdrawalMatch.BY_HAND]
        return self.filter(Q(state=WithdrawalState.OPEN, match__in=sure) | at_hand, order=order)


class WithdrawalCase(models.Model):
    """What became of a declaration."""

    withdrawal = models.OneToOneField(Withdrawal, models.PROTECT, related_name="case")
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=WithdrawalState.choices,
        default=WithdrawalState.WAITING,
    )
    match = models.CharField(
        _("match"),
        max_length=10,
        choices=WithdrawalMatch.choices,
        default=WithdrawalMatch.NOT_YET,
        blank=True,
    )
    order = models.ForeignKey(
        Order,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="withdrawals",
        verbose_name=_("order"),
    )
    # None: the period has not begun, or nobody can prove that it has.
    ends_on = models.DateField(_("period ends"), null=True, blank=True)
    flags = models.JSONField(_("remarks"), default=list, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    goods_return = models.OneToOneField(
        Return,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="withdrawal_case",
        verbose_name=_("return"),
    )
    refund_until = models.DateField(_("refund until"), null=True, blank=True)
    next_try_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        Customer, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("staff")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    settled_at = models.DateTimeField(pgettext_lazy("withdrawal", "settled"), null=True, blank=True)

    objects = WithdrawalCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        indexes: ClassVar = [
            models.Index(
                fields=["state", "refund_until"],
                condition=Q(state__in=["waiting", "open", "accepted"]),
                name="withdrawal_case_at_work",
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=WithdrawalState.values), name="withdrawal_state_known"
            ),
            models.CheckConstraint(
                condition=Q(match__in=WithdrawalMatch.values), name="withdrawal_match_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "settled"])
                | Q(order__isnull=False, refund_until__isnull=False, decided_at__isnull=False),
                name="withdrawal_accepted_for_an_order",
            ),
            models.CheckConstraint(
                condition=~Q(state="rejected") | ~Q(reason="") & Q(decided_at__isnull=False),
                name="withdrawal_rejected_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="settled") ^ Q(settled_at__isnull=True),
                name="withdrawal_settled_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return str(self.withdrawal_id)

    def days_left(self, today: datetime.date) -> int | None:
        """Until the money has to be on its way; negative: too late."""
        return (self.refund_until - today).days if self.refund_until else None


class PieceWay(models.TextChoices):
    CANCELLED = "cancelled", _("not sent: cancelled")
    RETURN = "return", _("sent: to be returned")
    REFUND = "refund", _("nothing to return: refunded")
    BY_HAND = "by_hand", _("staff see to it")


class WithdrawalPiece(models.Model):
    """So many pieces of a line were withdrawn from, and how they come back."""

    case = models.ForeignKey(WithdrawalCase, models.PROTECT, related_name="pieces")
    line = models.ForeignKey(OrderLine, models.PROTECT, related_name="withdrawn")
    quantity = models.PositiveIntegerField(_("quantity"))
    way = models.CharField(_("way"), max_length=10, choices=PieceWay.choices)

    class Meta:
        verbose_name = _("withdrawn piece")
        verbose_name_plural = _("withdrawn pieces")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "line", "way"], name="withdrawal_piece_once"),
            models.CheckConstraint(
                condition=Q(quantity__gte=1), name="withdrawal_piece_of_something"
            ),
            models.CheckConstraint(
                condition=Q(way__in=PieceWay.values), name="withdrawal_piece_way_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.line_id}"


class WithdrawalMailKind(models.TextChoices):
    RECEIPT = "receipt", _("withdrawal received")
    REJECTED = "rejected", _("withdrawal rejected")


class WithdrawalMail(mail.OutgoingMail):
    """The outbox of the declarations, which need not belong to an order."""

    withdrawal = models.ForeignKey(Withdrawal, models.PROTECT, related_name="mails")

    class Meta:
        verbose_name = _("mail about a withdrawal")
        verbose_name_plural = _("mails about withdrawals")
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(state__in=["queued", "in_flight"]),
                name="withdrawal_mail_to_send",
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["withdrawal", "kind"], name="withdrawal_mail_once_per_kind"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=WithdrawalMailKind.values), name="withdrawal_mail_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=mail.MailState.values), name="withdrawal_mail_state_known"
            ),
        ]

    @property
    def kind_name(self) -> str:
        """What the mail is about, in the active language."""
        return str(WithdrawalMailKind(self.kind).label)
