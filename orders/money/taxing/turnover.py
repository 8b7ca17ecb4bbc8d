"""What the shop turns over in a year, for the limits of small businesses (§ 19 (1) UStG)."""

import dataclasses
import datetime
from decimal import Decimal

from django.db import connection

from catalog.vat import schemes
from orders.money.taxing import gone
from shop.kit import clock

BEFORE, NOW = Decimal("25000.00"), Decimal("100000.00")  # the year before, and this one

_NET = f"""
    SELECT COALESCE(SUM(
        v.net - ROUND(v.net * LEAST(back.amount, o.total_gross) / NULLIF(o.total_gross, 0), 2)
    ), 0.00)
    FROM orders_payment p JOIN orders_order o ON o.id = p.order_id
    JOIN orders_ordervat v ON v.order_id = o.id
    JOIN LATERAL (
        SELECT COALESCE(SUM(b.amount), 0) AS amount FROM {gone.BACK} b WHERE b.payment_id = p.id
    ) back ON true
    WHERE p.state = 'succeeded' AND p.settled_at >= %s AND p.settled_at < %s
"""  # noqa: S608 - constants


@dataclasses.dataclass(frozen=True, slots=True)
class Turnover:
    """Net turnover of this shop alone, by the calendar years in which the money came."""

    before: Decimal
    now: Decimal

    @property
    def is_above(self) -> bool:
        """May a small business no longer be one?"""
        return self.before > BEFORE or self.now > NOW


def of(moment: datetime.datetime) -> Turnover:
    """The year of `moment` and the one before; two statements."""
    year = clock.day_of(moment).year
    return Turnover(before=_net(year - 1), now=_net(year))


def _net(year: int) -> Decimal:
    with connection.cursor() as cursor:
        cursor.execute(_NET, [schemes.start_of(year), schemes.start_of(year + 1)])
        return Decimal(cursor.fetchone()[0])
