"""The thin path: place, pay, message, confirmation, mail, parcel."""

import pytest
from django.core import mail as django_mail

from orders import fulfilments, jobs, payments
from orders.models import MailKind, WebhookEvent
from tests.orders.conftest import kinds_of, stock_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_order_is_placed_paid_confirmed_and_shipped(place, sandbox, mug, moment):
    order = place()
    assert stock_of(mug) == (10, 2)

    url = payments.start(order, moment=moment)
    payment = order.payments.get()
    assert url.startswith(sandbox.box.url)
    assert (payment.state, payment.amount) == ("open", order.total_gross)

    sandbox.pay(payment)
    for event in sandbox.events("checkout.session.completed"):
        assert sandbox.deliver(event).status_code == 200
    for event in WebhookEvent.objects.all():
        assert jobs.process_webhook_event(event_pk=event.pk)

    order.refresh_from_db()
    assert (order.status, order.payment_status) == ("confirmed", "paid")
    assert kinds_of(order) == ["confirmation"]
    assert jobs.sweep_mails() == 1
    assert [message.to for message in django_mail.outbox] == [["ben@example.org"]]

    fulfilments.ship(order, carrier="DHL", tracking_number="0034", by=None, moment=moment)
    order.refresh_from_db()
    assert order.fulfilment_status == "fulfilled"
    assert stock_of(mug) == (8, 0)
    assert kinds_of(order) == [MailKind.CONFIRMATION, MailKind.SHIPPED]
