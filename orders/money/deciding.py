"""What becomes of a booking: assigned to orders, given back, recognised, or ignored.

Each act is one transaction: the orders are locked first, then the booking is claimed by one
conditional UPDATE, so that two people, or a person and the job, cannot spend it twice.
"""

import datetime
import uuid
from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction
from django.db.models import Case, F, Value, When
from django.utils.translation import gettext as _

from accounts.models import Customer
from orders import payments
from orders.models import (
    BankRule,
    BankState,
    BankTransaction,
    BankTransfer,
    MoneyMeans,
    Order,
    TransferState,
)
from orders.money import receiving, transferring
from orders.receipts import ibans
from orders.states import WrongState
from shop.kit import locks


class AlreadyDecided(Exception):
    """Somebody else was faster, or less is left than was to be assigned."""

    def __init__(self) -> None:
        super().__init__(_("This booking has been decided already."))


def assign(
    booking: BankTransaction,
    shares: Iterable[tuple[str, Decimal]],
    *,
    by: Customer | None,
    moment: datetime.datetime,
    patience: float = payments.PATIENCE,
) -> None:
    """Book the shares (order number, euros) for their orders. All of them or none.

    Payment pages that are open for one of them are closed first. Raises `AlreadyDecided`,
    `WrongState`, `Order.DoesNotExist` and `findings.ProviderAway`.
    """
    shares = list(shares)
    if booking.currency != "EUR" or not booking.is_credit:
        raise WrongState(_("Only money that came in euros can be assigned."))
    for order in Order.objects.filter(number__in=[number for number, _sum in shares]):
        for payment in order.payments.asked():
            payments.expire(payment, moment=moment, patience=patience)
    _assign(booking.pk, shares, by, moment)


@locks.again_on_conflict
def _assign(
    pk: int,
    shares: list[tuple[str, Decimal]],
    by: Customer | None,
    moment: datetime.datetime,
) -> None:
    numbers = [number for number, _sum in shares]
    with transaction.atomic(durable=True):
        orders = {one.number: one for one in locks.locked(Order.objects.filter(number__in=numbers))}
        missing = [number for number in numbers if number not in orders]
        if missing or not shares or any(amount <= 0 for _number, amount in shares):
            raise WrongState(_("There is no order %(number)s.") % {"number": ", ".join(missing)})
        booking = BankTransaction.objects.get(pk=pk)
        for number, amount in shares:
            _take(booking, amount, BankState.BOOKED, by=by, moment=moment)
            receiving.receive(
                orders[number],
                amount,
                means=MoneyMeans.BANK,
                by=by,
                moment=moment,
                transaction=booking,
            )


def _take(
    booking: BankTransaction,
    amount: Decimal,
    to: BankState,
    *,
    by: Customer | None,
    moment: datetime.datetime,
    reason: str = "",
) -> None:
    rows = BankTransaction.objects.filter(pk=booking.pk, state=BankState.OPEN, left__gte=amount)
    taken = rows.update(
        state=Case(When(left=amount, then=Value(to.value)), default=F("state")),
        left=F("left") - amount,
        decided_by=by,
        decided_at=moment,
        reason=reason,
    )
    if not taken:
        raise AlreadyDecided


@locks.again_on_conflict
def give_back(
    booking: BankTransaction,
    *,
    name: str,
    iban: str,
    by: Customer | None,
    moment: datetime.datetime,
) -> BankTransfer:
    """What is left of it belongs to no order: a transfer for staff to carry out."""
    if not ibans.is_valid(iban):
        raise WrongState(_("This is not a valid IBAN."))
    if booking.currency != "EUR" or not booking.is_credit:
        raise WrongState(_("Only money that came in euros can be given back from here."))
    with transaction.atomic(durable=True):
        booking = locks.locked_one(BankTransaction.objects.all(), pk=booking.pk)
        left = booking.left
        _take(booking, left, BankState.RETURNED, by=by, moment=moment)
        return BankTransfer.objects.create(
            transaction=booking,
            end_to_end=f"RF-{uuid.uuid4().hex[:24]}".upper(),
            name=name,
            iban=ibans.compact(iban),
            amount=left,
            reference=_("Return of your transfer of %(day)s") % {"day": booking.booked_on},
            actor=by,
            created_at=moment,
        )


def ignore(
    booking: BankTransaction, *, reason: str, by: Customer | None, moment: datetime.datetime
) -> None:
    """It is no matter of the shop, or it is here twice: `reason` says which. Raises
    `AlreadyDecided`.
    """
    rows = BankTransaction.objects.filter(pk=booking.pk, state=BankState.OPEN)
    if not rows.update(
        state=BankState.IGNORED, reason=reason[:200], decided_by=by, decided_at=moment
    ):
        raise AlreadyDecided


@locks.again_on_conflict
def recognise(
    booking: BankTransaction,
    transfer: BankTransfer,
    *,
    by: Customer | None,
    moment: datetime.datetime,
) -> None:
    """The booking is a transfer of ours: gone out, or come back.

    Raises `WrongState` when the sums differ.
    """
    if booking.amount != transfer.amount or booking.currency != "EUR":
        raise WrongState(_("The booking has another sum than the transfer."))
    to = TransferState.FAILED if booking.is_credit or booking.is_return else TransferState.DONE
    with transaction.atomic(durable=True):
        transferring.finish(transfer, to, by=by, moment=moment)
        _take(booking, booking.amount, BankState.REFUND, by=by, moment=moment)


def set_rule(booking: BankTransaction, rule: BankRule) -> None:
    """What it looks like now, for the queue."""
    BankTransaction.objects.filter(pk=booking.pk, state=BankState.OPEN).update(rule=rule)
