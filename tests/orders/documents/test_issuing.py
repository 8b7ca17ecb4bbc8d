"""Which documents an order gets, and that they are what the books say."""

import datetime
import hashlib
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Sum

from orders import fulfilments, lifecycle, payments
from orders.documents import drawing, einvoice, issuing, numbers, working
from orders.findings import RefundFinding
from orders.models import Document, DueDocuments, EventKind, MailKind, Refund, RefundState
from orders.refunding import refunds
from tests.orders.documents.conftest import NEW_YEAR

pytestmark = pytest.mark.django_db(transaction=True)


def numbers_of(order):
    return list(order.documents.order_by("pk").values_list("number", flat=True))


def balance_of(order):
    return order.documents.aggregate(sum=Sum("gross"))["sum"]


def give_back(order, amount, moment):
    payment = order.payments.get(state="succeeded")
    row = payments.refund(
        payment, amount=Decimal(amount), reason="scratched", by=None, moment=moment
    )
    payments.carry_out(row, moment=moment)
    row.refresh_from_db()
    return row


def test_when_all_is_sent_the_order_gets_one_invoice_over_its_total(sent_order, issue):
    order = sent_order()

    issued = issue()

    (invoice,) = issued
    assert invoice.kind == "invoice"
    assert (invoice.gross, invoice.net) == (order.total_gross, order.vat_sums.get().net)
    assert invoice.language == order.language
    assert issue() == []
    assert order.events.filter(kind=EventKind.DOCUMENT).count() == 1


def test_a_part_of_an_order_gets_no_invoice_yet(paid_order, moment, issue):
    order = paid_order()
    line = order.lines.get()

    fulfilments.ship(
        order, carrier="DHL", tracking_number="1", by=None, moment=moment, lines={line.pk: 1}
    )

    assert issue() == []
    assert not DueDocuments.objects.exists()


def test_numbers_follow_each_other_and_begin_anew_with_the_year_of_the_shop(
    sent_order, issue, moment, make_variant
):
    for _number in range(2):
        sent_order(variant=make_variant())
    issue(at=moment)
    sent_order(variant=make_variant())

    issue(at=NEW_YEAR)

    year = moment.year
    assert list(Document.objects.order_by("pk").values_list("number", flat=True)) == [
        f"RE-{year}-00001",
        f"RE-{year}-00002",
        "RE-2027-00001",
    ]


def _draw_and_fail(year):
    with transaction.atomic():
        numbers.draw({"RE": 3, "ST": 1}, year=year)
        raise RuntimeError


def test_numbers_of_a_transaction_that_failed_are_drawn_again(sent_order, issue, moment):
    order = sent_order()
    with pytest.raises(RuntimeError):
        _draw_and_fail(moment.year)

    issue()

    assert numbers_of(order) == [f"RE-{moment.year}-00001"]


def test_the_stored_pdf_is_what_is_drawn_again_from_the_content(invoiced):
    _order, invoice = invoiced()

    again = drawing.pdf(invoice, einvoice.xml(invoice))

    stored = bytes(invoice.file.pdf)
    assert again == stored
    assert hashlib.sha256(stored).hexdigest() == invoice.sha256
    assert len(stored) == invoice.size
    assert bytes(invoice.file.xml) == einvoice.xml(invoice)


def test_the_buyer_gets_one_mail_with_the_pdf(invoiced, issue):
    order, invoice = invoiced()

    issue()

    mail = order.mails.get(kind=MailKind.DOCUMENT)
    assert mail.reference == invoice.number


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE orders_document SET gross = gross + 1, net = net + 1",
        "UPDATE orders_document SET content = '{}'",
        "UPDATE orders_document SET sha256 = ''",
        "DELETE FROM orders_document",
        "UPDATE orders_documentfile SET pdf = ''",
        "DELETE FROM orders_documentfile",
    ],
)
def test_the_database_refuses_to_change_a_document(invoiced, statement):
    invoiced()

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_refund_gets_a_credit_note_spread_over_the_rates(invoiced, issue, moment):
    order, invoice = invoiced()

    refund = give_back(order, "10.00", moment)
    (note,) = issue()

    assert (note.kind, note.gross, note.net) == ("credit_note", Decimal("-10.00"), Decimal("-8.40"))
    assert (note.refund, note.corrects) == (refund, invoice)
    assert note.content["corrected"]["number"] == invoice.number
    assert issue() == []
    assert balance_of(order) == order.total_gross - 10


def test_all_refunds_together_leave_nothing_of_the_invoice_not_a_cent_of_vat(
    invoiced, issue, moment
):
    order, _invoice = invoiced()
    for amount in ("17.63", "17.63"):
        give_back(order, amount, moment)
    give_back(order, order.total_gross - Decimal("35.26"), moment)

    issue()

    sums = order.documents.aggregate(net=Sum("net"), vat=Sum("vat"), gross=Sum("gross"))
    assert sums == {"net": 0, "vat": 0, "gross": 0}
    assert order.documents.filter(kind="credit_note").count() == 3


def test_a_refund_before_the_invoice_gets_its_credit_note_with_it(paid_order, moment, issue):
    order = paid_order()
    give_back(order, "5.00", moment)
    assert issue() == []
    fulfilments.ship(order, carrier="DHL", tracking_number="1", by=None, moment=moment)

    issued = issue()

    assert [(one.kind, one.gross) for one in issued] == [
        ("invoice", order.total_gross),
        ("credit_note", Decimal("-5.00")),
    ]


def test_a_refund_that_fails_after_all_takes_its_credit_note_back(invoiced, issue, moment):
    order, _invoice = invoiced()
    refund = give_back(order, "10.00", moment)
    (note,) = issue()
    failed = RefundFinding(
        refund_id=refund.provider_refund,
        intent_id="",
        amount=refund.amount,
        state=RefundState.FAILED,
        problem="account closed",
    )
    with transaction.atomic():
        refunds.apply(Refund.objects.get(pk=refund.pk), failed, moment=moment)

    (reversal,) = issue()

    assert (reversal.kind, reversal.gross) == ("cancellation_invoice", Decimal("10.00"))
    assert reversal.cancels == note
    assert balance_of(order) == order.total_gross
    assert issue() == []


def test_an_order_cancelled_after_its_invoice_gets_a_cancellation_invoice(
    paid_order, moment, issue
):
    order = paid_order()
    issuing.request(order, moment=moment)
    issue()
    give_back(order, "3.00", moment)
    issue()
    lifecycle.cancel(order, by=None, reason="changed their mind", moment=moment)

    issued = issue()

    assert [(one.kind, one.gross) for one in issued] == [
        ("cancellation_invoice", Decimal("3.00")),
        ("cancellation_invoice", -order.total_gross),
    ]
    assert balance_of(order) == 0
    assert issue() == []


def test_an_order_cancelled_without_an_invoice_gets_nothing(paid_order, moment, issue):
    order = paid_order()

    lifecycle.cancel(order, by=None, reason="changed their mind", moment=moment)

    assert issue() == []
    assert not DueDocuments.objects.exists()
    assert not order.documents.exists()


def test_a_changed_order_gets_a_cancellation_and_a_new_invoice(invoiced, issue, moment):
    order, first = invoiced()
    refund = give_back(order, "10.00", moment)
    with transaction.atomic():
        back = issuing.reissue(order, reason="One mug less.", moment=moment, covered=[refund])

    issued = issue()

    assert [one.cancels for one in back] == [first]
    assert [one.kind for one in issued] == ["invoice"]
    assert balance_of(order) == order.total_gross


def test_staff_cannot_ask_for_what_cannot_be(place, invoiced, moment):
    with pytest.raises(issuing.NotIssuable):
        issuing.request(place(), moment=moment)
    order, _invoice = invoiced()
    with pytest.raises(issuing.NotIssuable):
        issuing.request(order, moment=moment)


def test_without_a_seller_nothing_is_issued_and_the_row_says_why(
    sent_order, moment, monkeypatch, issue
):
    order = sent_order()
    monkeypatch.delenv("MERCHANT_NAME")

    assert issue() == []

    row = DueDocuments.objects.get(order=order)
    assert "IncompleteSeller" in row.problem
    assert row.done_at is None
    assert row.next_try_at > moment


def test_what_always_fails_is_given_up_and_can_be_revived(sent_order, moment, monkeypatch, issue):
    sent_order()
    monkeypatch.delenv("MERCHANT_NAME")
    for day in range(13):
        issue(at=moment + datetime.timedelta(days=day))
    row = DueDocuments.objects.get()
    assert row.is_dead

    monkeypatch.setenv("MERCHANT_NAME", "Kontor")
    DueDocuments.objects.revive(moment)

    assert [one.kind for one in issue()] == ["invoice"]


def test_two_workers_at_a_row_do_it_once(sent_order, moment):
    sent_order()
    row = DueDocuments.objects.get()

    assert working.work_off(row.pk, moment=moment)
    assert not working.work_off(row.pk, moment=moment)
    assert Document.objects.count() == 1


def test_a_quiet_row_sends_no_mail(sent_order, moment, issue):
    order = sent_order()
    DueDocuments.objects.put(order, moment=moment, is_quiet=True)

    issue()

    assert order.documents.count() == 1
    assert not order.mails.filter(kind=MailKind.DOCUMENT).exists()
