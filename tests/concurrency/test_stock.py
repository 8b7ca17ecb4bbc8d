"""The last pieces are sold once; with the guard off they are not, so these tests can fail."""

import contextlib
import threading
from collections import Counter

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection

from checkout import placing
from checkout.models import Cart
from inventory import books, stock
from inventory.models import Reservation, StockItem
from orders.models import Order
from tests import careless
from tests.concurrency.conftest import filled_cart, place
from tests.making import make_goods

BUYERS, PIECES = 50, 10


def outcomes(results):
    return Counter(type(one).__name__ for one in results)


def test_fifty_order_the_last_ten_pieces_and_ten_get_them(at_once, mug, capsys):
    carts = [filled_cart(mug) for _number in range(BUYERS)]

    results = at_once(place, carts)

    assert outcomes(results) == {"Order": PIECES, "Short": BUYERS - PIECES}
    assert Order.objects.count() == PIECES
    item = StockItem.objects.get(variant=mug)
    assert (item.on_hand, item.reserved) == (PIECES, PIECES)
    assert Cart.objects.open().count() == BUYERS - PIECES
    refused = next(one for one in results if isinstance(one, placing.Short))
    assert set(refused.lines.values()) == {0}
    call_command("check_books")
    assert "BROKEN" not in capsys.readouterr().out


# Four look at once before one of them writes: ten pieces cannot be sold by fours.
_lookers = threading.Barrier(4)


def _meet():
    with contextlib.suppress(threading.BrokenBarrierError):
        _lookers.wait(timeout=1)


@pytest.fixture
def guard_off(monkeypatch):
    """Neither the condition of the UPDATE nor the lock before it."""
    _lookers.reset()
    monkeypatch.setattr(stock, "_take", careless.taking(_meet))
    monkeypatch.setattr(stock, "locks", careless.NO_LOCKS)


@pytest.fixture
def constraint_off(transactional_db):
    """The last belt of the database is open; closed again afterwards."""
    never_oversold = next(
        one for one in StockItem._meta.constraints if one.name == "stock_item_never_oversold"
    )
    with connection.schema_editor() as editor:
        editor.remove_constraint(StockItem, never_oversold)
    yield
    StockItem.objects.update(reserved=0)
    with connection.schema_editor() as editor:
        editor.add_constraint(StockItem, never_oversold)


def test_control_without_guard_and_constraint_the_pieces_are_sold_twice(
    at_once, mug, guard_off, constraint_off
):
    results = at_once(place, [filled_cart(mug) for _number in range(BUYERS)])

    assert Order.objects.count() > PIECES, "the race did not happen: the test above proves nothing"
    assert set(outcomes(results)) <= {"Order", "Short"}
    assert StockItem.objects.get(variant=mug).reserved > PIECES
    assert books.nothing_is_oversold()


def test_without_the_guard_the_database_still_refuses(at_once, mug, guard_off):
    results = at_once(place, [filled_cart(mug) for _number in range(BUYERS)])

    assert Order.objects.count() == PIECES
    assert StockItem.objects.get(variant=mug).reserved == PIECES
    refused = [one for one in results if not isinstance(one, Order)]
    assert any(isinstance(one, IntegrityError) for one in refused)
    assert books.nothing_is_oversold() == []


def test_carts_with_the_same_goods_in_opposite_order_never_wait_in_a_circle(
    at_once, rules, warehouse
):
    goods = [make_goods(warehouse, pieces=40) for _number in range(3)]
    carts = [filled_cart(*(goods if number % 2 else reversed(goods))) for number in range(24)]

    results = at_once(place, carts)

    assert outcomes(results) == {"Order": 24}
    assert set(StockItem.objects.values_list("reserved", flat=True)) == {24}
    assert Reservation.objects.count() == 72
    assert [sentence for sentence, find in books.CHECKS if find()] == []


def test_mixed_carts_take_exactly_what_there_is(at_once, rules, warehouse):
    """All or nothing for each cart; what one cart could not have, another one gets."""
    scarce, plenty = make_goods(warehouse, pieces=7), make_goods(warehouse, pieces=40)
    carts = [filled_cart(*((scarce, plenty) if number % 2 else (plenty,))) for number in range(24)]

    results = at_once(place, carts)

    assert outcomes(results) == {"Order": 12 + 7, "Short": 5}
    reserved = dict(StockItem.objects.values_list("variant_id", "reserved"))
    assert reserved == {scarce.pk: 7, plenty.pk: 19}
    assert [sentence for sentence, find in books.CHECKS if find()] == []
