"""What is given back for pieces of an order: exact, in any steps, never more than was paid."""

import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.refunding import amounts
from orders.refunding.amounts import Line, Paid, Part

RATES = [Decimal(19), Decimal(7), Decimal(0)]


@st.composite
def parts(draw, most=50_000):
    rate = draw(st.sampled_from(RATES))
    gross = draw(st.one_of(st.integers(0, 20), st.integers(0, most)))
    exact = round(gross * 100 / (100 + rate))
    # A cent may have moved from one share of a rate to another (docs: VAT).
    net = min(max(int(exact) + draw(st.integers(-1, 1)), 0), gross)
    return Part(rate, Decimal(gross) / 100, Decimal(net) / 100)


@st.composite
def lines(draw):
    """Plain goods, some with a deposit, or a bundle of several rates."""
    several = tuple(draw(st.lists(parts(), min_size=1, max_size=3)))
    deposit = draw(st.one_of(st.none(), parts(300))) if len(several) == 1 else None
    return Line(quantity=draw(st.integers(1, 12)), parts=several, deposit=deposit)


@st.composite
def orders_and_steps(draw):
    """An order, and returns that together hold all of its pieces, in some order."""
    found = dict(enumerate(draw(st.lists(lines(), min_size=1, max_size=4)), start=1))
    pieces = [pk for pk, line in found.items() for _one in range(line.quantity)]
    shuffled = draw(st.permutations(pieces))
    cuts = sorted(draw(st.lists(st.integers(0, len(pieces)), max_size=4)))
    edges = [0, *cuts, len(pieces)]
    steps = [shuffled[a:b] for a, b in itertools.pairwise(edges)]
    delivery = tuple(draw(st.lists(parts(2000), max_size=2)))
    return Paid(lines=found, delivery=delivery), steps


def _counted(step):
    return {pk: step.count(pk) for pk in dict.fromkeys(step)}


def test_the_example_of_the_page():
    """Three mugs of 9.99 less 1.00."""
    line = Line(quantity=3, parts=(Part(Decimal(19), Decimal("28.97"), Decimal("24.34")),))

    one_by_one = [line.back(1, before=before)[0].gross for before in range(3)]

    assert one_by_one == [Decimal("9.65"), Decimal("9.66"), Decimal("9.66")]
    assert line.back(3) == line.parts


@given(orders_and_steps())
def test_all_pieces_in_any_steps_are_exactly_what_was_paid(order):
    paid, steps = order
    gone, given_back, by_rate = {}, Decimal(0), {}

    for step in steps:
        back = paid.back(_counted(step), before=gone)
        given_back += back.gross
        for part in back.by_rate:
            known = by_rate.get(part.rate, (Decimal(0), Decimal(0)))
            by_rate[part.rate] = (known[0] + part.gross, known[1] + part.net)
        gone = {pk: gone.get(pk, 0) + step.count(pk) for pk in paid.lines}
    given_back += sum(part.gross for part in paid.delivery)

    assert given_back == paid.gross
    whole = paid.back({pk: line.quantity for pk, line in paid.lines.items()})
    assert {part.rate: (part.gross, part.net) for part in whole.by_rate} == by_rate
    assert sum(part.gross for part in whole.by_rate) == whole.gross


@given(orders_and_steps())
def test_no_step_gives_back_less_than_nothing_or_a_tax_below_zero(order):
    paid, steps = order
    gone = {}

    for step in steps:
        back = paid.back(_counted(step), before=gone)
        for part in (part for of_line in back.lines.values() for part in of_line):
            assert 0 <= part.net <= part.gross
            assert part.gross == round(part.gross, 2)
        gone = {pk: gone.get(pk, 0) + step.count(pk) for pk in paid.lines}


@given(lines(), st.data())
def test_a_piece_bears_its_part_to_a_cent_whichever_it_is(line, data):
    before = data.draw(st.integers(0, line.quantity - 1))

    for part, back in zip(line.parts, line.back(1, before=before), strict=False):
        assert abs(back.gross - part.gross / line.quantity) < Decimal("0.01")


@pytest.mark.parametrize(("pieces", "before"), [(4, 0), (2, 2), (-1, 2), (1, 3)])
def test_more_pieces_than_are_left_are_refused(pieces, before):
    line = Line(quantity=3, parts=(Part(Decimal(19), Decimal("30.00"), Decimal("25.21")),))

    with pytest.raises(amounts.NotReturnable):
        line.back(pieces, before=before)


def test_lines_of_another_order_are_refused():
    line = Line(quantity=3, parts=(Part(Decimal(19), Decimal("30.00"), Decimal("25.21")),))

    with pytest.raises(amounts.NotReturnable, match="7"):
        Paid(lines={1: line}).back({7: 1})
