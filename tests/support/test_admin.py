"""The queue and the page of a case, as staff use them."""

import datetime

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from support import access, cases, merging
from support.mailing import receiving, working_off
from support.models import (
    CannedReply,
    Case,
    CaseMail,
    CaseMailKind,
    CaseState,
    InboundMail,
    InboundState,
    Priority,
    Sender,
    TopicPromise,
)
from tests.backoffice import Desk, clerk, errors
from tests.making import NOON, PDF, make_customer, make_order

pytestmark = [
    pytest.mark.django_db,
    # Unfold 0.110 still has the signature of Django 6.0.
    pytest.mark.filterwarnings("ignore:Overriding get_action_choices"),
]
LATER = NOON + datetime.timedelta(hours=1)


@pytest.fixture
def ole():
    return clerk("support")


@pytest.fixture
def desk(ole):
    cache.clear()
    return Desk(ole)


def _case(**changes):
    fields = {
        "subject": "Broken mug",
        "text": "It came in two.",
        "language": "en",
        "moment": NOON,
        "guest_email": "ben@example.com",
        "name": "Ben",
    }
    return cases.open_case(**{**fields, **changes})


def _page(case):
    return reverse("admin:support_case_change", args=[case.pk])


def test_a_case_is_answered_from_the_queue_in_three_steps(desk, ole):
    case = _case()
    upload = SimpleUploadedFile("label.pdf", PDF, "application/pdf")

    queue = desk.text(reverse("admin:support_case_changelist") + "?state__exact=open")
    page = desk.text(_page(case))
    desk.post(_page(case), act="answer", text="A new one is on its way.", files=[upload])

    case.refresh_from_db()
    answer = case.messages.get(sender=Sender.STAFF)
    mail = CaseMail.objects.get()
    assert case.number in queue
    assert "It came in two." in page
    assert (case.state, case.due_at) == (CaseState.ANSWERED, None)
    assert (answer.author, answer.attachments.get().name) == (ole, "label.pdf")
    assert (mail.kind, mail.answer, mail.address) == ("answer", answer, "ben@example.com")


def test_a_note_reaches_nobody(desk):
    case = _case()

    desk.post(_page(case), act="note", text="Third one this week")

    case.refresh_from_db()
    assert case.state == CaseState.OPEN
    assert not CaseMail.objects.exists()


def test_answer_and_close_asks_how_it_was_once(desk):
    case = _case()

    answer = desk.post(_page(case), act="answer_and_close", text="Done.")
    desk.post(_page(case), act="close")

    case.refresh_from_db()
    assert answer.url == reverse("admin:support_case_changelist")
    assert case.state == CaseState.CLOSED
    assert list(CaseMail.objects.order_by("pk").values_list("kind", flat=True)) == [
        CaseMailKind.ANSWER,
        CaseMailKind.CLOSED,
    ]


def test_an_empty_answer_and_a_bad_file_are_said(desk):
    case = _case()
    bad = SimpleUploadedFile("x.exe", b"MZ\0")

    empty = desk.post(_page(case), act="answer", text="")
    refused = desk.post(_page(case), act="answer", text="Look", files=[bad])
    unknown = desk.post(_page(case), act="burn", text="x")

    assert (empty.status_code, refused.status_code, unknown.status_code) == (422, 422, 404)
    assert "x.exe" in refused.content.decode()
    assert case.messages.count() == 1


def test_topic_and_priority_move_the_clock_and_the_case_is_taken(desk, ole):
    case = _case()
    TopicPromise.objects.create(topic="order", hours=4)
    slow = case.due_at

    desk.post(_page(case), act="set_up", topic="order", priority="high", assignee=ole.pk)

    case.refresh_from_db()
    assert (case.topic, case.priority, case.assignee) == ("order", Priority.HIGH, ole)
    assert case.due_at == NOON + datetime.timedelta(hours=2) < slow


def test_the_most_urgent_comes_first_and_filters_find_mine(desk, ole):
    late, soon, mine = _case(subject="soon"), _case(subject="now"), _case(subject="mine")
    cases.set_up(soon, topic="other", priority="high", assignee=None)
    cases.set_up(mine, topic="other", priority="low", assignee=ole)
    url = reverse("admin:support_case_changelist")

    shown = desk.get(f"{url}?state__exact=open").context["cl"].result_list
    found = [
        desk.get(f"{url}?{query}").context["cl"].result_count
        for query in ("assigned=me", "assigned=nobody", "age=late")
    ]

    assert list(shown) == [soon, late, mine]
    assert found == [1, 2, 3]


def test_the_order_stands_beside_the_case_and_a_typed_number_is_marked(desk):
    order = make_order(None, names=["Teapot"])
    order.fulfilments.create(
        method="parcel",
        carrier="DHL",
        carrier_code="dhl",
        tracking_number="00340434161094042557",
        shipped_at=NOON,
    )

    proved = desk.text(_page(_case(order=order)))
    typed = desk.text(_page(_case(order_number=order.number)))

    assert "Teapot" in proved
    assert "00340434161094042557" in proved
    assert reverse("admin:orders_order_change", args=[order.pk]) in proved
    assert "Teapot" not in typed
    assert "nicht belegt" in typed


def test_a_long_conversation_needs_no_more_statements(desk):
    case = _case(order=make_order(None, names=["Teapot"]))
    few = desk.statements(_page(case))
    for number in range(6):
        cases.add_message(case, sender=Sender.STAFF, text=f"{number}", moment=LATER)

    assert desk.statements(_page(case)) == few


def test_canned_replies_are_filled_in_and_checked_when_saved(desk):
    add = reverse("admin:support_cannedreply_add")
    good = {"title": "Hello", "text_de": "Moin {name}", "text_en": "Hello {name}, order {order}"}

    bad = desk.post(add, **good | {"text_en": "Hello {nmae}"})
    open_bracket = desk.post(add, **good | {"text_de": "{name"})
    sneaky = desk.post(add, **good | {"text_de": "{name.__class__}"})
    desk.post(add, **good)

    reply = CannedReply.objects.get()
    page = desk.text(f"{_page(_case(order_number='K-1'))}?canned={reply.pk}")
    assert "{nmae}" in errors(bad)
    assert "text_de" in errors(open_bracket)
    assert "text_de" in errors(sneaky)
    assert "Hello Ben, order K-1" in page


def test_two_cases_of_one_customer_become_one_and_both_links_lead_there(desk, client):
    kept, gone = _case(), _case(text="And the saucer", order=make_order(None, names=["Cup"]))
    cases.add_message(kept, sender=Sender.STAFF, text="ok", moment=LATER)

    desk.post(_page(kept), act="merge", other=gone.pk)

    kept.refresh_from_db()
    gone.refresh_from_db()
    page = client.get(access.path_of(gone))
    assert (gone.merged_into, gone.state, gone.messages.count()) == (kept, CaseState.CLOSED, 0)
    assert (kept.state, kept.order, kept.due_at) == (CaseState.OPEN, gone.order, _case().due_at)
    assert "And the saucer" in page.content.decode()
    assert "was merged" not in page.content.decode()


def test_cases_of_different_people_are_not_merged():
    mine = _case()
    guest = _case(guest_email="eve@x.example")
    known = _case(guest_email="", customer=make_customer())
    for other in (guest, known, mine):
        with pytest.raises(merging.NotMergeable):
            merging.merge(other, into=mine, by=None, moment=LATER)

    assert not Case.objects.exclude(merged_into=None).exists()


def test_who_may_only_look_changes_nothing(desk, ole):
    case = _case()
    ole.groups.first().permissions.remove(
        *ole.groups.first().permissions.filter(codename__startswith="change_")
    )

    page = desk.text(_page(case))
    answer = desk.post(_page(case), act="answer", text="x")

    assert 'name="act"' not in page
    assert answer.status_code == 403
    assert case.messages.count() == 1


def test_strangers_see_neither_case_nor_file(client):
    client.force_login(clerk("catalog"))

    assert client.get(_page(_case())).status_code == 403
    assert client.get(reverse("admin:support_case_file", args=[1])).status_code == 404


def _undecided():
    raw = b"From: Ben <ben@example.com>\nTo: shop@x.example\nSubject: Mug\n\nIs it blue?"
    pk = receiving.receive(raw, moment=NOON)
    working_off.work_off(pk, moment=NOON)
    return InboundMail.objects.get(pk=pk)


def test_a_mail_without_a_case_gets_a_new_one_and_nobody_is_written_to(desk, ole):
    row = _undecided()
    page = desk.text(reverse("admin:support_inboundmail_change", args=[row.pk]))
    url = reverse("admin:support_inboundmail_open_case", args=[row.pk])

    desk.post(url)
    desk.post(url)

    row.refresh_from_db()
    case = Case.objects.get()
    assert "Is it blue?" in page
    assert (row.state, row.case, row.decided_by) == (InboundState.DONE, case, ole)
    assert (case.guest_email, case.subject) == ("ben@example.com", "Mug")
    assert not CaseMail.objects.exists()


def test_a_mail_is_put_into_a_case_or_set_aside(desk):
    case, row = _case(), _undecided()

    wrong = desk.post(reverse("admin:support_inboundmail_put_into", args=[row.pk]), number="S-X")
    desk.post(
        reverse("admin:support_inboundmail_put_into", args=[row.pk]), number=case.number.lower()
    )

    row.refresh_from_db()
    assert wrong.status_code == 422
    assert row.case == case
    assert case.messages.order_by("-pk")[0].text == "Is it blue?"


def test_a_mail_can_be_set_aside(desk):
    row = _undecided()

    desk.post(reverse("admin:support_inboundmail_set_aside", args=[row.pk]))

    row.refresh_from_db()
    assert row.state == InboundState.IGNORED
    assert not Case.objects.exists()


def test_every_page_can_be_read(desk):
    _undecided()
    for model in ("inboundmail", "casemail", "cannedreply", "topicpromise"):
        desk.get(reverse(f"admin:support_{model}_changelist"))
