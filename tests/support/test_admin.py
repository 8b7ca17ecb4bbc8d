import pytest
from django.urls import reverse

from accounts.models import Customer
from support import cases
from support.models import CaseState
from tests.making import NOON

pytestmark = [
    pytest.mark.django_db,
    # Unfold 0.110 still has the signature of Django 6.0.
    pytest.mark.filterwarnings("ignore:Overriding get_action_choices"),
]


@pytest.fixture
def sam(client):
    client.force_login(Customer.objects.create_superuser("sam@example.com", None))


@pytest.fixture
def case():
    return cases.open_case(
        subject="Broken mug",
        text="It came in two.",
        language="en",
        moment=NOON,
        guest_email="ben@example.com",
    )


def test_an_answer_of_staff_answers_the_case(client, sam, case):
    url = reverse("admin:support_case_change", args=[case.pk])
    data = {
        "messages-TOTAL_FORMS": 1,
        "messages-INITIAL_FORMS": 0,
        "messages-0-sender": "staff",
        "messages-0-text": "A new one is on its way.",
        "messages-0-case": case.pk,
    }

    page = client.get(url)
    client.post(url, data)

    case.refresh_from_db()
    assert page.status_code == 200
    assert case.state == CaseState.ANSWERED
    assert [one.text for one in case.messages.order_by("pk")] == [
        "It came in two.",
        "A new one is on its way.",
    ]


def test_staff_close_cases(client, sam, case):
    data = {"action": "close", "_selected_action": [case.pk]}

    client.post(reverse("admin:support_case_changelist"), data)

    case.refresh_from_db()
    assert case.state == CaseState.CLOSED
