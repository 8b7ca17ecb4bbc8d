"""Sold beyond the shelf, with a day: what is promised, from which warehouse, and until when."""

import datetime

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.admin import shelf as shelves
from inventory import availability, stock
from inventory.models import StockItem
from shop import admin_home
from shop.kit import clock
from tests.making import make_product, make_variant, make_warehouse

pytestmark = pytest.mark.django_db

NOW = clock.now()
TODAY = clock.day_of(NOW)
SOON = TODAY + datetime.timedelta(days=10)
YESTERDAY = TODAY - datetime.timedelta(days=1)


def shelf(variant, place, *, on_hand=0, **fields):
    item = StockItem.objects.create(location=place, variant=variant, on_hand=on_hand, **fields)
    if on_hand:
        item.movements.create(
            kind="received", quantity=on_hand, reference=f"DN-{item.pk}", created_at=NOW
        )
    return item


def reserved(variant, quantity, reference="K-1"):
    return stock.reserve({variant.pk: quantity}, reference=reference, moment=NOW)[0].item


@pytest.fixture
def mug(rules):
    return make_variant(make_product("mug"), gross="10.00", sku="MUG")


@pytest.fixture
def hub(mug):
    return make_warehouse("hub")


def test_what_lies_there_leaves_at_once_and_the_rest_has_its_day(mug, hub):
    shelf(mug, hub, on_hand=3, reserved=1, backorder_limit=5, expected_on=SOON)

    found = availability.of([mug.pk])[mug.pk]

    assert (found.left, found.at_once) == (7, 2)
    assert [found.awaited_until(number) for number in (1, 2, 3)] == [None, None, SOON]


@given(
    on_hand=st.integers(0, 9),
    reserved=st.integers(0, 9),
    limit=st.integers(0, 9),
    days=st.none() | st.integers(-2, 2),
)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_staff_and_shoppers_count_by_one_rule_what_is_free(
    mug, hub, on_hand, reserved, limit, days
):
    StockItem.objects.all().delete()
    expected_on = None if days is None else TODAY + datetime.timedelta(days=days)
    reserved = min(reserved, on_hand + limit)
    StockItem.objects.create(
        location=hub,
        variant=mug,
        on_hand=on_hand,
        reserved=reserved,
        backorder_limit=limit,
        expected_on=expected_on,
    )

    item = StockItem.objects.with_free(TODAY).get()

    assert item.free_now == item.free(TODAY)
    assert availability.of([mug.pk])[mug.pk].left == max(item.free_now, 0)
    assert shelves.of_variants([mug])[mug.pk].free == item.free_now


def test_staff_read_what_is_promised_beyond_the_shelf_only_until_its_day(admin_client, mug, hub):
    shelf(mug, hub, on_hand=1, backorder_limit=50, expected_on=YESTERDAY)

    page = admin_client.get("/admin/inventory/stockitem/?level=low")

    assert [row.free_now for row in page.context["cl"].result_list] == [1]
    waiting = admin_home._waiting()
    assert waiting["low"].count() == 1
    assert waiting["overdue"].count() == 1


def test_a_day_that_is_over_promises_nothing_any_more(mug, hub):
    shelf(mug, hub, on_hand=1, backorder_limit=5, expected_on=YESTERDAY)

    assert availability.of([mug.pk])[mug.pk].left == 1
    with pytest.raises(stock.OutOfStock) as caught:
        reserved(mug, 2)

    assert caught.value.shortages == {mug.pk: 1}
    assert reserved(mug, 1).location == hub


def test_without_a_day_it_is_sold_beyond_the_shelf_as_before(mug, hub):
    shelf(mug, hub, backorder_limit=2)

    found = availability.of([mug.pk])[mug.pk]

    assert (found.left, found.at_once, found.awaited_until(1)) == (2, 0, None)
    assert reserved(mug, 2).location == hub


def test_what_lies_there_goes_before_what_is_awaited_then_the_earliest_day(mug, hub):
    late, near = make_warehouse("late", position=1), make_warehouse("near", position=2)
    shelf(mug, hub, backorder_limit=9, expected_on=SOON + datetime.timedelta(days=5))
    shelf(mug, late, backorder_limit=9, expected_on=SOON)
    shelf(mug, near, on_hand=1)

    assert reserved(mug, 1, "K-1").location == near
    assert reserved(mug, 1, "K-2").location == late


def test_one_place_for_all_lines_is_better_than_two_parcels(mug, hub):
    other = make_variant(make_product("pot"), gross="20.00", sku="POT")
    away = make_warehouse("away", position=1)
    shelf(mug, hub, on_hand=5)
    shelf(mug, away, on_hand=5)
    shelf(other, away, backorder_limit=5, expected_on=SOON)

    rows = stock.reserve({mug.pk: 1, other.pk: 1}, reference="K-3", moment=NOW)

    assert {row.item.location for row in rows} == {away}


def test_page_cart_and_machines_say_the_day(mug, hub):
    shelf(mug, hub, backorder_limit=5, expected_on=SOON, is_preorder=True)
    client = Client()

    page = client.get("/en/p/mug/").content.decode()
    client.post("/en/cart/lines/", {"variant": mug.pk, "quantity": "1"})
    cart = client.get("/en/cart/").content.decode()

    assert "Pre-order: appears on" in page
    assert "https://schema.org/PreOrder" in page
    assert f'"availabilityStarts":"{SOON.isoformat()}"' in page.replace(" ", "")
    assert "Pre-order: appears on" in cart


def test_a_reordered_piece_says_so_in_german(mug, hub):
    shelf(mug, hub, on_hand=0, backorder_limit=5, expected_on=SOON)

    page = Client().get("/de/p/mug/").content.decode()

    assert "Nachbestellt: erwartet am" in page
    assert "https://schema.org/BackOrder" in page


def test_what_is_awaited_cannot_be_sent(mug, hub):
    shelf(mug, hub, backorder_limit=5, expected_on=SOON)
    reserved(mug, 1)

    with pytest.raises(stock.NotHere) as caught:
        stock.ship("K-1", {mug.pk: 1}, moment=NOW)

    assert caught.value.variant_ids == {mug.pk}
    item = StockItem.objects.get()
    assert (item.on_hand, item.reserved) == (0, 1)
