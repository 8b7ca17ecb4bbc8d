"""The clock of the answers, against a calendar that counts minute by minute."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support import hours

BERLIN = ZoneInfo("Europe/Berlin")
HAMBURG = hours.Office(state="HH")
MINUTE = datetime.timedelta(minutes=1)


def _berlin(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("start", "within", "due"),
    [
        ("2026-11-23T10:00", 8, "2026-11-24T10:00"),
        ("2026-11-20T16:00", 2, "2026-11-23T10:00"),
        ("2026-11-21T12:00", 8, "2026-11-23T17:00"),
        ("2026-12-24T16:00", 2, "2026-12-28T10:00"),
        ("2026-11-23T06:00", 1, "2026-11-23T10:00"),
        ("2026-11-23T17:00", 1, "2026-11-24T10:00"),
        ("2026-10-23T16:30", 1, "2026-10-26T09:30"),  # summer time ends between
    ],
)
def test_the_table_of_the_document(start, within, due):
    found = hours.due(_berlin(start), within=datetime.timedelta(hours=within), at=hours.Office())

    assert found == _berlin(due)


def test_the_holidays_of_the_state_are_kept():
    start, within = _berlin("2026-10-30T16:00"), datetime.timedelta(hours=2)
    corpus_christi = _berlin("2026-06-03T16:00")

    assert hours.due(start, within=within, at=HAMBURG) == _berlin("2026-11-02T10:00")
    assert hours.due(corpus_christi, within=within, at=HAMBURG) == _berlin("2026-06-04T10:00")
    bavaria = hours.Office(state="BY")
    assert hours.due(corpus_christi, within=within, at=bavaria) == _berlin("2026-06-05T10:00")


def _brute_force(start, minutes, office):
    """One minute after the other: a minute counts when somebody is there as it begins."""
    now, left = start, minutes
    while left:
        local = now.astimezone(BERLIN)
        is_open = office.opens <= local.time() < office.closes
        left -= is_open and hours.is_worked(local.date(), at=office)
        now += MINUTE
    return now


@given(
    minute=st.integers(0, 60 * 24 * 400),
    within=st.integers(1, 60 * 20),
    office=st.sampled_from(
        [HAMBURG, hours.Office(datetime.time(7, 30), datetime.time(21, 15), state="BY")]
    ),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_it_equals_a_clock_that_counts_every_minute(minute, within, office):
    start = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC) + minute * MINUTE

    found = hours.due(start, within=within * MINUTE, at=office)

    assert found == _brute_force(start, within, office)
