"""Mails that come in: kept, told apart, never lost, never answered by a machine."""

import datetime
import io
import sys
import time
from email.message import EmailMessage

import pytest
from django.core import mail as mailbox
from django.core.management import call_command
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from support import cases, emails, jobs, outbox, reply_addresses, webhooks
from support.mailing import parsing, receiving, texts, working_off
from support.models import (
    Attachment,
    Case,
    CaseMail,
    CaseMailKind,
    CaseState,
    InboundMail,
    InboundState,
    Message,
    Sender,
)
from tests.backoffice import photograph
from tests.making import NOON

LATER = NOON + datetime.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _reply_address(settings):
    settings.SUPPORT_REPLY_ADDRESS = "reply@kontor.example"
    settings.SUPPORT_MAIL_SECRET = "very secret"


@pytest.fixture
def case(db):
    made = cases.open_case(
        subject="Broken mug",
        text="In two.",
        language="en",
        moment=NOON,
        guest_email="ben@x.example",
    )
    cases.add_message(made, sender=Sender.STAFF, text="Show me.", moment=NOON)
    return made


def _mail(to, *, sender="ben@x.example", text="Here it is.", message_id="<1@x.example>", **heads):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"Ben <{sender}>", to, "Re: Broken mug"
    mail["Message-ID"] = message_id
    for name, value in heads.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail


def _come_in(mail, **kwargs):
    raw = mail if isinstance(mail, bytes) else mail.as_bytes()
    pk = receiving.receive(raw, moment=LATER, **kwargs)
    jobs.sweep_inbound_mails()
    return InboundMail.objects.get(pk=pk)


def test_an_answer_by_mail_goes_on_with_its_case(case):
    mail = _mail(reply_addresses.address_of(case))
    mail.add_attachment(photograph().read(), "image", "jpeg", filename="mug.jpg")
    mail.add_attachment(b"MZ\0", "application", "octet-stream", filename="virus.exe")

    row = _come_in(mail)

    case.refresh_from_db()
    said = list(case.messages.order_by("pk"))[2:]
    assert (row.state, row.case, row.message) == (InboundState.DONE, case, said[0])
    assert (said[0].sender, said[0].text, said[0].from_email) == (
        Sender.CUSTOMER,
        "Here it is.",
        "",
    )
    assert [one.name for one in Attachment.objects.all()] == ["mug.jpg"]
    assert said[1].sender == Sender.NOTE
    assert "virus.exe" in said[1].text
    assert case.state == CaseState.OPEN
    assert CaseMail.objects.count() == 1  # the answer of before, no receipt of a receipt


def test_the_same_mail_twice_is_one_message(case):
    mail = _mail(reply_addresses.address_of(case)).as_bytes()

    first = receiving.receive(mail, moment=LATER)
    second = receiving.receive(mail, moment=LATER + datetime.timedelta(seconds=1))
    jobs.sweep_inbound_mails()
    working_off.work_off(first, moment=LATER)

    assert second is None
    assert case.messages.filter(sender=Sender.CUSTOMER).count() == 2


def test_another_sender_is_kept_and_flagged(case):
    row = _come_in(_mail(reply_addresses.address_of(case), sender="eve@post.example"))

    assert row.message.from_email == "eve@post.example"
    assert row.remark


@pytest.mark.parametrize(
    "change",
    [
        lambda address, case: address.replace("+s-", "+s-9"),
        lambda address, case: address[:-18] + "a@kontor.example",
        lambda address, case: "reply@kontor.example",
        lambda address, case: address.replace("kontor", "other"),
        lambda address, case: Case.objects.update(access_version=2) and address,
    ],
)
def test_forged_and_ended_addresses_wait_for_staff(case, change):
    address = change(reply_addresses.address_of(case), case)

    row = _come_in(_mail(address))

    assert (row.state, row.case) == (InboundState.UNDECIDED, None)
    assert bytes(row.raw)
    assert case.messages.count() == 2


def test_a_case_that_was_closed_long_ago_is_not_opened_by_mail(case):
    cases.close(case, moment=LATER - datetime.timedelta(days=91))

    row = _come_in(_mail(reply_addresses.address_of(case)))

    assert row.state == InboundState.UNDECIDED


def test_the_address_survives_small_letters_a_rolled_key_and_64_signs(case, settings):
    address = reply_addresses.address_of(case)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "new" * 20

    row = _come_in(_mail("info@x.example"), recipient=address.upper())

    assert row.case == case
    assert len(address.partition("@")[0]) <= 64


@pytest.mark.parametrize(
    "heads",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Return_Path": "<>"},
        {"Precedence": "bulk"},
        {"X_Autoreply": "yes"},
        {"List_Id": "<news.x.example>"},
    ],
)
def test_what_machines_write_is_noted_moves_nothing_and_is_not_answered(case, heads):
    row = _come_in(_mail(reply_addresses.address_of(case), text="On the beach", **heads))

    case.refresh_from_db()
    assert row.message.sender == Sender.NOTE
    assert case.state == CaseState.ANSWERED
    assert CaseMail.objects.count() == 1


def test_machines_that_answer_no_case_are_set_aside(db):
    row = _come_in(_mail("reply@kontor.example", Auto_Submitted="auto-replied"))

    assert row.state == InboundState.IGNORED
    assert not Message.objects.exists()
    assert not mailbox.outbox


def test_two_machines_never_talk_to_each_other(case):
    """Our receipt is answered by a machine, ten times: ten notes, no mail."""
    outbox.put(case, CaseMailKind.RECEIPT, moment=NOON)
    before = CaseMail.objects.count()
    for number in range(10):
        mail = _mail(
            reply_addresses.address_of(case),
            message_id=f"<{number}@x>",
            Auto_Submitted="auto-replied",
        )
        _come_in(mail)

    assert CaseMail.objects.count() == before
    assert case.messages.filter(sender=Sender.NOTE).count() == 10


def test_mails_of_a_case_are_one_thread_in_mail_programs(case):
    _come_in(_mail(reply_addresses.address_of(case), message_id="<theirs@x.example>"))
    cases.add_message(
        case, sender=Sender.STAFF, text="Thank you.", moment=LATER + datetime.timedelta(hours=1)
    )
    first, second = CaseMail.objects.order_by("pk")

    built = emails.build(second)

    assert built.reply_to == [reply_addresses.address_of(case)]
    assert built.extra_headers["In-Reply-To"] == "<theirs@x.example>"
    assert str(first.message_id) in built.extra_headers["References"]
    assert "Auto-Submitted" not in built.extra_headers
    assert "Please answer above this line" in built.body


def _signed(client, raw, *, secret_stamp=None, signature=None):
    stamp = secret_stamp or str(int(time.time()))
    return client.post(
        "/webhooks/mail/",
        raw,
        content_type="message/rfc822",
        headers={
            "X-Timestamp": stamp,
            "X-Signature": signature or webhooks.signature(raw, stamp=stamp),
        },
    )


def test_a_mail_service_hands_in_signed_mails(client, case):
    raw = _mail(reply_addresses.address_of(case)).as_bytes()

    codes = [_signed(client, raw).status_code, _signed(client, raw).status_code]

    assert codes == [200, 200]
    assert InboundMail.objects.count() == 1


@pytest.mark.parametrize(
    ("stamp", "signature", "status"),
    [(None, "00", 400), ("1", None, 400), ("x", "00", 400), (None, "é", 400)],
)
def test_what_is_not_signed_now_is_not_kept(client, db, stamp, signature, status):
    answer = _signed(client, b"From: a@x.example\n\nx", secret_stamp=stamp, signature=signature)

    assert answer.status_code == status
    assert not InboundMail.objects.exists()


def test_without_a_secret_there_is_no_such_page(client, db, settings):
    settings.SUPPORT_MAIL_SECRET = ""

    assert _signed(client, b"x").status_code == 404


def test_the_pipe_of_the_mail_server_stores_a_mail(db, monkeypatch):
    raw = _mail("reply@kontor.example").as_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    out = io.StringIO()

    call_command("receive_mail", recipient="reply@kontor.example", stdout=out)

    assert out.getvalue().strip() == "stored"
    assert bytes(InboundMail.objects.get().raw) == raw


def test_too_much_is_refused_so_that_the_sender_is_told(db):
    with pytest.raises(receiving.TooLarge):
        receiving.receive(b"x" * (parsing.MAX_BYTES + 1), moment=NOON)


@pytest.mark.parametrize(
    ("mail", "new"),
    [
        ("Danke!\n\n-- \nBen\nTel. 123", "Danke!\n\n-- \nBen\nTel. 123"),
        ("Yes.\n\nOn Mon, 2 Mar 2026 at 12:00, Kontor wrote:\n> Show me.\n> Please.", "Yes."),
        ("Ja.\n\nAm 02.03.26 um 12:00 schrieb Kontor:\n\n> Zeig her.", "Ja."),
        ("Ja.\n\nVon: Kontor <a@b.example>\nGesendet: Montag\nAn: Ben\n\nZeig her.", "Ja."),
        ("Ja.\n\n-----Original Message-----\nFrom: Kontor\n\nShow me.", "Ja."),
        (
            "Ja.\n\nAm Mo. schrieb K:\n-- Bitte antworten Sie oberhalb dieser Zeile --\nX",
            "Ja.",
        ),
        (
            "On Mon, Kontor wrote:\n> Blue?\nYes.\n> Red?\nNo.",
            "On Mon, Kontor wrote:\n> Blue?\nYes.\n> Red?\nNo.",
        ),
        ("> only quoted", "> only quoted"),
        ("On Monday my neighbour wrote a poem.", "On Monday my neighbour wrote a poem."),
    ],
)
def test_only_what_is_new_is_kept(mail, new):
    assert texts.without_history(mail) == new


def test_html_is_read_as_a_person_reads_it():
    html = "<head><title>x</title></head><p>Hä &amp; so</p><script>a()</script><ul><li>1<li>2</ul>"

    assert texts.tidy(texts.from_html(html)).split() == ["Hä", "&", "so", "1", "2"]


def test_plain_text_comes_before_html(case):
    mail = _mail("x@y.example", text="plain words")
    mail.add_alternative("<p>other words</p>", subtype="html")

    assert parsing.parse(mail.as_bytes()).text == "plain words"


_INNER = b"Content-Type: multipart/mixed; boundary=x\n"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0\0\0",
        b"From: =?nope?q?x?= <a@x>\nContent-Type: text/plain; charset=nope\n\n\xff\xfe",
        _INNER + b"\n" + (b"--x\n" + _INNER + b"\n") * 3000,
        b"Content-Type: multipart/mixed\n\n--\n",
        b"Content-Transfer-Encoding: base64\n\n====!!!!",
        b"To: " + b"(" * 5000 + b"\n\nx",
        b"Content-Disposition: attachment; filename*=nope'x'%ff%00\n\nx",
        b"Subject: " + b"x" * 1_000_000 + b"\n\nx",
    ],
)
def test_broken_mails_are_kept_and_wait(db, raw):
    row = _come_in(raw)

    assert row.state in (InboundState.UNDECIDED, InboundState.IGNORED)
    assert bytes(row.raw) == raw


_HEADS = (
    "From",
    "To",
    "Subject",
    "Message-ID",
    "Content-Type",
    "Auto-Submitted",
    "Return-Path",
    "Content-Transfer-Encoding",
    "Content-Disposition",
)
_VALUES = st.one_of(
    st.binary(max_size=60),
    st.sampled_from(
        [
            b"text/html",
            b"multipart/mixed; boundary=b",
            b"base64",
            b"message/rfc822",
            b"text/plain; charset=utf-7",
            b"=?utf-8?b?/////?=",
            b"attachment; filename*0*=x''%",
        ]
    ),
)
_RAW = st.builds(
    lambda heads, body: b"".join(n.encode() + b": " + v + b"\n" for n, v in heads) + b"\n" + body,
    st.lists(st.tuples(st.sampled_from(_HEADS), _VALUES), max_size=8),
    st.one_of(
        st.binary(max_size=400),
        st.lists(
            st.sampled_from(
                [
                    b"--b\n",
                    b"--b--\n",
                    b"\n",
                    b"<p>",
                    b"</blockquote>",
                    b"> x\n",
                    b"Content-Type: text/html\n\n",
                    b"On x wrote:\n",
                    b"\0",
                    b"<!--",
                    b"&#",
                ]
            ),
            max_size=40,
        ).map(b"".join),
    ),
)


@given(raw=_RAW)
@hypothesis_settings(max_examples=400, deadline=2000)
def test_whatever_the_bytes_are_the_parser_says_something(raw):
    """Text that PostgreSQL takes, or `Unreadable`; nothing else, and the same each time."""
    parsing.digest(raw)
    try:
        found = parsing.parse(raw)
    except parsing.Unreadable:
        return

    for text in (found.text, found.subject, found.sender, found.message_id):
        assert "\0" not in text
        text.encode()
    assert len(found.text) <= texts.MAX_TEXT
    assert found == parsing.parse(raw)
