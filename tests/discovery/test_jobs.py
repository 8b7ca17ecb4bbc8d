import datetime

import pytest

from discovery import jobs, recommendations
from shop.kit import clock
from tests.making import make_order, make_product, make_variant

pytestmark = pytest.mark.django_db


def _bought_twice(first, second, *, days_ago=10, **facts):
    for _time in range(2):
        make_order(
            None,
            names=["a", "b"],
            variants=[make_variant(first), make_variant(second)],
            placed_at=clock.now() - datetime.timedelta(days=days_ago),
            **facts,
        )


def test_the_nightly_job_learns_from_what_was_bought():
    tea, pot = make_product(), make_product()
    _bought_twice(tea, pot, status="confirmed")

    assert jobs.train_affinities() == 2

    assert recommendations.for_product(tea.pk, limit=4) == [pot.pk]


@pytest.mark.parametrize(
    "facts",
    [
        {"status": "placed"},
        {"status": "cancelled"},
        {"status": "completed", "days_ago": 541},
    ],
)
def test_unpaid_cancelled_and_old_orders_teach_nothing(facts):
    tea, pot = make_product(), make_product()
    _bought_twice(tea, pot, **facts)

    assert jobs.train_affinities() == 0


def test_what_is_no_longer_in_the_catalog_teaches_nothing():
    for _time in range(2):
        make_order(None, names=["a", "b"], status="completed", placed_at=clock.now())

    assert jobs.train_affinities() == 0
