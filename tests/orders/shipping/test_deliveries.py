"""When parcels arrived: by hand, by the carrier, by time; and what waits for the last one."""

import datetime
import json

import pytest
from django.test import Client

from orders import fulfilments, jobs
from orders.carriers import messages
from orders.models import EventKind, Fulfilment, KnownBy, Order, WebhookEvent
from orders.shipping import deliveries
from tests import backoffice
from tests.orders.conftest import kinds_of

pytestmark = pytest.mark.django_db(transaction=True)

HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)
SECRET = "a secret of the carrier"
UPS = "1Z5R89390357567127"


@pytest.fixture(autouse=True)
def _secrets(settings):
    settings.CARRIER_WEBHOOK_SECRETS = {"ups": ["an old secret of it", SECRET]}


@pytest.fixture
def sent(paid_order, moment):
    def sent(*, ago=2 * DAY, lines=None, order=None, number=UPS, **fields):
        order = order or paid_order(**fields)
        return fulfilments.ship(
            order, carrier="", tracking_number=number, by=None, moment=moment - ago, lines=lines
        )

    return sent


def mark(parcel, moment, *, at=None, known_by=KnownBy.HAND):
    return deliveries.mark(parcel, at=at or moment, known_by=known_by, by=None, moment=moment)


def told(parcel):
    parcel.refresh_from_db()
    return parcel.delivered_at, parcel.delivery_known_by


def post(body, *, code="ups", secret=SECRET, at=None, moment, signature=None):
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    header = signature or messages.signature(raw, secret, moment=at or moment)
    return Client().post(
        f"/webhooks/carriers/{code}/",
        raw,
        content_type="application/json",
        headers={"X-Carrier-Signature": header},
    )


def news(at, *, number=UPS, status="delivered", event_id="e1"):
    return {"event_id": event_id, "tracking_number": number, "status": status, "at": at.isoformat()}


def test_a_parcel_that_arrived_is_noted_once_and_told_once(sent, moment):
    parcel = sent()

    assert mark(parcel, moment, at=moment - HOUR)
    assert not mark(parcel, moment, known_by=KnownBy.CARRIER)

    assert told(parcel) == (moment - HOUR, "hand")
    assert kinds_of(parcel.order) == ["confirmation", "delivered", "shipped"]
    assert parcel.order.events.filter(kind=EventKind.DELIVERED).count() == 1


@pytest.mark.parametrize(("at", "noted"), [(DAY, 0 * DAY), (-30 * DAY, -2 * DAY)])
def test_it_arrives_neither_in_the_future_nor_before_it_left(sent, moment, at, noted):
    parcel = sent()

    mark(parcel, moment, at=moment + at, known_by=KnownBy.CARRIER)

    assert told(parcel)[0] == moment + noted


def test_what_was_assumed_gives_way_to_what_the_carrier_knows(sent, moment):
    parcel = sent()
    mark(parcel, moment, known_by=KnownBy.TIME)
    assert "delivered" not in kinds_of(parcel.order)

    assert mark(parcel, moment, at=moment - HOUR, known_by=KnownBy.CARRIER)
    assert not mark(parcel, moment, known_by=KnownBy.TIME)

    assert told(parcel) == (moment - HOUR, "carrier")
    assert "delivered" not in kinds_of(parcel.order)


def test_the_last_delivery_waits_for_every_piece(sent, paid_order, moment):
    order = paid_order(quantity=3)
    line = order.lines.get()
    first = sent(order=order, lines={line.pk: 1}, number="1")
    mark(first, moment, at=moment - DAY)
    order.refresh_from_db()
    assert deliveries.last_delivery(order) is None

    second = sent(order=order, lines={line.pk: 2}, number="2", ago=DAY)
    order.refresh_from_db()
    assert deliveries.last_delivery(order) is None

    mark(second, moment, at=moment)
    assert deliveries.last_delivery(order) == deliveries.clock.day_of(moment)


def test_a_carrier_is_believed_when_it_signs(sent, moment):
    parcel = sent()
    at = moment - HOUR

    assert post(news(at), moment=moment).status_code == 200
    assert told(parcel)[0] is None  # stored, not yet worked off
    for event in WebhookEvent.objects.all():
        assert jobs.process_webhook_event(event_pk=event.pk)

    assert told(parcel) == (at, "carrier")


def test_doubles_and_disorder_change_nothing(sent, moment):
    parcel = sent()
    for event_id, at, status in (
        ("e1", moment - HOUR, "delivered"),
        ("e1", moment - HOUR, "delivered"),
        ("e2", moment - 2 * HOUR, "delivered"),
        ("e0", moment - 9 * HOUR, "in_transit"),
    ):
        assert post(news(at, event_id=event_id, status=status), moment=moment).status_code == 200
    jobs.sweep_webhook_events()

    assert told(parcel) == (moment - HOUR, "carrier")
    assert WebhookEvent.objects.filter(processed_at__isnull=False).count() == 3
    assert kinds_of(parcel.order).count("delivered") == 1


def test_forged_and_broken_messages_are_refused(sent, moment):
    parcel = sent()
    body = news(moment)

    assert post(body, moment=moment, secret="another secret").status_code == 400
    assert post(body, moment=moment, at=moment - HOUR).status_code == 400
    assert post(body, moment=moment, signature="t=1,v1=é").status_code == 400
    assert post(body, moment=moment, signature="nonsense").status_code == 400
    assert post(b"{", moment=moment).status_code == 400
    assert post([1], moment=moment).status_code == 400
    assert post(body | {"at": "yesterday"}, moment=moment).status_code == 400
    assert post(body | {"tracking_number": ""}, moment=moment).status_code == 400
    assert post(body, code="dhl", moment=moment).status_code == 404
    assert post(b"x" * 300_000, moment=moment).status_code == 413
    assert not WebhookEvent.objects.exists()
    assert told(parcel) == (None, "")


def test_a_number_of_another_carrier_is_not_marked(sent, moment):
    parcel = sent(number="00340433836442636597")

    post(news(moment, number="00340433836442636597"), moment=moment)
    jobs.sweep_webhook_events()

    assert told(parcel) == (None, "")
    assert WebhookEvent.objects.get().problem == "not ours"


def test_time_tells_only_after_the_buffer_and_completes_the_order(sent, moment):
    late = sent(
        ago=30 * DAY, delivery_from=datetime.date(2026, 1, 5), delivery_to=datetime.date(2026, 1, 7)
    )
    fresh = sent(
        number="2",
        delivery_to=deliveries.clock.day_of(moment),
        delivery_from=deliveries.clock.day_of(moment),
    )

    jobs.sweep_deliveries()

    at, known_by = told(late)
    assert known_by == "time" and late.shipped_at < at < moment
    assert told(fresh) == (None, "")
    assert Order.objects.get(pk=late.order_id).status == "completed"
    assert Order.objects.get(pk=fresh.order_id).status == "confirmed"
    assert "delivered" not in kinds_of(late.order)


def test_an_order_is_complete_when_its_last_parcel_arrived(sent, moment):
    parcel = sent()
    jobs.sweep_deliveries()
    assert Order.objects.get().status == "confirmed"

    mark(parcel, moment)
    jobs.sweep_deliveries()

    assert Order.objects.get().status == "completed"


def test_staff_say_when_it_arrived(sent, sam, moment):
    parcel = sent()
    desk = backoffice.Desk(sam)
    address = f"/admin/orders/fulfilment/{parcel.pk}/delivery/"

    refused = desk.post(address, at="2099-01-01T10:00")
    taken = desk.post(address, at=f"{moment - HOUR:%Y-%m-%dT%H:%M}")

    assert refused.status_code == 422
    assert taken.status_code == 302
    assert told(parcel)[1] == "hand"
    assert desk.get("/admin/orders/fulfilment/")


def test_what_is_fetched_is_delivered_at_once(paid_order, moment):
    from orders.money import counter

    order = counter.hand_over(paid_order(is_pickup=True), means="", by=None, moment=moment)

    assert told(Fulfilment.objects.get()) == (moment, "hand")
    order.refresh_from_db()
    assert deliveries.last_delivery(order) == deliveries.clock.day_of(moment)
