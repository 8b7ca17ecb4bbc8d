"""The golden timelines of docs/algorithms/reduced_prices.md, and every second of the window."""

import datetime
import random
import re
from decimal import Decimal

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog import pricing
from catalog.models import PriceKind, VatRate
from tests.house import code
from tests.making import NOON, make_product, make_variant

START = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
SECOND = datetime.timedelta(seconds=1)
ROW = re.compile(r"^\| (?P<cells>[^|]+(?: \| [^|]+){5}) \|$", re.MULTILINE)
PERIOD = re.compile(r"(?P<kind>[RS]) (?P<gross>[\d.]+) d(?P<start>\d+)(?:-d(?P<end>\d+))?")


def _day(number):
    return START + datetime.timedelta(days=int(number))


def _golden():
    text = code.source("docs/algorithms/reduced_prices.md").partition("## Golden timelines")[2]
    rows = [found["cells"].split(" | ") for found in ROW.finditer(text)]
    return [row for row in rows if row[0] not in ("case", "---")]


def _periods(timeline):
    """Regular prices hold until the next one; sale prices as long as they say."""
    rows = [found.groupdict() for found in PERIOD.finditer(timeline)]
    starts = sorted(int(row["start"]) for row in rows if row["kind"] == "R")
    for row in rows:
        end = row["end"]
        if row["kind"] == "R":
            end = next((one for one in starts if one > int(row["start"])), None)
        kind = PriceKind.REGULAR if row["kind"] == "R" else PriceKind.SALE
        until = None if end is None else _day(end)
        yield pricing.Period(kind, Decimal(row["gross"]), _day(row["start"]), until)


def _number(text):
    return None if text == "–" else Decimal(text)


@pytest.mark.parametrize("row", _golden(), ids=lambda row: row[0])
def test_the_table_tells_what_the_shop_shows(row):
    _case, timeline, asked_on, price, before, percent = row

    found = pricing.current(list(_periods(timeline)), _day(asked_on.removeprefix("d")))

    assert found == (_number(price), _number(before))
    shown = pricing.CurrentPrice(found[0], "EUR", found[1])
    assert shown.percent_off == (None if percent == "–" else int(percent))


def test_the_table_is_read_whole():
    assert len(_golden()) == 23
    assert len(list(_periods(_golden()[7][1]))) == 5


def _asked(periods, moment):
    holding = {
        one.kind: one.gross
        for one in periods
        if one.start <= moment and (one.end is None or moment < one.end)
    }
    return holding.get("sale", holding.get("regular"))


def _second(number):
    return START + number * SECOND


def _seconds(edges, first, last, dice):
    """Every second at which a price may turn, its neighbours, and many between them."""
    near = {edge + nudge for edge in edges for nudge in (-1, 0, 1)} | {first, last - 1}
    far = {dice.randrange(first, last) for _number in range(300)}
    return sorted(one for one in near | far if first <= one < last)


_EDGE = st.integers(0, 90 * 86_400)
_PERIOD = st.tuples(st.integers(1, 9), _EDGE, st.integers(1, 40 * 86_400))


@given(st.lists(_PERIOD, min_size=1, max_size=5), st.lists(_PERIOD, max_size=5), st.data())
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
def test_no_second_of_the_thirty_days_was_cheaper_than_the_price_shown(regular, sales, data):
    rows = [("regular", row) for row in regular] + [("sale", row) for row in sales]
    periods = [
        pricing.Period(kind, Decimal(gross), _second(start), _second(start + more))
        for kind, (gross, start, more) in _apart(rows)
    ]
    last = data.draw(_EDGE) + 1
    first = last - 30 * 86_400
    turns = [turn for one in periods for turn in (one.start, one.end)]
    edges = [int((turn - START).total_seconds()) for turn in turns]

    found = pricing.lowest_between(periods, START + first * SECOND, START + last * SECOND)

    dice = random.Random(last)
    asked = [
        price
        for second in _seconds(edges, first, last, dice)
        if (price := _asked(periods, START + second * SECOND)) is not None
    ]
    assert found == min(asked, default=None)


def _apart(rows):
    """Periods of one kind one after the other: the database allows no others."""
    ends = {}
    for kind, (gross, start, more) in sorted(rows, key=lambda row: (row[0], row[1][1])):
        begin = max(start, ends.get(kind, 0))
        ends[kind] = begin + more
        yield kind, (gross, begin, more)


@pytest.mark.django_db
def test_variants_have_histories_of_their_own():
    product = make_product()
    cut, kept = make_variant(product, gross="20.00"), make_variant(product, gross="10.00")

    pricing.set_price(cut, gross=Decimal("15.00"), start=NOON, kind=PriceKind.SALE)

    found = pricing.price_of([cut.pk, kept.pk], NOON)
    assert (found[cut.pk].gross, found[cut.pk].before) == (Decimal("15.00"), Decimal("20.00"))
    assert (found[kept.pk].gross, found[kept.pk].before) == (Decimal("10.00"), None)


@pytest.mark.django_db
def test_a_new_rate_of_vat_is_no_new_price(rules):
    variant = make_variant(gross="20.00")
    before = list(variant.prices.values_list("gross", "valid"))

    VatRate.objects.filter(vat_class="standard").update(
        valid=DateRange(datetime.date(2021, 1, 1), NOON.date())
    )
    VatRate.objects.create(
        country="DE", vat_class="standard", rate=21, valid=DateRange(NOON.date(), None)
    )

    assert list(variant.prices.values_list("gross", "valid")) == before
    assert pricing.price_of([variant.pk], NOON)[variant.pk] == pricing.CurrentPrice(
        Decimal("20.00"), "EUR"
    )


@pytest.mark.django_db
def test_a_cut_because_of_spoilage_counts_in_later_comparisons():
    variant = make_variant(gross="20.00")
    day = datetime.timedelta(days=1)
    sale = {"kind": PriceKind.SALE}
    pricing.set_price(
        variant, gross=Decimal(5), start=NOON, end=NOON + day, is_perishing=True, **sale
    )
    pricing.set_price(variant, gross=Decimal(4), start=NOON + 9 * day, **sale)

    spoiling = pricing.price_of([variant.pk], NOON)[variant.pk]
    later = pricing.price_of([variant.pk], NOON + 9 * day)[variant.pk]

    assert (spoiling.is_perishing, spoiling.before, spoiling.percent_off) == (True, None, None)
    assert (later.is_perishing, later.before) == (False, Decimal("5.00"))
