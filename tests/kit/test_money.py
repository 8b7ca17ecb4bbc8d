from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.kit.money import Money, MoneyError, TaxedMoney, allocated, rounded

cents = st.integers(-(10**9), 10**9).map(lambda number: Decimal(number) / 100)
weights = st.lists(
    st.integers(0, 10**7).map(lambda number: Decimal(number) / 100), min_size=1, max_size=12
)


@given(cents, weights)
def test_the_parts_of_an_amount_add_up_to_it(amount, weights):
    parts = allocated(amount, weights)

    assert sum(parts) == amount
    assert all(part == rounded(part) for part in parts)


@given(cents, weights)
def test_each_part_is_less_than_a_cent_from_its_exact_share(amount, weights):
    total = sum(weights)
    parts = allocated(amount, weights)

    if not total:
        assert parts == [amount] + [Decimal("0.00")] * (len(weights) - 1)
        return
    for part, weight in zip(parts, weights, strict=True):
        exact = Fraction(amount) * Fraction(weight) / Fraction(total)
        assert abs(Fraction(part) - exact) < Fraction(1, 100)


@given(st.integers(0, 10**6), weights)
def test_the_largest_remainders_get_the_cents_the_earlier_weight_first(number, weights):
    total = sum(weights)
    if not total:
        return
    exact = [Fraction(number) * Fraction(weight) / Fraction(total) for weight in weights]
    floors = [int(share // 1) for share in exact]
    order = sorted(range(len(weights)), key=lambda i: (floors[i] - exact[i], i))
    for i in order[: number - sum(floors)]:
        floors[i] += 1

    assert [part * 100 for part in allocated(Decimal(number) / 100, weights)] == floors


def test_one_cent_over_three_equal_weights_goes_to_the_first():
    assert allocated(Decimal("0.10"), [Decimal(1)] * 3) == [
        Decimal("0.04"),
        Decimal("0.03"),
        Decimal("0.03"),
    ]


@pytest.mark.parametrize("weights", [[], [Decimal(-1)], [Decimal(5), Decimal("-0.01")]])
def test_an_amount_is_not_split_over_nothing_or_less(weights):
    with pytest.raises(MoneyError):
        allocated(Decimal("1.00"), weights)


@pytest.mark.parametrize(
    "amount", [1, 1.0, "1.00", Decimal("0.001"), Decimal("NaN"), Decimal("Infinity"), None]
)
def test_what_is_not_an_amount_in_whole_cents_is_no_money(amount):
    with pytest.raises(MoneyError):
        Money(amount)


def test_currencies_do_not_mix():
    euro, krone = Money(Decimal("1.00")), Money(Decimal("1.00"), "DKK")

    for act in (lambda: euro + krone, lambda: euro - krone, lambda: euro < krone):
        with pytest.raises(MoneyError):
            act()


@pytest.mark.parametrize("factor", [1.5, True, Decimal(2), "2"])
def test_money_is_multiplied_by_whole_numbers_alone(factor):
    with pytest.raises(MoneyError):
        Money(Decimal("1.00")) * factor


@given(st.integers(-(10**9), 10**9))
def test_cents_there_and_back(number):
    assert Money.from_cents(number).cents == number


def test_net_and_vat_that_miss_the_gross_do_not_exist():
    def money(text):
        return Money(Decimal(text))

    assert TaxedMoney(net=money("84.03"), vat=money("15.97"), gross=money("100.00"))
    with pytest.raises(MoneyError):
        TaxedMoney(net=money("84.03"), vat=money("15.96"), gross=money("100.00"))


@pytest.mark.parametrize(
    ("exact", "shown"),
    [("0.005", "0.01"), ("0.015", "0.02"), ("-0.005", "-0.01"), ("2.0049999", "2.00")],
)
def test_halves_are_rounded_up_as_on_a_receipt(exact, shown):
    assert rounded(Decimal(exact)) == Decimal(shown)


def test_remainders_that_are_equal_only_on_paper_go_to_the_earlier_weight_too():
    """16.5717… and 6.5717… cents: decimal numbers of 28 digits tell them apart, wrongly."""
    weights = [Decimal("554.26"), Decimal("229.32"), Decimal("219.80")]

    parts = allocated(Decimal("0.30"), weights)

    assert parts == [Decimal("0.17"), Decimal("0.07"), Decimal("0.06")]
