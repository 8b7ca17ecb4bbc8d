"""However an order is split into parcels, pieces and stock agree; what does not is told."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inventory.models import StockItem, StockMovement
from orders import books, fulfilments
from orders.models import Fulfilment, Order
from orders.shipping import books as shipping_books
from orders.shipping import deliveries, packing
from tests.orders.conftest import line_for

pytestmark = pytest.mark.django_db(transaction=True)

_PARCEL = st.tuples(st.integers(0, 4), st.integers(0, 4), st.booleans())


def found():
    names = set(shipping_books.STATEMENTS)
    return {name for name, check in books.CHECKS if name in names and check()}


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(parcels=st.lists(_PARCEL, max_size=5))
def test_any_split_into_parcels_keeps_pieces_and_stock(paid_order, make_variant, moment, parcels):
    mug, tea = make_variant(pieces=20), make_variant(pieces=20)
    order = paid_order(lines=(line_for(mug, quantity=3), line_for(tea, quantity=4)))
    first, second = order.lines.order_by("position")
    left = {first.pk: 3, second.pk: 4}

    for a, b, is_packed in parcels:
        wanted = {first.pk: a, second.pk: b}
        order.refresh_from_db()
        if is_packed and order.is_shippable:
            packing.pack(order, by=None, moment=moment)
        fits = any(wanted.values()) and all(wanted[pk] <= left[pk] for pk in left)
        try:
            fulfilments.ship(
                order, carrier="DHL", tracking_number="", by=None, moment=moment, lines=wanted
            )
        except fulfilments.NotShippable:
            assert not fits
        else:
            assert fits
            left = {pk: left[pk] - wanted[pk] for pk in left}

    order.refresh_from_db()
    assert fulfilments.left_of(order) == left
    assert StockItem.objects.get(variant=mug).on_hand == 17 + left[first.pk]
    assert StockItem.objects.get(variant=tea).on_hand == 16 + left[second.pk]
    assert (order.fulfilment_status == "fulfilled") == (not any(left.values()))
    assert deliveries.last_delivery(order) is None
    assert found() == set()


@pytest.mark.parametrize(
    ("name", "statement"),
    [
        (
            "shipping: stock left = pieces in parcels",
            "UPDATE inventory_stockmovement SET quantity = -9 WHERE kind = 'sold'",
        ),
        (
            "shipping: nothing arrived in the future or before it left",
            "UPDATE orders_fulfilment SET delivered_at = now() + interval '2 days',"
            " delivery_known_by = 'hand'",
        ),
        (
            "shipping: packed orders wait for their carrier",
            "UPDATE orders_order SET packed_at = now()",
        ),
        (
            "shipping: parcels hold pieces of their own order",
            "UPDATE orders_orderline SET needs_shipping = false",
        ),
    ],
)
def test_what_does_not_agree_is_told(paid_order, moment, name, statement):
    order = paid_order()
    fulfilments.ship(order, carrier="DHL", tracking_number="", by=None, moment=moment)
    assert found() == set()

    with connection.cursor() as cursor:
        cursor.execute(statement)

    assert name in found()


def test_a_label_of_another_parcel_is_told(paid_order, sam, moment):
    from orders.shipping import labels, sending

    order = paid_order()
    label = labels.make(order, by=sam, moment=moment)
    sending.send({order.pk: label.tracking_number}, by=sam, moment=moment)
    assert found() == set()

    Fulfilment.objects.update(tracking_number="KT00000000994")

    assert found() == {"shipping: a label has the number of its parcel"}
    assert Order.objects.count() == 1 and StockMovement.objects.filter(kind="sold").count() == 1
