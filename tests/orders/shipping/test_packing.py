"""The packing table: only what was ordered gets into the box; a closed box is not cancelled."""

import threading

import pytest
from django.db import connection

from orders import fulfilments, lifecycle
from orders.models import Collection, OrderLineComponent, PackedPiece
from orders.shipping import collecting, packing
from tests import backoffice
from tests.orders.conftest import kinds_of, line_for

pytestmark = pytest.mark.django_db(transaction=True)

TABLE = "/admin/orders/fulfilment/packing/"
EAN = "4006381333931"


@pytest.fixture
def desk(sam):
    return backoffice.Desk(sam)


def _fresh(order):
    order.refresh_from_db()
    return order


def test_pieces_are_scanned_by_ean_and_sku_until_the_box_is_full(
    paid_order, make_variant, sam, moment
):
    mug, tea = make_variant(gtin=EAN), make_variant()
    order = paid_order(lines=(line_for(mug, quantity=2), line_for(tea, quantity=1)))

    packing.scan(order, EAN, by=sam, moment=moment)
    packing.scan(order, f"0{EAN}", by=sam, moment=moment)
    assert _fresh(order).packed_at is None
    packing.scan(order, tea.sku.lower(), by=sam, moment=moment)

    assert _fresh(order).packed_at == moment
    event = order.events.last()
    assert (event.kind, event.actor, event.facts) == ("packed", sam, {"pieces": 3})
    assert not order.fulfilments.exists()


@pytest.mark.parametrize("code", ["", "4006381333932", "MUG", "%"])
def test_wrong_goods_do_not_get_into_the_box(paid_order, sam, moment, code):
    order = paid_order()

    with pytest.raises(packing.WrongGoods):
        packing.scan(order, code, by=sam, moment=moment)

    assert not PackedPiece.objects.exists()


def test_one_piece_too_many_is_refused(paid_order, make_variant, mug, sam, moment):
    other = make_variant()
    order = paid_order(lines=(line_for(mug, quantity=1), line_for(other, quantity=1)))
    packing.scan(order, mug.sku, by=sam, moment=moment)

    with pytest.raises(packing.WrongGoods):
        packing.scan(order, mug.sku, by=sam, moment=moment)

    assert PackedPiece.objects.get().quantity == 1


def test_a_bundle_is_scanned_as_its_components(paid_order, make_variant, mug, moment):
    part = make_variant()
    order = paid_order(quantity=2)
    line = order.lines.get()
    for position, (variant, pieces) in enumerate(((mug, 2), (part, 4)), start=1):
        gross = line.gross if position == 1 else 0
        OrderLineComponent.objects.create(
            line=line,
            variant=variant,
            position=position,
            sku=variant.sku,
            name=variant.sku,
            quantity=pieces,
            gross=gross,
            net=line.net if gross else 0,
            vat=line.vat if gross else 0,
            vat_rate=19,
        )

    slots = packing.slots(order)

    assert [(one.sku, one.wanted) for one in slots] == [(mug.sku, 2), (part.sku, 4)]


def test_what_is_packed_is_not_cancelled_until_it_is_unpacked(paid_order, sam, moment):
    order = paid_order()
    packing.pack(order, by=sam, moment=moment)

    with pytest.raises(lifecycle.NotCancellable):
        lifecycle.cancel(_fresh(order), by=None, reason="changed my mind", moment=moment)
    assert _fresh(order).status == "confirmed"

    packing.unpack(order, by=sam, moment=moment)
    lifecycle.cancel(_fresh(order), by=None, reason="changed my mind", moment=moment)
    assert _fresh(order).status == "cancelled"


def test_packing_moves_onto_the_parcel(paid_order, sam, moment):
    order = paid_order()
    packing.pack(order, by=sam, moment=moment)

    parcel = fulfilments.ship(order, carrier="DHL", tracking_number="", by=sam, moment=moment)

    assert parcel.packed_at == moment
    assert _fresh(order).packed_at is None
    assert not PackedPiece.objects.exists()


@pytest.mark.parametrize("round_", range(3))
def test_of_packing_and_cancelling_at_once_one_wins(paid_order, moment, round_):
    order = paid_order()
    start = threading.Barrier(2)
    won = []

    def run(name, act):
        try:
            start.wait()
            act()
            won.append(name)
        except (lifecycle.NotCancellable, fulfilments.NotShippable):
            pass
        finally:
            connection.close()

    acts = {
        "pack": lambda: packing.pack(order, by=None, moment=moment),
        "cancel": lambda: lifecycle.cancel(order, by=None, reason="no", moment=moment),
    }
    threads = [threading.Thread(target=run, args=one) for one in acts.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(won) == 1
    _fresh(order)
    assert (order.status == "cancelled") == (won == ["cancel"])
    assert (order.packed_at is not None) == (won == ["pack"])


def test_unpaid_orders_are_not_packed(place, moment):
    with pytest.raises(fulfilments.NotShippable):
        packing.pack(place(), by=None, moment=moment)


def test_the_table_works_with_a_scanner_and_without_a_script(paid_order, mug, desk):
    order = paid_order(quantity=1)

    found = desk.client.get(f"{TABLE}?number={order.number.lower()}")
    wrong = desk.post(found.url, code="nonsense")
    right = desk.post(found.url, code=mug.sku)

    assert found.url == f"{TABLE}{order.pk}/"
    assert wrong.status_code == 422 and "nonsense" in wrong.content.decode()
    assert right.status_code == 302
    assert _fresh(order).packed_at is not None
    assert desk.get(f"{TABLE}?number=K-NO-SUCH", status=404)


def test_goods_to_be_fetched_stand_ready_once(paid_order, sam, moment):
    order = paid_order(is_pickup=True)

    first = collecting.ready(order, by=sam, moment=moment)
    again = collecting.ready(order, by=sam, moment=moment)

    assert first == again and len(first.number) == 6
    assert kinds_of(order) == ["confirmation", "ready"]
    assert _fresh(order).is_cancellable


def test_a_parcel_is_no_way_for_what_is_fetched(paid_order, moment):
    order = paid_order(is_pickup=True)

    with pytest.raises(fulfilments.NotShippable):
        fulfilments.ship(order, carrier="DHL", tracking_number="", by=None, moment=moment)
    with pytest.raises(fulfilments.NotShippable):
        packing.pack(order, by=None, moment=moment)
    assert not Collection.objects.exists()


def test_what_is_sent_does_not_stand_ready(paid_order, moment):
    with pytest.raises(fulfilments.NotShippable):
        collecting.ready(paid_order(), by=None, moment=moment)
