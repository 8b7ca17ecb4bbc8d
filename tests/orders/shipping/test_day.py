"""The page of the day: many orders at once, the good ones go through."""

import io

import pypdf
import pytest

from inventory.models import StockItem
from orders import fulfilments
from orders.models import CarrierChoice, Fulfilment, Order
from orders.shipping import labels, picking, queue, sending
from tests import backoffice
from tests.orders.conftest import kinds_of, line_for

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = "/admin/orders/fulfilment/shipping/"
DHL = ("00340433836442636597", "153124712001")
UPS = "1Z5R89390357567127"


@pytest.fixture
def desk(sam):
    return backoffice.Desk(sam)


def test_numbers_are_taken_and_mistakes_are_told_by_row(paid_order, sam, moment):
    good, other, doubtful, wrong, twice = [paid_order(quantity=1) for _at in range(5)]

    outcome = sending.send(
        {
            good.pk: DHL[0],
            other.pk: UPS,
            doubtful.pk: "201298452277",
            wrong.pk: "00340433836442636598",
            twice.pk: DHL[0],
        },
        by=sam,
        moment=moment,
    )

    assert [one.order for one in outcome.sent] == [good, other]
    assert [one.carrier_code for one in outcome.sent] == ["dhl", "ups"]
    assert set(outcome.problems) == {doubtful.pk, wrong.pk, twice.pk}
    assert "FedEx" in outcome.problems[doubtful.pk]
    assert good.number in outcome.problems[twice.pk]
    for order in (doubtful, wrong, twice):
        assert not order.fulfilments.exists()
        assert "shipped" not in kinds_of(order)


def test_a_doubtful_number_is_of_the_carrier_of_the_method(paid_order, moment):
    order = paid_order()
    CarrierChoice.objects.create(method=order.delivery_method, carrier_code="gls")

    outcome = sending.send({order.pk: "201298452277"}, by=None, moment=moment)

    assert outcome.sent[0].carrier_code == "gls"


def test_staff_may_say_whose_the_doubtful_numbers_are(paid_order, moment):
    first, second = paid_order(quantity=1), paid_order(quantity=1)

    outcome = sending.send(
        {first.pk: "201298452277", second.pk: "A-17"}, doubtful="dhl", by=None, moment=moment
    )

    assert {one.carrier_code for one in outcome.sent} == {"dhl"}
    assert outcome.problems == {}


def test_the_page_ships_the_good_ones_and_keeps_the_bad(paid_order, desk):
    good, bad, untouched = [paid_order(quantity=1) for _at in range(3)]

    response = desk.post(
        PAGE, **{"act": "ship", f"number_{good.pk}": DHL[0], f"number_{bad.pk}": "12"}
    )

    assert response.status_code == 422
    shown = [row["waiting"].order for row in response.context["rows"]]
    assert shown == [bad, untouched]
    assert response.context["rows"][0]["number"] == "12"
    assert Fulfilment.objects.get().order == good


def test_the_page_takes_no_more_statements_with_more_orders(paid_order, desk):
    paid_order(quantity=1)
    few = desk.statements(PAGE)
    for _at in range(3):
        paid_order(quantity=1)

    assert desk.statements(PAGE) == few


def test_the_pick_list_sums_and_follows_the_shelves(paid_order, make_variant):
    mug, tea, lamp = make_variant(), make_variant(), make_variant()
    for variant, shelf in ((mug, "A-10"), (tea, "A-2"), (lamp, "")):
        StockItem.objects.filter(variant=variant).update(shelf=shelf)
    first = paid_order(lines=(line_for(mug, quantity=2), line_for(lamp, quantity=1)))
    second = paid_order(lines=(line_for(mug, quantity=1), line_for(tea, quantity=3)))

    picks = picking.pick_list([first, second])

    assert [(one.shelf, one.sku, one.quantity) for one in picks] == [
        ("A-2", tea.sku, 3),
        ("A-10", mug.sku, 3),
        ("", lamp.sku, 1),
    ]
    assert picks[1].orders == (first.number, second.number)


def test_what_has_left_is_on_no_pick_list(paid_order, mug, moment):
    order = paid_order(quantity=3)
    line = order.lines.get()
    fulfilments.ship(
        order, carrier="DHL", tracking_number="", by=None, moment=moment, lines={line.pk: 2}
    )

    assert [one.quantity for one in picking.pick_list([order])] == [1]


def test_the_papers_are_one_pdf_of_the_chosen_orders(paid_order, desk):
    chosen, other = paid_order(quantity=1), paid_order(quantity=1)

    response = desk.post(PAGE, act="papers", order=[chosen.pk])

    assert response["Content-Type"] == "application/pdf"
    pages = pypdf.PdfReader(io.BytesIO(response.content)).pages
    text = " ".join(page.extract_text() for page in pages)
    assert len(pages) == 2
    assert chosen.number in text and "Ben Petersen" in text
    assert other.number not in text


def test_a_label_is_drawn_once_and_belongs_to_its_parcel(paid_order, desk, sam, moment):
    order = paid_order()

    first = labels.make(order, by=sam, moment=moment)
    again = labels.make(order, by=sam, moment=moment)
    sending.send({order.pk: first.tracking_number}, by=sam, moment=moment)

    first.refresh_from_db()
    assert again.pk == first.pk and bytes(again.content) == bytes(first.content)
    assert first.fulfilment == Fulfilment.objects.get()
    assert first.fulfilment.carrier_code == "local"
    page = pypdf.PdfReader(io.BytesIO(bytes(first.content))).pages[0]
    assert (round(page.mediabox.width / 72 * 25.4), round(page.mediabox.height / 72 * 25.4)) == (
        105,
        148,
    )
    assert "Deichstraße 7" in page.extract_text()
    with pytest.raises(fulfilments.NotShippable):
        labels.make(Order.objects.get(pk=order.pk), by=sam, moment=moment)


def test_labels_of_many_orders_fill_the_fields(paid_order, desk):
    orders = [paid_order(quantity=1) for _at in range(2)]

    response = desk.post(PAGE, act="labels")
    numbers = [row["number"] for row in desk.get(PAGE).context["rows"]]

    assert len(pypdf.PdfReader(io.BytesIO(response.content)).pages) == 2
    assert all(number.startswith("KT") for number in numbers) and len(set(numbers)) == 2
    assert not any(one.fulfilments.exists() for one in orders)


def test_a_cancelled_label_makes_room_for_a_new_one(paid_order, sam, moment):
    order = paid_order()
    first = labels.make(order, by=sam, moment=moment)

    assert labels.cancel(first, moment=moment)
    assert not labels.cancel(first, moment=moment)
    assert labels.make(order, by=sam, moment=moment).tracking_number != first.tracking_number


def test_nobody_without_the_right_ships(paid_order, db):
    order = paid_order()
    desk = backoffice.Desk(backoffice.clerk("catalog"))

    response = desk.post(PAGE, **{"act": "ship", f"number_{order.pk}": DHL[0]})

    assert response.status_code == 403
    assert not Fulfilment.objects.exists()


def test_unpaid_and_fetched_orders_are_not_in_the_queue(place, paid_order):
    place(quantity=1)
    fetched = paid_order(quantity=1, is_pickup=True)
    shipped = paid_order(quantity=1)

    assert list(queue.to_ship()) == [shipped]
    assert list(queue.to_set_aside()) == [fetched]
