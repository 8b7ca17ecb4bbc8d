"""The contact form: who may write, what it is bound to, what is told to whom."""

import re

import pytest
from django.core import mail as mailbox
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from orders import access as order_access
from support import jobs
from support.models import Case, CaseMail, Message
from tests.backoffice import photograph
from tests.making import make_customer, make_order
from tests.pages import Page

pytestmark = pytest.mark.django_db
URL = "/en/contact/"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


def _data(**changes):
    given = {"topic": "other", "text": "Do you ship to Helgoland?", "email": "ben@post.example"}
    return given | changes


def test_a_guest_writes_and_gets_a_receipt_with_a_link(client):
    answer = client.post(URL, _data(name="Ben"))
    page = client.get(answer.url)
    jobs.sweep_case_mails()

    case = Case.objects.get()
    (mail,) = mailbox.outbox
    link = re.search(r"http\S+/en/cases/\S+/", mail.body)[0]
    thread = client.get(link.removeprefix("http://localhost:8000"), follow=True)
    assert answer.status_code == 302
    assert case.number in Page(page).text
    assert "ben@post.example" not in page.content.decode()
    assert "/cases/" not in page.content.decode()
    assert (mail.to, case.guest_email) == (["ben@post.example"], "ben@post.example")
    assert case.number in mail.subject
    assert mail.extra_headers["Auto-Submitted"] == "auto-generated"
    assert thread.status_code == 200
    assert "Do you ship to Helgoland?" in Page(thread).text
    assert case.due_at is not None


def test_the_form_of_an_order_is_bound_by_its_link(client):
    order = make_order(None, names=["Mug"])
    token = order_access.token_for(order)

    page = client.get(f"{URL}?order={token}")
    client.post(URL, _data(order=token, email="ben@post.example"))

    case = Case.objects.get()
    assert order.number in Page(page).text
    assert page["Cache-Control"] == "no-store"
    assert case.order == order
    assert order.number in case.subject


def test_the_order_page_leads_to_the_form(client):
    order = make_order(None, names=["Mug"])
    token = order_access.token_for(order)

    page = client.get(reverse("orders:order", args=[token]))

    assert any(link.endswith(f"/contact/?order={token}") for link in Page(page).links)


@pytest.mark.parametrize(
    ("email", "is_bound"),
    [("ada@example.com", True), ("ADA+x@example.com", True), ("eve@post.example", False)],
)
def test_a_typed_number_binds_only_the_mailbox_of_the_order(client, email, is_bound):
    order = make_order(None, names=["Mug"])

    answer = client.post(URL, _data(order_number=order.number.lower(), email=email))

    case = Case.objects.get()
    page = client.get(answer.url)
    assert (case.order == order) is is_bound
    assert case.order_number == order.number
    assert order.number not in page.content.decode()
    jobs.sweep_case_mails()
    assert (order.number in mailbox.outbox[0].body) is is_bound
    assert "Mug" not in mailbox.outbox[0].body


def test_the_answer_is_the_same_whatever_the_number(client):
    order = make_order(None, names=["Mug"])

    pages = [
        client.get(client.post(URL, _data(order_number=number)).url).content.decode()
        for number in (order.number, "K-NOT-HERE", "")
    ]

    assert len({re.sub(r"S-\w{3}-\w{4}|csrf\S+", "", page) for page in pages}) == 1


def test_a_customer_writes_without_typing_an_address(client):
    ada = make_customer("ada@example.com", name="Ada")
    theirs, others = make_order(ada, names=["Mug"]), make_order(make_customer(), names=["Lamp"])
    type(others).objects.filter(pk=others.pk).update(email="carol@example.com")
    client.force_login(ada)

    page = Page(client.get(URL))
    client.post(URL, _data(email="", order_number=theirs.number))
    client.post(URL, _data(email="", order_number=others.number))

    first, second = Case.objects.order_by("pk")
    assert 'name="email"' not in page.html
    assert (first.customer, first.guest_email, first.order) == (ada, "", theirs)
    assert (second.customer, second.order) == (ada, None)


def test_a_forged_link_of_an_order_binds_nothing_and_says_nothing(client):
    order = make_order(None, names=["Mug"])
    forged = order_access.token_for(order)[:-2] + "xx"

    page = client.get(f"{URL}?order={forged}")
    client.post(URL, _data(order=forged))

    assert page.status_code == 200
    assert order.number not in page.content.decode()
    assert Case.objects.get().order is None


def test_what_is_missing_is_said_and_what_was_typed_stays(client):
    answer = client.post(URL, _data(email="nobody", text="Half a thought"))

    assert answer.status_code == 422
    assert [field for field, _text in Page(answer).problems] == ["id_email"]
    assert "Half a thought" in answer.content.decode()
    assert not Case.objects.exists()


def test_the_trap_refuses_machines_and_loses_nothing(client):
    answer = client.post(URL, _data(homepage="http://spam.example"))

    assert answer.status_code == 422
    assert not Case.objects.exists()
    assert "Do you ship to Helgoland?" in answer.content.decode()


def test_nobody_fills_the_mailbox_of_a_stranger(client):
    answers = [client.post(URL, _data()).status_code for _number in range(7)]

    assert answers == [302] * 6 + [429]
    assert CaseMail.objects.count() == 6


def test_files_come_along_and_bad_ones_are_named(client):
    good = SimpleUploadedFile("mug.jpg", photograph().read(), "image/jpeg")
    bad = SimpleUploadedFile("virus.exe", b"MZ" + b"\0" * 100, "image/jpeg")

    refused = client.post(URL, _data(files=[good, bad]))
    good.seek(0)
    client.post(URL, _data(files=[good]))

    message = Message.objects.get()
    assert refused.status_code == 422
    assert "virus.exe" in Page(refused).text
    assert [one.name for one in message.attachments.all()] == ["mug.jpg"]


def test_the_form_is_linked_from_everywhere(client):
    for path in ("/de/", "/de/legal/imprint/", "/de/nothing-here/"):
        assert "/de/contact/" in Page(client.get(path)).links, path
    with translation.override("de"):
        assert "Schreiben Sie uns" in Page(client.get("/de/contact/")).text
