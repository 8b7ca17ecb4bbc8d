"""`manage.py check_books` finds what is broken, names it, and ends with 1."""

import pytest
from django.core.management import call_command
from django.db import connection

from orders.models import Order
from tests.concurrency.conftest import filled_cart, place
from tests.making import make_goods

pytestmark = pytest.mark.django_db(transaction=True)

# A mutation in SQL, as no code of ours makes it, and what the command must say.
MUTATIONS = {
    "UPDATE inventory_stockitem SET on_hand = on_hand + 1": "stock: on hand = sum of movements",
    "UPDATE inventory_stockitem SET reserved = reserved + 1": (
        "stock: reserved = sum of open reservations"
    ),
    "UPDATE inventory_reservation SET quantity = quantity + 1": (
        "stock: reserved = sum of open reservations"
    ),
    "UPDATE orders_orderline SET quantity = 2, gross = 48, net = 40.34, vat = 7.66": (
        "orders: total = lines − discounts + delivery"
    ),
    "UPDATE orders_ordervat SET net = net - 1, gross = gross - 1": (
        "orders: VAT per rate adds up to the total"
    ),
    "UPDATE orders_order SET payment_status = 'paid'": (
        "orders: payment status = what the payments say"
    ),
    "UPDATE orders_order SET fulfilment_status = 'fulfilled'": (
        "orders: fulfilment status = what the parcels say"
    ),
}


def _books(capsys):
    capsys.readouterr()
    try:
        call_command("check_books")
        code = 0
    except SystemExit as end:
        code = end.code
    lines = capsys.readouterr().out.splitlines()
    return code, [line for line in lines if line.startswith("BROKEN")], len(lines)


@pytest.fixture
def order(mug) -> Order:
    return place(filled_cart(mug))


def test_a_sound_shop_has_clean_books(order, capsys):
    code, broken, lines = _books(capsys)

    assert (code, broken) == (0, [])
    assert lines >= 15


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_each_invariant_finds_its_own_break(order, capsys, mutation):
    with connection.cursor() as cursor:
        cursor.execute(mutation)

    code, broken, _lines = _books(capsys)

    assert code == 1
    assert any(MUTATIONS[mutation] in line for line in broken), broken


def test_a_long_list_is_cut_but_counted(mug, warehouse, capsys):
    for _number in range(7):
        make_goods(warehouse)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE inventory_stockitem SET on_hand = on_hand + 1")

    code, broken, _lines = _books(capsys)

    assert (code, len(broken)) == (1, 1)
    assert broken[0].count("has 11 ledger says 10") == 5
    assert broken[0].endswith(" and 3 more")
