"""A prepaid order: where to pay, how long it waits, what comes of it."""

import datetime
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import translation

from inventory import stock
from orders import access, books, emails, jobs, lifecycle, payments
from orders.models import MailKind, Order, OrderStatus, PaymentState, PaymentStatus
from orders.receipts import ibans, transfers
from shop.kit import clock
from tests.orders.conftest import kinds_of
from tests.orders.money.conftest import IBAN, booking

pytestmark = pytest.mark.django_db(transaction=True)


def violations():
    return [(name, found) for name, check in books.CHECKS if (found := check())]


@pytest.fixture
def at(monkeypatch, moment):
    def at(**passed):
        now = moment + datetime.timedelta(**passed)
        monkeypatch.setattr(clock, "now", lambda: now)
        return now

    return at


def test_it_is_offered_only_with_holder_and_a_true_iban(settings):
    assert "prepayment" in [one.code for one in payments.methods()]

    for name, value in (("BANK_IBAN", IBAN[:-1] + "2"), ("BANK_HOLDER", "")):
        before = getattr(settings, name)
        setattr(settings, name, value)
        assert "prepayment" not in [one.code for one in payments.methods()]
        setattr(settings, name, before)


@pytest.mark.parametrize(
    ("iban", "is_valid"),
    [
        ("DE89 3704 0044 0532 0130 00", True),
        ("AT611904300234573201", True),
        ("NL91ABNA0417164300", True),
        ("DE89370400440532013001", False),
        ("DE8937040044053201300", False),
        ("DE893704004405320130000", False),
        ("XX89370400440532013000", False),
        ("", False),
        ("DE٨٩370400440532013000", False),
    ],
)
def test_check_digits_and_length_tell_a_true_iban(iban, is_valid):
    assert ibans.is_valid(iban) is is_valid


def test_a_prepaid_order_waits_for_seven_days_and_says_where_to_pay(prepaid, moment):
    order = prepaid()

    payment = order.payments.get()
    assert (payment.state, payment.by_hand, payment.captured) == ("open", "transfer", 0)
    assert order.reserved_until == moment + datetime.timedelta(days=7)
    page = Client().get(access.path_of(order)).content.decode()
    for part in ("Kontor Harmsen KG", "DE02 1203 0000 0000 2020 51", "BYLADEM1001", order.number):
        assert part in page
    assert "52,90" in page
    assert 'src="data:image/svg+xml;base64,' in page
    assert "Jetzt bezahlen" not in page
    assert violations() == []


def test_the_payment_button_and_the_placing_lead_to_the_order_page(prepaid, moment):
    order = prepaid()

    assert payments.start(order, moment=moment) == access.path_of(order)
    assert order.payments.count() == 1


def test_the_code_holds_exactly_what_is_missing(prepaid):
    order = prepaid()

    text = transfers.qr_text(transfers.instruction(order))

    assert text.split("\n") == [
        "BCD",
        "002",
        "1",
        "SCT",
        "BYLADEM1001",
        "Kontor Harmsen KG",
        IBAN,
        "EUR52.90",
        "",
        "",
        order.number,
    ]


def test_the_mail_goes_at_once_with_account_reference_and_code(prepaid):
    order = prepaid()

    message = emails.build(order.mails.get(kind=MailKind.ACKNOWLEDGEMENT))

    assert order.mails.get().next_try_at == order.placed_at
    assert "DE02 1203 0000 0000 2020 51" in message.body
    assert f"Verwendungszweck: {order.number}" in message.body
    assert "52,90" in message.body
    assert [one.filename for one in message.attachments] == [f"QR-{order.number}.png"]
    assert message.attachments[0].content.startswith(b"\x89PNG")


def test_the_full_amount_confirms_the_order_like_any_other_money(prepaid, upload):
    order = prepaid()

    upload(booking("52.90", order.number))

    order.refresh_from_db()
    assert (order.status, order.payment_status) == (OrderStatus.CONFIRMED, PaymentStatus.PAID)
    assert order.payments.get().captured == Decimal("52.90")
    assert kinds_of(order) == [MailKind.CONFIRMATION]
    assert violations() == []


def test_less_is_kept_and_the_rest_is_asked_for(prepaid, upload):
    order = prepaid()

    upload(booking("50.00", order.number))

    order.refresh_from_db()
    assert (order.status, order.payment_status) == (OrderStatus.PLACED, PaymentStatus.PARTLY_PAID)
    assert not order.is_shippable
    assert transfers.instruction(order).amount == Decimal("2.90")
    page = Client().get(access.path_of(order)).content.decode()
    assert "50,00\xa0€" in page and "2,90\xa0€" in page
    message = emails.build(order.mails.get(kind=MailKind.PART_PAYMENT))
    assert "2,90" in message.body
    assert violations() == []

    upload(booking("2.90", order.number))

    order.refresh_from_db()
    assert (order.status, order.payment_status) == (OrderStatus.CONFIRMED, PaymentStatus.PAID)
    assert order.payments.get().money_in.count() == 2
    assert violations() == []


def test_more_confirms_and_leaves_the_rest_to_be_given_back(prepaid, upload):
    order = prepaid()

    upload(booking("60.00", order.number))

    order.refresh_from_db()
    assert (order.status, order.payment_status) == (OrderStatus.CONFIRMED, PaymentStatus.OVERPAID)
    assert order.is_shippable
    excess = order.payments.get(state=PaymentState.MISMATCH)
    assert (excess.captured, excess.problem) == (Decimal("7.10"), "overpaid")
    assert not excess.refunds.exists()
    assert violations() == []


def test_one_reminder_two_days_before_the_end(prepaid, at):
    order = prepaid()

    at(days=4, hours=23)
    assert jobs.sweep_reminders() == 0
    at(days=5, minutes=1)
    assert jobs.sweep_reminders() == 1
    assert jobs.sweep_reminders() == 0

    message = emails.build(order.mails.get(kind=MailKind.PAYMENT_REMINDER))
    assert "52,90" in message.body


def test_who_has_paid_is_not_reminded(prepaid, upload, at):
    upload(booking("52.90", prepaid().number))

    at(days=6)
    assert jobs.sweep_reminders() == 0


def test_after_seven_days_without_money_the_goods_go_back(prepaid, mug, at):
    order = prepaid()
    assert stock.promised(order.number) == {mug.pk: 2}

    at(days=6, hours=23)
    assert jobs.sweep_reservations() == 0
    at(days=7, minutes=1)
    assert jobs.sweep_reservations() == 1

    order.refresh_from_db()
    assert order.status == OrderStatus.CANCELLED
    assert order.payments.get().state == PaymentState.EXPIRED
    assert stock.promised(order.number) == {}
    assert violations() == []


def test_a_part_keeps_the_order_from_being_cancelled_by_the_clock(prepaid, upload, mug, at):
    order = prepaid()
    upload(booking("50.00", order.number))

    at(days=30)
    assert jobs.sweep_reservations() == 0
    with pytest.raises(lifecycle.NotCancellable):
        lifecycle.cancel(order, by=None, reason="expired", moment=clock.now())

    assert Order.objects.get().status == OrderStatus.PLACED
    assert stock.promised(order.number) == {mug.pk: 2}


def test_staff_cancel_and_the_part_is_to_be_given_back(prepaid, upload, at, moment):
    order = prepaid()
    upload(booking("50.00", order.number))

    lifecycle.cancel(order, by=None, reason="no rest came", moment=moment)

    order.refresh_from_db()
    assert (order.status, order.payment_status) == (OrderStatus.CANCELLED, PaymentStatus.MISMATCH)
    transfer = order.bank_transfers.get()
    assert (transfer.amount, transfer.state) == (Decimal("50.00"), "waiting")
    assert transfer.iban == "DE02500105170137075030"
    assert violations() == []


def test_money_after_the_end_revives_the_order_while_the_goods_are_there(prepaid, upload, at):
    order = prepaid()
    at(days=7, minutes=1)
    jobs.sweep_reservations()

    upload(booking("52.90", order.number), at=at(days=8))

    order.refresh_from_db()
    assert (order.status, order.payment_status) == (OrderStatus.CONFIRMED, PaymentStatus.PAID)
    assert violations() == []


@pytest.mark.parametrize("amount", ["52.90", "50.00"])
def test_money_after_the_end_goes_back_when_the_goods_are_gone_or_it_is_another_sum(
    prepaid, place, upload, at, make_variant, amount
):
    variant = make_variant(pieces=2)
    order = prepaid(variant=variant)
    at(days=7, minutes=1)
    jobs.sweep_reservations()
    if amount == "52.90":
        place(variant=variant)

    upload(booking(amount, order.number), at=at(days=8))

    order.refresh_from_db()
    assert order.status == OrderStatus.CANCELLED
    assert order.bank_transfers.get().amount == Decimal(amount)
    assert MailKind.LATE_PAYMENT in kinds_of(order)
    assert violations() == []


def test_the_names_are_german_in_german(settings):
    with translation.override("de"):
        names = {one.code: one.name for one in payments.methods(delivery_kinds=["pickup"])}

    assert names["prepayment"] == "Vorkasse per Überweisung"
    assert names["on_pickup"] == "Zahlung bei Abholung"
