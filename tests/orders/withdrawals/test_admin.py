"""Staff see what waits, say which order is meant, accept, reject and settle."""

import datetime

import pytest
from django.urls import reverse

from orders import books, fulfilments, jobs
from orders.models import (
    OrderStatus,
    Return,
    WithdrawalCase,
    WithdrawalMail,
    WithdrawalMatch,
    WithdrawalState,
)
from orders.withdrawals import declaring, wording
from tests.backoffice import Desk, clerk

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore:Overriding get_action_choices"),
]


@pytest.fixture
def desk(sam):
    return Desk(sam)


def declared(reference, moment, *, email="ben@example.org", comment=""):
    words = wording.Declaration(
        name="Ben", reference=reference, email=email, language="de", comment=comment
    )
    row = declaring.declare(words, moment=moment + datetime.timedelta(hours=1))
    jobs.sweep_withdrawals()
    return WithdrawalCase.objects.get(withdrawal=row)


def address(name, case):
    return reverse(f"admin:orders_withdrawalcase_{name}", args=[case.pk])


def test_the_list_and_the_page_show_what_was_declared(desk, place, moment):
    order = place()
    case = declared("the mugs", moment)

    page = desk.text(address("change", case))
    rows = desk.text(reverse("admin:orders_withdrawalcase_changelist"))

    assert "the mugs" in page
    assert order.number in page, "as a candidate"
    assert case.withdrawal.number in rows
    assert "the mugs" in rows


def test_the_list_needs_no_more_statements_with_more_rows(desk, place, moment):
    list_ = reverse("admin:orders_withdrawalcase_changelist")
    declared("a", moment, email="a@example.com")
    few = desk.statements(list_)
    for number in range(5):
        declared(f"no. {number}", moment, email=f"{number}@example.com")

    assert desk.statements(list_) == few


def test_an_unmatched_one_is_assigned_and_accepted(desk, paid_order, moment):
    order = paid_order()
    case = declared("my mugs", moment, email="wife@example.org")
    assert case.match == WithdrawalMatch.NONE

    desk.post(address("assign", case), number=order.number.lower())
    case.refresh_from_db()
    assert (case.order, case.match) == (order, WithdrawalMatch.BY_HAND)
    assert case.state == WithdrawalState.OPEN, "assigning decides nothing"

    line = order.lines.get()
    desk.post(address("accept", case), **{f"line_{line.pk}": "2"})
    case.refresh_from_db()
    order.refresh_from_db()
    assert case.state == WithdrawalState.SETTLED
    assert case.decided_by is not None
    assert order.status == OrderStatus.CANCELLED


def test_accepting_asks_for_the_order_first(desk, moment):
    case = declared("?", moment)

    answer = desk.client.get(address("accept", case))

    assert answer["Location"] == address("assign", case)


def test_an_unknown_number_is_refused(desk, moment):
    case = declared("?", moment)

    assert desk.post(address("assign", case), number="K-XXX").status_code == 422


def test_nothing_chosen_is_no_acceptance(desk, paid_order, moment):
    order = paid_order()
    case = declared(order.number, moment, comment="?")
    line = order.lines.get()

    assert desk.post(address("accept", case), **{f"line_{line.pk}": "0"}).status_code == 422
    assert desk.post(address("accept", case), **{f"line_{line.pk}": "3"}).status_code == 422
    case.refresh_from_db()
    assert case.state == WithdrawalState.OPEN


def test_a_rejection_keeps_its_reason_and_tells_it(desk, moment):
    case = declared("?", moment)

    assert desk.post(address("reject", case), reason="").status_code == 422
    desk.post(address("reject", case), reason="There is no contract.", is_told="on")
    case.refresh_from_db()

    assert case.state == WithdrawalState.REJECTED
    assert case.reason == "There is no contract."
    assert WithdrawalMail.objects.filter(kind="rejected").count() == 1


def test_the_days_until_the_refund_are_shown_and_may_wait_for_the_goods(desk, paid_order, moment):
    order = paid_order()
    fulfilments.ship(order, carrier="DHL", tracking_number="1", by=None, moment=moment)
    case = declared(order.number, moment)
    assert Return.objects.get() == case.goods_return

    page = desk.text(address("change", case))

    assert "14 days (may wait for the goods)" in page or "14 Tage (darf auf" in page
    desk.post(address("settle", case))
    case.refresh_from_db()
    assert case.state == WithdrawalState.SETTLED


def test_who_may_only_look_decides_nothing(place, moment):
    person = clerk("orders")
    person.groups.get().permissions.remove(
        *person.groups.get().permissions.filter(codename__regex="^(add|change)_")
    )
    desk = Desk(person)
    case = declared("?", moment)

    assert desk.get(address("change", case))
    for act in ("accept", "assign", "reject", "settle"):
        assert desk.post(address(act, case), reason="x").status_code == 403
    case.refresh_from_db()
    assert case.state == WithdrawalState.OPEN


def test_undecided_ones_and_dead_receipts_are_work_on_the_dashboard(desk, moment):
    declared("?", moment)
    WithdrawalMail.objects.update(state="dead")

    page = desk.text(reverse("admin:index"))

    assert "1 withdrawal is to be decided" in page or "1 Widerruf ist zu entscheiden" in page
    assert "receipt of a withdrawal could not" in page or "Eingangsbestätigung eines" in page


def _found():
    names = [name for name, _check in books.CHECKS if name.startswith("withdrawals")]
    checks = dict(books.CHECKS)
    return {name: rows for name in names if (rows := checks[name]())}


def test_the_books_find_what_is_missing(paid_order, moment):
    order = paid_order()
    fulfilments.ship(order, carrier="DHL", tracking_number="1", by=None, moment=moment)
    case = declared(order.number, moment)
    assert case.state == WithdrawalState.ACCEPTED
    assert _found() == {}

    case.pieces.update(way="cancelled")
    WithdrawalCase.objects.update(state="settled", settled_at=moment)
    assert list(_found()) == ["withdrawals: what is accepted has an outcome"]

    case.pieces.update(way="return", quantity=99)
    assert set(_found()) == {
        "withdrawals: what is accepted has an outcome",
        "withdrawals: pieces are of the order, and no more than bought",
    }

    case.pieces.all().delete()
    WithdrawalMail.objects.all().delete()
    assert list(_found()) == ["withdrawals: each declaration is looked after and has its receipt"]


def test_the_books_tell_of_a_receipt_that_was_given_up(moment):
    declared("?", moment)
    WithdrawalMail.objects.update(state="dead")

    assert list(_found()) == ["withdrawals: receipts go out"]


def test_the_books_tell_of_one_that_nobody_took_up(moment):
    declared("?", moment - datetime.timedelta(hours=5))
    WithdrawalCase.objects.update(state="waiting")
    WithdrawalMail.objects.update(state="sent")

    assert list(_found()) == ["withdrawals: each that just came in is matched or left to staff"]
