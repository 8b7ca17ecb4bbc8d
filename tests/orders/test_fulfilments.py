"""Only what is paid leaves the house, once, with its stock and its mail."""

import pytest

from inventory.models import StockMovement
from orders import fulfilments, lifecycle, payments
from tests.orders.conftest import kinds_of, line_for, stock_of

pytestmark = pytest.mark.django_db(transaction=True)


def ship(order, moment, **more):
    given = {"carrier": "DHL", "tracking_number": "0034", "by": None, "moment": moment}
    return fulfilments.ship(order, **given | more)


def test_a_parcel_takes_its_pieces_along(paid_order, mug, sam, moment):
    order = paid_order()

    parcel = ship(order, moment, by=sam)

    order.refresh_from_db()
    assert order.fulfilment_status == "fulfilled"
    assert (parcel.carrier, parcel.tracking_number, parcel.actor) == ("DHL", "0034", sam)
    assert stock_of(mug) == (8, 0)
    assert StockMovement.objects.get(kind="sold").quantity == -2
    assert kinds_of(order) == ["confirmation", "shipped"]
    event = order.events.last()
    assert (event.kind, event.actor) == ("shipped", sam)
    assert event.facts == {"fulfilment": parcel.pk, "pieces": 2}


def test_nothing_is_shipped_twice(paid_order, mug, moment):
    order = paid_order()
    ship(order, moment)

    with pytest.raises(fulfilments.NotShippable):
        ship(order, moment)

    assert order.fulfilments.count() == 1
    assert stock_of(mug) == (8, 0)
    assert kinds_of(order) == ["confirmation", "shipped"]


def test_an_unpaid_order_is_not_shipped(place, mug, moment):
    order = place()

    with pytest.raises(fulfilments.NotShippable, match=order.number):
        ship(order, moment)

    assert not order.fulfilments.exists()
    assert stock_of(mug) == (10, 2)


def test_an_order_with_a_wrong_amount_is_not_shipped(place_and_start, sandbox, moment):
    order, payment = place_and_start()
    sandbox.pay(payment)
    sandbox.change(payment, amount_total=1)
    payments.settle(payment.pk, moment=moment)

    with pytest.raises(fulfilments.NotShippable):
        ship(order, moment)


def test_a_cancelled_order_is_not_shipped(paid_order, sandbox, mug, moment):
    order = paid_order()
    lifecycle.cancel(order, by=None, reason="cannot deliver", moment=moment)

    with pytest.raises(fulfilments.NotShippable):
        ship(order, moment)

    assert stock_of(mug) == (10, 0)


def test_an_order_leaves_in_two_parcels(paid_order, make_variant, moment):
    lines = (line_for(make_variant()), line_for(make_variant(has_stock_limit=False), quantity=1))
    order = paid_order(lines=lines)
    first, second = order.lines.order_by("position")

    ship(order, moment, lines={first.pk: 1})
    order.refresh_from_db()
    assert order.fulfilment_status == "partly"
    assert not order.is_cancellable
    assert fulfilments.left_of(order) == {first.pk: 1, second.pk: 1}

    ship(order, moment)
    order.refresh_from_db()
    assert order.fulfilment_status == "fulfilled"
    assert stock_of(first.variant) == (8, 0)
    assert kinds_of(order) == ["confirmation", "shipped", "shipped"]

    lifecycle.complete(order, by=None, moment=moment)
    order.refresh_from_db()
    assert order.status == "completed"


@pytest.mark.parametrize("quantity", [3, 99, 0])
def test_more_or_less_than_there_is_cannot_be_shipped(paid_order, moment, quantity):
    order = paid_order()
    line = order.lines.get()

    with pytest.raises(fulfilments.NotShippable):
        ship(order, moment, lines={line.pk: quantity})

    assert not order.fulfilments.exists()


def test_digital_lines_stay_out_of_the_parcel(paid_order, make_variant, moment):
    digital = make_variant(has_stock_limit=False)
    lines = (
        line_for(make_variant()),
        line_for(digital, quantity=1, needs_shipping=False, is_digital=True),
    )
    order = paid_order(lines=lines)

    parcel = ship(order, moment)

    assert [one.line.position for one in parcel.lines.all()] == [1]
    order.refresh_from_db()
    assert order.fulfilment_status == "fulfilled"
