"""What a variant costs at a moment: one function for lists, pages, carts, orders and feeds.

Where a price was reduced, the lowest price of the 30 days before the reduction stands beside it
(§ 11 PAngV, Art. 6a Directive 98/6/EC) and the percentage is computed from that price (CJEU
C-330/23). When a price is cut in steps without a pause, the first step counts (§ 11 (2) PAngV).
Golden timelines: docs/algorithms/reduced_prices.md.
"""

import dataclasses
import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import F, Func, Value
from django.utils.translation import gettext as _

from catalog.bundles import periods as bundle_periods
from catalog.models import ContentUnit, Price, PriceKind, Variant
from shop.kit import money

LOOK_BACK = datetime.timedelta(days=30)


@dataclasses.dataclass(frozen=True, slots=True)
class Period:
    """A gross price from `start` until `end` (left out; `None`: open)."""

    kind: str
    gross: Decimal
    start: datetime.datetime
    end: datetime.datetime | None
    is_perishing: bool = False

    def holds_at(self, moment: datetime.datetime) -> bool:
        return self.start <= moment and (self.end is None or moment < self.end)


@dataclasses.dataclass(frozen=True, slots=True)
class CurrentPrice:
    """Gross price now. `before` is the 30-day lowest, only where this price is lower than it.

    `is_perishing`: cut because the goods would soon be spoilt. Then the reason is told instead of
    `before` (§ 11 (4) No 2 PAngV).
    `since` and `until` are those of the sale price, while there is one; `until` `None`: open.
    """

    gross: Decimal
    currency: str
    before: Decimal | None = None
    since: datetime.datetime | None = None
    until: datetime.datetime | None = None
    is_perishing: bool = False

    @property
    def percent_off(self) -> int | None:
        """Whole percent below `before`, rounded half up; `None` where nothing was reduced."""
        if not self.before:
            return None
        share = (1 - self.gross / self.before) * 100
        return int(share.quantize(Decimal(1), rounding=ROUND_HALF_UP))


# Stands in for lines whose variant lost its price; such lines cannot be ordered.
NO_PRICE = CurrentPrice(gross=Decimal("0.00"), currency="EUR")


# Written out, because every page asks it: see `catalog.browsing`.
_PERIODS = """
SELECT variant_id, kind, gross, currency, lower(valid), upper(valid), is_perishing
FROM catalog_price WHERE variant_id = ANY(%s)
"""


def periods_of(variant_ids: Iterable[int]) -> tuple[dict[int, list[Period]], dict[int, str]]:
    """All periods of each variant, and its currency; one statement."""
    periods: dict[int, list[Period]] = defaultdict(list)
    currency: dict[int, str] = {}
    with connection.cursor() as cursor:
        cursor.execute(_PERIODS, [list(variant_ids)])
        rows = cursor.fetchall()
    for variant_id, kind, gross, code, start, end, is_perishing in rows:
        periods[variant_id].append(Period(kind, gross, start, end, is_perishing))
        currency[variant_id] = code
    return periods, currency


def price_of(variant_ids: Iterable[int], moment: datetime.datetime) -> dict[int, CurrentPrice]:
    """The price of each variant at `moment`; variants without one are left out. One statement."""
    periods, currency = periods_of(variant_ids)
    found = {}
    for pk, of_variant in periods.items():
        gross, before = current(of_variant, moment)
        if gross is not None:
            sale = _sale_at(of_variant, moment)
            since, until = (sale.start, sale.end) if sale else (None, None)
            perishes = sale is not None and sale.is_perishing
            before = None if perishes else before
            found[pk] = CurrentPrice(gross, currency[pk], before, since, until, perishes)
    return found


def _sale_at(periods: Sequence[Period], moment: datetime.datetime) -> Period | None:
    return next(
        (one for one in periods if one.kind == PriceKind.SALE and one.holds_at(moment)), None
    )


def current(
    periods: Sequence[Period], moment: datetime.datetime
) -> tuple[Decimal | None, Decimal | None]:
    """The price at `moment`; if it is a reduction, also the lowest of the 30 days before it."""
    sales = [one for one in periods if one.kind == PriceKind.SALE]
    now = _asked(periods, moment)
    running = _sale_at(periods, moment)
    if running is None or now is None:
        return now, None
    start = _first_step(sales, running)
    before = lowest_between(periods, start - LOOK_BACK, start)
    return now, before if before is not None and now < before else None


def _first_step(sales: Sequence[Period], running: Period) -> datetime.datetime:
    """Where the cuts began. After a rise the cheaper step before it is a price like any other."""
    first = running
    while True:
        step = next((one for one in sales if one.end == first.start), None)
        if step is None or step.gross < first.gross:
            return first.start
        first = step


def _asked(periods: Sequence[Period], moment: datetime.datetime) -> Decimal | None:
    """The price asked for at `moment`: the sale price while there is one."""
    holding = {one.kind: one.gross for one in periods if one.holds_at(moment)}
    return holding.get(PriceKind.SALE, holding.get(PriceKind.REGULAR))


def lowest_between(
    periods: Sequence[Period], start: datetime.datetime, end: datetime.datetime
) -> Decimal | None:
    """The lowest price asked for in [start, end): it changes where a period begins or ends."""
    turns = {start}
    for one in periods:
        turns.update(turn for turn in (one.start, one.end) if turn and start <= turn < end)
    asked = [_asked(periods, turn) for turn in turns]
    return min((one for one in asked if one is not None), default=None)


_PER_BASE = {
    ContentUnit.GRAM: (1000, "kg"),
    ContentUnit.MILLILITRE: (1000, "l"),
    ContentUnit.METRE: (1, "m"),
    ContentUnit.SQUARE_METRE: (1, "m²"),
    ContentUnit.CUBIC_METRE: (1, "m³"),
}


def base_price(gross: Decimal, content: Decimal | None, unit: str) -> tuple[Decimal, str] | None:
    """Gross price per kg, l, m, m² or m³ and that unit (§§ 4, 5 PAngV); `None` by the piece."""
    if content is None or unit not in _PER_BASE:
        return None
    factor, base = _PER_BASE[ContentUnit(unit)]
    return money.rounded(gross * factor / content), base


def base_price_text(
    gross: Decimal, content: Decimal | None, unit: str, *, currency: str, language: str
) -> str:
    """The base price as it stands beside the price: `49,80 €/kg`. Empty where there is none."""
    found = base_price(gross, content, unit)
    return f"{money.formatted(found[0], currency, language)}/{found[1]}" if found else ""


@transaction.atomic
def set_price(
    variant: Variant,
    *,
    gross: Decimal,
    start: datetime.datetime,
    end: datetime.datetime | None = None,
    kind: str = PriceKind.REGULAR,
    is_perishing: bool = False,
) -> Price:
    """Ask `gross` for `variant` from `start` on. The period in force ends there; history stays.

    Summed bundles of `variant` follow. Raises `IntegrityError` when a later period of that kind is
    planned already, and `ValueError` for a negative price, one with fractions of a cent, and for
    a summed bundle (`bundles.periods.IsSummed`).
    """
    if gross < 0 or gross != money.rounded(gross):
        raise ValueError(_("A price has whole cents and is not negative."))
    Price.objects.filter(variant=variant, kind=kind, valid__contains=start).exclude(
        valid__startswith=start
    ).update(valid=Func(Func(F("valid"), function="lower"), Value(start), function="tstzrange"))
    price = Price.objects.create(
        variant=variant,
        kind=kind,
        gross=gross,
        valid=DateTimeTZRange(start, end),
        is_perishing=is_perishing,
    )
    bundle_periods.follow(variant.pk, since=start)
    return price


def open_prices(
    asked: Iterable[tuple[Variant, Decimal]], *, start: datetime.datetime
) -> list[Price]:
    """The first prices of new variants, in one statement.

    Raises `IntegrityError` for a variant that has a price already, and `ValueError` as `set_price`.
    """
    rows = [(variant, gross) for variant, gross in asked]
    if any(gross < 0 or gross != money.rounded(gross) for _variant, gross in rows):
        raise ValueError(_("A price has whole cents and is not negative."))
    return Price.objects.bulk_create(
        Price(variant=variant, gross=gross, valid=DateTimeTZRange(start, None))
        for variant, gross in rows
    )


class AlreadyBegun(ValueError):
    """A price in force, or a past one, is history and stays as it is."""


@transaction.atomic
def drop_planned(price: Price, *, moment: datetime.datetime) -> None:
    """Take back a price that has not begun; a regular price before it goes on instead.

    Raises `AlreadyBegun`.
    """
    if price.valid.lower <= moment:
        raise AlreadyBegun(_("This price has begun and stays in the history."))
    price.delete()
    if price.kind == PriceKind.REGULAR:
        Price.objects.filter(
            variant_id=price.variant_id, kind=price.kind, valid__endswith=price.valid.lower
        ).update(
            valid=Func(
                Func(F("valid"), function="lower"), Value(price.valid.upper), function="tstzrange"
            )
        )
    bundle_periods.follow(price.variant_id, since=price.valid.lower)


@transaction.atomic
def end_sale(variant: Variant, *, moment: datetime.datetime) -> bool:
    """End the sale price that is in force at `moment`; the regular one is asked again.

    Returns whether there was one.
    """
    running = Price.objects.filter(
        variant=variant, kind=PriceKind.SALE, valid__contains=moment
    ).exclude(valid__startswith=moment)
    ended = running.update(
        valid=Func(Func(F("valid"), function="lower"), Value(moment), function="tstzrange")
    )
    bundle_periods.follow(variant.pk, since=moment)
    return bool(ended)
