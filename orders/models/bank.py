"""What bank and counter say: statements, bookings, money that came, transfers to make."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Customer
from orders.models.order import Order
from orders.models.payment import Payment, Refund

REMITTANCE_LENGTH = 500


class BankStatement(models.Model):
    """An uploaded file: what was read from it. The file itself is not kept."""

    filename = models.CharField(_("file"), max_length=120)
    layout = models.CharField(_("layout"), max_length=40)
    sha256 = models.CharField(_("SHA-256"), max_length=64, db_index=True)
    actor = models.ForeignKey(
        Customer, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("staff")
    )
    created_at = models.DateTimeField(_("uploaded"))
    count_new = models.PositiveIntegerField(_("new bookings"), default=0)
    count_known = models.PositiveIntegerField(_("known before"), default=0)
    # Money that went to others, and bookings that are only announced: read and not stored.
    count_left_out = models.PositiveIntegerField(_("left out"), default=0)

    class Meta:
        verbose_name = _("bank statement")
        verbose_name_plural = _("bank statements")

    def __str__(self) -> str:
        return self.filename


class BankState(models.TextChoices):
    OPEN = "open", _("to be decided")
    BOOKED = "booked", _("booked")
    RETURNED = "returned", _("given back")
    REFUND = "refund", _("our refund")
    IGNORED = "ignored", _("ignored")


class BankRule(models.TextChoices):
    """What a booking looked like: docs/algorithms/bank_transfers.md."""

    EXACT = "exact", _("reference found")
    LATE = "late", _("order was cancelled")
    PAID = "paid", _("order is paid already")
    OTHER_WAY = "other_way", _("order pays otherwise")
    TYPO = "typo", _("reference almost found")
    SEVERAL = "several", _("several orders")
    AMOUNT = "amount", _("only the amount fits")
    CURRENCY = "currency", _("foreign currency")
    DOUBLE = "double", _("looks like another booking")
    RETURNED = "returned", _("returned payment")
    REFUND = "refund", _("our refund")
    UNKNOWN = "unknown", _("nothing fits")


class BankTransactionQuerySet(models.QuerySet["BankTransaction"]):
    def undecided(self) -> Self:
        return self.filter(state=BankState.OPEN)


class BankTransaction(models.Model):
    """One booking of the bank. What it says never changes; what was decided of it does.

    `left` is what is not yet assigned. The fingerprint makes a booking one, in however many files.
    """

    statement = models.ForeignKey(
        BankStatement, models.PROTECT, related_name="transactions", verbose_name=_("statement")
    )
    fingerprint = models.CharField(max_length=64, unique=True)
    likeness = models.CharField(max_length=64, db_index=True)
    booked_on = models.DateField(_("booked on"))
    is_credit = models.BooleanField(_("came in"))
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    payer_name = models.CharField(_("payer"), max_length=140, blank=True)
    payer_iban = models.CharField(_("IBAN"), max_length=34, blank=True)
    remittance = models.CharField(_("reference"), max_length=REMITTANCE_LENGTH, blank=True)
    end_to_end = models.CharField(_("end-to-end id"), max_length=80, blank=True)
    is_return = models.BooleanField(_("returned"), default=False)
    rule = models.CharField(_("match"), max_length=10, choices=BankRule.choices)
    state = models.CharField(
        _("state"), max_length=10, choices=BankState.choices, default=BankState.OPEN
    )
    left = models.DecimalField(_("left"), max_digits=12, decimal_places=2)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    decided_by = models.ForeignKey(
        Customer, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("staff")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"))

    objects = BankTransactionQuerySet.as_manager()

    class Meta:
        verbose_name = _("bank booking")
        verbose_name_plural = _("bank bookings")
        indexes: ClassVar = [
            models.Index(
                fields=["booked_on"], condition=Q(state="open"), name="bank_transaction_undecided"
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(rule__in=BankRule.values), name="bank_transaction_rule_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=BankState.values), name="bank_transaction_state_known"
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0, left__gte=0, left__lte=F("amount")),
                name="bank_transaction_left_plausible",
            ),
            models.CheckConstraint(
                condition=Q(state="open", left__gt=0)
                | Q(state="ignored")
                | Q(state__in=["booked", "returned", "refund"], left=0),
                name="bank_transaction_decided_in_full",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booked_on} {self.amount} {self.currency}"


class MoneyMeans(models.TextChoices):
    BANK = "bank", _("bank transfer")
    CASH = "cash", _("cash")
    CARD = "card", _("card at the counter")


class MoneyIn(models.Model):
    """A sum that came for an order without a provider. The database refuses to change it."""

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="money_in")
    transaction = models.ForeignKey(
        BankTransaction, models.PROTECT, null=True, blank=True, related_name="money_in"
    )
    means = models.CharField(_("means"), max_length=4, choices=MoneyMeans.choices)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    actor = models.ForeignKey(
        Customer, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("staff")
    )
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("money received")
        verbose_name_plural = _("money received")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="money_in_of_something"),
            models.CheckConstraint(
                condition=Q(means__in=MoneyMeans.values), name="money_in_means_known"
            ),
            models.CheckConstraint(
                condition=Q(means="bank", transaction__isnull=False)
                | (~Q(means="bank") & Q(transaction__isnull=True)),
                name="money_in_bank_has_booking",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} ({self.means})"


class TransferState(models.TextChoices):
    WAITING = "waiting", _("to be transferred")
    EXPORTED = "exported", _("in a file for the bank")
    DONE = "done", _("carried out")
    FAILED = "failed", _("came back")


class BankTransferQuerySet(models.QuerySet["BankTransfer"]):
    def unfinished(self) -> Self:
        return self.filter(state__in=[TransferState.WAITING, TransferState.EXPORTED])


class BankTransfer(models.Model):
    """Money to be transferred by staff: a refund, or a sum that belongs to no order."""

    refund = models.OneToOneField(
        Refund, models.PROTECT, null=True, blank=True, related_name="transfer"
    )
    transaction = models.OneToOneField(
        BankTransaction, models.PROTECT, null=True, blank=True, related_name="transfer"
    )
    order = models.ForeignKey(
        Order, models.PROTECT, null=True, blank=True, related_name="bank_transfers"
    )
    end_to_end = models.CharField(_("end-to-end id"), max_length=35, unique=True)
    name = models.CharField(_("account holder"), max_length=140, blank=True)
    iban = models.CharField(_("IBAN"), max_length=34, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    reference = models.CharField(_("reference"), max_length=140)
    state = models.CharField(
        _("state"), max_length=10, choices=TransferState.choices, default=TransferState.WAITING
    )
    actor = models.ForeignKey(
        Customer, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("staff")
    )
    created_at = models.DateTimeField(_("created"))
    exported_at = models.DateTimeField(_("taken into a file"), null=True, blank=True)
    done_at = models.DateTimeField(_("carried out"), null=True, blank=True)

    objects = BankTransferQuerySet.as_manager()

    class Meta:
        verbose_name = _("transfer to be made")
        verbose_name_plural = _("transfers to be made")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=TransferState.values), name="bank_transfer_state_known"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="bank_transfer_of_something"),
            models.CheckConstraint(
                condition=Q(refund__isnull=False, transaction__isnull=True)
                | Q(refund__isnull=True, transaction__isnull=False),
                name="bank_transfer_has_one_cause",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.name}".strip()
