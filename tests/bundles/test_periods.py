"""The price of a sum at any moment, and its lowest of 30 days, against a brute force."""

import datetime
import itertools
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog import jobs, pricing
from catalog.bundles import periods
from catalog.models import Price, PriceKind
from shop.kit import clock
from tests.bundles.conftest import make_bundle, price_of
from tests.making import NOON, make_variant

DAY = datetime.timedelta(days=1)
START = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
HORIZON = 80


def span(kind, gross, start, end):
    at = [None if day is None else START + day * DAY for day in (start, end)]
    return periods.Span(kind, Decimal(gross), *at)


@st.composite
def histories(draw):
    """Regular prices without a gap from day 0 on, and sales that do not overlap."""
    turns = sorted(draw(st.sets(st.integers(1, HORIZON), max_size=3)))
    edges = [0, *turns, None]
    cents = st.integers(100, 5000).map(lambda amount: Decimal(amount) / 100)
    spans = [span("regular", draw(cents), *edges[i : i + 2]) for i in range(len(edges) - 1)]
    marks = sorted(draw(st.sets(st.integers(1, HORIZON), max_size=6)))
    for start, end in zip(marks[::2], marks[1::2], strict=False):
        spans.append(span("sale", draw(cents) / 2, start, end))
    return [one if one.gross == round(one.gross, 2) else span_rounded(one) for one in spans]


def span_rounded(one):
    return periods.Span(one.kind, round(one.gross, 2), one.start, one.end)


def asked(spans, moment):
    """What a shopper is asked for, by looking at every period."""
    holding = [one for one in spans if one.start <= moment and not (one.end and one.end <= moment)]
    now = {one.kind: one.gross for one in holding}
    return now.get("sale", now.get("regular"))


def cents(amount):
    return amount.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


parts_of = st.lists(st.tuples(st.integers(1, 4), histories()), min_size=2, max_size=3)
percents = st.sampled_from([Decimal(0), Decimal(10), Decimal("12.5"), Decimal(99)])


@given(parts_of, percents, st.integers(0, HORIZON))
@settings(deadline=None)
def test_the_derived_price_is_the_sum_of_what_is_asked_at_every_hour(parts, percent, since):
    begin = START + since * DAY
    derived = periods.summed(parts, percent_off=percent, since=begin)

    for day in range(since, HORIZON + 3):
        moment = START + day * DAY
        total = sum(quantity * asked(spans, moment) for quantity, spans in parts)
        assert asked(derived, moment) == cents(total * (1 - percent / 100))
    assert all(one.start >= begin for one in derived)


@given(parts_of, percents)
@settings(deadline=None)
def test_periods_of_a_kind_never_overlap_and_a_price_that_goes_on_is_one(parts, percent):
    derived = periods.summed(parts, percent_off=percent, since=START)

    for kind in ("regular", "sale"):
        of_kind = sorted((one for one in derived if one.kind == kind), key=lambda one: one.start)
        for one, following in itertools.pairwise(of_kind):
            assert one.end is not None and one.end <= following.start
            assert one.end < following.start or one.gross != following.gross


def test_the_lowest_of_thirty_days_is_that_of_the_sum():
    """The worked table of docs/algorithms/bundles.md."""
    tea = [span("regular", "10", 0, None), span("sale", "8", 10, 20)]
    pot = [span("regular", "40", 0, None), span("sale", "30", 15, 25)]
    derived = periods.summed([(1, tea), (1, pot)], percent_off=Decimal(10), since=START)
    as_pricing = [pricing.Period(one.kind, one.gross, one.start, one.end) for one in derived]

    def at(day):
        return pricing.current(as_pricing, START + day * DAY)

    assert at(9) == (Decimal("45.00"), None)
    assert at(10) == (Decimal("43.20"), Decimal("45.00"))
    assert at(15) == (Decimal("34.20"), Decimal("45.00"))
    assert at(20) == (Decimal("36.00"), None)  # a rise: 34.20 was asked before
    assert at(25) == (Decimal("45.00"), None)


def test_without_a_price_of_a_component_there_is_none():
    late = [span("regular", "10", 5, 9)]
    derived = periods.summed(
        [(1, late), (2, [span("regular", "3", 0, None)])], percent_off=Decimal(0), since=START
    )

    assert [(one.kind, one.gross, one.start, one.end) for one in derived] == [
        ("regular", Decimal("16.00"), START + 5 * DAY, START + 9 * DAY)
    ]


# --- In the tables -------------------------------------------------------------------------------


@pytest.mark.django_db
@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    changes=st.lists(
        st.tuples(
            st.integers(0, 1),  # which component
            st.sampled_from(["regular", "sale", "end"]),
            st.integers(100, 4000),
            st.integers(1, 9),  # days until the next change
        ),
        max_size=8,
    )
)
def test_however_prices_change_the_bundle_always_costs_what_its_components_do(db, changes):
    one, other = make_variant(gross="10.00"), make_variant(gross="20.00")
    bundle = make_bundle((one, 2), (other, 1), percent_off="10")
    moment, asked_at = NOON, {}

    for which, kind, amount, days in changes:
        variant = (one, other)[which]
        if kind == "end":
            pricing.end_sale(variant, moment=moment)
        else:
            end = moment + 5 * DAY if kind == "sale" else None
            if kind == "sale":
                pricing.end_sale(variant, moment=moment)
                Price.objects.filter(
                    variant=variant, kind="sale", valid__startswith=moment
                ).delete()
            pricing.set_price(
                variant, gross=Decimal(amount) / 100, start=moment, end=end, kind=kind
            )
        asked_at[moment] = price_of(bundle, moment).gross
        moment += days * DAY

    for hour in range(0, int((moment - NOON) / DAY) + 7):
        at = NOON + hour * DAY
        total = 2 * price_of(one, at).gross + price_of(other, at).gross
        assert price_of(bundle, at).gross == cents(total * Decimal("0.9"))
    for at, gross in asked_at.items():
        assert price_of(bundle, at).gross == gross, "history was rewritten"


@pytest.mark.django_db
def test_a_planned_price_is_followed_and_followed_back_when_it_is_taken_back(summed, mug):
    start = NOON + 3 * DAY
    planned = pricing.set_price(
        mug, gross=Decimal("20.00"), start=start, end=start + DAY, kind=PriceKind.SALE
    )
    assert price_of(summed, start).gross == Decimal("26.91")
    assert price_of(summed, start).before == Decimal("30.51")

    pricing.drop_planned(planned, moment=NOON)

    assert price_of(summed, start).gross == Decimal("30.51")
    assert price_of(summed, start).before is None


@pytest.mark.django_db
def test_the_job_heals_what_was_written_past_pricing(summed, mug):
    Price.objects.filter(variant=mug).update(gross=Decimal("30.00"))
    assert price_of(summed, NOON).gross == Decimal("30.51")

    assert jobs.derive_bundles() == 1

    assert price_of(summed, clock.now()).gross == Decimal("35.91")
    assert price_of(summed, NOON).gross == Decimal("30.51")
