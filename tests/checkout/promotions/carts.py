"""Random carts and promotions of every kind, for the tests of money that must always be right."""

from decimal import Decimal

from hypothesis import strategies as st

from checkout import quoting
from checkout.promotions import rules
from checkout.promotions.rules import Conditions, Kind, Scope
from shop.kit import money
from tests.checkout.promotions.goods import NOW

RATES = {"standard": Decimal(19), "reduced": Decimal(7), "zero": Decimal(0)}

cents = st.integers(0, 30_000).map(lambda number: Decimal(number) / 100)
classes = st.sampled_from(sorted(RATES))
fees = st.one_of(st.none(), st.integers(0, 3000).map(lambda number: Decimal(number) / 100))


@st.composite
def _items(draw, number):
    """A line: plain goods with or without deposit, or a bundle; with or without a minimum."""
    unit = draw(cents)
    is_bundle = draw(st.integers(0, 3)) == 0
    parts = []
    for place in range(draw(st.integers(2, 3)) if is_bundle else 0):
        part = quoting.Part(
            variant_id=10 * number + place, sku=f"P{place}", name="Part", label="", url="",
            quantity=draw(st.integers(1, 3)), unit_gross=draw(cents),
            vat_class=draw(classes), is_digital=draw(st.booleans()),
        )  # fmt: skip
        parts.append(part)
    minimum = draw(st.sampled_from([0, 0, 0, 30, 90, 100, 120]))
    return quoting.Item(
        line_id=number, variant_id=number, product_id=number, sku=f"S{number}", name="Mug",
        label="", summary="", url="", quantity=draw(st.integers(1, 7)), unit_gross=unit,
        before_gross=draw(st.sampled_from([None, unit + 1])), vat_class=draw(classes),
        base_price="", is_digital=not parts and draw(st.booleans()),
        unit_deposit=Decimal("0.00") if parts else draw(
            st.sampled_from(["0.00", "0.15", "0.25"]).map(Decimal)
        ),
        minimum_gross=money.rounded(unit * minimum / 100), parts=tuple(parts),
    )  # fmt: skip


@st.composite
def items(draw, most=4):
    return [draw(_items(number)) for number in range(1, draw(st.integers(1, most)) + 1)]


percents = st.integers(1, 100).map(Decimal)
percent_effects = st.builds(rules.Percent, percents, st.one_of(st.none(), cents))
amount_effects = st.builds(rules.Amount, cents)
tier_effects = st.lists(
    st.tuples(st.integers(0, 200).map(Decimal), st.one_of(percent_effects, amount_effects)),
    min_size=1,
    max_size=3,
    unique_by=lambda row: row[0],
).map(lambda rows: rules.Tiers(tuple(rules.Tier(*row) for row in rows)))
effects = {
    Kind.PRODUCT: st.one_of(
        percent_effects,
        amount_effects,
        tier_effects,
        st.builds(rules.UnitPrice, cents),
        st.builds(
            rules.BuyGet,
            st.integers(1, 3),
            st.integers(1, 2),
            percents,
            st.sampled_from([None, 1, 2]),
        ),
    ),
    Kind.ORDER: st.one_of(percent_effects, amount_effects, tier_effects),
    Kind.SHIPPING: st.one_of(
        percent_effects,
        amount_effects,
        st.builds(rules.FreeShipping, st.one_of(st.none(), cents)),
    ),
}
scopes = st.builds(
    Scope,
    product_ids=st.sets(st.integers(1, 4), max_size=2).map(frozenset),
    excluded_product_ids=st.sets(st.integers(1, 4), max_size=1).map(frozenset),
    includes_reduced=st.booleans(),
)
conditions = st.builds(
    Conditions,
    min_goods_gross=st.sampled_from([0, 0, 0, 50]).map(Decimal),
    min_quantity=st.sampled_from([0, 0, 3]),
)


@st.composite
def _promotions(draw, number):
    kind = draw(st.sampled_from(Kind))
    return rules.Promotion(
        id=number,
        code=f"p{number}",
        name=f"Promotion {number}",
        kind=kind,
        effect=draw(effects[kind]),
        scope=draw(scopes),
        conditions=draw(conditions),
        # Most name all kinds, so that many of them meet on the same lines.
        combines_with=draw(st.sampled_from([frozenset(Kind), frozenset(Kind), frozenset()])),
        priority=draw(st.integers(0, 2)),
        coupon_code=draw(st.sampled_from(["", "TEN"])),
        budget_left=draw(st.one_of(st.none(), st.none(), cents)),
    )


@st.composite
def promotions(draw, most=4):
    return [draw(_promotions(number)) for number in range(1, draw(st.integers(0, most)) + 1)]


def quote(items, offered=(), fee=None, rates=RATES):
    """The quote of `items` as the shop makes it, at one moment, for a guest in Germany."""
    delivery = None if fee is None else quoting.Delivery("parcel", "Parcel", fee)
    return quoting.quote(
        items,
        rates=rates,
        country="DE",
        currency="EUR",
        delivery=delivery,
        promotions=offered,
        shopper=rules.Shopper(country="DE"),
        moment=NOW,
    )
