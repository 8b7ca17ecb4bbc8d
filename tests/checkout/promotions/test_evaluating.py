"""Which promotions apply: the tables of docs/algorithms/discounts.md, each reason, the best way."""

import datetime
import itertools
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkout.promotions import rules
from checkout.promotions.rules import Conditions, Kind, Reason, Scope, Shopper
from tests.checkout.promotions.goods import (
    ALL_KINDS,
    NOW,
    amount,
    applied,
    evaluate,
    goods,
    percent,
    promotion,
    reasons,
)

MUG, LAMP = goods(1, "20.00"), goods(2, "100.00")


def only(*product_ids, **fields):
    return Scope(product_ids=frozenset(product_ids), **fields)


def free_delivery(number, max_fee=None, **fields):
    effect = rules.FreeShipping(max_fee and Decimal(max_fee))
    return promotion(number, effect, kind=Kind.SHIPPING, **fields)


# --- The worked tables ---------------------------------------------------------------------------


def test_the_table_of_the_page_which_go_together():
    a = percent(1, 20, kind=Kind.PRODUCT, scope=only(1), combines_with=frozenset({Kind.ORDER}))
    b = percent(2, 10, combines_with=frozenset({Kind.PRODUCT}))
    c = amount(3, "15.00", coupon_code="C")
    d = free_delivery(4, combines_with=frozenset({Kind.PRODUCT, Kind.ORDER}))

    all_four = evaluate([MUG, LAMP], d, c, b, a)
    without_a = evaluate([MUG, LAMP], b, c, d)

    assert applied(all_four) == {1: Decimal("4.00"), 2: Decimal("11.60")}
    assert reasons(all_four) == {3: Reason.OTHER_IS_BETTER, 4: Reason.OTHER_IS_BETTER}
    (against_c, against_d) = all_four.refused
    assert [one.id for one in against_c.facts["others"]] == [1, 2]
    assert [one.id for one in against_d.facts["others"]] == [1, 2]
    assert applied(without_a) == {3: Decimal("15.00")}


def test_an_order_promotion_looks_at_what_product_promotions_have_left():
    tea = goods(1, "52.00")
    off = amount(1, "4.00", kind=Kind.PRODUCT, combines_with=ALL_KINDS)
    from_fifty = amount(
        2,
        "5.00",
        combines_with=ALL_KINDS,
        conditions=Conditions(min_goods_gross=Decimal("50.00")),
    )

    outcome = evaluate([tea], off, from_fifty)

    assert applied(outcome) == {1: Decimal("4.00")}
    (refused,) = outcome.refused
    assert (refused.reason, refused.facts) == (Reason.MIN_GOODS, {"missing": Decimal("2.00")})


def test_of_every_three_pieces_the_cheapest_is_free():
    three_for_two = promotion(1, rules.BuyGet(buy=2, get=1), kind=Kind.PRODUCT)
    mugs, cups = goods(1, "12.00", 2), goods(2, "9.00", 2)

    one_group = evaluate([mugs, cups], three_for_two)
    two_groups = evaluate([mugs, goods(2, "9.00", 4)], three_for_two)
    too_few = evaluate([mugs], three_for_two)

    assert one_group.applied[0].allocations == {2: Decimal("9.00")}
    assert two_groups.applied[0].allocations == {2: Decimal("18.00")}
    assert too_few.refused[0].facts == {"missing": 1}


def test_buy_get_stops_at_its_most_and_takes_its_percentage():
    half_off = promotion(
        1, rules.BuyGet(buy=1, get=1, percent=Decimal(50), max_times=2), kind=Kind.PRODUCT
    )

    outcome = evaluate([goods(1, "9.99", 9)], half_off)

    assert outcome.applied[0].allocations == {1: Decimal("9.99")}


# --- Effects -------------------------------------------------------------------------------------


def test_a_product_percentage_is_of_each_line_and_is_not_moved_from_one_at_its_minimum():
    items = [goods(1, "10.00", minimum="9.50"), goods(2, "10.00")]

    outcome = evaluate(items, percent(1, 20, kind=Kind.PRODUCT))

    assert outcome.applied[0].allocations == {1: Decimal("0.50"), 2: Decimal("2.00")}


def test_an_order_percentage_moves_what_a_line_at_its_minimum_cannot_take():
    items = [goods(1, "10.00", minimum="9.50"), goods(2, "10.00")]

    outcome = evaluate(items, percent(1, 20))

    assert outcome.applied[0].allocations == {1: Decimal("0.50"), 2: Decimal("3.50")}


def test_a_cap_holds_for_the_whole_of_a_promotion():
    items = [goods(1, "30.00"), goods(2, "60.00")]

    of_products = evaluate(items, percent(1, 50, kind=Kind.PRODUCT, cap="9.00"))
    of_order = evaluate(items, percent(1, 50, cap="3.00"))

    assert of_products.applied[0].allocations == {1: Decimal("3.00"), 2: Decimal("6.00")}
    assert of_order.applied[0].allocations == {1: Decimal("1.00"), 2: Decimal("2.00")}


@pytest.mark.parametrize("kind", [Kind.PRODUCT, Kind.ORDER])
def test_a_budget_is_never_split(kind):
    items = [goods(1, "30.00"), goods(2, "60.00")]

    enough = evaluate(items, percent(1, 50, kind=kind, budget_left=Decimal("45.00")))
    too_little = evaluate(items, percent(1, 50, kind=kind, budget_left=Decimal("44.99")))
    nothing = evaluate(items, percent(1, 50, kind=kind, budget_left=Decimal("0.00")))

    assert enough.gross == Decimal("45.00")
    assert reasons(too_little) == reasons(nothing) == {1: Reason.BUDGET}
    assert too_little.gross == 0


def test_a_unit_price_makes_pieces_cheaper_but_never_dearer():
    each_eight = promotion(1, rules.UnitPrice(Decimal("8.00")), kind=Kind.PRODUCT)

    outcome = evaluate([goods(1, "9.50", 3), goods(2, "5.00")], each_eight)

    assert outcome.applied[0].allocations == {1: Decimal("4.50")}


@pytest.mark.parametrize(
    ("value", "expected"),
    [("49.99", {}), ("50.00", {1: "2.50"}), ("99.99", {1: "5.00"}), ("100.00", {1: "12.00"})],
)
def test_the_highest_tier_that_is_reached_gives(value, expected):
    tiers = rules.Tiers(
        (
            rules.Tier(Decimal("100.00"), rules.Amount(Decimal("12.00"))),
            rules.Tier(Decimal("50.00"), rules.Percent(Decimal(5))),
        )
    )

    outcome = evaluate([goods(1, value)], promotion(1, tiers))

    assert applied(outcome) == {key: Decimal(gross) for key, gross in expected.items()}
    if not expected:
        assert outcome.refused[0].facts == {"missing": Decimal("0.01")}


@pytest.mark.parametrize(
    ("effect", "expected"),
    [
        (rules.FreeShipping(), "4.90"),
        (rules.FreeShipping(Decimal("3.00")), "3.00"),
        (rules.Percent(Decimal(50)), "2.45"),
        (rules.Amount(Decimal("9.00")), "4.90"),
    ],
)
def test_a_shipping_promotion_takes_from_the_fee_and_never_more_than_that(effect, expected):
    outcome = evaluate([MUG], promotion(1, effect, kind=Kind.SHIPPING))

    assert outcome.shipping == Decimal(expected)
    assert outcome.goods == 0


def test_delivery_that_is_free_already_or_not_chosen_yet_leaves_nothing_to_take():
    free = free_delivery(1)

    assert reasons(evaluate([MUG], free, fee="0.00")) == {1: Reason.NOTHING_TO_TAKE}
    assert reasons(evaluate([MUG], free, fee=None)) == {1: Reason.NO_DELIVERY}


# --- Scope and conditions ------------------------------------------------------------------------


def test_goods_at_their_minimum_price_are_out_of_the_sum_and_bear_nothing():
    """A gift card of 50.00 beside a mug: ten percent are those of the mug."""
    card = goods(2, "50.00", minimum="50.00")

    outcome = evaluate([MUG, card], percent(1, 10))
    from_thirty = amount(2, "5.00", conditions=Conditions(min_goods_gross=Decimal("30.00")))

    assert outcome.applied[0].allocations == {1: Decimal("2.00")}
    assert reasons(evaluate([MUG, card], from_thirty)) == {2: Reason.MIN_GOODS}
    assert reasons(evaluate([card], percent(1, 10))) == {1: Reason.NO_GOODS}


@pytest.mark.parametrize(
    ("scope", "lines"),
    [
        (Scope(), {1, 2, 3}),
        (Scope(product_ids=frozenset({1})), {1}),
        (Scope(category_ids=frozenset({7})), {2, 3}),
        (Scope(collection_ids=frozenset({9})), {3}),
        (Scope(product_ids=frozenset({1}), collection_ids=frozenset({9})), {1, 3}),
        (Scope(category_ids=frozenset({7}), excluded_product_ids=frozenset({2})), {3}),
        (Scope(excluded_category_ids=frozenset({7})), {1}),
        (Scope(includes_reduced=False), {1, 3}),
    ],
)
def test_a_scope_covers_what_it_names_and_nothing_that_it_excludes(scope, lines):
    items = [
        goods(1, "10.00"),
        goods(2, "10.00", categories=(7,), before_gross=Decimal("12.00")),
        goods(3, "10.00", categories=(7, 8), collection_ids=frozenset({9})),
    ]

    outcome = evaluate(items, percent(1, 10, kind=Kind.PRODUCT, scope=scope))

    assert set(outcome.applied[0].allocations) == lines


REGULAR = Shopper(customer_id=1, groups=frozenset({"club"}), has_ordered=True, country="DE")


@pytest.mark.parametrize(
    ("conditions", "shopper", "reason"),
    [
        (Conditions(needs_account=True), Shopper(), Reason.NEEDS_ACCOUNT),
        (Conditions(customer_groups=frozenset({"club"})), Shopper(), Reason.CUSTOMER_GROUP),
        (Conditions(is_first_order=True), REGULAR, Reason.FIRST_ORDER),
        (Conditions(countries=frozenset({"AT"})), REGULAR, Reason.COUNTRY),
        (Conditions(delivery_codes=frozenset({"pickup"})), REGULAR, Reason.DELIVERY),
        (Conditions(min_quantity=3), REGULAR, Reason.MIN_QUANTITY),
        (Conditions(min_goods_gross=Decimal("120.01")), REGULAR, Reason.MIN_GOODS),
        (Conditions(needs_account=True, customer_groups=frozenset({"club"})), REGULAR, None),
        (Conditions(is_first_order=True), Shopper(), None),
        (Conditions(countries=frozenset({"DE"}), min_quantity=2), REGULAR, None),
        (Conditions(delivery_codes=frozenset({"parcel"})), REGULAR, None),
    ],
)
def test_each_condition_is_met_or_named(conditions, shopper, reason):
    outcome = evaluate([MUG, LAMP], percent(1, 10, conditions=conditions), shopper=shopper)

    assert reasons(outcome) == ({1: reason} if reason else {})
    assert applied(outcome) == ({} if reason else {1: Decimal("12.00")})


def test_a_promotion_holds_from_its_first_moment_until_before_its_last():
    hour = datetime.timedelta(hours=1)
    one = percent(1, 10, valid_from=NOW, valid_until=NOW + hour)

    assert reasons(evaluate([MUG], one, moment=NOW - hour)) == {1: Reason.NOT_YET}
    assert applied(evaluate([MUG], one, moment=NOW)) == {1: Decimal("2.00")}
    assert reasons(evaluate([MUG], one, moment=NOW + hour)) == {1: Reason.OVER}


@pytest.mark.parametrize(
    ("kind", "effect"),
    [
        (Kind.PRODUCT, rules.FreeShipping()),
        (Kind.ORDER, rules.BuyGet(1, 1)),
        (Kind.ORDER, rules.Percent(Decimal(101))),
        (Kind.ORDER, rules.Amount(Decimal(-1))),
        (Kind.PRODUCT, rules.BuyGet(0, 1)),
        (Kind.ORDER, rules.Tiers(())),
        (Kind.SHIPPING, rules.UnitPrice(Decimal(1))),
    ],
)
def test_a_promotion_that_nobody_could_apply_does_not_come_to_be(kind, effect):
    with pytest.raises(rules.BadPromotion):
        promotion(1, effect, kind=kind)


# --- Which of those that collide -----------------------------------------------------------------


def test_product_promotions_share_the_cart_and_contest_a_line():
    """30 % off one mug beats the 20 % off all mugs on that mug; the other one keeps its 20 %."""
    all_mugs = percent(1, 20, kind=Kind.PRODUCT)
    this_mug = percent(2, 30, kind=Kind.PRODUCT, scope=only(1))

    outcome = evaluate([goods(1, "10.00"), goods(2, "10.00")], all_mugs, this_mug)

    assert [dict(one.allocations) for one in outcome.applied] == [
        {2: Decimal("2.00")},
        {1: Decimal("3.00")},
    ]


def test_two_product_promotions_that_name_their_kind_meet_on_a_line():
    both = frozenset({Kind.PRODUCT})
    first = percent(1, 50, kind=Kind.PRODUCT, combines_with=both, priority=1)
    second = percent(2, 10, kind=Kind.PRODUCT, combines_with=both, priority=9)

    outcome = evaluate([goods(1, "10.00")], first, second)

    assert applied(outcome) == {2: Decimal("1.00"), 1: Decimal("4.50")}
    assert outcome.of_line(1) == Decimal("5.50")


def test_one_side_alone_cannot_opt_in():
    willing = amount(1, "5.00", combines_with=ALL_KINDS)
    alone = amount(2, "6.00")

    outcome = evaluate([LAMP], willing, alone)

    assert applied(outcome) == {2: Decimal("6.00")}
    assert reasons(outcome) == {1: Reason.OTHER_IS_BETTER}


@pytest.mark.parametrize(("priorities", "winner"), [((0, 0), 1), ((0, 1), 2), ((2, 1), 1)])
def test_at_the_same_result_the_priority_wins_then_the_lower_number(priorities, winner):
    one, other = (
        amount(number, "5.00", priority=priority)
        for number, priority in enumerate(priorities, start=1)
    )

    assert applied(evaluate([LAMP], other, one)) == {winner: Decimal("5.00")}


def test_what_is_tried_is_bounded_and_the_typed_coupon_is_tried_before_all_others():
    automatic = [amount(number, f"{number}.00") for number in range(1, 40)]
    coupon = amount(99, "60.00", coupon_code="SIXTY")

    outcome = evaluate([LAMP], *automatic, coupon)

    assert applied(outcome) == {99: Decimal("60.00")}
    assert len(outcome.refused) == 39


# --- Against a count of all ways -----------------------------------------------------------------

scopes = st.sets(st.integers(1, 3), max_size=2).map(lambda ids: only(*ids))
kinds = st.sets(st.sampled_from(Kind)).map(frozenset)
values = st.integers(1, 60)
effects = {
    Kind.PRODUCT: st.one_of(
        st.builds(lambda value: rules.Percent(Decimal(value)), values),
        st.builds(lambda value: rules.UnitPrice(Decimal(value)), values),
        st.builds(rules.BuyGet, st.integers(1, 3), st.integers(1, 2)),
    ),
    Kind.ORDER: st.one_of(
        st.builds(lambda value: rules.Percent(Decimal(value), Decimal(9)), values),
        st.builds(lambda value: rules.Amount(Decimal(value)), values),
    ),
    Kind.SHIPPING: st.builds(rules.FreeShipping),
}


@st.composite
def promotions(draw):
    found = []
    for number in range(1, draw(st.integers(1, 5)) + 1):
        kind = draw(st.sampled_from(Kind))
        found.append(
            promotion(
                number,
                draw(effects[kind]),
                kind=kind,
                scope=draw(scopes),
                combines_with=draw(kinds),
                priority=draw(st.integers(0, 2)),
                conditions=Conditions(min_goods_gross=Decimal(draw(st.sampled_from([0, 0, 40])))),
            )
        )
    return found


carts = st.lists(
    st.tuples(st.integers(1, 5000), st.integers(1, 5), st.integers(0, 100)), min_size=1, max_size=3
).map(
    lambda rows: [
        goods(
            number,
            Decimal(unit) / 100,
            quantity,
            minimum=Decimal(unit * share // 100) / 100,
        )
        for number, (unit, quantity, share) in enumerate(rows, start=1)
    ]
)


@given(carts, promotions())
@settings(max_examples=100)
def test_no_other_choice_takes_more_off_and_every_promotion_is_told_of(items, offered):
    outcome = evaluate(items, *offered)

    best = max(
        evaluate(items, *some).gross
        for size in range(len(offered) + 1)
        for some in itertools.combinations(offered, size)
    )
    colliding = any(not a.combines(b) for a, b in itertools.combinations(offered, 2))
    if colliding and not any(one.conditions.min_goods_gross for one in offered):
        assert outcome.gross == best
    told = [one.promotion.id for one in (*outcome.applied, *outcome.refused)]
    assert sorted(told) == [one.id for one in offered]


@given(carts, promotions())
@settings(max_examples=100)
def test_no_line_falls_below_its_minimum_and_only_what_combines_stands_together(items, offered):
    outcome = evaluate(items, *offered)

    for one in items:
        left = one.unit_gross * one.quantity - outcome.of_line(one.line_id)
        assert left >= one.minimum_gross * one.quantity
    assert 0 <= outcome.shipping <= Decimal("4.90")
    for one, other in itertools.combinations(outcome.applied, 2):
        if not one.promotion.combines(other.promotion):
            assert one.promotion.kind == other.promotion.kind == Kind.PRODUCT
            assert not set(one.allocations) & set(other.allocations)


@given(carts, promotions(), st.randoms(use_true_random=False))
def test_the_order_in_which_promotions_are_handed_in_changes_nothing(items, offered, dice):
    shuffled = list(offered)
    dice.shuffle(shuffled)

    assert evaluate(items, *offered) == evaluate(items, *shuffled)
