import datetime

import pytest

from insights import events
from insights.models import Event
from tests.making import NOON

pytestmark = pytest.mark.django_db


def _track(name="product_viewed", visitor_id="v1", **facts):
    events.track(name, visitor_id=visitor_id, facts=facts, moment=NOON)


def test_an_event_keeps_its_words_and_its_moment():
    _track(product=7, source="search", is_first=True, coupon=None)

    event = Event.objects.get()
    assert (event.name, event.visitor_id, event.created_at) == ("product_viewed", "v1", NOON)
    assert event.facts == {"product": 7, "source": "search", "is_first": True, "coupon": None}


@pytest.mark.parametrize(
    "facts",
    [
        {"email": "x"},
        {"city": "Hamburg"},
        {"ip": "192.0.2.1"},
        {"note": "ada@example.com"},
        {"note": "x" * 121},
        {"price": 1.5},
        {"list": [1]},
        {f"fact_{number}": number for number in range(21)},
    ],
)
def test_what_may_say_who_somebody_is_is_refused_and_not_stored(facts):
    with pytest.raises(events.NotAFact):
        _track(**facts)

    assert not Event.objects.exists()


@pytest.mark.parametrize("name", ["", "Product viewed", "1st", "x" * 41, "ada@example.com"])
def test_names_are_short_words(name):
    with pytest.raises(events.NotAFact):
        _track(name)

    assert not Event.objects.exists()


def test_events_are_forgotten_after_thirteen_months_and_not_before():
    _track("old_one")
    _track("young_one")
    Event.objects.filter(name="young_one").update(created_at=NOON + datetime.timedelta(seconds=2))

    forgotten = events.forget(moment=NOON + events.KEPT + datetime.timedelta(seconds=1))

    assert forgotten == 1
    assert Event.objects.get().name == "young_one"
