"""Prices of catalogue promotions that cannot be are told."""

import pytest
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from catalog import books
from catalog.models import Price, Reduction
from tests.catalog.reductions.conftest import apply, day, make_reduction


@pytest.fixture
def applied(mug):
    return apply(make_reduction((1, "10"), (5, "20"), product_ids=[mug.product_id]))


def test_what_was_written_is_in_order(applied):
    assert Price.objects.filter(reduction=applied).count() == 2
    assert books.reductions_keep_their_time() == []


@pytest.mark.parametrize(
    ("change", "rows"),
    [
        ({"state": "draft"}, 2),
        ({"ends_at": day(15)}, 1),
    ],
)
def test_what_cannot_be_is_told(applied, change, rows):
    Reduction.objects.filter(pk=applied.pk).update(**change)

    assert len(books.reductions_keep_their_time()) == rows


def test_a_price_before_the_first_step_is_told(applied):
    applied.steps.filter(starts_at=day(1)).delete()

    assert len(books.reductions_keep_their_time()) == 1


def test_a_price_that_outlives_the_end_of_its_promotion_is_told(applied):
    far = day(9_000)
    Price.objects.filter(reduction=applied, valid__startswith=day(5)).update(
        valid=DateTimeTZRange(day(5), far)
    )
    Reduction.objects.filter(pk=applied.pk).update(ends_at=far)
    assert books.reductions_keep_their_time() == []

    Reduction.objects.filter(pk=applied.pk).update(state="ended")

    assert len(books.reductions_keep_their_time()) == 1
