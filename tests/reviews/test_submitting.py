import pytest

from reviews import submitting
from reviews.models import RatingSummary, Review, ReviewState
from tests.making import NOON, make_customer, make_product

pytestmark = pytest.mark.django_db


def _submit(product, **changes):
    fields = {
        "customer": None,
        "author": "Ada L.",
        "stars": 4,
        "title": "Good",
        "text": "Keeps tea warm.",
        "language": "en",
        "is_verified": False,
        "moment": NOON,
    }
    return submitting.submit(product, **{**fields, **changes})


def test_a_new_review_waits_and_counts_for_nothing():
    mug = make_product()

    review = _submit(mug, is_verified=True)

    review.refresh_from_db()
    assert review.state == ReviewState.PENDING
    assert review.decided_at is None
    assert review.is_verified is True
    assert review.created_at == NOON
    assert not RatingSummary.objects.exists()


def test_white_space_around_the_words_is_dropped_and_lines_of_the_text_stay():
    review = _submit(make_product(), title="  Very \n good ", author=" Ada\tL. ", text=" A\n\nB ")

    assert (review.title, review.author, review.text) == ("Very good", "Ada L.", "A\n\nB")


@pytest.mark.parametrize(
    "changes",
    [
        {"stars": 0},
        {"stars": 6},
        {"stars": -1},
        {"text": "   "},
        {"text": "x" * 5001},
        {"text": "zero\x00byte"},
        {"author": "zero\x00byte"},
    ],
)
def test_what_is_no_review_is_refused_and_nothing_is_stored(changes):
    with pytest.raises(submitting.NotAReview):
        _submit(make_product(), **changes)

    assert not Review.objects.exists()


def test_a_customer_reviews_a_product_once():
    mug, lamp, ada = make_product(), make_product(), make_customer()
    _submit(mug, customer=ada)

    with pytest.raises(submitting.AlreadyReviewed):
        _submit(mug, customer=ada, text="Once more.")
    _submit(lamp, customer=ada)

    assert Review.objects.filter(product=mug).count() == 1
    assert Review.objects.filter(product=lamp).count() == 1


def test_two_guests_may_review_the_same_product():
    mug = make_product()

    _submit(mug)
    _submit(mug)

    assert Review.objects.filter(product=mug).count() == 2
