"""Catalogue promotions become prices, once, and go again; what others set stays."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext

from catalog import jobs, pricing
from catalog.models import (
    Category,
    Collection,
    CollectionMember,
    Price,
    PriceKind,
    Product,
    ReductionState,
    Variant,
)
from catalog.reductions import preview, writing
from catalog.reductions.planning import Obstacle
from tests.bundles.conftest import make_bundle
from tests.catalog.reductions.conftest import apply, day, make_reduction, work
from tests.making import LONG_AGO, NOON, make_product, make_variant


def sales(variant):
    rows = Price.objects.filter(variant=variant, kind=PriceKind.SALE).order_by("valid")
    return [(row.gross, row.valid.lower, row.valid.upper) for row in rows]


def asked(variant, moment):
    return pricing.price_of([variant.pk], moment)[variant.pk]


def test_the_scope_is_categories_with_those_below_collections_and_products_less_exclusions(db):
    top = Category.objects.create(slug="home", path="home", name_de="Heim", name_en="Home")
    below = Category.objects.create(
        slug="lamps", path="home/lamps", parent=top, name_de="Lampen", name_en="Lamps"
    )
    names = ("in top", "below", "named", "collected", "left out", "elsewhere", "archived", "card")
    home = {"in top": top, "below": below, "left out": below, "archived": below, "card": below}
    goods = {
        name: make_variant(
            make_product(
                name.replace(" ", "-"),
                status="archived" if name == "archived" else "active",
                is_gift_card=name == "card",
                **({"category": home[name]} if name in home else {}),
            )
        )
        for name in names
    }
    off_sale = make_variant(goods["below"].product, is_active=False)
    picked = Collection.objects.create(
        slug="picked", kind="picked", name_de="Wahl", name_en="Choice"
    )
    CollectionMember.objects.create(collection=picked, product=goods["collected"].product)
    reduction = make_reduction(
        (0, "10"),
        category_ids=[top.pk],
        collection_ids=[picked.pk],
        product_ids=[goods["named"].product_id],
        excluded_product_ids=[goods["left out"].product_id],
    )

    apply(reduction)

    cut = {name for name, variant in goods.items() if sales(variant)}
    assert cut == {"in top", "below", "named", "collected"}
    assert not sales(off_sale)


def test_prices_are_written_once_however_often_the_worker_is_called(mug):
    reduction = apply(make_reduction((2, "10"), (5, "25"), product_ids=[mug.product_id]))
    written = [(Decimal("21.60"), day(2), day(5)), (Decimal("18.00"), day(5), day(20))]
    assert sales(mug) == written

    work(reduction)
    apply(reduction)

    assert sales(mug) == written
    assert asked(mug, day(6)).before == Decimal("24.00")
    assert asked(mug, day(6)).percent_off == 25


def test_what_begins_in_the_past_begins_now(mug):
    apply(make_reduction((-5, "10"), (-3, "20"), product_ids=[mug.product_id]))

    assert sales(mug) == [(Decimal("19.20"), NOON, day(20))]


def test_the_preview_says_what_will_be_written_and_writes_nothing(mug):
    other = make_variant(mug.product, gross="10.00")
    pricing.set_price(other, gross=Decimal(9), start=day(18), end=day(30), kind=PriceKind.SALE)
    bare = make_variant(mug.product, gross=None)
    bound = make_variant(mug.product, gross="12.00", minimum_gross=Decimal(12))
    reduction = make_reduction((1, "25"), product_ids=[mug.product_id])

    found = preview.of(reduction, moment=NOON)

    assert found.reduced == 1
    assert found.left == {Obstacle.TAKEN: 1, Obstacle.NO_PRICE: 1, Obstacle.NOT_LOWER: 1}
    assert [row.variant_id for row in found.rows] == [mug.pk, other.pk, bare.pk, bound.pk]
    shown = found.rows[0].prices[0].shown
    assert (found.rows[0].old, shown.gross, shown.before) == (
        Decimal("24.00"),
        Decimal("18.00"),
        Decimal("24.00"),
    )
    assert shown.percent_off == 25
    assert not sales(mug)
    apply(reduction)
    assert asked(mug, day(1)) == pricing.CurrentPrice(
        Decimal("18.00"), "EUR", Decimal("24.00"), day(1), day(20)
    )


def test_the_preview_compares_with_the_thirty_days_before(mug):
    pricing.set_price(mug, gross=Decimal(20), start=day(-20), end=day(-10), kind=PriceKind.SALE)
    reduction = make_reduction((1, "25"), product_ids=[mug.product_id])

    shown = preview.of(reduction, moment=NOON).rows[0].prices[0].shown

    assert (shown.before, shown.percent_off) == (Decimal("20.00"), 10)


def test_goods_that_come_later_are_listed_and_change_when_staff_say_so(mug):
    reduction = apply(make_reduction((0, "10"), product_ids=[mug.product_id]))
    later = make_variant(mug.product, gross="10.00")

    jobs.sweep_reductions()
    work(reduction, day(3))

    assert not sales(later)
    assert [row.variant_id for row in preview.of(reduction, moment=day(3)).rows] == [later.pk]
    apply(reduction, day(3))
    assert sales(later) == [(Decimal("9.00"), day(3), day(20))]
    assert sales(mug) == [(Decimal("21.60"), NOON, day(20))]


def test_the_end_takes_back_what_is_its_own_and_has_not_begun(mug):
    other = make_variant(mug.product, gross="10.00")
    reduction = apply(make_reduction((0, "10"), (9, "25"), product_ids=[mug.product_id]))
    by_hand = pricing.set_price(
        mug, gross=Decimal(15), start=day(25), end=day(30), kind=PriceKind.SALE
    )

    writing.end(reduction)
    work(reduction, day(4))

    assert reduction.state == ReductionState.ENDED
    assert sales(mug) == [
        (Decimal("21.60"), NOON, day(4)),
        (by_hand.gross, day(25), day(30)),
    ]
    assert sales(other) == [(Decimal("9.00"), NOON, day(4))]
    assert asked(mug, day(3)).gross == Decimal("21.60")
    assert asked(mug, day(4)).gross == Decimal("24.00")
    work(reduction, day(5))
    assert len(sales(mug)) == 2


def test_what_is_over_or_ended_is_not_written_again(mug):
    over = make_reduction((0, "10"), product_ids=[mug.product_id], until=3)
    with pytest.raises(writing.NotNow):
        writing.begin(over, moment=day(3))
    ended = apply(make_reduction((5, "10"), product_ids=[mug.product_id]))
    writing.end(ended)
    work(ended)

    for act in (lambda: writing.begin(ended, moment=NOON), lambda: writing.end(ended)):
        with pytest.raises(writing.NotNow):
            act()

    assert not sales(mug)


def test_a_sum_of_a_bundle_follows_its_parts_and_is_no_price_of_the_promotion(mug):
    bundle = make_bundle((mug, 2), (make_variant(make_product(), gross="2.00"), 1))
    reduction = make_reduction((1, "25"), product_ids=[mug.product_id, bundle.product_id])

    apply(reduction)

    assert asked(bundle, day(1)).gross == Decimal("38.00")
    assert asked(bundle, NOON).gross == Decimal("50.00")
    assert not Price.objects.filter(variant=bundle, reduction=reduction).exists()
    assert preview.of(reduction, moment=NOON).left == {Obstacle.SUMMED: 1}


def test_a_promotion_that_wrote_prices_cannot_be_deleted(mug):
    reduction = apply(make_reduction((0, "10"), product_ids=[mug.product_id]))

    with pytest.raises(ProtectedError):
        reduction.delete()


def test_a_regular_price_never_names_a_promotion(mug):
    reduction = make_reduction((0, "10"), product_ids=[mug.product_id])

    with pytest.raises(IntegrityError), transaction.atomic():
        Price.objects.filter(variant=mug).update(reduction=reduction)


def test_pages_hear_of_the_new_prices(mug):
    before = Product.objects.get(pk=mug.product_id).revision

    apply(make_reduction((0, "10"), product_ids=[mug.product_id]))

    assert Product.objects.get(pk=mug.product_id).revision > before


def test_a_thousand_variants_are_a_slice_of_few_statements(db):
    product = make_product()
    many = Variant.objects.bulk_create(
        Variant(product=product, sku=f"SKU-{number}") for number in range(2_100)
    )
    pricing.open_prices(((one, Decimal("20.00")) for one in many), start=LONG_AGO)
    reduction = make_reduction((1, "10"), (5, "20"), product_ids=[product.pk])

    with CaptureQueriesContext(connection) as looked:
        found = preview.of(reduction, moment=NOON)
    with CaptureQueriesContext(connection) as wrote:
        apply(reduction)

    assert found.reduced == 2_100
    assert Price.objects.filter(reduction=reduction).count() == 4_200
    assert len(looked) <= 7
    assert len(wrote) <= 3 * 14 + 6
    with CaptureQueriesContext(connection) as ended:
        writing.end(reduction)
        work(reduction)
    assert len(ended) <= 3 * 14 + 6
    assert not Price.objects.filter(reduction=reduction).exists()
