import random

import pytest
from django.db import IntegrityError, transaction

from inventory import availability, books, stock
from inventory.models import (
    LocationKind,
    MovementKind,
    Reservation,
    StockItem,
    StockLocation,
    StockMovement,
)
from tests.making import LONG_AGO, NOON, make_variant, make_warehouse, put_in_stock

pytestmark = pytest.mark.django_db


def numbers(variant, location=None):
    """(on hand, reserved) of a variant."""
    items = StockItem.objects.filter(variant=variant)
    item = items.get(location=location) if location else items.get()
    return item.on_hand, item.reserved


def broken():
    return {sentence: rows for sentence, find in books.CHECKS if (rows := find())}


def reserve(quantities, reference="K-1"):
    with transaction.atomic():
        wanted = {variant.pk: pieces for variant, pieces in quantities.items()}
        return stock.reserve(wanted, reference=reference, moment=NOON)


def ship(reference, variant, pieces):
    with transaction.atomic():
        return stock.ship(reference, {variant.pk: pieces}, moment=NOON)


def kinds(variant):
    rows = StockMovement.objects.filter(item__variant=variant).order_by("pk")
    return list(rows.values_list("kind", "quantity", "reference"))


# --- Promise and give back ------------------------------------------------------------------------


def test_reserved_pieces_stay_on_the_shelf_but_are_promised(mug):
    reserve({mug: 3})

    assert numbers(mug) == (10, 3)
    assert stock.promised("K-1") == {mug.pk: 3}
    assert availability.of([mug.pk])[mug.pk].left == 7
    assert StockMovement.objects.filter(item__variant=mug).count() == 1  # the delivery note alone
    assert not broken()


def test_nothing_to_reserve_is_nothing_done(mug):
    assert reserve({}) == []
    assert numbers(mug) == (10, 0)


def test_the_last_piece_is_promised_once(lamp):
    reserve({lamp: 1})

    with pytest.raises(stock.OutOfStock) as refusal:
        reserve({lamp: 1}, "K-2")

    assert refusal.value.shortages == {lamp.pk: 0}
    assert numbers(lamp) == (1, 1)
    assert stock.promised("K-2") == {}
    assert not broken()


def test_all_or_nothing_and_the_refusal_tells_how_many_are_left(mug, lamp, tea):
    reserve({mug: 8}, "K-0")

    with pytest.raises(stock.OutOfStock) as refusal:
        reserve({tea: 5, mug: 3, lamp: 2})

    assert refusal.value.shortages == {mug.pk: 2, lamp.pk: 1}
    assert [numbers(one) for one in (mug, lamp, tea)] == [(10, 8), (1, 0), (30, 0)]
    assert not broken()


def test_a_variant_that_never_had_stock_is_short_of_everything(mug, rules):
    unknown = make_variant()

    with pytest.raises(stock.OutOfStock) as refusal:
        reserve({unknown: 1, mug: 1})

    assert refusal.value.shortages == {unknown.pk: 0}
    assert numbers(mug) == (10, 0)


@pytest.mark.parametrize("pieces", [0, -1])
def test_less_than_a_piece_is_not_reserved(mug, pieces):
    with pytest.raises(IntegrityError):
        reserve({mug: pieces})

    assert numbers(mug) == (10, 0)
    assert not Reservation.objects.exists()


def test_the_same_reference_never_reserves_twice(mug):
    reserve({mug: 3})

    with pytest.raises(IntegrityError, match="reservation_once_per_reference"):
        reserve({mug: 3})

    assert numbers(mug) == (10, 3)
    assert not broken()


def test_what_is_released_can_be_sold_again_and_a_second_release_does_nothing(mug, tea):
    reserve({mug: 3, tea: 2})
    reserve({mug: 1}, "K-2")

    assert stock.release("K-1", moment=NOON) == 5
    assert stock.release("K-1", moment=NOON) == 0

    assert numbers(mug) == (10, 1)
    assert numbers(tea) == (30, 0)
    assert stock.promised("K-1") == {}
    assert not broken()


def test_after_a_release_the_reference_may_reserve_again(mug):
    reserve({mug: 3})
    stock.release("K-1", moment=NOON)

    reserve({mug: 10})

    assert numbers(mug) == (10, 10)
    assert not broken()


# --- Send out -------------------------------------------------------------------------------------


def test_what_is_shipped_leaves_the_shelf_with_a_movement(mug):
    reserve({mug: 3})

    assert ship("K-1", mug, 3) == 3

    assert numbers(mug) == (7, 0)
    assert kinds(mug)[1:] == [(MovementKind.SOLD, -3, "K-1")]
    assert not broken()


def test_an_order_is_shipped_in_parts_and_the_rest_stays_promised(mug):
    reserve({mug: 5})

    ship("K-1", mug, 2)
    assert numbers(mug) == (8, 3)
    ship("K-1", mug, 1)
    assert stock.promised("K-1") == {mug.pk: 2}
    assert stock.release("K-1", moment=NOON) == 2

    assert numbers(mug) == (7, 0)
    assert kinds(mug)[1:] == [
        (MovementKind.SOLD, -2, "K-1"),
        (MovementKind.SOLD, -1, "K-1/2"),
    ]
    assert not broken()


def test_nothing_is_shipped_twice_or_beyond_what_was_promised(mug, tea):
    reserve({mug: 2})
    with pytest.raises(stock.NotReserved):
        ship("K-1", mug, 3)
    ship("K-1", mug, 2)

    for reference, variant, pieces in (("K-1", mug, 2), ("K-1", tea, 1), ("K-9", mug, 1)):
        with pytest.raises(stock.NotReserved):
            ship(reference, variant, pieces)

    assert numbers(mug) == (8, 0)
    assert numbers(tea) == (30, 0)
    assert not broken()


@pytest.mark.parametrize("pieces", [0, -1])
def test_less_than_a_piece_is_not_shipped(mug, pieces):
    reserve({mug: 2})

    with pytest.raises(stock.NotReserved):
        ship("K-1", mug, pieces)

    assert numbers(mug) == (10, 2)
    assert len(kinds(mug)) == 1


def test_shipping_nothing_is_nothing(mug):
    assert stock.ship("K-1", {}, moment=NOON) == 0


def test_pieces_sold_beyond_the_stock_leave_when_they_have_arrived(mug, warehouse):
    StockItem.objects.filter(variant=mug).update(backorder_limit=5)
    reserve({mug: 14})
    assert availability.of([mug.pk])[mug.pk].left == 1

    with pytest.raises(stock.NotHere), transaction.atomic():
        ship("K-1", mug, 14)
    assert numbers(mug) == (10, 14)
    stock.receive(warehouse, {mug.pk: 4}, reference="DN-late", moment=NOON)
    ship("K-1", mug, 14)

    assert numbers(mug) == (0, 0)
    assert not broken()


# --- Come in and be counted -----------------------------------------------------------------------


def test_a_delivery_note_is_booked_once(mug, tea, warehouse):
    stock.receive(warehouse, {mug.pk: 5, tea.pk: 1}, reference="DN-7", moment=NOON)

    with pytest.raises(IntegrityError, match="once_per_reference"), transaction.atomic():
        stock.receive(warehouse, {mug.pk: 5, tea.pk: 1}, reference="DN-7", moment=NOON)

    assert numbers(mug) == (15, 0)
    assert numbers(tea) == (31, 0)
    assert not broken()


def test_a_return_goes_back_on_the_shelf_and_is_told_apart(mug, warehouse):
    reserve({mug: 2})
    ship("K-1", mug, 2)

    stock.restock(warehouse, {mug.pk: 2}, reference="K-1", moment=NOON)

    assert numbers(mug) == (10, 0)
    assert kinds(mug)[1:] == [
        (MovementKind.SOLD, -2, "K-1"),
        (MovementKind.RESTOCKED, 2, "K-1"),
    ]
    assert not broken()


def test_a_count_books_the_difference_and_no_difference_books_nothing(mug):
    item = StockItem.objects.get(variant=mug)

    stock.set_count(item, on_hand=10, reference="INV-1", moment=NOON)
    assert len(kinds(mug)) == 1
    stock.set_count(item, on_hand=7, reference="INV-1", moment=NOON)
    stock.set_count(item, on_hand=7, reference="INV-1", moment=NOON)

    assert numbers(mug) == (7, 0)
    assert kinds(mug)[1:] == [(MovementKind.COUNTED, -3, "INV-1")]
    assert not broken()


@pytest.mark.parametrize("counted", [3, -1])
def test_a_count_below_what_is_promised_is_refused(mug, counted):
    reserve({mug: 4})
    item = StockItem.objects.get(variant=mug)

    with pytest.raises(IntegrityError), transaction.atomic():
        stock.set_count(item, on_hand=counted, reference="INV-1", moment=NOON)

    assert numbers(mug) == (10, 4)
    assert not broken()


@pytest.mark.parametrize(
    ("field", "value"),
    [("on_hand", -1), ("reserved", -1), ("reserved", 11), ("on_hand", 2)],
)
def test_the_database_refuses_what_the_code_forgot(mug, field, value):
    reserve({mug: 3})

    with pytest.raises(IntegrityError, match="stock_item"), transaction.atomic():
        StockItem.objects.filter(variant=mug).update(**{field: value})

    assert numbers(mug) == (10, 3)


def test_a_variant_lies_once_at_a_location_and_a_movement_has_a_reference(mug, warehouse):
    with pytest.raises(IntegrityError, match="once_per_location"), transaction.atomic():
        StockItem.objects.create(variant=mug, location=warehouse)
    with pytest.raises(IntegrityError, match="has_reference"), transaction.atomic():
        stock.receive(warehouse, {mug.pk: 1}, reference="", moment=NOON)


# --- Several warehouses ---------------------------------------------------------------------------


@pytest.fixture
def houses(rules):
    """North comes before south."""
    return make_warehouse("north", position=1), make_warehouse("south", position=2)


def _places(reference):
    rows = Reservation.objects.filter(reference=reference)
    return {one.item.variant_id: one.item.location.code for one in rows}


def test_one_house_that_has_everything_is_preferred(houses):
    north, south = houses
    cup, bowl = make_variant(), make_variant()
    for variant, house, pieces in ((cup, north, 5), (cup, south, 5), (bowl, south, 5)):
        put_in_stock(variant, pieces, house)

    reserve({cup: 1, bowl: 1})

    assert _places("K-1") == {cup.pk: "south", bowl.pk: "south"}


def test_where_no_house_has_everything_each_variant_comes_from_the_first_that_has_it(houses):
    north, south = houses
    cup, bowl = make_variant(), make_variant()
    for variant, house, pieces in ((cup, north, 5), (cup, south, 1), (bowl, south, 5)):
        put_in_stock(variant, pieces, house)

    reserve({cup: 2, bowl: 1})

    assert _places("K-1") == {cup.pk: "north", bowl.pk: "south"}
    assert not broken()


def test_a_line_is_not_split_over_houses_and_the_fullest_one_counts(houses):
    north, south = houses
    cup = make_variant()
    put_in_stock(cup, 3, north)
    put_in_stock(cup, 4, south)

    with pytest.raises(stock.OutOfStock) as refusal:
        reserve({cup: 5})

    assert (
        refusal.value.shortages == {cup.pk: 4} == {cup.pk: availability.of([cup.pk])[cup.pk].left}
    )
    reserve({cup: 4}, "K-2")
    assert _places("K-2") == {cup.pk: "south"}


def test_stores_and_closed_houses_send_nothing(houses):
    north, _south = houses
    cup = make_variant()
    put_in_stock(cup, 3, make_warehouse(kind=LocationKind.STORE))
    put_in_stock(cup, 3, north)
    StockLocation.objects.filter(pk=north.pk).update(is_active=False)

    with pytest.raises(stock.OutOfStock) as refusal:
        reserve({cup: 1})

    assert refusal.value.shortages == {cup.pk: 0}
    assert availability.of([cup.pk])[cup.pk].left == 0
    assert availability.sold_out([cup.product_id]) == {cup.product_id}


# --- A long life ----------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_whatever_happens_in_whatever_order_the_books_are_clean(houses, seed):
    dice = random.Random(seed)
    variants = [make_variant() for _number in range(3)]
    for place, variant in enumerate(variants):
        put_in_stock(variant, 6 + place, houses[place % 2])
    refused = 0

    for step in range(60):
        variant, pieces = dice.choice(variants), dice.randint(1, 4)
        reference = f"K-{dice.randint(1, 8)}"
        item = StockItem.objects.filter(variant=variant).first()
        acts = (
            lambda v=variant, p=pieces, s=step: reserve({v: p}, f"K-{s % 9}"),
            lambda v=variant, p=pieces, r=reference: ship(r, v, p),
            lambda r=reference: stock.release(r, moment=NOON),
            lambda v=variant, p=pieces, s=step: stock.receive(
                houses[s % 2], {v.pk: p}, reference=f"DN-{s}", moment=NOON
            ),
            lambda i=item, p=pieces, s=step: stock.set_count(
                i, on_hand=p, reference=f"INV-{s}", moment=NOON
            ),
        )
        try:
            with transaction.atomic():
                dice.choice(acts)()
        except (stock.OutOfStock, stock.NotReserved, IntegrityError):
            refused += 1

    assert not broken()
    assert 0 < refused < 60


# --- What pages are told --------------------------------------------------------------------------


def test_availability_is_one_statement_and_leaves_out_what_it_does_not_know(
    mug, lamp, pen, django_assert_num_queries
):
    with django_assert_num_queries(1):
        found = availability.of([mug.pk, lamp.pk, pen.pk, 10**9])

    assert {pk: (one.left, one.lead_days) for pk, one in found.items()} == {
        mug.pk: (10, 0),
        lamp.pk: (1, 0),
        pen.pk: (None, 3),
    }
    assert found[lamp.pk].is_low
    assert not found[mug.pk].is_low
    assert found[pen.pk].allows(10**6)
    assert not found[mug.pk].allows(11)


def test_a_product_is_sold_out_when_none_of_its_variants_can_be_had(mug, lamp, pen):
    reserve({lamp: 1})
    hidden = make_variant(lamp.product, is_active=False, has_stock_limit=False)

    products = [mug.product_id, lamp.product_id, pen.product_id]
    assert availability.sold_out(products) == {lamp.product_id}
    assert hidden.pk not in stock.promised("K-1")


def test_moments_of_movements_are_those_that_were_passed_in(mug):
    reserve({mug: 1})
    ship("K-1", mug, 1)

    moments = StockMovement.objects.filter(item__variant=mug).order_by("pk")
    assert list(moments.values_list("created_at", flat=True)) == [LONG_AGO, NOON]
