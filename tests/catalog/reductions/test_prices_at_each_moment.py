"""The price of each variant at each moment is what a brute force over the rules says."""

from decimal import ROUND_HALF_UP, Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog import pricing
from catalog.models import PriceKind, ReductionState
from shop.kit import clock
from tests.catalog.reductions.conftest import apply, day, make_reduction
from tests.making import LONG_AGO, NOON, make_product, make_variant

DAYS = range(-2, 25)
cents = st.integers(1, 5000).map(lambda value: Decimal(value) / 100)


@st.composite
def goods(draw):
    """Regular prices by the day on which they begin, another sale or none, a minimum or none."""
    starts = draw(st.lists(st.integers(1, 22), max_size=2, unique=True))
    regular = {None: draw(cents)} | {start: draw(cents) for start in sorted(starts)}
    sale = draw(st.none() | st.tuples(st.integers(0, 22), st.integers(1, 9), cents))
    return regular, sale, draw(st.none() | cents)


@st.composite
def promotions(draw):
    kind = draw(st.sampled_from(["percent", "amount", "price"]))
    starts = sorted(draw(st.lists(st.integers(-3, 15), min_size=1, max_size=3, unique=True)))
    values = st.integers(1, 99).map(Decimal) if kind == "percent" else cents
    steps = [(start, draw(values)) for start in starts]
    return kind, steps, draw(st.integers(16, 22))


def _regular_at(regular, number):
    begun = [start for start in regular if start is not None and start <= number]
    return regular[max(begun)] if begun else regular[None]


def _brute(promotion, one, number):
    """The rules of the page said again, for one day, without spans."""
    (kind, steps, until), (regular, sale, minimum) = promotion, one
    asked = _regular_at(regular, number)
    first = max(steps[0][0], 0)
    if sale:
        start, end = sale[0], sale[0] + sale[1]
        if start <= number < end:
            asked = sale[2]
        if start < until and end > first:
            return asked
    begun = [value for start, value in steps if start <= number]
    if number < first or number >= until or not begun:
        return asked
    price = _regular_at(regular, number)
    share = (price * (100 - begun[-1]) / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
    new = {"percent": share, "amount": price - begun[-1], "price": begun[-1]}[kind]
    new = max(new, minimum) if minimum else new
    return new if 0 < new < price else asked


def _put(one, product):
    regular, sale, minimum = one
    variant = make_variant(product, gross=None, minimum_gross=minimum)
    for start, gross in regular.items():
        begins = LONG_AGO if start is None else day(start)
        pricing.set_price(variant, gross=gross, start=begins)
    if sale:
        begins, ends = day(sale[0]), day(sale[0] + sale[1])
        pricing.set_price(variant, gross=sale[2], start=begins, end=ends, kind=PriceKind.SALE)
    return variant


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(goods(), min_size=1, max_size=5), promotions())
def test_the_price_at_each_moment_is_the_one_of_brute_force(db, many, promotion):
    product = make_product()
    variants = [_put(one, product) for one in many]
    kind, steps, until = promotion
    reduction = make_reduction(*steps, kind=kind, until=until, product_ids=[product.pk])

    apply(reduction)

    assert reduction.state == ReductionState.APPLIED
    for number in DAYS:
        asked = pricing.price_of([one.pk for one in variants], day(number))
        told = [asked[one.pk].gross for one in variants]
        assert told == [_brute(promotion, one, number) for one in many], f"day {number}"


def test_brute_force_is_not_what_it_tests():
    promotion = ("percent", [(0, Decimal(50))], 20)

    assert _brute(promotion, ({None: Decimal(8)}, None, None), 3) == Decimal("4.00")
    assert _brute(promotion, ({None: Decimal(8)}, None, None), 20) == Decimal(8)
    assert clock.day_of(NOON) == clock.day_of(day(0))
