"""The last day of the period: worked examples, and thousands of days counted one by one."""

import datetime
import random

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orders.withdrawals import deadlines
from orders.withdrawals.deadlines import Place

HAMBURG, BAVARIA = Place("DE", "HH"), Place("DE", "BY")
day = datetime.date


@pytest.mark.parametrize(
    ("begins", "instructed", "places", "last"),
    [
        (day(2026, 3, 2), day(2026, 2, 27), [HAMBURG], day(2026, 3, 16)),
        (day(2026, 12, 11), day(2026, 12, 9), [HAMBURG], day(2026, 12, 28)),
        (day(2026, 3, 2), day(2026, 3, 20), [HAMBURG], day(2026, 4, 7)),
        (day(2024, 2, 29), None, [HAMBURG], day(2025, 3, 14)),
        # Epiphany is a holiday in Bavaria and not in Hamburg; of an unknown state every one counts.
        (day(2025, 12, 23), day(2025, 12, 20), [HAMBURG], day(2026, 1, 6)),
        (day(2025, 12, 23), day(2025, 12, 20), [HAMBURG, BAVARIA], day(2026, 1, 7)),
        (day(2025, 12, 23), day(2025, 12, 20), [Place("DE")], day(2026, 1, 7)),
        # An instruction that comes after a year helps nobody: the right ends at twelve months.
        (day(2026, 3, 2), day(2027, 5, 1), [HAMBURG], day(2027, 3, 16)),
        (day(2026, 3, 2), day(2026, 2, 27), [Place("XX", "1")], day(2026, 3, 16)),
    ],
)
def test_worked_examples(begins, instructed, places, last):
    assert deadlines.last_day(begins, instructed_on=instructed, places=places) == last


def test_the_last_parcel_begins_the_period_and_an_unknown_one_does_not():
    days = [day(2026, 3, 2), day(2026, 3, 9), day(2026, 3, 5)]

    assert deadlines.begin_of_goods(days) == day(2026, 3, 9)
    assert deadlines.begin_of_goods([*days, None]) is None
    assert deadlines.begin_of_goods([]) is None


def test_the_money_is_due_after_fourteen_days():
    assert deadlines.refund_until(day(2026, 11, 24)) == day(2026, 12, 8)


STATES = ["HH", "BY", "SN", "BW", "NW"]
_HOLIDAYS = {state: set() for state in STATES}
for _state in STATES:
    _HOLIDAYS[_state] = set(holidays.Germany(subdiv=_state, years=range(2019, 2036)))


def counted(begins, instructed, states):
    """The same by counting days on a calendar, as somebody at a desk would."""
    a_year_later = begins
    while (a_year_later.month, a_year_later.year) != (begins.month, begins.year + 1):
        a_year_later += datetime.timedelta(days=1)
    while a_year_later.day != begins.day:
        following = a_year_later + datetime.timedelta(days=1)
        if following.month != a_year_later.month:
            break
        a_year_later = following
    ends = [_fourteen_after(a_year_later)]
    if instructed is not None:
        ends.append(_fourteen_after(begins if begins > instructed else instructed))
    last = sorted(ends)[0]
    while last.isoweekday() in (6, 7) or any(last in _HOLIDAYS[one] for one in states):
        last += datetime.timedelta(days=1)
    return last


def _fourteen_after(start):
    one, number = start, 0
    while number < 14:
        one += datetime.timedelta(days=1)
        number += 1
    return one


def test_ten_thousand_deadlines_equal_a_calendar_that_counts_days():
    dice = random.Random(356)
    for _case in range(10_000):
        begins = day(2020, 1, 1) + datetime.timedelta(days=dice.randrange(13 * 365))
        instructed = dice.choice([None, begins + datetime.timedelta(days=dice.randrange(-30, 400))])
        states = dice.sample(STATES, 2)
        places = [Place("DE", one) for one in states]

        found = deadlines.last_day(begins, instructed_on=instructed, places=places)

        assert found == counted(begins, instructed, states), (begins, instructed, states)


@settings(max_examples=300, deadline=None)
@given(st.dates(day(2000, 1, 1), day(2060, 1, 1)), st.integers(0, 500))
def test_nobody_ever_has_less_than_fourteen_days(begins, later):
    instructed = begins + datetime.timedelta(days=later)

    last = deadlines.last_day(begins, instructed_on=instructed, places=[HAMBURG])
    without = deadlines.last_day(begins, instructed_on=None, places=[HAMBURG])

    assert last >= begins + deadlines.PERIOD
    assert last <= without
    assert last.weekday() < deadlines.SATURDAY
