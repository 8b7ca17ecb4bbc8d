"""Money that staff give back by transfer: waiting, in a file for the bank, done, or come back."""

import datetime
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Customer
from orders.findings import RefundFinding
from orders.models import BankTransfer, Order, RefundState, TransferState
from orders.receipts import ibans
from orders.refunding import refunds
from orders.states import WrongState
from shop.kit import locks


@locks.again_on_conflict
def carried_out(transfer: BankTransfer, *, by: Customer | None, moment: datetime.datetime) -> None:
    """The money has gone: the refund succeeded, the buyer gets a mail. Twice is once."""
    with transaction.atomic(durable=True):
        finish(transfer, TransferState.DONE, by=by, moment=moment)


@locks.again_on_conflict
def came_back(transfer: BankTransfer, *, by: Customer | None, moment: datetime.datetime) -> None:
    """The bank could not do it: the refund failed, the money is with us again."""
    with transaction.atomic(durable=True):
        finish(transfer, TransferState.FAILED, by=by, moment=moment)


def finish(
    transfer: BankTransfer,
    to: TransferState,
    *,
    by: Customer | None,
    moment: datetime.datetime,
) -> None:
    """As above, in the caller's transaction. Raises `WrongState` for what came back before."""
    if transfer.order_id:
        locks.locked_one(Order.objects.all(), pk=transfer.order_id)
    transfer = locks.locked_one(BankTransfer.objects.all(), pk=transfer.pk)
    if transfer.state == to:
        return
    if transfer.state == TransferState.FAILED:
        raise WrongState(_("This transfer came back before."))
    transfer.state, transfer.done_at, transfer.actor = to, moment, by
    transfer.save(update_fields=["state", "done_at", "actor"])
    if transfer.refund is not None:
        is_done = to == TransferState.DONE
        found = RefundFinding(
            refund_id=transfer.end_to_end,
            state=RefundState.SUCCEEDED if is_done else RefundState.FAILED,
            amount=transfer.amount,
            intent_id="",
            problem="" if is_done else "the transfer came back",
        )
        refunds.apply(transfer.refund, found, moment=moment)


def address(transfer: BankTransfer, *, name: str, iban: str, by: Customer | None) -> None:
    """Say where the money goes. Raises `WrongState` unless it waits, or came back to no order."""
    if not ibans.is_valid(iban):
        raise WrongState(_("This is not a valid IBAN."))
    rows = BankTransfer.objects.filter(pk=transfer.pk)
    fresh = {"name": name, "iban": ibans.compact(iban), "actor": by}
    if rows.filter(state=TransferState.WAITING).update(**fresh):
        return
    again = rows.filter(state=TransferState.FAILED, refund=None)
    key = f"RF-{uuid.uuid4().hex[:24]}".upper()
    if not again.update(**fresh, state=TransferState.WAITING, end_to_end=key, done_at=None):
        raise WrongState(_("This transfer waits no longer."))


def put_back(transfer: BankTransfer, *, by: Customer | None) -> None:
    """The file was never given to the bank: the transfer waits again."""
    rows = BankTransfer.objects.filter(pk=transfer.pk, state=TransferState.EXPORTED)
    if not rows.update(state=TransferState.WAITING, exported_at=None, actor=by):
        raise WrongState(_("This transfer is in no file."))


def take_out(*, by: Customer | None, moment: datetime.datetime) -> list[BankTransfer]:
    """All that wait and say where to, each once: they belong to the file that is made of them."""
    with transaction.atomic(durable=True):
        waiting = BankTransfer.objects.filter(state=TransferState.WAITING)
        taken = [one for one in locks.locked(waiting) if ibans.is_valid(one.iban)]
        BankTransfer.objects.filter(pk__in=[one.pk for one in taken]).update(
            state=TransferState.EXPORTED, exported_at=moment, actor=by
        )
        return taken
