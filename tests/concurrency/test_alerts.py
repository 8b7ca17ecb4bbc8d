"""Alerts in many hands: two runs of the job, a double click."""

from inventory.alerts import subscribing, telling
from inventory.models import AlertMail, StockAlert, StockItem
from shop.kit import clock


def test_runs_side_by_side_tell_each_once_and_no_more_than_there_are_pieces(at_once, mug):
    moment = clock.now()
    for number in range(9):
        subscribing.ask(mug, f"{number}@example.com", language="de", source="x", moment=moment)
    for alert in StockAlert.objects.order_by("pk"):
        subscribing.confirm(alert, moment=moment)
    StockItem.objects.filter(variant=mug).update(on_hand=4)

    results = at_once(lambda _number: telling.tell_all(moment), list(range(8)))

    assert sorted(results) == [0] * 7 + [4]
    told = StockAlert.objects.exclude(told_at=None).order_by("pk")
    assert [one.email[0] for one in told] == ["0", "1", "2", "3"]
    assert AlertMail.objects.filter(kind="back").count() == 4


def test_a_double_click_asks_once(at_once, mug):
    moment = clock.now()

    results = at_once(
        lambda _number: subscribing.ask(
            mug, "ben@example.com", language="de", source="x", moment=moment
        ),
        list(range(8)),
    )

    assert results == [None] * 8
    assert StockAlert.objects.count() == AlertMail.objects.count() == 1
