"""Until when an answer is promised: counted in hours of work. docs/algorithms/support.md

Monday to Friday, without the public holidays of the shop's country and state.
"""

import dataclasses
import datetime
import functools
from zoneinfo import ZoneInfo

import holidays
from django.conf import settings

from support.models import Priority, Topic

# Hours of work until the first answer; staff change them by rows of `TopicPromise`.
PROMISED = {
    Topic.ORDER: 8,
    Topic.DELIVERY: 8,
    Topic.RETURN: 8,
    Topic.PAYMENT: 8,
    Topic.PRODUCT: 16,
    Topic.PRIVACY: 16,
    Topic.OTHER: 16,
}
_OF_PRIORITY = {Priority.HIGH: 0.5, Priority.NORMAL: 1.0, Priority.LOW: 2.0}
_DAY = datetime.timedelta(days=1)
_SATURDAY = 5


@dataclasses.dataclass(frozen=True, slots=True)
class Office:
    """When somebody is there: local times of day, and the holidays of `state` (empty: of all)."""

    opens: datetime.time = datetime.time(9)
    closes: datetime.time = datetime.time(17)
    country: str = "DE"
    state: str = ""
    zone: str = "Europe/Berlin"


def office() -> Office:
    """The office as the settings describe it."""
    opens, closes = (datetime.time.fromisoformat(one) for one in settings.SUPPORT_HOURS)
    return Office(opens, closes, settings.COUNTRY, settings.SUPPORT_STATE, settings.TIME_ZONE)


def due(start: datetime.datetime, *, within: datetime.timedelta, at: Office) -> datetime.datetime:
    """The moment by which `within` of office time has passed since `start`.

    What comes while nobody is there begins to count at the next opening. The end of a day is
    reached at its closing, not at the opening of the next one.
    """
    zone = ZoneInfo(at.zone)
    day, left, now = start.astimezone(zone).date(), within, start.astimezone(datetime.UTC)
    while True:
        if is_worked(day, at=at):
            opens = datetime.datetime.combine(day, at.opens, zone).astimezone(datetime.UTC)
            closes = datetime.datetime.combine(day, at.closes, zone).astimezone(datetime.UTC)
            begin = max(now, opens)
            if begin < closes:
                if begin + left <= closes:
                    return begin + left
                left -= closes - begin
        day += _DAY


def is_worked(day: datetime.date, *, at: Office) -> bool:
    """Is somebody there on this day?"""
    return day.weekday() < _SATURDAY and day not in _holidays(at.country, at.state)


def allowed(hours: int, priority: str) -> datetime.timedelta:
    """How long an answer may take: half as long where it is urgent, twice where it is not."""
    return datetime.timedelta(hours=hours * _OF_PRIORITY[Priority(priority)])


@functools.lru_cache(maxsize=64)
def _holidays(country: str, state: str) -> holidays.HolidayBase:
    return holidays.country_holidays(country, subdiv=state or None)
