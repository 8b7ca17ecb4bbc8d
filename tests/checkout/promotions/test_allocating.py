"""Which line bears what, against a count by single cents."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from checkout.promotions import allocating

cents = st.integers(0, 50_000).map(lambda number: Decimal(number) / 100)
lines = st.dictionaries(st.integers(1, 9), st.tuples(cents, cents), max_size=6).map(
    lambda rows: {
        line: (max(one, other), min(one, other)) for line, (one, other) in rows.items()
    }  # (payable, minimum)
)


def test_the_example_of_the_page_with_a_minimum_price():
    payable = {1: Decimal("30.00"), 2: Decimal("30.00"), 3: Decimal("30.00")}
    room = payable | {2: Decimal("2.00")}

    parts = allocating.shared(Decimal("20.00"), weights=payable, room=room)

    assert parts == {1: Decimal("9.01"), 2: Decimal("2.00"), 3: Decimal("8.99")}


def test_what_no_line_can_take_is_not_given():
    payable = {1: Decimal("3.00"), 2: Decimal("4.00")}
    room = {1: Decimal("1.00"), 2: Decimal("0.00")}

    assert allocating.shared(Decimal("5.00"), weights=payable, room=room) == {1: Decimal("1.00")}


@given(lines, cents)
def test_the_parts_are_the_amount_or_all_the_room_there_is(rows, amount):
    payable = {line: one for line, (one, _least) in rows.items()}
    room = {line: one - least for line, (one, least) in rows.items()}

    parts = allocating.shared(amount, weights=payable, room=room)

    assert sum(parts.values()) == min(amount, sum(room.values()))
    assert all(0 < part <= room[line] for line, part in parts.items())
    assert all(part == round(part, 2) for part in parts.values())
    assert list(parts) == [line for line in payable if line in parts]


@given(lines, cents)
def test_lines_with_room_left_bear_the_same_proportion_to_a_cent_for_each_round(rows, amount):
    payable = {line: one for line, (one, _least) in rows.items()}
    room = {line: one - least for line, (one, least) in rows.items()}

    parts = allocating.shared(amount, weights=payable, room=room)

    open_lines = [line for line in payable if parts.get(line, 0) < room[line] and payable[line]]
    rounds = len(payable) - len(open_lines) + 1
    for one in open_lines:
        for other in open_lines:
            fair = parts.get(other, Decimal(0)) * payable[one] / payable[other]
            step = Decimal("0.01") * rounds * (1 + payable[one] / payable[other])
            assert abs(parts.get(one, Decimal(0)) - fair) <= step


@given(lines, cents)
def test_a_cap_cuts_in_proportion_and_never_adds(rows, cap):
    wishes = {line: one for line, (one, _least) in rows.items()}

    parts = allocating.capped(wishes, cap)

    assert sum(parts.values()) == min(sum(wishes.values()), cap)
    assert all(part <= wishes[line] for line, part in parts.items())
    assert allocating.capped(wishes, None) == {line: one for line, one in wishes.items() if one}
