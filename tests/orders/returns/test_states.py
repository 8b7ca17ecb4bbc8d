"""A return moves along its table and nowhere else."""

import itertools

import pytest
from django.db import transaction

from orders.models import EventKind, Return, ReturnState
from orders.returns import states
from orders.states import WrongState

pytestmark = pytest.mark.django_db(transaction=True)
PAIRS = list(itertools.product(ReturnState, ReturnState))
ALLOWED = {
    ("requested", "approved"),
    ("requested", "refused"),
    ("requested", "cancelled"),
    ("approved", "sent"),
    ("approved", "received"),
    ("approved", "cancelled"),
    ("sent", "received"),
    ("received", "inspected"),
    ("inspected", "closed"),
}


def test_every_pair_of_states_is_allowed_or_refused(sent_order, ask, moment):
    entry = ask(sent_order())
    for before, after in PAIRS:
        closed = {"outcome": "refund", "closed_at": moment}
        opened = {"outcome": "", "closed_at": None}
        Return.objects.filter(pk=entry.pk).update(
            state=before, **(closed if before == "closed" else opened)
        )
        entry.refresh_from_db()
        events = entry.order.events.filter(kind=EventKind.RETURN).count()

        if (before.value, after.value) in ALLOWED:
            with transaction.atomic():
                changes = closed if after == "closed" else {}
                states.move(entry, after, by=None, moment=moment, **changes)
            events += 1
            assert entry.state == after
        else:
            with pytest.raises(WrongState), transaction.atomic():
                states.move(entry, after, by=None, moment=moment)
            assert Return.objects.get(pk=entry.pk).state == before
        assert entry.order.events.filter(kind=EventKind.RETURN).count() == events


def test_who_comes_second_is_told(sent_order, ask, moment):
    entry = ask(sent_order())
    same = Return.objects.get(pk=entry.pk)
    with transaction.atomic():
        states.move(entry, ReturnState.RECEIVED, by=None, moment=moment)

    with pytest.raises(WrongState), transaction.atomic():
        states.move(same, ReturnState.CANCELLED, by=None, moment=moment)
