"""Whatever happens after payment in whatever order: money, VAT and stock stay exact."""

import os
from collections import Counter
from decimal import Decimal

import pytest
from django.db import connection

from catalog import pricing
from catalog.models import Variant
from inventory import books as stock_books
from inventory.models import LocationKind, StockItem
from orders import books
from orders.models import Return
from shop.kit import clock
from tests.making import LONG_AGO
from tests.orders.returns.sequences import Life, Shelves

pytestmark = pytest.mark.django_db(transaction=True)
SEQUENCES = int(os.environ.get("RETURN_SEQUENCES", "60"))
# A step that nobody looks at for long is late in the shop, not in a test.
LATE = {"mails: all go out", "payments: none is forgotten"}


def test_random_lives_of_orders_leave_money_vat_and_stock_exact(make_variant, warehouse, sandbox):
    variants = [make_variant(pieces=100_000) for _one in range(5)]
    for one in variants:
        Variant.objects.filter(pk=one.pk).update(product=variants[0].product)
        pricing.set_price(one, gross=Decimal("24.00"), start=LONG_AGO)
    shelves = Shelves(Counter({one.pk: 100_000 for one in variants}))

    for seed in range(SEQUENCES):
        try:
            Life(seed, variants, shelves, warehouse, clock.now(), sandbox).run()
        except AssertionError as problem:
            raise AssertionError(f"seed {seed}") from problem

    found = {
        name: rows
        for name, check in [*books.CHECKS, *stock_books.CHECKS]
        if name not in LATE and (rows := check())
    }
    assert found == {}
    assert _on_hand(warehouse) == dict(shelves.on_hand)
    apart = StockItem.objects.filter(location__kind=LocationKind.APART)
    assert {one.variant_id: one.on_hand for one in apart} == dict(shelves.apart)
    outcomes = set(Return.objects.values_list("outcome", flat=True))
    assert {"refund", "sent_back"} <= outcomes


def _on_hand(warehouse):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT variant_id, on_hand FROM inventory_stockitem WHERE location_id = %s",
            [warehouse.pk],
        )
        return dict(cursor.fetchall())
