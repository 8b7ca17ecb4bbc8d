import pytest
from django.urls import reverse

from accounts.models import Customer
from reviews import ratings, submitting
from reviews.models import ReviewState
from tests.making import NOON, make_product

pytestmark = [
    pytest.mark.django_db,
    # Unfold 0.110 still has the signature of Django 6.0.
    pytest.mark.filterwarnings("ignore:Overriding get_action_choices"),
]


@pytest.fixture
def sam(client):
    client.force_login(Customer.objects.create_superuser("sam@example.com", None))


def _review(product):
    return submitting.submit(
        product,
        customer=None,
        author="Ada L.",
        stars=4,
        text="Keeps tea warm.",
        language="en",
        is_verified=False,
        moment=NOON,
    )


def _act(client, action, *reviews):
    data = {"action": action, "_selected_action": [one.pk for one in reviews]}
    return client.post(reverse("admin:reviews_review_changelist"), data, follow=True)


def test_staff_publish_and_reject(client, sam):
    mug = make_product()
    good, bad = _review(mug), _review(mug)

    _act(client, "approve", good)
    _act(client, "reject", bad)

    good.refresh_from_db()
    bad.refresh_from_db()
    assert (good.state, bad.state) == (ReviewState.APPROVED, ReviewState.REJECTED)
    assert ratings.summary_of([mug.pk])[mug.pk].count == 1


def test_staff_reply_and_change_nothing_else(client, sam):
    review = _review(make_product())
    url = reverse("admin:reviews_review_change", args=[review.pk])

    client.post(url, {"reply": "Thank you.", "text": "Bad.", "stars": 1, "state": "approved"})

    review.refresh_from_db()
    assert review.reply == "Thank you."
    assert (review.text, review.stars, review.state) == (
        "Keeps tea warm.",
        4,
        ReviewState.PENDING,
    )


def test_staff_without_the_right_to_change_see_no_decision(client):
    eve = Customer.objects.create_user("eve@example.com", None, is_staff=True)
    client.force_login(eve)
    review = _review(make_product())

    response = _act(client, "approve", review)

    review.refresh_from_db()
    assert response.status_code == 403
    assert review.state == ReviewState.PENDING
