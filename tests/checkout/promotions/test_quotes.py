"""The money invariants of a quote with discounts, over random carts, rates and promotions."""

import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkout import quoting
from checkout.promotions import rules
from checkout.promotions.rules import Kind
from tests.checkout.promotions import carts
from tests.checkout.promotions.goods import ALL_KINDS, amount, percent, promotion
from tests.checkout.test_quoting import _item as item

rate_mixes = st.fixed_dictionaries(
    {name: st.sampled_from([0, 5, 7, 10, 19, 20, 25, 27]).map(Decimal) for name in carts.RATES}
)


@given(carts.items(), carts.promotions(), carts.fees, rate_mixes)
@settings(max_examples=100)
def test_goods_less_discounts_plus_deposits_and_delivery_are_the_total(items, offered, fee, rates):
    quote = carts.quote(items, offered, fee, rates)

    deposits = sum(one.unit_deposit * one.quantity for one in items)
    assert quote.total_gross == (
        sum(line.gross for line in quote.lines)
        - sum(one.goods for one in quote.discounts)
        + deposits
        + (fee or 0)
        - sum(one.shipping for one in quote.discounts)
    )
    assert quote.total_gross == (
        sum(line.payable_gross for line in quote.lines) + deposits + quote.delivery_gross
    )
    assert sum(one.gross for one in quote.vat_sums) == quote.total_gross
    assert quote.delivery_gross + quote.delivery_discount_gross == (fee or 0)
    assert min(quote.total_gross, quote.delivery_gross) >= 0


@given(carts.items(), carts.promotions(), carts.fees, rate_mixes)
@settings(max_examples=100)
def test_per_rate_net_and_vat_are_the_gross_that_is_payable(items, offered, fee, rates):
    quote = carts.quote(items, offered, fee, rates)

    for one in quote.vat_sums:
        shares = [share for line in quote.lines for share in line.shares if share.rate == one.rate]
        deposits = [line for line in quote.lines if not line.item.parts and line.rate == one.rate]
        exact = Fraction(one.gross) / (1 + Fraction(one.rate) / 100)
        assert Fraction(one.net) == Fraction(math.floor(exact * 100 + Fraction(1, 2)), 100)
        assert one.net + one.vat == one.gross
        of_goods = sum(share.payable_gross for share in shares)
        of_deposits = sum(line.item.deposit_gross for line in deposits)
        carried = one.gross - of_goods - of_deposits
        nets = sum(share.net for share in shares) + sum(line.deposit_net for line in deposits)
        assert 0 <= carried <= quote.delivery_gross
        assert 0 <= one.net - nets <= carried


@given(carts.items(), carts.promotions(), carts.fees)
@settings(max_examples=100)
def test_no_shelf_price_moves_and_every_line_holds_its_own_sums(items, offered, fee):
    quote = carts.quote(items, offered, fee)

    assert [line.item for line in quote.lines] == items
    for line in quote.lines:
        assert line.gross == line.item.unit_gross * line.item.quantity
        assert sum(share.gross for share in line.shares) == line.gross
        assert sum(share.payable_gross for share in line.shares) == line.payable_gross
        assert line.net + line.vat == line.payable_gross
        assert [share.part for share in line.shares] == list(line.item.parts or [None])
        for share in line.shares:
            assert 0 <= share.discount_gross <= share.gross
            assert share.net + share.vat == share.payable_gross
            assert 0 <= share.net <= share.payable_gross
            assert share.net == round(share.net, 2)


@given(carts.items(), carts.promotions(), carts.fees)
@settings(max_examples=100)
def test_discounts_are_their_allocations_and_no_line_falls_below_its_minimum(items, offered, fee):
    quote = carts.quote(items, offered, fee)

    by_line = {line.item.line_id: line for line in quote.lines}
    for one in quote.discounts:
        assert one.gross == sum(one.allocations.values()) + one.shipping > 0
        assert all(part > 0 for part in one.allocations.values())
        budget = one.promotion.budget_left
        assert budget is None or one.gross <= budget
    for line_id, line in by_line.items():
        of_line = sum(one.allocations.get(line_id, Decimal(0)) for one in quote.discounts)
        assert line.discount_gross == of_line
        assert line.payable_gross >= 0
        if line.discount_gross:
            assert line.payable_gross >= line.item.minimum_gross * line.item.quantity
    assert {key for one in quote.discounts for key in one.allocations} <= set(by_line)
    assert quote.discount_gross == sum(line.discount_gross for line in quote.lines)
    told = [one.promotion.id for one in (*quote.discounts, *quote.refused)]
    assert sorted(told) == [one.id for one in offered]


@given(carts.items(), carts.promotions(), carts.fees)
def test_a_promotion_never_makes_the_goods_or_the_same_delivery_dearer(items, offered, fee):
    plain, reduced = carts.quote(items, (), fee), carts.quote(items, offered, fee)

    assert reduced.total_gross == plain.total_gross - sum(one.gross for one in reduced.discounts)
    assert reduced.deposit_gross == plain.deposit_gross


# --- The worked tables ---------------------------------------------------------------------------


def test_five_lines_of_a_hundred_euros_hold_79_83_of_vat_also_beside_a_promotion_that_fails():
    failing = amount(1, "5.00", conditions=rules.Conditions(min_quantity=6))
    quote = carts.quote([item(number, "100.00") for number in range(1, 6)], [failing])

    (one,) = quote.vat_sums
    assert (quote.total_gross, one.net, one.vat) == (
        Decimal("500.00"),
        Decimal("420.17"),
        Decimal("79.83"),
    )


def test_the_table_of_the_page_with_two_rates():
    lamp, tea = item(1, "60.00"), item(2, "20.00", vat_class="reduced")

    quote = carts.quote([lamp, tea], [amount(1, "10.00")], Decimal("4.90"))

    assert [line.discount_gross for line in quote.lines] == [Decimal("7.50"), Decimal("2.50")]
    assert [(one.rate, one.gross, one.net, one.vat) for one in quote.vat_sums] == [
        (Decimal(19), Decimal("56.18"), Decimal("47.21"), Decimal("8.97")),
        (Decimal(7), Decimal("18.72"), Decimal("17.50"), Decimal("1.22")),
    ]
    assert quote.total_gross == Decimal("74.90")


def test_the_discount_of_a_bundle_follows_the_parts_of_its_price():
    tea, pot = (
        quoting.Part(
            variant_id=number,
            sku=f"P{number}",
            name="Part",
            label="",
            url="",
            quantity=1,
            unit_gross=Decimal(unit),
            vat_class=vat_class,
        )
        for number, (unit, vat_class) in enumerate(
            [("9.90", "reduced"), ("49.90", "standard")], start=7
        )
    )

    quote = carts.quote([item(1, "54.00", parts=(tea, pot))], [percent(1, 10)])

    (line,) = quote.lines
    assert [(one.gross, one.discount_gross) for one in line.shares] == [
        (Decimal("8.94"), Decimal("0.89")),
        (Decimal("45.06"), Decimal("4.51")),
    ]
    assert [one.gross for one in quote.vat_sums] == [Decimal("40.55"), Decimal("8.05")]


def test_goods_free_of_charge_leave_the_fee_to_their_shelf_prices():
    mug, tea = item(1, "30.00"), item(2, "10.00", vat_class="reduced")

    quote = carts.quote([mug, tea], [percent(1, 100)], Decimal("4.00"))

    assert quote.total_gross == Decimal("4.00")
    assert [(one.rate, one.gross) for one in quote.vat_sums] == [(19, 3), (7, 1)]


def test_deposits_are_never_discounted():
    water = item(1, "1.00", quantity=6, unit_deposit=Decimal("0.25"))

    quote = carts.quote([water], [percent(1, 100)])

    assert (quote.deposit_gross, quote.total_gross) == (Decimal("1.50"), Decimal("1.50"))


def test_the_shipping_kind_takes_from_the_fee_and_leaves_the_goods_alone():
    free = promotion(1, rules.FreeShipping(), kind=Kind.SHIPPING, combines_with=ALL_KINDS)

    quote = carts.quote([item(1, "30.00")], [free], Decimal("4.90"))

    assert (quote.delivery_gross, quote.delivery_discount_gross) == (0, Decimal("4.90"))
    assert quote.delivery is not None
    assert quote.delivery.gross == Decimal("4.90"), "the method keeps its fee"
    assert (quote.goods_gross, quote.discount_gross) == (Decimal("30.00"), 0)
    assert quote.total_gross == Decimal("30.00")


def test_promotions_without_a_moment_are_refused():
    with pytest.raises(quoting.CannotQuote, match="moment"):
        quoting.quote(
            [item(1, "5.00")],
            rates=carts.RATES,
            country="DE",
            currency="EUR",
            promotions=[percent(1, 10)],
        )
