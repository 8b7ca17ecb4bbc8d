"""Each mail once, in the order's language, with what the law wants; none is ever lost."""

import datetime
import smtplib
from decimal import Decimal

import pytest
from django.core import mail as django_mail
from django.core.mail.backends.locmem import EmailBackend

from content import mails, personal_data, wordings
from content.models import MailWording
from demo import merchant
from orders import access, emails, fulfilments, jobs, lifecycle, outbox, payments, tasks
from orders.models import KnownBy, MailKind, Order, OrderMail, Track
from orders.returns import asking
from orders.shipping import collecting, deliveries
from orders.withdrawals import accepting, deciding, declaring, wording
from shop import legal
from shop.kit import clock, mail
from tests.orders.conftest import kinds_of, line_for

pytestmark = pytest.mark.django_db(transaction=True)

LARGEST_HTML = 102 * 1000  # Above this Gmail cuts a mail off.


class Down(EmailBackend):
    """A mail server that answers with `problem`."""

    problem: Exception = ConnectionRefusedError()

    def send_messages(self, messages):
        raise type(self).problem


@pytest.fixture
def mail_server(settings):
    def behave(problem=None):
        if problem is None:
            backend = "django.core.mail.backends.locmem.EmailBackend"
        else:
            Down.problem = problem
            backend = f"{__name__}.Down"
        settings.MAILERS = {"default": {"BACKEND": backend}}

    return behave


@pytest.fixture
def at(monkeypatch, moment):
    def at(**passed):
        now = moment + datetime.timedelta(**passed)
        monkeypatch.setattr(clock, "now", lambda: now)

    return at


def sent(order, kind):
    return emails.build(order.mails.get(kind=kind))


def html_of(message):
    return message.alternatives[0].content.replace("&nbsp;", "\xa0")


# --- Which mail when ------------------------------------------------------------------------------


def test_who_pays_at_once_gets_one_mail(paid_order, at):
    order = paid_order()

    at(minutes=3)
    jobs.sweep_mails()
    jobs.sweep_mails()

    assert kinds_of(order) == ["confirmation"]
    assert len(django_mail.outbox) == 1
    assert "K-" in django_mail.outbox[0].subject


def test_who_takes_time_is_told_that_the_order_came(place, at):
    order = place()
    at(minutes=1)
    assert jobs.sweep_mails() == 0

    at(minutes=3)
    jobs.sweep_mails()

    assert [message.to for message in django_mail.outbox] == [[order.email]]
    assert order.mails.get().state == "sent"


def test_the_acknowledgement_that_went_out_stays_in_the_books(place_and_start, sandbox, moment, at):
    order, payment = place_and_start()
    at(minutes=3)
    jobs.sweep_mails()

    sandbox.pay(payment)
    payments.settle(payment.pk, moment=moment)

    assert kinds_of(order) == ["acknowledgement", "confirmation"]


def test_the_same_mail_twice_is_one_row(place, moment):
    order = place()

    for _time in range(3):
        outbox.put(order, MailKind.CONFIRMATION, moment=moment)

    assert order.mails.filter(kind="confirmation").count() == 1


def test_a_task_that_runs_twice_sends_once(paid_order):
    row = paid_order().mails.get(kind="confirmation")

    assert tasks.send_mail(mail_id=str(row.message_id))
    assert not tasks.send_mail(mail_id=str(row.message_id))

    assert len(django_mail.outbox) == 1


def test_a_task_for_a_mail_that_was_withdrawn_does_nothing():
    assert not tasks.send_mail(mail_id="7f1f6d5e-0000-4000-8000-000000000000")


def test_a_repetition_has_a_message_id_of_its_own(paid_order, moment):
    order = paid_order()

    outbox.put_again(order, MailKind.CONFIRMATION, moment=moment)
    jobs.sweep_mails()

    ids = {message.extra_headers["Message-ID"] for message in django_mail.outbox}
    assert len(ids) == 2
    assert order.mails.filter(kind="confirmation", reference="").count() == 1


# --- When the mail server is away -----------------------------------------------------------------


def test_an_order_never_fails_because_of_a_mail(paid_order, mail_server, at):
    mail_server(ConnectionRefusedError())
    order = paid_order()
    jobs.sweep_mails()

    row = order.mails.get(kind="confirmation")
    order.refresh_from_db()
    assert order.payment_status == "paid"
    assert (row.state, row.tries, row.problem) == ("queued", 1, "ConnectionRefusedError")
    assert django_mail.outbox == []

    mail_server()
    at(minutes=2)
    jobs.sweep_mails()
    row.refresh_from_db()
    assert (row.state, row.tries, row.problem) == ("sent", 2, "")
    assert len(django_mail.outbox) == 1


@pytest.mark.parametrize(
    "problem",
    [
        smtplib.SMTPRecipientsRefused({"ben@example.org": (450, b"greylisted")}),
        smtplib.SMTPServerDisconnected(),
        TimeoutError(),
        smtplib.SMTPDataError(451, b"try again"),
    ],
)
def test_what_can_heal_is_tried_again(paid_order, mail_server, problem):
    mail_server(problem)
    order = paid_order()

    jobs.sweep_mails()
    assert order.mails.get(kind="confirmation").state == "queued"


def test_an_address_refused_for_good_is_dead_at_once_and_others_go_on(
    paid_order, mail_server, make_variant, moment
):
    first = paid_order()
    mail_server(smtplib.SMTPRecipientsRefused({"ben@example.org": (550, b"no such user")}))
    jobs.sweep_mails()
    mail_server()
    second = paid_order(variant=make_variant())
    jobs.sweep_mails()

    assert first.mails.get(kind="confirmation").state == "dead"
    assert second.mails.get(kind="confirmation").state == "sent"
    assert first.mails.filter(kind="confirmation").count() == 1

    outbox.revive(first.mails.filter(kind="confirmation"), moment=moment)
    jobs.sweep_mails()
    assert first.mails.get(kind="confirmation").state == "sent"


def test_a_mail_is_given_up_after_twelve_tries(paid_order, mail_server, at):
    mail_server(TimeoutError())
    order = paid_order()

    for day in range(1, 15):
        at(days=day)
        jobs.sweep_mails()

    row = order.mails.get(kind="confirmation")
    assert (row.state, row.tries) == ("dead", mail.MAX_TRIES)


def test_a_mail_whose_sender_died_is_sent_by_another(paid_order, at, moment):
    order = paid_order()
    OrderMail.objects.filter(order=order).update(state="in_flight", claimed_at=moment, tries=1)

    at(minutes=9)
    assert jobs.sweep_mails() == 0
    at(minutes=11)
    jobs.sweep_mails()

    assert order.mails.get(kind="confirmation").state == "sent"


# --- What stands in them --------------------------------------------------------------------------


@pytest.fixture
def full_order(make_variant, paid_order):
    """Everything that a mail can have to say."""

    def make(language="de"):
        lines = (
            line_for(make_variant(), base_price="39,60 €/kg"),
            line_for(
                make_variant(has_stock_limit=False),
                quantity=1,
                unit=Decimal("49.00"),
                name='Füller "Lotse" & <Co>',
                label="",
                engraving="Für Anna <3",
                withdrawal_exception="custom_made",
            ),
        )
        return paid_order(lines=lines, language=language, note="Bitte klingeln.")

    return make


def test_the_confirmation_holds_the_whole_contract(full_order):
    order = full_order()

    message = sent(order, "confirmation")

    for text in (message.body, html_of(message)):
        for fact in (
            order.number,
            "Becher Elbe, blau",
            "Steinzeug, 300 ml, spülmaschinenfest",
            "39,60 €/kg",
            "48,00\xa0€",
            "101,90\xa0€",
            "4,90\xa0€",
            "Paket nach Hause",
            "Deichstraße 7",
            "26. Nov.",
            "Bitte klingeln.",
            "19\xa0%",
            access.url_of(order),
        ):
            assert fact in text, fact
    assert 'Füller "Lotse" & <Co>' in message.body
    assert "Für Anna <3" in message.body
    assert "Für Anna &lt;3" in html_of(message)
    assert "<Co>" not in html_of(message)


def test_the_contract_goes_along_in_the_version_that_was_agreed(full_order):
    order = full_order()

    message = sent(order, "confirmation")

    parts = {part.filename: part.content for part in message.attachments}
    assert sorted(name.rpartition(".")[2] for name in parts) == ["pdf", "pdf", "txt", "txt"]
    assert all(parts[name].startswith(b"%PDF-") for name in parts if name.endswith(".pdf"))
    for slug in ("terms", "withdrawal"):
        text = legal.plain_text(slug, language="de", version=order.terms_version)
        assert text in {_said(part) for name, part in parts.items() if name.endswith(".txt")}


def _said(content):
    return content if isinstance(content, str) else content.decode()


@pytest.mark.parametrize(
    ("language", "word"), [("de", "Muster-Widerrufsformular"), ("en", "withdrawal form")]
)
def test_the_model_form_is_among_them(full_order, language, word):
    message = sent(full_order(language), "confirmation")

    texts = [_said(part.content) for part in message.attachments if part.filename.endswith(".txt")]
    assert any(word.lower() in text.lower() for text in texts)


def test_a_mail_speaks_the_language_of_the_order(full_order):
    message = sent(full_order("en"), "confirmation")

    assert "€101.90" in message.body
    assert 'lang="en"' in html_of(message)
    assert "/en/orders/" in message.body
    assert "Germany" in message.body


def test_every_mail_can_be_built_and_is_small_and_whole(
    full_order, sandbox, moment, place, monkeypatch
):
    for name, value in merchant.ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    order = full_order()
    payment = order.payments.get()
    fulfilments.ship(order, carrier="DHL", tracking_number="0034", by=None, moment=moment)
    refund = payments.refund(
        payment, amount=Decimal("9.90"), reason="scratched", by=None, moment=moment
    )
    payments.carry_out(refund, moment=moment)
    outbox.put(order, MailKind.PAYMENT_PENDING, moment=moment)
    outbox.put(order, MailKind.ACKNOWLEDGEMENT, moment=moment)
    outbox.put(order, MailKind.LATE_PAYMENT, moment=moment, reference=str(payment.public_id))
    outbox.put(order, MailKind.PAYMENT_REMINDER, moment=moment)
    outbox.put(order, MailKind.PART_PAYMENT, moment=moment)
    assert jobs.sweep_documents() == 1
    words = wording.Declaration(
        name="Ben", reference=order.number, email=order.email, language="de"
    )
    declaring.declare(words, moment=moment)
    assert jobs.sweep_withdrawals() == 1
    pieces = {order.lines.order_by("position")[0].pk: 1}
    deciding.accept(order.withdrawals.get(), order, pieces, by=None, moment=moment)
    accepting.tell(order.withdrawals.get(), moment=moment)
    goods = {order.lines.order_by("position").first().pk: 1}
    wish = asking.Wish(track=Track.CLAIM, pieces=goods)
    asking.ask(order, wish, by=None, moment=moment)
    later = clock.day_of(moment) + datetime.timedelta(days=9)
    line = order.lines.first()
    order.lines.filter(pk=line.pk).update(expected_on=clock.day_of(moment))
    order.delays.create(day=later, lines=[[line.pk, later.isoformat()]], told_at=moment)
    outbox.put(order, MailKind.DELAYED, moment=moment, reference=later.isoformat())
    other = place()
    lifecycle.cancel(other, by=None, reason="expired", moment=moment)

    parcel = order.fulfilments.get()
    deliveries.mark(parcel, at=moment, known_by=KnownBy.HAND, by=None, moment=moment)
    fetched = place(is_pickup=True)
    Order.objects.filter(pk=fetched.pk).update(status="confirmed")
    collecting.ready(fetched, by=None, moment=moment)

    rows = OrderMail.objects.select_related("order")
    assert {row.kind for row in rows} == set(emails.KINDS)
    for row in rows:
        message = emails.build(row)
        html = html_of(message)
        assert row.order.number in message.subject
        assert "\n" not in message.subject
        assert len(html.encode()) < LARGEST_HTML
        assert "prefers-color-scheme: dark" in html
        assert "<script" not in html
        assert access.url_of(row.order) in html
        assert access.url_of(row.order) in message.body
        assert "<" not in message.body.replace("Für Anna <3", "").replace("<Co>", "")
        assert "ec.europa.eu/consumers/odr" not in html + message.body


def test_the_parcel_can_be_followed(paid_order, moment):
    order = paid_order()
    fulfilments.ship(order, carrier="DHL", tracking_number="00 34&x", by=None, moment=moment)

    message = sent(order, "shipped")

    assert "piececode=0034%26X" in message.body
    assert "2 × Becher Elbe, blau" in message.body


def test_the_acknowledgement_asks_for_the_payment_while_it_is_open(place, moment):
    order = place()

    assert access.url_of(order) in sent(order, "acknowledgement").body
    assert "Your payment is still open" in sent(order, "acknowledgement").body or (
        "Ihre Zahlung" in sent(order, "acknowledgement").body
    )


def test_what_is_saved_is_sent_and_the_default_comes_back(full_order, sam, moment):
    order = full_order()
    row = OrderMail(order=order, kind=MailKind.CONFIRMATION, address=order.email, language="de")
    before = emails.build(row)

    words = {"intro": "Wir freuen uns.", "subject": "", "closing": ""}
    wordings.save("orders/confirmation", "de", words, by=sam, moment=moment)
    after = emails.build(row)
    wordings.save("orders/confirmation", "de", {}, by=sam, moment=moment)

    assert "Wir freuen uns." in after.body
    assert after.subject == before.subject
    assert emails.build(row).body == before.body
    assert MailWording.objects.count() == 2
    assert personal_data.export(sam)["words_of_mails_saved"] == 2


def test_the_sample_of_an_order_has_the_shape_of_a_true_one(full_order):
    order = full_order()
    true = emails.receipts.receipt(order)
    sample = mails.samples()["orders/confirmation"].build()["order"]

    assert sample.keys() == true.keys()
    assert sample["lines"][0].keys() == true["lines"][0].keys()
    assert sample["totals"][0].keys() == true["totals"][0].keys()
