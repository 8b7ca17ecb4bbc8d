"""A return is opened for pieces that are with the customer, and only for them."""

import pytest
from django.db import transaction

from orders import books
from orders.models import EventKind, Return, Track
from orders.refunding import pieces
from orders.refunding.amounts import NotReturnable
from orders.returns import away, opening

pytestmark = pytest.mark.django_db(transaction=True)


def open_one(order, count, moment, *, track=Track.WITHDRAWAL, reason=""):
    line = order.lines.get().pk
    with transaction.atomic():
        return opening.open_return(
            order, track=track, pieces={line: count}, reason=reason, by=None, moment=moment
        )


def test_a_withdrawal_needs_neither_a_reason_nor_a_decision(paid_order, moment):
    order = paid_order()

    entry = open_one(order, 1, moment)

    assert (entry.number, entry.state, entry.reason) == (f"R1-{order.number}", "approved", "")
    assert entry.postage == "customer"
    assert order.events.filter(kind=EventKind.RETURN).get().facts["state"] == "approved"
    assert [name for name, check in books.CHECKS if check()] == []


def test_a_complaint_waits_for_staff_and_costs_no_postage(paid_order, moment):
    entry = open_one(paid_order(), 1, moment, track=Track.CLAIM, reason="defect")

    assert (entry.state, entry.reason, entry.words) == ("requested", "defect", "")
    assert entry.postage == "shop"


@pytest.mark.parametrize("count", [0, -1, 3])
def test_only_pieces_that_were_bought_come_back(paid_order, moment, count):
    with pytest.raises(NotReturnable):
        open_one(paid_order(), count, moment)

    assert Return.objects.count() == 0


def test_no_piece_comes_back_twice(paid_order, moment):
    order = paid_order()
    open_one(order, 1, moment)
    pieces.give_back(order, {order.lines.get().pk: 1}, reason="lost", by=None, moment=moment)

    with pytest.raises(NotReturnable):
        open_one(order, 1, moment, track=Track.GOODWILL)

    assert away.left_of(order) == {order.lines.get().pk: 0}
