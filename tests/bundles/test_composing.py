"""What may go together, and what a bundle takes over from its components."""

import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from catalog import pricing, products
from catalog.bundles import composing, contents, periods
from catalog.bundles.composing import Part
from catalog.models import Bundle, BundleComponent, Price, Product, Variant
from catalog.products import copies
from tests.bundles.conftest import make_bundle, price_of
from tests.making import LONG_AGO, NOON, make_product, make_variant

pytestmark = pytest.mark.django_db


def refused(variant, *parts, pricing="fixed", percent_off="0"):
    with pytest.raises(composing.CannotBundle) as problem:
        composing.compose(
            variant,
            [Part(one, quantity) for one, quantity in parts],
            pricing=pricing,
            percent_off=Decimal(percent_off),
            moment=NOON,
        )
    assert not Bundle.objects.filter(pk=variant.pk).exists()
    return " ".join(problem.value.problems)


@pytest.fixture
def box():
    return make_variant(make_product("box"), gross="30.00")


def test_a_bundle_takes_weight_and_content_from_its_components(tea, mug):
    herbs = make_variant(content_amount=Decimal(50), content_unit="g", weight_g=80)
    Variant.objects.filter(pk=tea.pk).update(weight_g=285)
    tea.refresh_from_db()

    mixed = make_bundle((tea, 1), (mug, 2), gross="50.00")
    teas = make_bundle((tea, 2), (herbs, 1), gross="20.00")

    # Goods of different kinds need no base price (§ 4 (3) no. 2 PAngV), teas do.
    assert (mixed.content_amount, mixed.content_unit, mixed.weight_g) == (None, "", 285 + 800)
    assert (teas.content_amount, teas.content_unit, teas.weight_g) == (Decimal(550), "g", 650)
    assert mixed.has_stock_limit


def test_components_are_read_in_their_order_in_one_statement(
    fixed, tea, mug, django_assert_num_queries
):
    with django_assert_num_queries(1):
        found = contents.of([fixed.pk, mug.pk], moment=NOON)

    assert list(found) == [fixed.pk]
    assert [(one.sku, one.quantity) for one in found[fixed.pk]] == [("TEA-250", 1), ("MUG-1", 2)]
    assert all(one.is_for_sale for one in found[fixed.pk])
    assert contents.pieces([fixed.pk, mug.pk]) == {
        fixed.pk: {tea.pk: 1, mug.pk: 2},
        mug.pk: {mug.pk: 1},
    }


@pytest.mark.parametrize("count", [0, 1, 11])
def test_a_bundle_has_two_to_ten_components(box, count):
    parts = [(make_variant(), 1) for _number in range(count)]

    assert "2 bis 10" in refused(box, *parts)


def test_each_component_stands_in_it_once_some_times(box, mug, tea):
    assert "einmal" in refused(box, (mug, 1), (mug, 2))
    assert "1 bis 99" in refused(box, (mug, 0), (tea, 1))
    assert "1 bis 99" in refused(box, (mug, 100), (tea, 1))


def test_only_from_a_sum_a_percentage_is_taken(box, mug, tea):
    assert "Prozente" in refused(box, (mug, 1), (tea, 1), percent_off="5")
    assert "Prozente" in refused(box, (mug, 1), (tea, 1), pricing="summed", percent_off="100")


def test_no_bundle_stands_in_a_bundle_in_either_direction(fixed, box, mug, tea):
    assert "selbst ein Set" in refused(box, (fixed, 1), (mug, 1))
    assert "Bestandteil eines anderen" in refused(mug, (tea, 1), (box, 1))


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"is_gift_card": True}, "Geld"),
        ({"engraving_length": 5}, "nach Wunsch"),
        ({"withdrawal_exception": "custom_made"}, "nach Wunsch"),
        ({"withdrawal_exception": "perishable"}, "verdirbt"),
        ({"is_digital": True}, "Widerrufsrecht"),
        ({"energy_label": {"class": "E", "scale": "A–G"}}, "Energielabel"),
    ],
)
def test_what_is_unsafe_together_is_refused(box, mug, fields, why):
    odd = make_variant(make_product(**fields))

    assert why in refused(box, (mug, 1), (odd, 1))


def test_the_bundles_own_product_is_plain_and_not_in_it(mug, tea):
    product = make_product("odd", withdrawal_exception="custom_made")
    box, sibling = make_variant(product), make_variant(product)

    problems = refused(box, (mug, 1), (sibling, 1))

    assert "ohne Ausnahme" in problems or "keine Ausnahme" in problems
    assert "nicht sein eigenes" in problems


def test_a_deposit_stays_beside_its_own_price(box, mug):
    bottle = make_variant(deposit=Decimal("0.25"))

    assert "Pfand" in refused(box, (mug, 1), (bottle, 1))


def test_a_bundle_is_digital_if_all_of_it_is(pattern, mug):
    other = make_variant(
        make_product(is_digital=True, withdrawal_exception="digital"), has_stock_limit=False
    )
    plain, digital = make_variant(), make_variant(make_product(is_digital=True))

    assert "genau dann digital" in refused(plain, (pattern, 1), (other, 1))
    assert "genau dann digital" in refused(digital, (pattern, 1), (mug, 1))


def test_sealed_goods_and_downloads_may_be_components(mug, pattern):
    sealed = make_variant(make_product(withdrawal_exception="sealed"))

    assert make_bundle((mug, 1), (sealed, 1), (pattern, 1), gross="9.00").bundle


def test_composing_again_replaces_the_components(fixed, tea, lamp):
    composing.compose(fixed, [Part(tea, 3), Part(lamp, 1)], pricing="fixed", moment=NOON)

    rows = BundleComponent.objects.filter(bundle=fixed.pk).order_by("position")
    assert list(rows.values_list("variant__sku", "quantity")) == [("TEA-250", 3), ("LAMP-1", 1)]


def test_a_change_of_a_component_is_a_change_of_the_page_of_its_bundles(fixed, mug):
    before = Product.objects.get(pk=fixed.product_id).revision

    products.touch([mug.product_id])

    assert Product.objects.get(pk=fixed.product_id).revision == before + 1
    assert contents.products_with([mug.product_id]) == [fixed.product_id]


def test_components_must_be_on_sale_before_a_bundle_goes_live(fixed, mug):
    assert "components" not in products.missing(fixed.product, NOON)

    Product.objects.filter(pk=mug.product_id).update(status="archived")

    assert "MUG-1" in products.missing(fixed.product, NOON)["components"]


def test_a_component_cannot_be_deleted_under_its_bundle(fixed, mug):
    with pytest.raises(ProtectedError):
        mug.delete()


@pytest.mark.parametrize("fields", [{"quantity": 0}, {"quantity": 100}, {"own": True}])
def test_the_database_refuses_what_the_code_forgot(fixed, lamp, fields):
    variant = fixed if fields.pop("own", False) else lamp

    with pytest.raises(IntegrityError), transaction.atomic():
        BundleComponent.objects.create(bundle_id=fixed.pk, variant=variant, **fields)


# --- Copies --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "gross"), [("fixed", None), ("summed", "30.51")])
def test_a_copy_contains_the_same_and_only_a_sum_has_its_price(request, kind, gross, tea, mug):
    bundle = request.getfixturevalue(kind)
    before = list(BundleComponent.objects.filter(bundle=bundle.pk).values_list("pk", flat=True))

    twin = copies.duplicate(bundle.product, moment=NOON).variants.get()

    fields = ("variant", "quantity", "position")
    inside = [
        list(BundleComponent.objects.filter(bundle=pk).order_by("position").values_list(*fields))
        for pk in (bundle.pk, twin.pk)
    ]
    assert inside[0] == inside[1] == [(tea.pk, 1, 0), (mug.pk, 2 if kind == "fixed" else 1, 1)]
    copied, original = twin.bundle, bundle.bundle
    assert (copied.pricing, copied.percent_off) == (original.pricing, original.percent_off)
    assert [str(price.gross) for price in Price.objects.filter(variant=twin)] == (
        [gross] if gross else []
    )
    assert (
        list(BundleComponent.objects.filter(bundle=bundle.pk).values_list("pk", flat=True))
        == before
    )


# --- Prices --------------------------------------------------------------------------------------


def test_a_fixed_bundle_costs_what_staff_say_whatever_its_components_do(fixed, mug):
    pricing.set_price(mug, gross=Decimal("99.00"), start=LONG_AGO + datetime.timedelta(days=9))

    assert price_of(fixed, NOON).gross == Decimal("50.00")


def test_nobody_sets_the_price_of_a_sum(summed):
    before = list(Price.objects.filter(variant=summed).values_list("gross", "valid"))

    for act in (
        lambda: pricing.set_price(summed, gross=Decimal("1.00"), start=NOON),
        lambda: pricing.end_sale(summed, moment=NOON),
    ):
        with pytest.raises(periods.IsSummed), transaction.atomic():
            act()

    assert list(Price.objects.filter(variant=summed).values_list("gross", "valid")) == before


def test_what_was_asked_stays_history_when_the_bundle_changes(summed, tea, mug):
    composing.compose(
        summed, [Part(tea, 2), Part(mug, 1)], pricing="summed", percent_off=Decimal(0), moment=NOON
    )

    assert price_of(summed, NOON - datetime.timedelta(seconds=1)).gross == Decimal("30.51")
    assert price_of(summed, NOON).gross == Decimal("43.80")


def test_a_sum_that_becomes_a_price_of_its_own_goes_on_as_it_was(summed, tea, mug):
    composing.compose(summed, [Part(tea, 1), Part(mug, 1)], pricing="fixed", moment=NOON)
    later = NOON + datetime.timedelta(days=1)

    assert price_of(summed, later).gross == Decimal("30.51")
    pricing.set_price(summed, gross=Decimal("28.00"), start=later)
    pricing.set_price(mug, gross=Decimal("99.00"), start=later)
    assert price_of(summed, later).gross == Decimal("28.00")
