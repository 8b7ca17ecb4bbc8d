import datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import given
from hypothesis import strategies as st

from catalog import vat
from catalog.models import VatRate
from shop.kit.money import Money

YEAR_END = datetime.date(2020, 12, 31)


@pytest.fixture
def lowered(db):
    """The German rates of the second half of 2020, and those since then."""
    for vat_class, before, since in (("standard", 16, 19), ("reduced", 5, 7)):
        for rate, valid in (
            (before, DateRange(datetime.date(2020, 7, 1), datetime.date(2021, 1, 1))),
            (since, DateRange(datetime.date(2021, 1, 1), None)),
        ):
            VatRate.objects.create(country="DE", vat_class=vat_class, rate=rate, valid=valid)


def test_a_rate_holds_until_the_day_before_the_next(lowered):
    next_day = YEAR_END + datetime.timedelta(days=1)

    assert vat.rates("DE", YEAR_END) == {"standard": Decimal(16), "reduced": Decimal(5)}
    assert vat.rates("DE", next_day) == {"standard": Decimal(19), "reduced": Decimal(7)}
    assert vat.rate_for("DE", "reduced", next_day) == Decimal(7)


@pytest.mark.parametrize(
    ("country", "vat_class", "day"),
    [
        ("AT", "standard", YEAR_END),
        ("DE", "zero", YEAR_END),
        ("DE", "standard", datetime.date(2020, 6, 30)),
    ],
)
def test_a_rate_that_nobody_entered_is_not_guessed(lowered, country, vat_class, day):
    with pytest.raises(vat.NoVatRate):
        vat.rate_for(country, vat_class, day)


def test_two_rates_of_a_class_never_hold_on_one_day(lowered):
    with pytest.raises(IntegrityError, match="vat_rate_one_at_a_time"), transaction.atomic():
        VatRate.objects.create(
            country="DE",
            vat_class="standard",
            rate=Decimal(20),
            valid=DateRange(YEAR_END, datetime.date(2021, 1, 2)),
        )


@given(st.integers(0, 10**9), st.integers(0, 2700))
def test_a_gross_price_splits_into_the_nearest_net_and_the_rest(cents, per_mille):
    gross, rate = Decimal(cents) / 100, Decimal(per_mille) / 100

    parts = vat.split(Money(gross), rate)

    exact = Fraction(gross) * 100 / (100 + Fraction(rate))
    assert parts.net + parts.vat == parts.gross == Money(gross)
    assert abs(Fraction(parts.net.amount) - exact) <= Fraction(1, 200)
