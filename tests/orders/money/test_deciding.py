"""What staff decide: once, in one transaction, and the books stay clean."""

from decimal import Decimal

import pytest
from defusedxml import ElementTree
from django.db import connection

from accounts.models import Customer
from orders import books, emails, lifecycle, outbox, payments, personal_data
from orders.models import (
    BankTransaction,
    BankTransfer,
    MailKind,
    MoneyIn,
    Order,
    OrderStatus,
    PaymentStatus,
    Refund,
)
from orders.money import deciding, statements, transfer_file, transferring
from orders.receipts import transfers
from orders.states import WrongState
from tests.orders.conftest import kinds_of
from tests.orders.money.conftest import PAYER, booking, only_booking

pytestmark = pytest.mark.django_db(transaction=True)


def violations():
    return [(name, found) for name, check in books.CHECKS if (found := check())]


def settled(order):
    order.refresh_from_db()
    return order.status, order.payment_status


def test_a_typo_waits_and_is_booked_by_one_decision(prepaid, upload, sam, moment):
    order = prepaid()
    upload(booking("52.90", order.number[:-1]))
    row = only_booking()
    assert (row.rule, row.state) == ("typo", "open")
    assert settled(order) == (OrderStatus.PLACED, PaymentStatus.UNPAID)

    deciding.assign(row, statements.proposal_of(row).shares, by=sam, moment=moment)

    assert settled(order) == (OrderStatus.CONFIRMED, PaymentStatus.PAID)
    row.refresh_from_db()
    assert (row.state, row.left, row.decided_by) == ("booked", 0, sam)
    assert violations() == []


def test_a_booking_is_spent_once(prepaid, upload, moment):
    order, other = prepaid(), prepaid()
    upload(booking("52.90", "danke"))
    row = only_booking()
    deciding.assign(row, [(order.number, Decimal("52.90"))], by=None, moment=moment)

    for act in (
        lambda: deciding.assign(row, [(other.number, Decimal("52.90"))], by=None, moment=moment),
        lambda: deciding.ignore(row, reason="x", by=None, moment=moment),
        lambda: deciding.give_back(row, name="Ben", iban=PAYER, by=None, moment=moment),
    ):
        with pytest.raises(deciding.AlreadyDecided):
            act()

    assert MoneyIn.objects.count() == 1
    assert settled(other) == (OrderStatus.PLACED, PaymentStatus.UNPAID)
    assert violations() == []


def test_one_transfer_for_two_orders_is_split_whole_or_not_at_all(prepaid, upload, moment):
    order, other = prepaid(), prepaid()
    upload(booking("105.80", f"{order.number} {other.number}"))
    row = only_booking()
    assert row.rule == "several"

    shares = [(order.number, Decimal("52.90")), (other.number, Decimal("52.91"))]
    with pytest.raises(deciding.AlreadyDecided):
        deciding.assign(row, shares, by=None, moment=moment)
    assert settled(order) == (OrderStatus.PLACED, PaymentStatus.UNPAID)

    deciding.assign(row, statements.proposal_of(row).shares, by=None, moment=moment)
    assert settled(order) == settled(other) == (OrderStatus.CONFIRMED, PaymentStatus.PAID)
    assert violations() == []


def test_an_order_that_pays_online_can_take_a_transfer_after_its_page_is_closed(
    place_and_start, sandbox, upload, moment
):
    order, payment = place_and_start()
    upload(booking("52.90", order.number))
    assert only_booking().rule == "other_way"

    deciding.assign(only_booking(), [(order.number, Decimal("52.90"))], by=None, moment=moment)

    payment.refresh_from_db()
    assert payment.state == "expired"
    assert settled(order) == (OrderStatus.CONFIRMED, PaymentStatus.PAID)
    assert violations() == []


def test_a_foreign_currency_is_never_booked(prepaid, upload, moment):
    order = prepaid()
    upload(booking("52.90", order.number, currency="CHF"))

    assert only_booking().rule == "currency"
    with pytest.raises(WrongState):
        deciding.assign(only_booking(), [(order.number, Decimal(1))], by=None, moment=moment)
    assert settled(order) == (OrderStatus.PLACED, PaymentStatus.UNPAID)


def test_a_reference_twice_paid_is_excess_and_goes_back_by_transfer(prepaid, upload, sam, moment):
    order = prepaid()
    upload(booking("52.90", order.number), booking("52.90", order.number))
    assert settled(order) == (OrderStatus.CONFIRMED, PaymentStatus.OVERPAID)

    excess = order.payments.get(problem="paid twice")
    refund = payments.refund(
        excess, amount=Decimal("52.90"), reason="paid twice", by=sam, moment=moment
    )
    payments.carry_out(refund, moment=moment)

    transfer = BankTransfer.objects.get()
    assert (transfer.iban, transfer.name, transfer.state) == (PAYER, "Ben Petersen", "waiting")
    assert Refund.objects.get().state == "requested"
    assert violations() == []

    transferring.carried_out(transfer, by=sam, moment=moment)
    transferring.carried_out(transfer, by=sam, moment=moment)
    assert settled(order) == (OrderStatus.CONFIRMED, PaymentStatus.PAID)
    mail = order.mails.get(kind=MailKind.REFUNDED)
    assert "52,90" in emails.build(mail).body
    assert violations() == []


def test_the_statement_tells_that_our_refund_went_out_and_that_it_came_back(
    prepaid, upload, moment
):
    order = prepaid()
    upload(booking("50.00", order.number))
    lifecycle.cancel(order, by=None, reason="no rest", moment=moment)
    transfer = BankTransfer.objects.get()

    upload(booking("50.00", order.number, debit=True, end_to_end=transfer.end_to_end))

    transfer.refresh_from_db()
    assert (transfer.state, transfer.refund.state) == ("done", "succeeded")
    assert settled(order) == (OrderStatus.CANCELLED, PaymentStatus.REFUNDED)

    upload(booking("50.00", "", end_to_end=transfer.end_to_end, returned=True))
    row = BankTransaction.objects.undecided().get()
    assert row.rule == "returned"
    deciding.recognise(row, statements.transfer_of(row), by=None, moment=moment)

    transfer.refresh_from_db()
    assert (transfer.state, transfer.refund.state) == ("failed", "failed")
    assert settled(order) == (OrderStatus.CANCELLED, PaymentStatus.MISMATCH)
    assert violations() == []


def test_money_of_a_stranger_goes_back(upload, sam, moment):
    upload(booking("17.00", "Miete"))

    deciding.give_back(only_booking(), name="Kim", iban=PAYER, by=sam, moment=moment)

    row, transfer = only_booking(), BankTransfer.objects.get()
    assert (row.state, row.left) == ("returned", 0)
    assert (transfer.amount, transfer.order, transfer.refund) == (Decimal("17.00"), None, None)
    assert violations() == []
    with pytest.raises(WrongState):
        deciding.give_back(only_booking(), name="Kim", iban="DE00", by=sam, moment=moment)


def test_what_is_ignored_is_kept_with_its_reason(upload, sam, moment):
    upload(booking("17.00", "Miete"))

    deciding.ignore(only_booking(), reason="private", by=sam, moment=moment)

    row = only_booking()
    assert (row.state, row.reason, row.left) == ("ignored", "private", Decimal("17.00"))
    assert violations() == []


def test_the_file_for_the_bank_holds_each_transfer_once(upload, moment):
    upload(booking("17.00", "a"), booking("0.99", "b"))
    for row in BankTransaction.objects.order_by("pk"):
        deciding.give_back(row, name="Jörg Müß & Söhne", iban=PAYER, by=None, moment=moment)

    taken = transferring.take_out(by=None, moment=moment)
    assert transferring.take_out(by=None, moment=moment) == []

    root = ElementTree.fromstring(transfer_file.pain_001(taken, transfers.own(), moment=moment))
    space = {"p": transfer_file.NAMESPACE}
    assert root.findtext(".//p:GrpHdr/p:NbOfTxs", namespaces=space) == "2"
    assert root.findtext(".//p:GrpHdr/p:CtrlSum", namespaces=space) == "17.99"
    assert [one.text for one in root.iterfind(".//p:InstdAmt", space)] == ["17.00", "0.99"]
    assert root.findtext(".//p:Cdtr/p:Nm", namespaces=space) == "Joerg Muess . Soehne"
    assert root.findtext(".//p:CdtrAcct/p:Id/p:IBAN", namespaces=space) == PAYER
    ends = [one.text for one in root.iterfind(".//p:EndToEndId", space)]
    assert ends == [one.end_to_end for one in taken]

    transferring.put_back(taken[0], by=None)
    assert [one.pk for one in transferring.take_out(by=None, moment=moment)] == [taken[0].pk]


def test_without_an_iban_a_transfer_waits_until_somebody_enters_one(prepaid, upload, moment):
    order = prepaid()
    upload(booking("50.00", order.number, iban=""))
    lifecycle.cancel(order, by=None, reason="x", moment=moment)
    transfer = BankTransfer.objects.get()
    assert transferring.take_out(by=None, moment=moment) == []

    with pytest.raises(WrongState):
        transferring.address(transfer, name="Ben", iban="DE123", by=None)
    transferring.address(transfer, name="Ben", iban=PAYER, by=None)

    assert len(transferring.take_out(by=None, moment=moment)) == 1


SPOILED = [
    ("captured = what came", "UPDATE orders_payment SET state = 'mismatch', captured = 1"),
    (
        "each booking is spent once",
        "UPDATE orders_banktransaction SET \"left\" = 10, state = 'open'",
    ),
    ("refunds are transfers", "UPDATE orders_banktransfer SET amount = 1"),
    ("refunds are transfers", "UPDATE orders_banktransfer SET state = 'done'"),
]


@pytest.mark.parametrize(("name", "statement"), SPOILED, ids=range(len(SPOILED)))
def test_the_books_find_what_is_wrong(prepaid, upload, moment, name, statement):
    order = prepaid()
    upload(booking("50.00", order.number))
    lifecycle.cancel(order, by=None, reason="x", moment=moment)
    assert violations() == []

    with connection.cursor() as cursor:
        cursor.execute(statement)

    assert any(name in title for title, _found in violations())


def test_the_confirmation_is_the_only_mail_of_a_paid_order(prepaid, upload):
    order = prepaid()

    upload(booking("52.90", order.number))

    assert kinds_of(order) == [MailKind.CONFIRMATION]
    assert Order.objects.get().status == OrderStatus.CONFIRMED


def test_a_customer_gets_what_the_bank_told_of_them_and_nothing_of_others(
    prepaid, upload, sam, moment
):
    ada = Customer.objects.create_user("ada@example.org", "a password")
    order = prepaid(customer_id=ada.pk)
    other = prepaid()
    upload(booking("50.00", order.number), booking("52.90", other.number, name="Carol"))
    lifecycle.cancel(order, by=sam, reason="x", moment=moment)

    found = personal_data.export(ada)["orders"]

    assert [one["number"] for one in found] == [order.number]
    assert found[0]["transfers_received"][0]["iban"] == PAYER
    assert found[0]["transfers_received"][0]["amount"] == "50.00"
    assert found[0]["transfers_made"][0]["name"] == "Ben Petersen"
    assert "Carol" not in str(found)

    personal_data.erase(sam)
    personal_data.erase(ada)
    assert not BankTransfer.objects.exclude(actor=None).exists()
    assert MoneyIn.objects.count() == 2
    assert violations() == []


def test_a_reminder_that_waits_is_withdrawn_when_the_money_comes(prepaid, upload, moment):
    order = prepaid()
    outbox.put(order, MailKind.PAYMENT_REMINDER, moment=moment)

    upload(booking("52.90", order.number))

    assert kinds_of(order) == [MailKind.CONFIRMATION]
