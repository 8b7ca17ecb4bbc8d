"""The states of a return, each change in one place, in the caller's transaction, order locked."""

import datetime
from typing import Any

from accounts.models import Customer
from orders import outbox, states
from orders.models import EventKind, MailKind, Return, ReturnState

TRANSITIONS: dict[str, set[str]] = {
    ReturnState.REQUESTED: {ReturnState.APPROVED, ReturnState.REFUSED, ReturnState.CANCELLED},
    # Parcels come without a word, too.
    ReturnState.APPROVED: {ReturnState.SENT, ReturnState.RECEIVED, ReturnState.CANCELLED},
    ReturnState.SENT: {ReturnState.RECEIVED},
    ReturnState.RECEIVED: {ReturnState.INSPECTED},
    ReturnState.INSPECTED: {ReturnState.CLOSED},
    ReturnState.REFUSED: set(),
    ReturnState.CLOSED: set(),
    ReturnState.CANCELLED: set(),
}


# Each of these is a mail; the rest is between two of them.
_TOLD = {
    ReturnState.REQUESTED,
    ReturnState.APPROVED,
    ReturnState.REFUSED,
    ReturnState.RECEIVED,
    ReturnState.CLOSED,
}


def move(
    entry: Return,
    to: ReturnState,
    *,
    by: Customer | None,
    moment: datetime.datetime,
    **changes: Any,
) -> None:
    """Move the return along the table, with its event and its mail.

    Raises `states.WrongState` off the table, also when somebody else was faster.
    """
    if to not in TRANSITIONS[entry.state]:
        raise states.WrongState(f"{entry.number}: {entry.state} does not lead to {to}.")
    moved = Return.objects.filter(pk=entry.pk, state=entry.state).update(state=to, **changes)
    if not moved:
        raise states.WrongState(f"{entry.number} is no longer {entry.state}.")
    for name, value in {"state": to, **changes}.items():
        setattr(entry, name, value)
    note(entry, by=by, moment=moment)


def note(entry: Return, *, by: Customer | None, moment: datetime.datetime) -> None:
    """Write down where the return stands, and tell the customer."""
    states.note(
        entry.order,
        EventKind.RETURN,
        moment=moment,
        by=by,
        number=entry.number,
        track=entry.track,
        state=entry.state,
    )
    if entry.state in _TOLD:
        reference = f"{entry.number}-{entry.state}"
        outbox.put(entry.order, MailKind.RETURN, moment=moment, reference=reference)
