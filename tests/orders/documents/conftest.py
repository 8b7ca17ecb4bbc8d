"""A merchant who may issue documents, and orders that need them."""

import datetime

import pytest
from django.conf import settings as django_settings

from demo import merchant
from orders import fulfilments
from orders.documents import working
from orders.models import Document, DueDocuments

NEW_YEAR = datetime.datetime(2026, 12, 31, 23, 30, tzinfo=datetime.UTC)  # 2027 in Hamburg


@pytest.fixture(autouse=True)
def seller(monkeypatch):
    for name, value in merchant.ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    assert django_settings.TIME_ZONE == "Europe/Berlin"


@pytest.fixture
def issue(moment):
    """Work off all that is due, as the worker does."""

    def issue(at=None):
        at = at or moment
        known = set(Document.objects.values_list("pk", flat=True))
        for pk in list(DueDocuments.objects.due(at).order_by("pk").values_list("pk", flat=True)):
            working.work_off(pk, moment=at)
        return list(Document.objects.exclude(pk__in=known).order_by("pk"))

    return issue


@pytest.fixture
def sent_order(paid_order, moment):
    """An order that was paid and sent; its invoice is due."""

    def make(at=None, **fields):
        order = paid_order(**fields)
        fulfilments.ship(order, carrier="DHL", tracking_number="1", by=None, moment=at or moment)
        order.refresh_from_db()
        return order

    return make


@pytest.fixture
def invoiced(sent_order, issue):
    """An order with its invoice."""

    def make(**fields):
        order = sent_order(**fields)
        issue()
        return order, Document.objects.get(order=order)

    return make
