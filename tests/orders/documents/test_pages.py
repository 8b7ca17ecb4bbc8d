"""Where documents are seen: the order page, the admin, and nowhere else."""

import pytest
from django.contrib.auth.models import Permission
from django.core import mail as django_mail
from django.test import Client
from django.urls import reverse

from accounts.models import Customer
from orders import access, jobs
from orders.models import Document, DueDocuments, MailKind
from tests import backoffice

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(sam):
    return backoffice.Desk(sam)


def path_of(order, document):
    return f"{access.path_of(order)}documents/{document.pk}/"


def test_the_buyer_finds_the_invoice_on_the_order_page_and_opens_it(invoiced):
    order, invoice = invoiced()
    client = Client()

    page = client.get(access.path_of(order)).content.decode()
    answer = client.get(path_of(order, invoice))

    assert invoice.number in page
    assert path_of(order, invoice) in page
    assert answer.content == bytes(invoice.file.pdf)
    assert answer["Content-Type"] == "application/pdf"
    assert invoice.filename in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]


def test_nobody_opens_the_invoice_of_somebody_else(invoiced, place, make_variant):
    _order, invoice = invoiced(variant=make_variant())
    stranger = place(variant=make_variant())
    client = Client()

    foreign = client.get(path_of(stranger, invoice))
    missing = client.get(path_of(stranger, Document(pk=999_999)))
    forged = client.get(path_of(_order, invoice).replace(":", "x", 1))

    assert (foreign.status_code, missing.status_code, forged.status_code) == (404, 404, 404)


def test_the_sweeper_issues_draws_and_mails(sent_order):
    order = sent_order()

    assert jobs.sweep_documents() == 1
    jobs.sweep_mails()

    invoice = order.documents.get()
    (message,) = [one for one in django_mail.outbox if invoice.number in one.subject]
    (attached,) = [one for one in message.attachments if one.filename == invoice.filename]
    assert attached.content == bytes(invoice.file.pdf)
    assert order.mails.get(kind=MailKind.DOCUMENT).sent_at
    assert jobs.sweep_documents() == 0


def test_staff_list_open_and_issue_documents(desk, paid_order):
    order = paid_order()
    page = reverse("admin:orders_order_issue", args=[order.pk])
    assert "Rechnung jetzt ausstellen" in desk.text(page) or "Issue invoice" in desk.text(page)

    desk.post(page, is_meant="True")

    invoice = order.documents.get()
    assert invoice.number in desk.text(reverse("admin:orders_document_changelist"))
    assert invoice.number in desk.text(reverse("admin:orders_order_change", args=[order.pk]))
    assert (
        desk.client.get(reverse("admin:orders_document_change", args=[invoice.pk])).status_code
        == 200
    )
    answer = desk.client.get(reverse("admin:orders_document_pdf", args=[invoice.pk]))
    assert answer.content == bytes(invoice.file.pdf)


def test_staff_export_a_period(desk, invoiced):
    _order, invoice = invoiced()
    day = invoice.issued_at.date().isoformat()
    export = reverse("admin:orders_document_export")
    bookings = reverse("admin:orders_document_bookings")
    for page in (export, bookings):
        assert desk.client.get(page).status_code == 200
        assert desk.client.post(page, {"first": day, "last": "2020-01-01"}).status_code == 422

    archive = desk.client.post(export, {"first": day, "last": day})
    batch = desk.client.post(bookings, {"first": day, "last": day})

    assert b"".join(archive.streaming_content).startswith(b"PK")
    assert b"EXTF" in b"".join(batch.streaming_content)


def test_who_may_not_see_documents_opens_none(invoiced):
    _order, invoice = invoiced()
    helper = Customer.objects.create_user("eve@kontor.example", "correct horse", is_staff=True)
    helper.user_permissions.add(Permission.objects.get(codename="view_product"))
    client = Client()
    client.force_login(helper)

    for name, parts in (
        ("pdf", [invoice.pk]),
        ("export", []),
        ("bookings", []),
        ("changelist", []),
    ):
        answer = client.get(reverse(f"admin:orders_document_{name}", args=parts))
        assert answer.status_code in (302, 403), name
        assert b"%PDF" not in answer.content


def test_what_was_given_up_is_shown_and_tried_again(desk, sent_order, monkeypatch, issue):
    sent_order()
    monkeypatch.delenv("MERCHANT_NAME")
    issue()
    DueDocuments.objects.update(is_dead=True)
    row = DueDocuments.objects.get()

    page = reverse("admin:orders_duedocuments_changelist")
    assert "IncompleteSeller" in desk.text(page)
    desk.client.post(page, {"action": "try_again", "_selected_action": [row.pk]})

    row.refresh_from_db()
    assert not row.is_dead
