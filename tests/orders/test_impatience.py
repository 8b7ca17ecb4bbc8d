"""Shoppers who click again while the payment page is slow to come."""

import datetime
import threading
import time

import pytest
from django.db import connection

from orders import payments
from orders.models import PaymentState

pytestmark = pytest.mark.django_db(transaction=True)
CREATE = "POST /v1/checkout/sessions"


def start_in_thread(order, moment, urls):
    def run():
        try:
            urls.append(payments.start(order, moment=moment))
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_a_second_click_while_the_first_one_waits_gets_the_same_page(place, sandbox, moment):
    """The attempt is not ended for want of a page that is just being opened."""
    order, urls = place(), []
    sandbox.fault("delay", CREATE, delay=2.0)
    first = start_in_thread(order, moment, urls)
    time.sleep(0.5)

    second_url = payments.start(order, moment=moment + datetime.timedelta(seconds=1))
    first.join()

    payment = order.payments.get()
    assert payment.state == PaymentState.OPEN
    assert urls == [second_url] == [payment.url]
    assert [row["id"] for row in sandbox.sessions()] == [payment.provider_session]


def test_a_click_that_waits_in_vain_leaves_the_attempt_alone(place, sandbox, moment):
    order, urls = place(), []
    sandbox.fault("delay", CREATE, delay=4.0)
    first = start_in_thread(order, moment, urls)
    time.sleep(0.5)

    later = moment + datetime.timedelta(seconds=1)
    with pytest.raises(payments.CannotStart) as raised:
        payments.start(order, moment=later, patience=0.5)

    assert isinstance(raised.value.__cause__, payments.ProviderAway)
    assert order.payments.get().state == PaymentState.NEW
    first.join()
    assert urls == [order.payments.get().url]
