"""Ways of delivery: which are on offer for a cart, what they cost, when the goods arrive."""

import dataclasses
import datetime
from collections.abc import Iterable
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.conf import settings

from checkout.models import DeliveryMethod
from checkout.quoting import Delivery
from shop.kit import languages

CUT_OFF_HOUR = 14  # Orders until 14:00 local time leave the same working day.


@dataclasses.dataclass(frozen=True, slots=True)
class Offer:
    """A method as it would be for this cart. `missing_for_free` is `None` where nothing is."""

    delivery: Delivery
    missing_for_free: Decimal | None


def methods() -> list[DeliveryMethod]:
    """All methods on offer, in order; one statement."""
    return list(DeliveryMethod.objects.filter(is_active=True).order_by("position", "pk"))


def countries(all_methods: Iterable[DeliveryMethod]) -> list[str]:
    """Where the shop delivers goods to, the seller's country first."""
    served = {code for one in all_methods if one.is_for_goods for code in one.countries}
    return sorted(served, key=lambda code: (code != settings.COUNTRY, code))


def fee_of(method: DeliveryMethod, *, goods_gross: Decimal) -> Decimal:
    """What `method` costs for goods of this gross value."""
    is_free = method.free_from is not None and goods_gross >= method.free_from
    return Decimal("0.00") if is_free else method.gross


def cheapest(
    all_methods: Iterable[DeliveryMethod], *, goods_gross: Decimal
) -> dict[str, DeliveryMethod]:
    """By country the method for goods that costs least, the faster of two; as lists may quote."""
    found: dict[str, DeliveryMethod] = {}

    def burden(method: DeliveryMethod) -> tuple[Decimal, int]:
        return fee_of(method, goods_gross=goods_gross), method.max_days

    for method in all_methods:
        for country in method.countries if method.is_for_goods else ():
            known = found.get(country)
            if known is None or burden(method) < burden(known):
                found[country] = method
    return found


def offers(
    all_methods: Iterable[DeliveryMethod],
    *,
    country: str,
    goods_gross: Decimal,
    needs_shipping: bool,
    lead_days: int,
    moment: datetime.datetime,
) -> list[Offer]:
    """The methods for this cart, with fee and arrival. Empty: the shop does not deliver there."""
    fitting = [
        one
        for one in all_methods
        if one.is_for_goods == needs_shipping and (not needs_shipping or country in one.countries)
    ]
    return [_offer(one, goods_gross, lead_days, moment) for one in fitting]


def _offer(
    method: DeliveryMethod, goods_gross: Decimal, lead_days: int, moment: datetime.datetime
) -> Offer:
    fee = fee_of(method, goods_gross=goods_gross)
    earliest = latest = missing = None
    if method.free_from is not None and goods_gross < method.free_from:
        missing = method.free_from - goods_gross
    if method.is_for_goods:
        days = (method.min_days, method.max_days)
        earliest, latest = arrival(moment, lead_days=lead_days, days=days)
    return Offer(
        delivery=Delivery(
            code=method.code,
            name=languages.localized(method, "name"),
            gross=fee,
            earliest=earliest,
            latest=latest,
        ),
        missing_for_free=missing,
    )


def arrival(
    moment: datetime.datetime, *, lead_days: int, days: tuple[int, int]
) -> tuple[datetime.date, datetime.date]:
    """The first and the last day on which goods ordered at `moment` arrive.

    `days`: the working days that the delivery takes, at least and at most, after `lead_days` of
    making. Days count as the warehouse works: Monday to Friday without Germany's holidays.
    """
    leaves = ship_day(moment, lead_days)
    return working_day_after(leaves, days[0]), working_day_after(leaves, days[1])


def ship_day(moment: datetime.datetime, lead_days: int) -> datetime.date:
    """The working day on which goods ordered at `moment` leave the house."""
    local = moment.astimezone(ZoneInfo(settings.TIME_ZONE))
    day = local.date()
    if local.hour >= CUT_OFF_HOUR or not is_working_day(day):
        day = working_day_after(day, 1)
    return working_day_after(day, lead_days)


def working_day_after(day: datetime.date, count: int) -> datetime.date:
    """The `count`-th working day after `day`; `day` itself for 0."""
    while count:
        day += datetime.timedelta(days=1)
        count -= is_working_day(day)
    return day


def is_working_day(day: datetime.date) -> bool:
    """Monday to Friday, except the public holidays that all German states share."""
    return day.weekday() < 5 and day not in _holidays(day.year)


def _holidays(year: int) -> set[datetime.date]:
    easter = _easter(year)
    fixed = {(1, 1), (5, 1), (10, 3), (12, 25), (12, 26)}
    moving = (-2, 1, 39, 50)  # Good Friday, Easter Monday, Ascension, Whit Monday
    return {datetime.date(year, month, day) for month, day in fixed} | {
        easter + datetime.timedelta(days=offset) for offset in moving
    }


def _easter(year: int) -> datetime.date:
    """Easter Sunday in the Gregorian calendar (Butcher's algorithm, Nature, 20 April 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (a + 11 * h) // 319
    r = (2 * e + 2 * i - k - h + m + 32) % 7
    n = (h - m + r + 90) // 25
    p = (h - m + r + n + 19) % 32
    return datetime.date(year, n, p)
