"""The quote of carts with bundles against a brute force in exact fractions."""

import math
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from checkout import quoting

RATES = {"standard": Decimal(19), "reduced": Decimal(7), "zero": Decimal(0)}


def item(number, unit, quantity, vat_class, parts):
    return quoting.Item(
        line_id=number, variant_id=number, product_id=number, sku=f"S{number}", name="Set",
        label="", summary="", url="", quantity=quantity, unit_gross=unit, before_gross=None,
        vat_class=vat_class, base_price="", parts=tuple(
            quoting.Part(
                variant_id=100 * number + place, sku=f"P{place}", name="Part", label="", url="",
                quantity=count, unit_gross=single, vat_class=rate, is_digital=is_digital,
            )
            for place, (single, count, rate, is_digital) in enumerate(parts)
        ),
    )  # fmt: skip


cents = st.integers(0, 50_000).map(lambda amount: Decimal(amount) / 100)
classes = st.sampled_from(sorted(RATES))
parts = st.one_of(
    st.just([]),
    st.lists(st.tuples(cents, st.integers(1, 5), classes, st.booleans()), min_size=2, max_size=5),
)
carts = st.lists(st.tuples(cents, st.integers(1, 9), classes, parts), min_size=1, max_size=4).map(
    lambda rows: [item(number, *row) for number, row in enumerate(rows, start=1)]
)
fees = st.one_of(st.none(), cents)


def quote(items, fee=None):
    delivery = None if fee is None else quoting.Delivery("standard", "Standard", fee)
    return quoting.quote(items, rates=RATES, country="DE", currency="EUR", delivery=delivery)


@given(carts, fees)
def test_everything_adds_up_with_bundles_in_the_cart(items, fee):
    found = quote(items, fee)

    assert sum(line.gross for line in found.lines) == found.goods_gross
    assert sum(one.gross for one in found.vat_sums) == found.total_gross
    for one in (*found.vat_sums, *found.lines):
        assert one.net + one.vat == one.gross
        assert 0 <= one.net <= one.gross
    for line in found.lines:
        assert sum(share.gross for share in line.shares) == line.gross
        assert all(0 <= share.net <= share.gross for share in line.shares)
        assert [share.part for share in line.shares] == list(line.item.parts or [None])


@given(carts, fees)
def test_each_rate_is_taxed_once_on_the_sum_of_its_shares(items, fee):
    found = quote(items, fee)

    for one in found.vat_sums:
        shares = [share for line in found.lines for share in line.shares if share.rate == one.rate]
        carried = one.gross - sum(share.gross for share in shares)
        exact = Fraction(one.gross) / (1 + Fraction(one.rate) / 100)
        assert Fraction(one.net) == Fraction(math.floor(exact * 100 + Fraction(1, 2)), 100)
        assert 0 <= carried <= (fee or 0)
        assert 0 <= one.net - sum(share.net for share in shares) <= carried


@given(carts)
@settings(max_examples=60)
def test_a_bundle_is_split_in_proportion_to_single_prices_to_the_cent(items):
    for line in quote(items).lines:
        if not line.item.parts:
            continue
        weights = [Fraction(one.unit_gross) * one.quantity for one in line.item.parts]
        of_one = [Fraction(share.gross) / line.item.quantity for share in line.shares]
        unit = Fraction(line.item.unit_gross)
        assert sum(of_one) == unit
        for part, weight in zip(of_one, weights, strict=True):
            assert (part * 100).denominator == 1, "a part of one bundle has whole cents"
            if sum(weights):
                assert abs(part - unit * weight / sum(weights)) < Fraction(1, 100)


@given(carts)
def test_what_is_taken_from_the_stock_is_each_component_as_often_as_the_line_says(items):
    for one in items:
        wanted = {part.variant_id: part.quantity * one.quantity for part in one.parts}
        assert one.pieces == (wanted or {one.variant_id: one.quantity})


def test_the_worked_table_of_the_docs():
    tea = (Decimal("9.90"), 1, "reduced", False)
    pot = (Decimal("49.90"), 1, "standard", False)

    (line,) = quote([item(1, Decimal("54.00"), 1, "standard", [tea, pot])]).lines

    assert [(share.gross, share.net, share.vat) for share in line.shares] == [
        (Decimal("8.94"), Decimal("8.36"), Decimal("0.58")),
        (Decimal("45.06"), Decimal("37.87"), Decimal("7.19")),
    ]
    assert (line.net, line.vat) == (Decimal("46.23"), Decimal("7.77"))


def test_what_is_downloaded_bears_no_part_of_the_fee():
    book = (Decimal("10.00"), 1, "reduced", True)
    mug = (Decimal("10.00"), 1, "standard", False)

    found = quote([item(1, Decimal("20.00"), 1, "standard", [book, mug])], Decimal("5.00"))

    assert {one.rate: one.gross for one in found.vat_sums} == {19: Decimal(15), 7: Decimal(10)}
