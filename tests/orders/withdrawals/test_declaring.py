"""Declaring a withdrawal: two steps, nothing lost, the same answer for everybody."""

import datetime
import re

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from orders import access, jobs
from orders.models import Withdrawal, WithdrawalCase, WithdrawalMail
from orders.withdrawals import declaring, wording
from tests.pages import Page

pytestmark = pytest.mark.django_db
FORM = {
    "name": "Ben Petersen",
    "reference": "K-ACD-EFG-HJK",
    "email": "ben@example.org",
    "comment": "",
}


@pytest.fixture
def guest():
    """A browser that enforces what real ones are asked for, and keeps no cookie."""
    return Client(enforce_csrf_checks=True)


def confirmed(client, address="/en/withdraw/", **typed):
    """Both steps; the answer to the second."""
    page = Page(client.post(address, FORM | typed))
    return client.post(address, page.form("").values)


def receipt_of(client, answer):
    return Page(client.get(answer["Location"]))


@pytest.mark.parametrize(
    ("language", "link", "button"),
    [
        ("de", "Vertrag widerrufen", "Widerruf bestätigen"),
        ("en", "Withdraw from contract", "Confirm withdrawal"),
    ],
)
def test_two_steps_with_the_labels_of_the_law(guest, language, link, button):
    home = guest.get(f"/{language}/legal/imprint/").content.decode()
    assert re.search(rf'<a[^>]*href="/{language}/withdraw/"[^>]*>.*?{link}</a>', home)

    first = guest.post(f"/{language}/withdraw/", FORM)
    html = first.content.decode()
    buttons = re.findall(
        r"<button.*?</button>", html[html.index("<main") : html.index("</main")], re.S
    )

    assert first.status_code == 200
    assert [re.sub(r"<[^>]+>", "", one).strip() for one in buttons] == [button]
    assert not Withdrawal.objects.exists()

    answer = guest.post(f"/{language}/withdraw/", Page(first).form("").values)
    assert answer.status_code == 303
    assert Withdrawal.objects.get().language == language


def test_what_was_shown_is_kept_and_confirmed_word_for_word(guest):
    shown = Page(guest.post("/en/withdraw/", FORM | {"comment": "The blue one."}))
    answer = guest.post("/en/withdraw/", shown.form("").values)
    row = Withdrawal.objects.get()
    receipt = receipt_of(guest, answer)

    for line in row.statement.split("\n"):
        assert line in shown.text
        assert line in receipt.text
    assert "K-ACD-EFG-HJK" in row.statement
    assert row.number in receipt.text
    assert row.text_version
    assert row.received_at.tzinfo is not None


def test_the_receipt_is_mailed_with_content_date_and_time(guest):
    confirmed(guest, "/de/withdraw/")
    jobs.sweep_withdrawal_mails()
    row, sent = Withdrawal.objects.get(), mail.outbox[0]

    assert sent.to == ["ben@example.org"]
    assert row.number in sent.subject
    assert row.statement in sent.body
    local = timezone.localtime(row.received_at)
    assert f"{local:%H:%M:%S} ME" in sent.body
    assert str(local.year) in sent.body
    assert "bestätigt den Eingang und nichts weiter" in sent.body
    assert row.statement.split("\n")[0] in sent.alternatives[0][0]


def test_the_same_words_twice_on_a_day_are_one_declaration_with_one_mail(guest):
    first, second = confirmed(guest), confirmed(guest)

    assert first["Location"] == second["Location"]
    assert Withdrawal.objects.count() == WithdrawalMail.objects.count() == 1


def test_other_words_or_another_day_are_another_declaration(guest):
    confirmed(guest)
    confirmed(guest, comment="Only the mug.")
    assert Withdrawal.objects.count() == 2

    first = Withdrawal.objects.order_by("pk").first()
    words = wording.Declaration(
        name=first.name, reference=first.reference, email=first.email, language="en"
    )
    declaring.declare(words, moment=first.received_at + datetime.timedelta(days=1))
    assert Withdrawal.objects.count() == 3


def test_neither_cookie_nor_seal_is_needed_to_get_through(guest):
    answer = guest.post("/en/withdraw/", FORM | {"seal": "stale"})

    assert answer.status_code == 200, "the words are shown before they count"
    assert not Withdrawal.objects.exists()
    guest.cookies.clear()
    assert guest.post("/en/withdraw/", Page(answer).form("").values).status_code == 303


def test_changed_words_are_shown_again_before_they_count(guest):
    page = Page(guest.post("/en/withdraw/", FORM))
    changed = page.form("").values | {"reference": "K-QQQ-QQQ-QQQ"}

    answer = guest.post("/en/withdraw/", changed)

    assert answer.status_code == 200
    assert "K-QQQ-QQQ-QQQ" in Page(answer).text
    assert not Withdrawal.objects.exists()


def test_only_name_contract_and_address_are_asked_for(guest):
    answer = guest.post("/en/withdraw/", {})

    assert answer.status_code == 422
    assert [field for field, _text in Page(answer).problems] == [
        "id_name",
        "id_reference",
        "id_email",
    ]


def test_a_declaration_cannot_be_changed_or_deleted(guest):
    confirmed(guest)

    for act in (lambda: Withdrawal.objects.update(name="x"), Withdrawal.objects.all().delete):
        WithdrawalMail.objects.all().delete()
        WithdrawalCase.objects.all().delete()
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
    assert Withdrawal.objects.get().name == "Ben Petersen"


def test_many_are_taken_in_quietly_and_nobody_is_refused(guest):
    for number in range(declaring.PER_MAILBOX.most + 2):
        assert confirmed(guest, comment=f"No. {number}").status_code == 303

    rows = Withdrawal.objects.order_by("pk")
    assert [one.is_quiet for one in rows] == [False] * declaring.PER_MAILBOX.most + [True] * 2
    due = WithdrawalMail.objects.due(rows[0].received_at + datetime.timedelta(minutes=1))
    assert due.count() == declaring.PER_MAILBOX.most, "receipts of heaps wait"
    assert WithdrawalMail.objects.count() == len(rows)


def test_a_field_that_only_machines_fill_refuses_nobody(guest):
    assert confirmed(guest, homepage="https://spam.example").status_code == 303
    assert Withdrawal.objects.get().is_quiet


def test_known_unknown_and_foreign_orders_are_answered_alike(guest, place):
    known, foreign = place(), place(email="ada@example.com")
    guest.get("/en/withdraw/")  # what all pages share is read once
    seen = []
    for reference in (known.number, "K-ACD-EFG-HJK", foreign.number):
        typed = FORM | {"reference": reference}
        pages, statements = [], []
        for step in range(3):
            with CaptureQueriesContext(connection) as asked:
                if step == 0:
                    answer = guest.post("/en/withdraw/", typed)
                elif step == 1:
                    answer = guest.post("/en/withdraw/", Page(answer).form("").values)
                else:
                    answer = guest.get(answer["Location"])
            statements.append(len(asked))
            pages.append((answer.status_code, _without_secrets(answer, reference)))
        seen.append((pages, statements))

    assert seen[0] == seen[1] == seen[2]


def _without_secrets(answer, reference):
    """The page without what was typed and what is diced."""
    html = answer.content.decode().replace(reference, "REFERENCE")
    html = re.sub(r'name="seal" value="\w+"', "", html)
    html = re.sub(r"W-\w{3}-\w{3}-\w{3}", "NUMBER", html)
    html = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "RECEIPT", html)
    return re.sub(r"\d\d:\d\d:\d\d", "TIME", html)


def test_the_signed_link_knows_the_order_and_lets_choose_pieces(guest, place, mug):
    order = place(quantity=3)
    line = order.lines.get()
    address = f"/en/withdraw/{access.token_for(order)}/"
    page = Page(guest.get(address))

    assert page.field("reference")["value"] == order.number
    assert page.field("email")["value"] == order.email
    answer = confirmed(
        guest,
        address,
        reference=order.number,
        **{f"line_{line.pk}": "on", f"pieces_{line.pk}": "2"},
    )
    row = Withdrawal.objects.get()

    assert answer.status_code == 303
    assert row.linked_order == order
    assert row.pieces == {str(line.pk): 2}
    assert "- 2 × Becher Elbe, blau" in row.statement


def test_a_link_that_is_no_longer_good_still_leads_to_the_form(guest):
    assert "id_reference" in Page(guest.get("/en/withdraw/forged/")).ids
    assert confirmed(guest, "/en/withdraw/forged/").status_code == 303
    assert Withdrawal.objects.get().linked_order is None


def test_the_receipt_of_nobody_is_not_found(guest):
    assert (
        guest.get("/en/withdraw/receipt/6f1c0ad4-3b6b-4b7c-9df0-0f3f6a1d2b11/").status_code == 404
    )
