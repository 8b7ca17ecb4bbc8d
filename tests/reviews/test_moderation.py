import datetime
import threading
from decimal import Decimal

import pytest
from django.db import connection

from reviews import books, moderation, ratings, submitting
from reviews.models import RatingSummary, Review, ReviewState
from tests.making import NOON, make_product

LATER = NOON + datetime.timedelta(days=1)


def _review(product, stars):
    return submitting.submit(
        product,
        customer=None,
        author="Ada L.",
        stars=stars,
        text="Keeps tea warm.",
        language="en",
        is_verified=False,
        moment=NOON,
    )


@pytest.mark.django_db
def test_approving_publishes_the_review_and_counts_it_once():
    mug = make_product()
    review = _review(mug, 4)

    assert moderation.approve(review, moment=LATER) is True
    assert moderation.approve(review, moment=LATER) is False

    review.refresh_from_db()
    assert (review.state, review.decided_at) == (ReviewState.APPROVED, LATER)
    assert ratings.summary_of([mug.pk])[mug.pk].count == 1


@pytest.mark.django_db
def test_pages_of_the_product_are_told_of_a_new_rating_and_of_nothing_else():
    mug, lamp = make_product(), make_product()
    review = _review(mug, 4)

    moderation.approve(review, moment=LATER)
    moderation.approve(review, moment=LATER)
    moderation.reject(_review(lamp, 1), moment=LATER)

    mug.refresh_from_db()
    lamp.refresh_from_db()
    assert (mug.revision, lamp.revision) == (2, 1)


@pytest.mark.django_db
def test_rejecting_a_waiting_review_counts_nothing():
    mug = make_product()
    review = _review(mug, 1)

    assert moderation.reject(review, moment=LATER) is True

    review.refresh_from_db()
    assert (review.state, review.decided_at) == (ReviewState.REJECTED, LATER)
    assert ratings.summary_of([mug.pk]) == {}


@pytest.mark.django_db
def test_taking_a_published_review_down_takes_its_stars_back_once():
    mug = make_product()
    good, bad = _review(mug, 5), _review(mug, 1)
    moderation.approve(good, moment=LATER)
    moderation.approve(bad, moment=LATER)

    assert moderation.reject(bad, moment=LATER) is True
    assert moderation.reject(bad, moment=LATER) is False

    summary = ratings.summary_of([mug.pk])[mug.pk]
    assert (summary.count, summary.average) == (1, Decimal("5.00"))
    assert books.ratings_equal_reviews() == []


@pytest.mark.django_db
def test_a_rejected_review_can_still_be_published():
    mug = make_product()
    review = _review(mug, 3)
    moderation.reject(review, moment=NOON)

    moderation.approve(review, moment=LATER)

    assert ratings.summary_of([mug.pk])[mug.pk].histogram == {5: 0, 4: 0, 3: 1, 2: 0, 1: 0}


@pytest.mark.django_db
def test_the_books_name_a_rating_that_does_not_equal_its_reviews():
    mug = make_product()
    moderation.approve(_review(mug, 4), moment=LATER)
    assert books.ratings_equal_reviews() == []

    RatingSummary.objects.update(stars_5=7)

    assert books.ratings_equal_reviews() == [
        f"product {mug.pk} stores (0, 0, 0, 1, 7) published are (0, 0, 0, 1, 0)"
    ]


def _at_once(calls):
    start = threading.Barrier(len(calls))
    results, problems = [], []

    def run(call):
        try:
            start.wait()
            results.append(call())
        except Exception as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    return results


@pytest.mark.django_db(transaction=True)
def test_eight_moderators_at_once_count_every_review_once():
    mug = make_product()
    reviews = [_review(mug, 1 + number % 5) for number in range(6)]
    calls = [
        lambda review=review: moderation.approve(review, moment=LATER)
        for review in reviews
        for _times in range(2)
    ]

    results = _at_once(calls)

    assert sorted(results) == [False] * 6 + [True] * 6
    assert ratings.summary_of([mug.pk])[mug.pk].count == 6
    assert books.ratings_equal_reviews() == []


@pytest.mark.django_db(transaction=True)
def test_control_counting_in_python_loses_reviews():
    """The race is real: the same work with read, then write, leaves the books wrong."""
    mug = make_product()
    RatingSummary.objects.create(product=mug)
    reviews = [_review(mug, 5) for _number in range(6)]
    everybody_has_read = threading.Barrier(len(reviews))

    def approve_carelessly(review):
        summary = RatingSummary.objects.get(product=mug)
        everybody_has_read.wait()
        RatingSummary.objects.filter(product=mug).update(stars_5=summary.stars_5 + 1)
        Review.objects.filter(pk=review.pk).update(state=ReviewState.APPROVED, decided_at=LATER)

    _at_once([lambda review=review: approve_carelessly(review) for review in reviews])

    assert books.ratings_equal_reviews() == [
        f"product {mug.pk} stores (0, 0, 0, 0, 1) published are (0, 0, 0, 0, 6)"
    ]
