"""Prices that were planned or asked for a while: taken back, ended, never rewritten."""

import datetime
from decimal import Decimal

import pytest

from catalog import pricing
from catalog.models import Price, PriceKind
from tests.making import LONG_AGO, NOON

LATER = NOON + datetime.timedelta(days=3)


def periods(variant):
    rows = Price.objects.filter(variant=variant).order_by("valid")
    return [(row.gross, row.valid.lower, row.valid.upper) for row in rows]


def test_the_price_before_a_planned_one_goes_on_when_that_is_taken_back(mug):
    planned = pricing.set_price(mug, gross=Decimal("30.00"), start=LATER)
    assert periods(mug)[0] == (Decimal("24.00"), LONG_AGO, LATER)

    pricing.drop_planned(planned, moment=NOON)

    assert periods(mug) == [(Decimal("24.00"), LONG_AGO, None)]


def test_a_planned_price_with_an_end_leaves_that_end_behind(mug):
    end = LATER + datetime.timedelta(days=1)
    planned = pricing.set_price(mug, gross=Decimal("30.00"), start=LATER, end=end)

    pricing.drop_planned(planned, moment=NOON)

    assert periods(mug) == [(Decimal("24.00"), LONG_AGO, end)]


def test_a_planned_sale_leaves_the_regular_price_alone(mug):
    end = LATER + datetime.timedelta(days=9)
    sale = pricing.set_price(mug, gross=Decimal("19.00"), start=LATER, end=end, kind=PriceKind.SALE)

    pricing.drop_planned(sale, moment=NOON)

    assert periods(mug) == [(Decimal("24.00"), LONG_AGO, None)]


def test_a_price_that_has_begun_stays(mug):
    for moment in (LONG_AGO, NOON):
        with pytest.raises(pricing.AlreadyBegun):
            pricing.drop_planned(Price.objects.get(variant=mug), moment=moment)

    assert periods(mug) == [(Decimal("24.00"), LONG_AGO, None)]


def test_a_sale_ends_when_it_is_told_and_stays_in_the_history(mug):
    end = NOON + datetime.timedelta(days=9)
    start = NOON - datetime.timedelta(days=2)
    pricing.set_price(mug, gross=Decimal("19.00"), start=start, end=end, kind=PriceKind.SALE)

    assert pricing.end_sale(mug, moment=NOON)
    assert not pricing.end_sale(mug, moment=NOON)

    sale = Price.objects.get(variant=mug, kind=PriceKind.SALE)
    assert (sale.valid.lower, sale.valid.upper) == (start, NOON)
    assert pricing.price_of([mug.pk], NOON)[mug.pk].gross == Decimal("24.00")
    before = NOON - datetime.timedelta(seconds=1)
    assert pricing.price_of([mug.pk], before)[mug.pk].gross == Decimal("19.00")


def test_without_a_sale_nothing_ends(mug):
    assert not pricing.end_sale(mug, moment=NOON)
    assert periods(mug) == [(Decimal("24.00"), LONG_AGO, None)]
