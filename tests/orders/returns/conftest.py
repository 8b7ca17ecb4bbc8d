"""Orders that were sent, and the way back."""

import datetime

import pytest

from orders import fulfilments
from orders.models import Condition, Outcome, Track, Verdict
from orders.returns import asking, closing, deciding, inspecting


@pytest.fixture
def sent_order(paid_order, moment):
    """Two mugs of 24.00 with delivery 4.90, paid and sent."""

    def make(**fields):
        order = paid_order(**fields)
        fulfilments.ship(order, carrier="DHL", tracking_number="1", by=None, moment=moment)
        order.refresh_from_db()
        return order

    return make


@pytest.fixture
def ask(moment):
    def make(order, *, track=Track.GOODWILL, count=1, at=None, **fields):
        wish = asking.Wish(track=track, pieces={order.lines.get().pk: count}, **fields)
        return asking.ask(order, wish, by=None, moment=at or moment)

    return make


@pytest.fixture
def inspect(moment, warehouse):
    """Receive and look at all of it."""

    def make(entry, *, verdict=Verdict.RESTOCK, deductions=None):
        if entry.state == "requested":
            entry = deciding.approve(entry, by=None, moment=moment)
        entry = deciding.receive(entry, by=None, moment=moment)
        found = {
            one.key: inspecting.Found({verdict: one.quantity}, Condition.NEW)
            for one in inspecting.due(entry)
        }
        return inspecting.inspect(
            entry,
            found,
            deductions=deductions or {},
            location=warehouse,
            by=None,
            moment=moment,
        )

    return make


@pytest.fixture
def end(moment):
    def make(entry, outcome=Outcome.REFUND, **fields):
        return closing.end(entry, outcome, by=None, moment=moment, **fields)

    return make


@pytest.fixture
def later(moment):
    return lambda days: moment + datetime.timedelta(days=days)
