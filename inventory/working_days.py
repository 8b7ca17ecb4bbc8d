"""On which day goods leave, and on which they arrive. Rules and table: docs/algorithms/delivery.md.

Public holidays are those of the package `holidays`.
"""

import dataclasses
import datetime
import functools
from zoneinfo import ZoneInfo

import holidays
from django.conf import settings

DAY = datetime.timedelta(days=1)
CUT_OFF = datetime.time(14)
SATURDAY, SUNDAY = 5, 6


@dataclasses.dataclass(frozen=True, slots=True)
class Calendar:
    """When a way of delivery leaves, and how many working days it takes, at least and at most."""

    days: tuple[int, int]
    cut_off: datetime.time = CUT_OFF
    state: str = ""
    brings_on_saturday: bool = False


def arrival(
    moment: datetime.datetime,
    *,
    lead_days: int,
    calendar: Calendar,
    country: str = "",
    expected_on: datetime.date | None = None,
) -> tuple[datetime.date, datetime.date]:
    """The first and the last day on which goods ordered at `moment` arrive in `country`.

    They are made in `lead_days` of the warehouse, or come in on `expected_on`, then leave; a day on
    the way counts when both the carrier here and the one in `country` (empty: here) work.
    """
    leaves = ship_day(moment, lead_days=lead_days, calendar=calendar, expected_on=expected_on)
    country = country or settings.COUNTRY
    earliest, latest = (
        _day_on_the_way(leaves, count, country, is_saturday_worked=calendar.brings_on_saturday)
        for count in calendar.days
    )
    return earliest, latest


def ship_day(
    moment: datetime.datetime,
    *,
    lead_days: int,
    calendar: Calendar,
    expected_on: datetime.date | None = None,
) -> datetime.date:
    """The working day of the warehouse on which goods ordered at `moment` leave it.

    What comes in on `expected_on` leaves on the next working day.
    """
    local = moment.astimezone(ZoneInfo(settings.TIME_ZONE))
    day, state = local.date(), calendar.state
    if local.time() >= calendar.cut_off or not is_working_day(day, state=state):
        day = working_day_after(day, 1, state=state)
    day = working_day_after(day, lead_days, state=state)
    return max(day, working_day_after(expected_on, 1, state=state)) if expected_on else day


def working_day_after(day: datetime.date, count: int, *, state: str = "") -> datetime.date:
    """The `count`-th working day of the warehouse after `day`; `day` itself for 0."""
    while count:
        day += DAY
        count -= is_working_day(day, state=state)
    return day


def working_day_before(day: datetime.date, count: int, *, state: str = "") -> datetime.date:
    """The `count`-th working day of the warehouse before `day`; `day` itself for 0."""
    while count:
        day -= DAY
        count -= is_working_day(day, state=state)
    return day


def is_working_day(
    day: datetime.date,
    *,
    country: str = "",
    state: str = "",
    is_saturday_worked: bool = False,
) -> bool:
    """Monday to Friday (or Saturday), without the public holidays of `country` (empty: here).

    `state`: a part of it, which keeps further holidays.
    """
    last = SATURDAY if is_saturday_worked else SATURDAY - 1
    return day.weekday() <= last and day not in _holidays(country or settings.COUNTRY, state)


def _day_on_the_way(
    day: datetime.date, count: int, country: str, *, is_saturday_worked: bool
) -> datetime.date:
    """The `count`-th day after `day` on which the parcel moves."""
    while count:
        day += DAY
        count -= all(
            is_working_day(day, country=one, is_saturday_worked=is_saturday_worked)
            for one in {settings.COUNTRY, country}
        )
    return day


@functools.cache
def _holidays(country: str, state: str) -> holidays.HolidayBase:
    """Filled year by year when asked; a country that the package does not know has none."""
    try:
        return holidays.country_holidays(country, subdiv=state or None)
    except NotImplementedError:
        return holidays.HolidayBase()
