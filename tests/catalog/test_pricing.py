import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog import pricing
from catalog.models import Price
from tests.making import LONG_AGO, NOON, make_variant

START = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
MINUTE, TICK = datetime.timedelta(minutes=1), datetime.timedelta(hours=6)
TICKS_BACK = 30 * 4


def _periods(kind, bounds, prices, unit):
    """Periods one after the other, with gaps where the price is `None`."""
    edges = [START + edge * unit for edge in bounds]
    ends = [*edges[1:], None]
    return [
        pricing.Period(kind, Decimal(price), start, end)
        for start, end, price in zip(edges, ends, prices, strict=False)
        if price is not None
    ]


def _row(most):
    def rows(bounds):
        price = st.one_of(st.none(), st.integers(1, 9))
        return st.tuples(
            st.just(sorted(bounds)), st.lists(price, min_size=len(bounds), max_size=len(bounds))
        )

    return st.sets(st.integers(0, most), min_size=1, max_size=6).flatmap(rows)


def _histories(most, unit):
    return st.tuples(_row(most), _row(most)).map(
        lambda pair: _periods("regular", *pair[0], unit) + _periods("sale", *pair[1], unit)
    )


def _asked(periods, moment):
    found = {}
    for one in periods:
        if one.start <= moment and (one.end is None or moment < one.end):
            found[one.kind] = one.gross
    return found.get("sale", found.get("regular"))


@given(_histories(90, MINUTE), st.integers(0, 90), st.integers(1, 60))
def test_the_lowest_price_is_that_of_the_cheapest_minute(periods, first, length):
    minutes = [START + (first + one) * MINUTE for one in range(length)]
    asked = [price for minute in minutes if (price := _asked(periods, minute)) is not None]

    found = pricing.lowest_between(
        periods, START + first * MINUTE, START + (first + length) * MINUTE
    )

    assert found == min(asked, default=None)


def _sale(periods, moment):
    return _asked([one for one in periods if one.kind == "sale"], moment)


def _brute_current(periods, tick):
    now = _asked(periods, START + tick * TICK)
    price = _sale(periods, START + tick * TICK)
    if price is None:
        return now, None
    start = tick
    while True:
        earlier = _sale(periods, START + (start - 1) * TICK)
        if earlier is None or earlier < price:
            break  # A pause, or a rise: what came before counts as the price before.
        start, price = start - 1, earlier
    asked = [_asked(periods, START + one * TICK) for one in range(start - TICKS_BACK, start)]
    before = min((one for one in asked if one is not None), default=None)
    return now, before if before is not None and now < before else None


@given(_histories(60 * 4, TICK), st.integers(0, 70 * 4))
@settings(max_examples=150)
def test_the_price_before_is_the_lowest_of_the_thirty_days_before_the_first_cut(periods, tick):
    assert pricing.current(periods, START + tick * TICK) == _brute_current(periods, tick)


def _days(number):
    return START + datetime.timedelta(days=number)


REGULAR = pricing.Period("regular", Decimal(20), START, None)


def test_a_price_cut_in_steps_is_compared_with_that_before_the_first_step():
    periods = [
        REGULAR,
        pricing.Period("sale", Decimal(18), _days(40), _days(45)),
        pricing.Period("sale", Decimal(15), _days(45), None),
    ]

    assert pricing.current(periods, _days(46)) == (Decimal(15), Decimal(20))


def test_a_sale_price_that_rises_again_is_no_reduction():
    periods = [
        REGULAR,
        pricing.Period("sale", Decimal(10), _days(40), _days(45)),
        pricing.Period("sale", Decimal(15), _days(45), None),
    ]

    assert pricing.current(periods, _days(46)) == (Decimal(15), None)


def test_a_price_raised_just_before_the_sale_does_not_count():
    periods = [
        pricing.Period("regular", Decimal(20), START, _days(50)),
        pricing.Period("regular", Decimal(30), _days(50), None),
        pricing.Period("sale", Decimal(18), _days(55), None),
    ]

    gross, before = pricing.current(periods, _days(56))
    assert (gross, before) == (Decimal(18), Decimal(20))
    assert pricing.CurrentPrice(gross, "EUR", before).percent_off == 10


@pytest.mark.parametrize(
    ("gross", "before", "percent"),
    [
        ("87.50", "100.00", 13),
        ("99.60", "100.00", 0),
        ("66.67", "100.00", 33),
        ("5.00", None, None),
    ],
)
def test_the_percentage_is_rounded_half_up(gross, before, percent):
    price = pricing.CurrentPrice(Decimal(gross), "EUR", Decimal(before) if before else None)

    assert price.percent_off == percent


@pytest.mark.parametrize(
    ("gross", "content", "unit", "expected"),
    [
        ("9.90", "250", "g", ("39.60", "kg")),
        ("4.99", "330", "ml", ("15.12", "l")),
        ("7.50", "1.5", "m", ("5.00", "m")),
        ("24.00", None, "", None),
        ("0.00", "250", "g", ("0.00", "kg")),
    ],
)
def test_the_base_price_is_per_kilogram_litre_or_metre(gross, content, unit, expected):
    content = Decimal(content) if content else None

    found = pricing.base_price(Decimal(gross), content, unit)

    assert found == ((Decimal(expected[0]), expected[1]) if expected else None)


def test_the_base_price_is_written_as_people_read_it():
    def text(language):
        return pricing.base_price_text(
            Decimal("9.90"), Decimal(250), "g", currency="EUR", language=language
        )

    assert text("de") == "39,60\xa0€/kg"
    assert text("en") == "€39.60/kg"


@pytest.mark.django_db
def test_a_new_price_ends_the_one_in_force_and_keeps_the_history():
    variant = make_variant(gross="24.00")

    pricing.set_price(variant, gross=Decimal("26.00"), start=NOON)

    rows = Price.objects.filter(variant=variant).order_by("valid")
    assert [(row.gross, row.valid.lower, row.valid.upper) for row in rows] == [
        (Decimal("24.00"), LONG_AGO, NOON),
        (Decimal("26.00"), NOON, None),
    ]
    second = datetime.timedelta(seconds=1)
    assert pricing.price_of([variant.pk], NOON - second)[variant.pk].gross == Decimal("24.00")
    assert pricing.price_of([variant.pk], NOON)[variant.pk].gross == Decimal("26.00")


@pytest.mark.django_db
def test_two_prices_of_one_kind_never_hold_at_once():
    variant = make_variant(gross="24.00")
    pricing.set_price(variant, gross=Decimal("26.00"), start=NOON)

    with pytest.raises(IntegrityError), transaction.atomic():
        pricing.set_price(variant, gross=Decimal("25.00"), start=LONG_AGO + MINUTE)

    assert pricing.price_of([variant.pk], NOON - MINUTE)[variant.pk].gross == Decimal("24.00")
    assert Price.objects.filter(variant=variant).count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("gross", ["-0.01", "1.001"])
def test_a_price_is_whole_cents_and_not_negative(gross):
    variant = make_variant(gross=None)

    with pytest.raises(ValueError, match=r".+"):
        pricing.set_price(variant, gross=Decimal(gross), start=NOON)

    assert not Price.objects.filter(variant=variant).exists()
    assert pricing.price_of([variant.pk], NOON) == {}


@pytest.mark.django_db
def test_the_prices_of_many_variants_are_one_statement(django_assert_num_queries):
    variants = [make_variant(gross=f"{number}.00") for number in range(1, 6)]

    with django_assert_num_queries(1):
        found = pricing.price_of([one.pk for one in variants], NOON)

    assert [found[one.pk].gross for one in variants] == [Decimal(n) for n in range(1, 6)]
