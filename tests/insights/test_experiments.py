import collections
import datetime

import pytest

from insights import experiments
from insights.models import Assignment, Experiment
from tests.making import NOON

DAY = datetime.timedelta(days=1)


def _experiment(**changes):
    fields = {"key": "big-pictures", "question": "Do bigger pictures help?"}
    fields |= {"variants": ["as_it_was", "big"], "started_at": NOON - DAY}
    return Experiment.objects.create(**{**fields, **changes})


def test_a_bucket_is_the_same_for_ever():
    # printf big-pictures:visitor-1 | sha256sum: the first 64 bits, modulo 1000
    assert experiments.bucket("visitor-1", "big-pictures") == 791
    assert experiments.bucket("visitor-1", "free-wrapping") == 640


def test_buckets_are_even_and_independent_of_each_other():
    first = [experiments.bucket(f"v{number}", "one") < 500 for number in range(20_000)]
    second = [experiments.bucket(f"v{number}", "two") < 500 for number in range(20_000)]

    quarters = collections.Counter(zip(first, second, strict=True))

    assert len(quarters) == 4
    assert all(4_800 < count < 5_200 for count in quarters.values())


@pytest.mark.django_db
def test_a_visitor_keeps_the_variant_when_the_shares_change():
    experiment = _experiment()
    first = experiments.expose("big-pictures", visitor_id="v1", moment=NOON)

    experiment.variants = ["something", "else", "now"]
    experiment.save()
    second = experiments.expose("big-pictures", visitor_id="v1", moment=NOON + DAY)

    assert first in ("as_it_was", "big")
    assert second == first
    assert Assignment.objects.get().created_at == NOON


@pytest.mark.django_db
def test_visitors_are_spread_over_all_variants():
    _experiment(variants=["a", "b", "c"])

    seen = {
        experiments.expose("big-pictures", visitor_id=f"v{number}", moment=NOON)
        for number in range(30)
    }

    assert seen == {"a", "b", "c"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [{"started_at": None}, {"started_at": NOON + DAY}, {"ended_at": NOON}, {"key": "another"}],
)
def test_the_shop_stays_as_it_was_when_nothing_runs(changes):
    _experiment(**changes)

    assert experiments.expose("big-pictures", visitor_id="v1", moment=NOON) == ""
    assert not Assignment.objects.exists()


@pytest.mark.django_db
def test_a_visitor_who_is_not_recognised_is_not_assigned():
    _experiment()

    assert experiments.expose("big-pictures", visitor_id="", moment=NOON) == ""
    assert not Assignment.objects.exists()
