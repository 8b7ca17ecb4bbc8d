"""How trade goes: orders and sales of the last days, for the admin's home."""

import dataclasses
import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Sum
from django.db.models.functions import TruncDate

from orders.models import Order, OrderStatus

DAYS = 14
WEEK = 7


@dataclasses.dataclass(frozen=True, slots=True)
class Day:
    """Orders placed on a day of the shop's time zone; `gross` includes VAT and delivery."""

    day: datetime.date
    orders: int
    gross: Decimal


@dataclasses.dataclass(frozen=True, slots=True)
class Total:
    """The sum of some days."""

    orders: int
    gross: Decimal

    @property
    def average(self) -> Decimal | None:
        """Gross value of an order in whole cents; `None` without orders."""
        return (self.gross / self.orders).quantize(Decimal("0.01")) if self.orders else None


def days(moment: datetime.datetime) -> list[Day]:
    """The last 14 days up to that of `moment`, the oldest first; one statement.

    Cancelled orders are left out; refunds are not deducted.
    """
    zone = ZoneInfo(settings.TIME_ZONE)
    today = moment.astimezone(zone).date()
    first = today - datetime.timedelta(days=DAYS - 1)
    start = datetime.datetime.combine(first, datetime.time.min, tzinfo=zone)
    rows = (
        Order.objects.filter(placed_at__gte=start, placed_at__lte=moment)
        .exclude(status=OrderStatus.CANCELLED)
        .annotate(day=TruncDate("placed_at", tzinfo=zone))
        .order_by()
        .values("day")
        .annotate(orders=Count("pk"), gross=Sum("total_gross"))
    )
    known = {row["day"]: Day(**row) for row in rows}
    dates = [first + datetime.timedelta(days=number) for number in range(DAYS)]
    return [known.get(one, Day(one, 0, Decimal("0.00"))) for one in dates]


def total(some: list[Day]) -> Total:
    """Orders and sales of `some` days together."""
    return Total(
        orders=sum(one.orders for one in some),
        gross=sum((one.gross for one in some), Decimal("0.00")),
    )
