"""Until when a contract can be withdrawn from: §§ 187, 188, 193, 355, 356 (2), (3) BGB.

Pure: days in, days out. What is not known is decided in favour of the customer. Worked tables:
docs/algorithms/withdrawals.md.
"""

import calendar
import dataclasses
import datetime
import functools
from collections.abc import Iterable, Sequence

import holidays

DAY = datetime.timedelta(days=1)
PERIOD = datetime.timedelta(days=14)
MONTHS_WITHOUT_INSTRUCTION = 12
SATURDAY = 5


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """Where a declaration is made or arrives. `state`: by ISO 3166-2 without the country (`HH`).

    Of an unknown state every holiday of any state of the country counts.
    """

    country: str
    state: str = ""


def last_day(
    begins_on: datetime.date,
    *,
    instructed_on: datetime.date | None,
    places: Sequence[Place] = (),
) -> datetime.date:
    """The last day on which a declaration is in time, until its midnight.

    `begins_on`: the day of the last receipt or of the contract. `instructed_on`: when the right
    instruction came on a durable medium; `None`: never, which adds twelve months.
    """
    end = _months_after(begins_on, MONTHS_WITHOUT_INSTRUCTION) + PERIOD
    if instructed_on is not None:
        # The day of the event does not count (§ 187 (1)), so the fourteenth day after it is the
        # last (§ 188 (1)). The period does not begin before the instruction (§ 356 (3) 1).
        end = min(end, max(begins_on, instructed_on) + PERIOD)
    return next_working_day(end, places)


def begin_of_goods(received: Iterable[datetime.date | None]) -> datetime.date | None:
    """The day on which the period of an order begins: of its last parcel (§ 356 (2) no. 1 b).

    `None` where any receipt is still to come or not known: then it has not begun.
    """
    days = list(received)
    known = [one for one in days if one is not None]
    return max(known) if known and len(known) == len(days) else None


def next_working_day(day: datetime.date, places: Sequence[Place]) -> datetime.date:
    """`day`, or the next one that is no Saturday, Sunday or public holiday at any of `places`
    (§ 193 BGB: where it is declared and where it arrives).
    """
    while day.weekday() >= SATURDAY or any(_is_holiday(day, place) for place in places):
        day += DAY
    return day


def refund_until(received_on: datetime.date) -> datetime.date:
    """The last day for giving the money back: 14 days from the receipt of the declaration
    (§ 357 (1) BGB). Not put off by holidays: the customer waits for it.
    """
    return received_on + PERIOD


def _months_after(day: datetime.date, months: int) -> datetime.date:
    """The day with the same number, or the last one of a shorter month (§ 188 (2), (3) BGB)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(day.day, last))


def _is_holiday(day: datetime.date, place: Place) -> bool:
    return any(day in one for one in _calendars(place.country, place.state))


@functools.cache
def _calendars(country: str, state: str) -> tuple[holidays.HolidayBase, ...]:
    """Filled year by year when asked; none of a country that the package does not know."""
    try:
        whole = holidays.country_holidays(country)
    except NotImplementedError:
        return ()
    states = [state] if state in whole.subdivisions else whole.subdivisions
    return (whole, *(holidays.country_holidays(country, subdiv=one) for one in states))
