"""The page of a case: reached by its link alone, gone on with, closed, rated once."""

import datetime

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from support import access, attachments, cases
from support.models import Attachment, Case, CaseState, Satisfaction, Sender
from tests.backoffice import photograph
from tests.making import NOON, PDF, make_customer, make_order
from tests.pages import Page

pytestmark = pytest.mark.django_db
LATER = NOON + datetime.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


def _case(**changes):
    fields = {
        "subject": "Broken mug",
        "text": "It came in two.",
        "language": "en",
        "moment": NOON,
        "guest_email": "ben@example.com",
    }
    return cases.open_case(**{**fields, **changes})


def _file(name="mug.jpg", content=None):
    return attachments.check(SimpleUploadedFile(name, content or photograph().read()))


def test_both_sides_are_read_and_notes_are_not(client):
    case = _case()
    cases.add_message(case, sender=Sender.STAFF, text="A new one is on its way.", moment=LATER)
    cases.add_message(case, sender=Sender.NOTE, text="Third one this week", moment=LATER)

    page = client.get(access.path_of(case))

    assert "It came in two." in Page(page).text
    assert "A new one is on its way." in Page(page).text
    assert "Third one this week" not in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert page["Referrer-Policy"] == "same-origin"
    assert "noindex" in page["X-Robots-Tag"]


def test_a_further_message_with_a_file_reopens_the_case(client):
    case = _case()
    cases.close(case, moment=LATER)
    upload = SimpleUploadedFile("invoice.pdf", PDF, "application/pdf")

    answer = client.post(f"{access.path_of(case)}messages/", {"text": "Still.", "files": [upload]})

    case.refresh_from_db()
    assert answer.status_code == 303
    assert (case.state, case.closed_at) == (CaseState.OPEN, None)
    assert case.due_at is not None
    assert [one.name for one in Attachment.objects.all()] == ["invoice.pdf"]


def test_the_customer_closes_and_says_once_how_it_was(client):
    case = _case()
    path = access.path_of(case)

    early = client.post(f"{path}satisfaction/", {"score": 1})
    client.post(f"{path}closing/")
    asked = client.get(f"{path}?score=4")
    client.post(f"{path}satisfaction/", {"score": 4, "text": "Fast"})
    client.post(f"{path}satisfaction/", {"score": 1})

    given = Satisfaction.objects.get()
    assert early.status_code == 303
    assert "How was it?" in Page(asked).text
    assert (given.score, given.text) == (4, "Fast")
    assert "How was it?" not in Page(client.get(path)).text


def test_looking_at_a_link_of_a_mail_rates_nothing(client):
    case = _case()
    cases.close(case, moment=LATER)

    client.get(f"{access.path_of(case)}?score=5")

    assert not Satisfaction.objects.exists()


@pytest.mark.parametrize("score", ["0", "6", "", "x"])
def test_only_one_to_five_is_taken(client, score):
    case = _case()
    cases.close(case, moment=LATER)

    answer = client.post(f"{access.path_of(case)}satisfaction/", {"score": score})

    assert answer.status_code == 422
    assert not Satisfaction.objects.exists()


def test_forged_and_ended_links_are_all_the_same_404(client):
    case, other = _case(), _case(guest_email="eve@post.example")
    token = access.token_for(case)
    ended = access.token_for(other)
    Case.objects.filter(pk=other.pk).update(access_version=2)
    tokens = (token[:-1] + ("a" if token[-1] != "a" else "b"), ended, "x", "1:2", "é" * 9)

    pages = [client.get(f"/en/cases/{one}/") for one in tokens]
    posts = [
        client.post(f"/en/cases/{one}/{act}/", {"text": "x"})
        for one in tokens
        for act in ("messages", "closing", "satisfaction")
    ]

    assert {page.status_code for page in (*pages, *posts)} == {404}
    assert len({Page(page).text for page in pages}) == 1
    assert case.messages.count() == 1


def test_a_file_is_handed_out_by_its_own_case_alone_and_can_do_nothing(client):
    mine, _theirs = (
        _case(files=[_file()]),
        _case(guest_email="e@x.example", files=[_file("b.pdf", PDF)]),
    )
    noted = _case(guest_email="n@x.example")
    cases.add_message(
        noted, sender=Sender.NOTE, text="x", files=[_file("c.pdf", PDF)], moment=LATER
    )
    mine_file, their_file, note_file = Attachment.objects.order_by("pk")
    path = access.path_of(mine)

    good = client.get(f"{path}files/{mine_file.pk}/")
    bad = [
        client.get(f"{path}files/{their_file.pk}/"),
        client.get(f"{path}files/999999/"),
        client.get(f"{access.path_of(noted)}files/{note_file.pk}/"),
        client.get(f"/en/cases/forged/files/{mine_file.pk}/"),
    ]

    assert good.status_code == 200
    assert b"".join(good.streaming_content).startswith(b"\xff\xd8")
    assert good["Content-Disposition"] == 'attachment; filename="mug.jpg"'
    assert good["X-Content-Type-Options"] == "nosniff"
    assert good["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert {one.status_code for one in bad} == {404}


def test_asking_for_the_file_of_another_takes_as_many_statements_as_for_none(client):
    mine, _theirs = _case(), _case(guest_email="e@x.example", files=[_file()])
    pk = Attachment.objects.get().pk
    path = access.path_of(mine)
    client.get(f"{path}files/{pk}/")

    counts = []
    for number in (pk, 999_999):
        with CaptureQueriesContext(connection) as seen:
            client.get(f"{path}files/{number}/")
        counts.append(len(seen))

    assert counts[0] == counts[1]


def test_more_messages_and_files_need_no_more_statements(client):
    case = _case(files=[_file()])
    path = access.path_of(case)
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    for _number in range(5):
        cases.add_message(case, sender=Sender.CUSTOMER, text="more", files=[_file()], moment=LATER)

    with CaptureQueriesContext(connection) as many:
        client.get(path)

    assert len(many) == len(few)


def test_the_order_is_linked_only_for_who_reads_its_mails(client):
    order = make_order(None, names=["Mug"])
    own, tagged = (
        _case(guest_email=one, order=order) for one in ("ADA@example.com", "ada+x@example.com")
    )

    linked, named = client.get(access.path_of(own)), client.get(access.path_of(tagged))

    assert any("/orders/" in link for link in Page(linked).links)
    assert not any("/orders/" in link for link in Page(named).links)


def test_the_account_lists_the_own_cases_alone(client):
    ada = make_customer()
    _case(customer=ada, guest_email="", subject="Mine")
    _case(customer=make_customer(), guest_email="", subject="Carols")
    _case(subject="Guests")
    closed_to_guests = client.get("/en/account/cases/")
    client.force_login(ada)

    page = Page(client.get("/en/account/cases/"))

    assert closed_to_guests.status_code == 302
    assert "Mine" in page.text
    assert "Carols" not in page.text
    assert "Guests" not in page.text


def test_too_many_messages_are_refused_and_nothing_typed_is_lost(client):
    case = _case()
    path = f"{access.path_of(case)}messages/"

    answers = [client.post(path, {"text": f"no. {n}"}) for n in range(21)]

    assert [one.status_code for one in answers] == [303] * 20 + [429]
    assert "no. 20" in answers[-1].content.decode()
