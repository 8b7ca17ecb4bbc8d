"""What moves a return before its parcel is opened: agree, refuse, call off, send, receive."""

import datetime
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Customer
from inventory import stock
from orders.models import Order, Return, ReturnState, Track
from orders.returns import states
from orders.states import WrongState
from shop.kit import locks


class NeedsReason(ValueError):
    """The customer has to be told why."""


def approve(entry: Return, *, by: Customer | None, moment: datetime.datetime) -> Return:
    """Agree to a complaint; the customer gets the slip. Raises `WrongState`."""
    return _moved(entry, ReturnState.APPROVED, by=by, moment=moment, decided_at=moment)


def refuse(entry: Return, *, reason: str, by: Customer | None, moment: datetime.datetime) -> Return:
    """Say no, with a reason that the customer reads. Raises `WrongState`, `NeedsReason`.

    Never a withdrawal: nobody can refuse one.
    """
    if not reason.strip():
        raise NeedsReason(_("Tell the customer why."))
    return _moved(
        entry, ReturnState.REFUSED, by=by, moment=moment, decided_at=moment, decision=reason
    )


def call_off(entry: Return, *, by: Customer | None, moment: datetime.datetime) -> Return:
    """The customer keeps the goods; what was set aside for them is free again.

    Not a withdrawal: once declared it stands. Raises `WrongState`.
    """
    if entry.track == Track.WITHDRAWAL:
        raise WrongState(_("A withdrawal cannot be called off."))
    return _moved(entry, ReturnState.CANCELLED, by=by, moment=moment, after=_release)


def send(
    entry: Return,
    *,
    carrier: str,
    tracking_number: str,
    by: Customer | None,
    moment: datetime.datetime,
) -> Return:
    """The parcel is on its way to us. Raises `WrongState`."""
    return _moved(
        entry,
        ReturnState.SENT,
        by=by,
        moment=moment,
        carrier=carrier,
        tracking_number=tracking_number,
    )


def receive(entry: Return, *, by: Customer | None, moment: datetime.datetime) -> Return:
    """The parcel is here. Raises `WrongState`."""
    return _moved(entry, ReturnState.RECEIVED, by=by, moment=moment, received_at=moment)


def find(code: str) -> list[Return]:
    """The open returns for a scanned number, of the return itself or of its order."""
    text = code.strip().upper()
    rows = Return.objects.open().select_related("order")
    exact = list(rows.filter(number__iexact=text))
    return exact or list(rows.filter(order__number__iexact=text).order_by("pk"))


def _release(entry: Return, moment: datetime.datetime) -> None:
    stock.release(entry.number, moment=moment)


def _moved(
    entry: Return,
    to: ReturnState,
    *,
    by: Customer | None,
    moment: datetime.datetime,
    after: Callable[[Return, datetime.datetime], None] | None = None,
    **changes: Any,
) -> Return:
    with transaction.atomic(durable=True):
        locks.locked_one(Order.objects.all(), pk=entry.order_id)
        entry = Return.objects.select_related("order").get(pk=entry.pk)
        states.move(entry, to, by=by, moment=moment, **changes)
        if after:
            after(entry, moment)
        return entry
