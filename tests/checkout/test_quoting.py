"""The quote against a brute force that counts in exact fractions."""

import itertools
import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkout import quoting

RATES = {"standard": Decimal(19), "reduced": Decimal(7), "zero": Decimal(0)}
FEE = {"code": "standard", "name": "Standard"}


def _item(line_id, unit, quantity=1, vat_class="standard", **fields):
    return quoting.Item(
        line_id=line_id,
        variant_id=line_id,
        product_id=line_id,
        sku=f"SKU-{line_id}",
        name="Mug",
        label="",
        summary="",
        url="",
        quantity=quantity,
        unit_gross=Decimal(unit),
        before_gross=None,
        vat_class=vat_class,
        base_price="",
        **fields,
    )


def _quote(items, fee=None):
    delivery = None if fee is None else quoting.Delivery(**FEE, gross=Decimal(fee))
    return quoting.quote(items, rates=RATES, country="DE", currency="EUR", delivery=delivery)


prices = st.integers(0, 500_000).map(lambda cents: Decimal(cents) / 100)
# Most goods bear no deposit; those that do, from a cent to that of a keg.
deposits = st.sampled_from(["0.00", "0.00", "0.01", "0.08", "0.15", "0.25", "30.00"]).map(Decimal)
carts = st.lists(
    st.tuples(prices, st.integers(1, 99), st.sampled_from(sorted(RATES)), deposits),
    min_size=1,
    max_size=6,
).map(
    lambda rows: [
        _item(number, unit, quantity, vat_class, unit_deposit=deposit)
        for number, (unit, quantity, vat_class, deposit) in enumerate(rows, start=1)
    ]
)
fees = st.one_of(st.none(), st.integers(0, 5000).map(lambda cents: Decimal(cents) / 100))


@given(carts, fees)
def test_lines_and_delivery_add_up_to_the_total(items, fee):
    quote = _quote(items, fee)

    assert sum(line.gross for line in quote.lines) == quote.goods_gross
    assert quote.deposit_gross == sum(one.unit_deposit * one.quantity for one in items)
    assert quote.goods_gross + quote.deposit_gross + (fee or 0) == quote.total_gross
    assert sum(one.gross for one in quote.vat_sums) == quote.total_gross


@given(carts, fees)
def test_net_and_vat_make_the_gross_for_each_rate_and_each_line(items, fee):
    quote = _quote(items, fee)

    for part in (*quote.vat_sums, *quote.lines):
        assert part.net + part.vat == part.gross
        assert part.net == round(part.net, 2)
        assert 0 <= part.net <= part.gross
    for line in quote.lines:
        assert line.deposit_net + line.deposit_vat == line.item.deposit_gross
        assert 0 <= line.deposit_net <= line.item.deposit_gross


@given(carts, fees)
def test_no_shelf_price_moves_and_no_line_changes_its_place(items, fee):
    quote = _quote(items, fee)

    assert [line.item for line in quote.lines] == items
    assert [line.gross for line in quote.lines] == [one.unit_gross * one.quantity for one in items]
    assert [line.rate for line in quote.lines] == [RATES[one.vat_class] for one in items]


def _half_up(exact):
    return Fraction(math.floor(exact * 100 + Fraction(1, 2)), 100)


def _exact_shares(items, fee):
    """The delivery fee over the rates, largest remainder, the higher rate first."""
    gross = {}
    for one in items:
        rate = RATES[one.vat_class]
        gross[rate] = gross.get(rate, Fraction(0)) + Fraction(one.unit_gross) * one.quantity
    rates = sorted(gross, reverse=True)
    whole = sum(gross.values())
    cents = int((fee or 0) * 100)
    if not whole:
        return gross, dict.fromkeys(rates, Fraction(0)) | {rates[0]: Fraction(cents, 100)}
    exact = [cents * gross[rate] / whole for rate in rates]
    parts = [math.floor(one) for one in exact]
    by_rest = sorted(range(len(rates)), key=lambda i: (parts[i] - exact[i], i))
    for i in by_rest[: cents - sum(parts)]:
        parts[i] += 1
    return gross, {rate: Fraction(part, 100) for rate, part in zip(rates, parts, strict=True)}


@given(carts, fees)
def test_vat_is_computed_once_from_the_sum_of_each_rate(items, fee):
    gross, shares = _exact_shares(items, fee)
    expected = {}
    for rate, goods in gross.items():
        of_rate = [one for one in items if RATES[one.vat_class] == rate]
        deposit = sum(Fraction(one.unit_deposit) * one.quantity for one in of_rate)
        whole = goods + deposit + shares[rate]
        net = _half_up(whole / (1 + Fraction(rate) / 100))
        expected[rate] = (net, whole - net, whole)

    sums = _quote(items, fee).vat_sums

    assert {one.rate: (one.net, one.vat, one.gross) for one in sums} == expected
    assert [one.rate for one in sums] == sorted(expected, reverse=True)


@given(carts, fees)
@settings(max_examples=60)
def test_the_nets_of_a_rate_add_up_and_lie_as_near_to_the_exact_ones_as_cents_can(items, fee):
    """Of all ways to round each line up or down that reach the sum, none lies nearer."""
    _gross, shares = _exact_shares(items, fee)
    quote = _quote(items, fee)

    for one in quote.vat_sums:
        lines = [line for line in quote.lines if line.rate == one.rate]
        factor = 100 / (100 + Fraction(one.rate))
        bearing = [line for line in lines if line.item.unit_deposit]
        exact = [Fraction(line.gross) * factor for line in lines]
        exact += [Fraction(line.item.deposit_gross) * factor for line in bearing]
        found = [Fraction(line.net) for line in lines]
        found += [Fraction(line.deposit_net) for line in bearing]
        share_net = Fraction(one.net) - sum(found)
        exact, found = [*exact, shares[one.rate] * factor], [*found, share_net]
        choices = [
            {Fraction(math.floor(net * 100), 100), Fraction(math.ceil(net * 100), 100)}
            for net in exact
        ]
        best = min(
            sum(abs(net - true) for net, true in zip(nets, exact, strict=True))
            for nets in itertools.product(*choices)
            if sum(nets) == Fraction(one.net)
        )
        assert sum(abs(net - true) for net, true in zip(found, exact, strict=True)) == best
        assert 0 <= share_net <= shares[one.rate]


def test_five_lines_of_a_hundred_euros_hold_79_83_of_vat():
    quote = _quote([_item(number, "100.00") for number in range(1, 6)])

    assert quote.total_gross == Decimal("500.00")
    (one,) = quote.vat_sums
    assert (one.net, one.vat) == (Decimal("420.17"), Decimal("79.83"))
    assert (
        sorted(line.net for line in quote.lines) == [Decimal("84.03")] * 3 + [Decimal("84.04")] * 2
    )


def test_a_deposit_stands_beside_the_price_and_is_taxed_like_the_goods():
    bottles = _item(1, "1.19", quantity=6, unit_deposit=Decimal("0.25"))
    milk = _item(2, "1.59", quantity=2, vat_class="reduced", unit_deposit=Decimal("0.15"))

    quote = _quote([bottles, milk], "4.90")

    assert quote.goods_gross == Decimal("10.32")
    assert quote.deposit_gross == Decimal("1.80")
    assert quote.total_gross == Decimal("17.02")
    assert [(one.rate, one.gross, one.vat) for one in quote.vat_sums] == [
        (Decimal(19), Decimal("12.03"), Decimal("1.92")),
        (Decimal(7), Decimal("4.99"), Decimal("0.33")),
    ]
    first, second = quote.lines
    assert (first.gross, first.item.deposit_gross) == (Decimal("7.14"), Decimal("1.50"))
    assert (first.deposit_net, first.deposit_vat) == (Decimal("1.26"), Decimal("0.24"))
    assert (second.deposit_net, second.deposit_vat) == (Decimal("0.28"), Decimal("0.02"))


def test_what_comes_by_e_mail_takes_no_part_of_the_delivery_fee():
    card = _item(2, "60.00", vat_class="zero", is_digital=True)

    mixed = _quote([_item(1, "40.00"), card], "5.00")
    alone = _quote([card], "5.00")

    assert [(one.rate, one.gross) for one in mixed.vat_sums] == [(19, 45), (0, 60)]
    assert [(one.rate, one.gross) for one in alone.vat_sums] == [(0, 65)]


def test_the_delivery_fee_shares_the_rates_of_the_goods():
    quote = _quote([_item(1, "24.00"), _item(2, "9.90", vat_class="reduced")], fee="4.90")

    rows = [(one.rate, one.net, one.vat, one.gross) for one in quote.vat_sums]
    assert rows == [
        (Decimal(19), Decimal("23.08"), Decimal("4.39"), Decimal("27.47")),
        (Decimal(7), Decimal("10.59"), Decimal("0.74"), Decimal("11.33")),
    ]


def test_a_voucher_at_no_rate_takes_its_share_of_the_fee():
    quote = _quote([_item(1, "50.00"), _item(2, "50.00", vat_class="zero")], fee="4.90")

    assert [(one.rate, one.gross) for one in quote.vat_sums] == [
        (Decimal(19), Decimal("52.45")),
        (Decimal(0), Decimal("52.45")),
    ]


def test_an_empty_cart_costs_the_fee_alone_at_the_highest_rate():
    assert _quote([]).total_gross == Decimal("0.00")

    (one,) = _quote([], fee="4.90").vat_sums
    assert (one.rate, one.gross) == (Decimal(19), Decimal("4.90"))


def test_nothing_is_sold_at_a_guessed_rate():
    with pytest.raises(quoting.CannotQuote, match="DE"):
        _quote([_item(1, "5.00", vat_class="luxury")])


def test_a_line_is_short_only_where_fewer_are_left_than_asked_for():
    items = [
        _item(1, "1.00", quantity=3, left=2),
        _item(2, "1.00", quantity=3, left=3),
        _item(3, "1.00", quantity=3, left=None),
        _item(4, "1.00", quantity=1, left=0),
    ]

    assert [line.item.line_id for line in _quote(items).short_lines] == [1, 4]
