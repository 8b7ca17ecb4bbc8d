"""The queue "money to look at": each kind in one place, with its rows and what to do about them.

Whoever finds another kind adds it to `KINDS`; page and dashboard show it, in one statement more for
the page and none for the counts.
"""

import dataclasses
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from orders.models import (
    BankTransaction,
    BankTransfer,
    ByHand,
    Difference,
    Dispute,
    Order,
    Payment,
    PaymentState,
    PaymentStatus,
    Refund,
    RefundState,
)


@dataclasses.dataclass(frozen=True, slots=True)
class Kind:
    """`rows` with what `item` of them reads; `model` says whose list it is (`app.model`)."""

    code: str
    model: str
    icon: str
    title: str | Promise
    advice: str | Promise
    count_text: Any  # lazy, with %(count)d
    rows: Callable[[], QuerySet[Any]]
    item: Callable[[Any], "Item"]


@dataclasses.dataclass(frozen=True, slots=True)
class Item:
    """A row in words that staff read. `order` is `None` where none is known yet."""

    pk: int
    order: Order | None
    amount: Decimal
    text: str
    until: Any = None


def _mismatched() -> QuerySet[Order]:
    return Order.objects.filter(payment_status=PaymentStatus.MISMATCH).order_by("placed_at")


def _underpaid() -> QuerySet[Order]:
    rows = Order.objects.filter(payment_status=PaymentStatus.PARTLY_PAID)
    came = Sum("payments__captured", default=Decimal(0))
    return rows.annotate(came=came).order_by("reserved_until")


def _overpaid() -> QuerySet[Payment]:
    """Money by hand that no order needs, of which not all is given back or on its way."""
    given = Sum("refunds__amount", filter=~Q(refunds__state=RefundState.FAILED))
    return (
        Payment.objects.filter(state=PaymentState.MISMATCH)
        .exclude(by_hand=ByHand.NO)
        .annotate(given=Coalesce(given, Decimal(0)))
        .filter(given__lt=F("captured"))
        .select_related("order")
        .order_by("pk")
    )


def _twice() -> QuerySet[Payment]:
    return _overpaid().filter(problem="paid twice")


def _excess() -> QuerySet[Payment]:
    return _overpaid().exclude(problem="paid twice")


def _unmatched() -> QuerySet[BankTransaction]:
    return BankTransaction.objects.undecided().order_by("booked_on", "pk")


def _transfers() -> QuerySet[BankTransfer]:
    return BankTransfer.objects.unfinished().select_related("order").order_by("pk")


def _failed_refunds() -> QuerySet[Refund]:
    """Refunds that failed and were not made anew, and those that nobody answers."""
    later = Refund.objects.filter(payment=OuterRef("payment"), pk__gt=OuterRef("pk")).exclude(
        state=RefundState.FAILED
    )
    failed = Q(state=RefundState.FAILED) & ~Exists(later)
    silent = Q(state=RefundState.REQUESTED, problem__startswith="unanswered")
    return Refund.objects.filter(failed | silent).select_related("payment__order").order_by("pk")


def _disputes() -> QuerySet[Dispute]:
    rows = Dispute.objects.unsettled().select_related("payment__order")
    return rows.order_by(F("answer_until").asc(nulls_last=True), "pk")


def _differences() -> QuerySet[Difference]:
    return Difference.objects.open().select_related("payment__order").order_by("happened_at", "pk")


def _of_difference(row: Difference) -> Item:
    order = row.payment.order if row.payment else None
    amount = row.there if row.there is not None else row.here
    return Item(row.pk, order, amount or Decimal(0), f"{row.get_kind_display()} · {row.reference}")


def _of_booking(row: BankTransaction) -> Item:
    text = f"{row.get_rule_display()} · {row.payer_name} · {row.remittance}"
    return Item(row.pk, None, row.left, text)


def _of_refund(row: Refund) -> Item:
    return Item(row.pk, row.payment.order, row.amount, row.problem or row.reason)


def _of_dispute(row: Dispute) -> Item:
    text = f"{row.get_state_display()} · {row.reason}"
    return Item(row.pk, row.payment.order, row.amount, text, row.answer_until)


def _of_payment(row: Payment) -> Item:
    return Item(row.pk, row.order, row.captured, row.order.email)


def _of_transfer(row: BankTransfer) -> Item:
    return Item(row.pk, row.order, row.amount, f"{row.get_state_display()} · {row.name}")


# The most urgent first.
KINDS = [
    Kind(
        "disputes",
        "orders.dispute",
        "gavel",
        _("Disputes"),
        _("The buyer's bank wants an answer at the payment provider in time. Nothing is shipped."),
        ngettext_lazy("%(count)d payment is disputed", "%(count)d payments are disputed", "count"),
        _disputes,
        _of_dispute,
    ),
    Kind(
        "differences",
        "orders.difference",
        "difference",
        _("Books that differ"),
        _("The payment provider's books say something else than ours: see what to do at each."),
        ngettext_lazy(
            "%(count)d difference between our books and a payment provider's",
            "%(count)d differences between our books and a payment provider's",
            "count",
        ),
        _differences,
        _of_difference,
    ),
    Kind(
        "mismatch",
        "orders.order",
        "warning",
        _("Another amount than agreed"),
        _("Never shipped. Compare what came with the order, then refund it or cancel the order."),
        ngettext_lazy(
            "%(count)d order was paid with another amount than agreed",
            "%(count)d orders were paid with another amount than agreed",
            "count",
        ),
        _mismatched,
        lambda row: Item(row.pk, row, row.total_gross, str(row.get_status_display())),
    ),
    Kind(
        "unmatched",
        "orders.banktransaction",
        "account_balance",
        _("Bookings without an order"),
        _("Assign them, give them back, or ignore them with a reason."),
        ngettext_lazy(
            "%(count)d bank booking waits for a decision",
            "%(count)d bank bookings wait for a decision",
            "count",
        ),
        _unmatched,
        _of_booking,
    ),
    Kind(
        "underpaid",
        "orders.order",
        "hourglass_bottom",
        _("Too little came"),
        _("The rest was asked for by mail. Wait, or cancel the order: the part goes back then."),
        ngettext_lazy(
            "%(count)d order is partly paid", "%(count)d orders are partly paid", "count"
        ),
        _underpaid,
        lambda row: Item(row.pk, row, row.total_gross - row.came, row.email, row.reserved_until),
    ),
    Kind(
        "overpaid",
        "orders.payment",
        "savings",
        _("Too much came"),
        _("The order is paid. Give the rest back."),
        ngettext_lazy(
            "%(count)d payment is more than its order needs",
            "%(count)d payments are more than their orders need",
            "count",
        ),
        _excess,
        _of_payment,
    ),
    Kind(
        "twice",
        "orders.payment",
        "content_copy",
        _("Paid twice"),
        _("The order was paid before. Give this payment back."),
        ngettext_lazy(
            "%(count)d order was paid twice", "%(count)d orders were paid twice", "count"
        ),
        _twice,
        _of_payment,
    ),
    Kind(
        "failed_refunds",
        "orders.refund",
        "money_off",
        _("Refunds that failed"),
        _("The money is still here. Try another way, or look at the provider's dashboard."),
        ngettext_lazy("%(count)d refund failed", "%(count)d refunds failed", "count"),
        _failed_refunds,
        _of_refund,
    ),
    Kind(
        "transfers",
        "orders.banktransfer",
        "send_money",
        _("Transfers to be made"),
        _("Take them into a file for the bank, or type them in; then say that they went out."),
        ngettext_lazy(
            "%(count)d transfer is to be made", "%(count)d transfers are to be made", "count"
        ),
        _transfers,
        _of_transfer,
    ),
]


def waiting() -> dict[str, QuerySet[Any]]:
    """The rows of each kind, by `money_<code>`: for counts in one statement with others."""
    return {f"money_{kind.code}": kind.rows() for kind in KINDS}
