import datetime

import pytest

from support import cases
from support.models import Case, CaseState, Sender
from tests.making import NOON, make_customer

pytestmark = pytest.mark.django_db
LATER = NOON + datetime.timedelta(hours=1)


def _case(**changes):
    fields = {"subject": "Broken mug", "text": "It came in two.", "language": "en", "moment": NOON}
    return cases.open_case(**{**fields, **changes})


def test_a_case_begins_with_the_words_of_the_customer():
    ada = make_customer()

    case = _case(customer=ada, order_number="K-1")

    assert list(Case.objects.for_customer(ada)) == [case]
    assert case.state == CaseState.OPEN
    message = case.messages.get()
    assert (message.sender, message.text) == (Sender.CUSTOMER, "It came in two.")


def test_another_customer_does_not_find_the_case():
    _case(customer=make_customer())

    assert not Case.objects.for_customer(make_customer()).exists()


def test_a_case_is_of_a_customer_or_of_a_guest_and_not_of_both():
    with pytest.raises(ValueError, match="customer or of a guest"):
        _case()
    with pytest.raises(ValueError, match="customer or of a guest"):
        _case(customer=make_customer(), guest_email="ben@example.com")

    assert not Case.objects.exists()
    assert _case(guest_email="ben@example.com").guest_email == "ben@example.com"


@pytest.mark.parametrize(
    ("sender", "state"),
    [
        (Sender.CUSTOMER, CaseState.OPEN),
        (Sender.STAFF, CaseState.ANSWERED),
        (Sender.NOTE, CaseState.CLOSED),
    ],
)
def test_a_message_moves_a_closed_case_and_a_note_does_not(sender, state):
    case = _case(guest_email="ben@example.com")
    cases.close(case, moment=LATER)

    cases.add_message(case, sender=sender, text="And now?", moment=LATER)

    case.refresh_from_db()
    assert case.state == state
    assert (case.closed_at is None) == (state != CaseState.CLOSED)
    assert case.messages.count() == 2


def test_a_case_is_closed_once():
    case = _case(guest_email="ben@example.com")

    assert cases.close(case, moment=LATER) is True
    assert cases.close(case, moment=LATER + datetime.timedelta(days=1)) is False

    case.refresh_from_db()
    assert (case.state, case.closed_at) == (CaseState.CLOSED, LATER)
