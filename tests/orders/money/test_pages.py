"""Staff upload statements, decide with one click, and see at once which money waits."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Customer
from orders import lifecycle
from orders.models import (
    BankTransaction,
    BankTransfer,
    Order,
    OrderStatus,
    PaymentStatus,
)
from tests.orders.money.conftest import PAYER, booking, camt, only_booking
from tests.pages import Page

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore:Overriding get_action_choices"),
]


@pytest.fixture
def client(sam):
    client = Client(headers={"accept-language": "de"})
    client.force_login(sam)
    return client


def address(name, *args):
    return reverse(f"admin:orders_{name}", args=args)


def send(client, content, name="auszug.xml", **more):
    file = SimpleUploadedFile(name, content)
    return client.post(address("bankstatement_upload"), {"file": file, **more}, follow=True)


def said(answer):
    return " ".join(str(message) for message in answer.context["messages"])


def test_a_statement_is_uploaded_and_tells_what_it_did(client, prepaid):
    order = prepaid()
    assert 'type="file"' in client.get(address("bankstatement_upload")).content.decode()

    content = camt(booking("52.90", order.number), booking("1.00", "x"))
    answer = send(client, content)

    assert "2 neue Buchungen" in said(answer)
    order.refresh_from_db()
    assert order.payment_status == PaymentStatus.PAID
    assert "2 schon bekannt" in said(send(client, content))


@pytest.mark.parametrize("content", [b"", b"<a/>", b"nothing", b"\xff\xfe\x00"])
def test_what_is_no_statement_is_refused_with_a_sentence(client, content):
    answer = send(client, content)

    assert answer.status_code == 422
    assert not BankTransaction.objects.exists()


def test_unknown_columns_are_asked_for(client, prepaid):
    order = prepaid()
    content = f"Wann;Wer;Wofuer;Wieviel\n24.11.2026;Ben;{order.number};52,90\n".encode()

    asked = send(client, content, "bank.csv")
    page = Page(asked)
    assert asked.status_code == 422
    assert {"column_booked_on", "column_amount", "column_purpose"} <= {
        values.get("name") for tag, values in page.elements if tag == "select"
    }

    columns = {"booked_on": "Wann", "amount": "Wieviel", "purpose": "Wofuer", "payer": "Wer"}
    send(client, content, "bank.csv", **{f"column_{key}": one for key, one in columns.items()})
    order.refresh_from_db()
    assert order.payment_status == PaymentStatus.PAID


def test_the_proposal_is_booked_with_one_click(client, prepaid, upload):
    order = prepaid()
    upload(booking("52.90", order.number[:-1]))

    page = Page(client.get(address("money")))
    assert order.number in page.text
    assert "52,90" in page.text
    form = page.form(address("banktransaction_assign", only_booking().pk))
    client.post(form.action, {"shares": form.values["shares"]})

    order.refresh_from_db()
    assert order.status == OrderStatus.CONFIRMED
    assert "Kein Geld wartet" in Page(client.get(address("money"))).text


def test_staff_split_give_back_and_ignore_by_hand(client, prepaid, upload):
    orders = [prepaid(), prepaid()]
    upload(booking("105.80", "danke"), booking("3.00", "x"), booking("4.00", "y"))
    first, second, third = BankTransaction.objects.order_by("-amount")

    for act, row in (("assign", first), ("give_back", second), ("ignore", third)):
        assert client.get(address(f"banktransaction_{act}", row.pk)).status_code == 200
    lines = "\n".join(f"{one.number.lower()} 52,90" for one in orders)
    client.post(address("banktransaction_assign", first.pk), {"shares": lines})
    account = {"name": "Kim", "iban": PAYER}
    client.post(address("banktransaction_give_back", second.pk), account)
    client.post(address("banktransaction_ignore", third.pk), {"reason": "private"})

    states = BankTransaction.objects.order_by("-amount").values_list("state", flat=True)
    assert list(states) == ["booked", "returned", "ignored"]
    assert set(Order.objects.values_list("payment_status", flat=True)) == {"paid"}


@pytest.mark.parametrize(
    "lines",
    ["", "K-333-333-333 1,00", "{} 0", "{} -1", "{} abc", "{}", "{} 1\n{} 2", "{} 99"],
)
def test_a_wrong_assignment_changes_nothing(client, prepaid, upload, lines):
    order = prepaid()
    upload(booking("52.90", "danke"))
    row = only_booking()

    client.post(
        address("banktransaction_assign", row.pk), {"shares": lines.replace("{}", order.number)}
    )

    order.refresh_from_db()
    row.refresh_from_db()
    assert (order.payment_status, row.state, row.left) == ("unpaid", "open", Decimal("52.90"))


def test_transfers_are_taken_into_a_file_and_carried_out(client, prepaid, upload, moment):
    order = prepaid()
    upload(booking("50.00", order.number))
    lifecycle.cancel(order, by=None, reason="x", moment=moment)

    answer = client.post(address("banktransfer_export"), {})
    assert answer["Content-Disposition"].startswith('attachment; filename="sepa-')
    assert b"50.00" in answer.content

    transfer = BankTransfer.objects.get()
    client.post(address("banktransfer_carried_out", transfer.pk), {})
    order.refresh_from_db()
    assert order.payment_status == PaymentStatus.REFUNDED
    assert client.post(address("banktransfer_export"), {}).status_code == 302


def test_the_iban_is_short_in_lists(client, upload):
    upload(booking("3.00", "x"))

    text = client.get(address("banktransaction_changelist")).content.decode()

    assert "DE02 … 5030" in text
    assert PAYER not in text


def test_without_the_right_nobody_acts(upload, moment):
    person = Customer.objects.create_user("ole@kontor.example", "a password", is_staff=True)
    reading = ["view_order", "view_banktransaction"]
    person.user_permissions.add(*Permission.objects.filter(codename__in=reading))
    client = Client()
    client.force_login(person)
    upload(booking("3.00", "x"))
    row = only_booking()

    assert client.get(address("money")).status_code == 200
    for path in (
        address("bankstatement_upload"),
        address("banktransfer_export"),
        address("banktransaction_assign", row.pk),
        address("banktransaction_give_back", row.pk),
        address("banktransaction_ignore", row.pk),
    ):
        assert client.post(path, {"reason": "x"}).status_code == 403, path
    row.refresh_from_db()
    assert row.state == "open"


def test_a_customer_sees_nothing_of_it(prepaid):
    client = Client()
    client.force_login(Customer.objects.create_user("ada@example.org", "a password"))

    assert client.get(address("money")).status_code == 302
    assert client.get(address("bankstatement_changelist")).status_code == 302


def test_staff_hand_over_at_the_counter(client, place):
    order = place(payment_method="on_pickup")
    path = address("order_hand_over", order.pk)
    assert 'name="means"' in client.get(path).content.decode()

    client.post(path, {"is_meant": "True", "means": "cash"})

    order.refresh_from_db()
    assert (order.status, order.payment_status) == (OrderStatus.COMPLETED, PaymentStatus.PAID)


def test_every_kind_is_on_the_page_and_the_home_page_counts_them(client, prepaid, upload, moment):
    order, other, third = prepaid(), prepaid(), prepaid()
    upload(
        booking("50.00", order.number),
        booking("60.00", other.number),
        booking("1.00", "x"),
        booking("2.00", third.number),
    )
    lifecycle.cancel(third, by=None, reason="x", moment=moment)

    page = Page(client.get(address("money")))
    kinds = ("mismatch", "unmatched", "underpaid", "overpaid", "transfers")
    assert {f"money-{kind}" for kind in kinds} <= page.ids
    home = Page(client.get(reverse("admin:index"))).text
    for words in (
        "1 Bankbuchung wartet",
        "1 Bestellung ist teilweise bezahlt",
        "1 Zahlung ist mehr",
        "1 Überweisung ist auszuführen",
    ):
        assert words in home, words


def count(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as seen:
        client.get(path)
    return len(seen)


def test_the_page_and_the_home_page_cost_the_same_for_any_number(client, prepaid, upload):
    upload(booking("1.00", "x"), booking("52.90", prepaid().number[:-1]))
    before = count(client, address("money")), count(client, reverse("admin:index"))

    upload(*(booking(f"{n}.00", "x") for n in range(3, 15)))
    for _number in range(3):
        upload(booking("50.00", prepaid().number))

    after = count(client, address("money")), count(client, reverse("admin:index"))
    assert after == before
