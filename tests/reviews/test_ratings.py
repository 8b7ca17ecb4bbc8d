import datetime
from decimal import Decimal

import pytest

from reviews import moderation, ratings, submitting
from reviews.models import RatingSummary
from tests.making import NOON, make_product

pytestmark = pytest.mark.django_db


def _published(product, stars, *, day=0, text="Keeps tea warm."):
    moment = NOON + datetime.timedelta(days=day)
    review = submitting.submit(
        product,
        customer=None,
        author="Ada L.",
        stars=stars,
        text=text,
        language="en",
        is_verified=True,
        moment=moment,
    )
    moderation.approve(review, moment=moment)
    return review


def test_a_summary_has_average_count_percent_and_histogram():
    mug = make_product()
    for stars in (5, 5, 4, 2):
        _published(mug, stars)

    summary = ratings.summary_of([mug.pk])[mug.pk]

    assert summary == ratings.Summary(
        average=Decimal("4.00"),
        count=4,
        stars_percent=80,
        histogram={5: 2, 4: 1, 3: 0, 2: 1, 1: 0},
    )


def test_the_average_is_rounded_half_up_to_two_digits():
    mug = make_product()
    RatingSummary.objects.create(product=mug, stars_5=1, stars_4=7)  # 33 / 8 = 4.125

    summary = ratings.summary_of([mug.pk])[mug.pk]

    assert summary.average == Decimal("4.13")
    assert summary.stars_percent == 83


def test_products_without_published_reviews_are_absent():
    mug, lamp, sofa = make_product(), make_product(), make_product()
    _published(mug, 5)
    moderation.reject(_published(lamp, 1), moment=NOON)

    assert list(ratings.summary_of([mug.pk, lamp.pk, sofa.pk])) == [mug.pk]


def test_any_number_of_products_costs_one_statement(django_assert_num_queries):
    products = [make_product() for _number in range(5)]
    for product in products:
        _published(product, 4)

    with django_assert_num_queries(1):
        summaries = ratings.summary_of(product.pk for product in products)

    assert len(summaries) == 5


def test_the_newest_published_reviews_come_first(django_assert_num_queries):
    mug = make_product()
    old, middle, new = (_published(mug, 5, day=day) for day in (1, 2, 3))
    moderation.reject(_published(mug, 1, day=4), moment=NOON)
    _published(make_product(), 5, day=5)

    with django_assert_num_queries(1):
        found = ratings.latest(mug.pk, 2)

    assert [review.pk for review in found] == [new.pk, middle.pk]
    assert old.pk not in [review.pk for review in found]
