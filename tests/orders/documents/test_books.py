"""The books of documents are clean after trade, and each check finds what it is there for."""

import pytest
from django.db import connection, transaction

from orders import books
from orders.models import Document, DueDocuments
from tests.orders.documents.test_issuing import give_back

pytestmark = pytest.mark.django_db(transaction=True)


def found():
    return {
        name: violations
        for name, check in books.CHECKS
        if name.startswith("documents:") and (violations := check())
    }


def _sql(statement, *values):
    """As the owner of the tables could: past the triggers."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table in ("orders_document", "orders_documentfile"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("orders_document", "orders_documentfile"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.fixture
def traded(invoiced, issue, moment, make_variant):
    """Two invoices and a credit note."""
    order, invoice = invoiced(variant=make_variant())
    invoiced_twice, _other = invoiced(variant=make_variant())
    give_back(order, "10.00", moment)
    issue()
    assert found() == {}
    assert Document.objects.count() == 3
    assert invoiced_twice != order
    return invoice


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        (
            "UPDATE orders_document SET position = 7 WHERE id = %s",
            {"documents: numbers without gaps in each series and year"},
        ),
        (
            "UPDATE orders_documentseries SET last = last + 1 WHERE series = 'RE' AND 0 < %s",
            {"documents: numbers without gaps in each series and year"},
        ),
        (
            "UPDATE orders_document SET rates = '[]' WHERE id = %s",
            {"documents: sums by rate = net, VAT and gross"},
        ),
        (
            "UPDATE orders_document SET content = jsonb_set(content, '{entries,0,net}', '\"1\"')"
            " WHERE id = %s",
            {"documents: lines = sums"},
        ),
        (
            "UPDATE orders_order SET goods_gross = goods_gross + 1, total_gross = total_gross + 1"
            " FROM orders_document d WHERE d.order_id = orders_order.id AND d.id = %s",
            {"documents: one living invoice an order, over its total"},
        ),
        (
            "UPDATE orders_refund SET amount = amount + 1 WHERE 0 < %s",
            {"documents: living credit notes = refunds of invoiced orders"},
        ),
        (
            "UPDATE orders_documentfile SET pdf = pdf || '\\x00'::bytea WHERE document_id = %s",
            {"documents: stored bytes = their hashes"},
        ),
        (
            "DELETE FROM orders_documentfile WHERE document_id = %s",
            {"documents: all that is due is done"},
        ),
    ],
)
def test_each_check_finds_what_it_is_there_for(traded, statement, told):
    _sql(statement, traded.pk)

    assert set(found()) == told


def test_a_cancellation_that_is_not_its_invoice_is_told(traded, issue):
    note = Document.objects.get(kind="credit_note")
    _sql(
        "UPDATE orders_document SET kind = 'cancellation_invoice', cancels_id = %s,"
        " corrects_id = NULL WHERE id = %s",
        traded.pk,
        note.pk,
    )

    assert "documents: what takes back is the same with the other sign" in found()


def test_an_order_without_its_invoice_is_told(sent_order):
    sent_order()
    assert found() == {}

    DueDocuments.objects.all().delete()

    assert set(found()) == {"documents: what was sent has its invoice, or is in the queue"}


def test_a_row_that_was_given_up_is_told(sent_order, moment, monkeypatch, issue):
    sent_order()
    monkeypatch.delenv("MERCHANT_NAME")
    issue()
    DueDocuments.objects.update(is_dead=True)

    assert set(found()) == {"documents: all that is due is done"}
