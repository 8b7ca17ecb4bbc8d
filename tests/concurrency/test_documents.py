"""200 invoices at once: no gap, no double, one document an order."""

from collections import Counter

import pytest

from demo import merchant
from orders import books
from orders.documents import issuing
from orders.models import AddressKind, Document, DueDocuments, OrderAddress, OrderVat
from shop.kit import clock
from tests.making import make_order

ORDERS, WORKERS = 100, 20


@pytest.fixture
def waiting(transactional_db, monkeypatch):
    """Orders of 10 euros whose invoice is wanted."""
    for name, value in merchant.ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    orders = []
    for _number in range(ORDERS):
        order = make_order(None, names=["Becher"], status="confirmed")
        OrderVat.objects.create(order=order, rate=0, net=10, vat=0, gross=10)
        for kind in AddressKind.values:
            OrderAddress.objects.create(
                order=order,
                kind=kind,
                name="Ada Lovelace",
                street="Kai 1",
                postcode="20457",
                city="Hamburg",
                country="DE",
            )
        DueDocuments.objects.put(order, moment=clock.now(), is_requested=True)
        orders.append(order.pk)
    return orders


def test_200_invoices_at_once_have_no_gap_and_no_double(waiting, at_once):
    # Every order is asked for twice, by different workers.
    tasks = [*waiting, *reversed(waiting)]
    shares = [tasks[worker::WORKERS] for worker in range(WORKERS)]
    moment = clock.now()

    results = at_once(
        lambda share: [issuing.settle(order, moment=moment) for order in share], shares
    )

    assert not [one for one in results if isinstance(one, Exception)]
    documents = list(Document.objects.order_by("position"))
    assert [one.position for one in documents] == list(range(1, ORDERS + 1))
    assert set(Counter(one.order_id for one in documents).values()) == {1}
    gaps = dict(books.CHECKS)["documents: numbers without gaps in each series and year"]
    assert gaps() == []


def test_workers_that_fail_in_between_leave_no_gap(waiting, at_once):
    moment = clock.now()

    def settle_or_fail(order):
        if order % 3 == 0:
            Document.objects.filter(order=order)
            DueDocuments.objects.filter(order=order).delete()
            return []
        return issuing.settle(order, moment=moment)

    at_once(lambda share: [settle_or_fail(one) for one in share],
            [waiting[worker::WORKERS] for worker in range(WORKERS)])  # fmt: skip

    positions = list(Document.objects.order_by("position").values_list("position", flat=True))
    assert positions == list(range(1, len(positions) + 1))
