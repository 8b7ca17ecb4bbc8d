"""Each way back has its own pieces, days and bearer of the postage; the books stay clean."""

import datetime
from decimal import Decimal

import pytest

from inventory.models import StockMovement
from orders import books
from orders.models import Order, Outcome, Postage, Remedy, ReturnReason, Track, Verdict
from orders.refunding import returned
from orders.refunding.amounts import NotReturnable
from orders.returns import asking, closing, deciding, inspecting, opening, tracks
from orders.states import WrongState
from shop.kit import clock
from tests.orders.conftest import stock_of

pytestmark = pytest.mark.django_db(transaction=True)


def found():
    return {name: rows for name, check in books.CHECKS if (rows := check())}


def open_tracks(order, moment):
    return {one.track for one in tracks.ways(order, today=clock.day_of(moment))}


def test_nothing_comes_back_before_it_was_sent(paid_order, moment):
    assert open_tracks(paid_order(), moment) == set()


def test_the_windows_close_one_after_the_other(sent_order, moment, later):
    """30 days beyond the law, two years by it; a parcel in doubt is under way for a week."""
    order = sent_order()

    assert open_tracks(order, moment) == {Track.GOODWILL, Track.EXCHANGE, Track.CLAIM}
    assert open_tracks(order, later(37)) == {Track.GOODWILL, Track.EXCHANGE, Track.CLAIM}
    assert open_tracks(order, later(38)) == {Track.CLAIM}
    assert open_tracks(order, later(7 + 732)) == set()


def test_what_was_promised_holds_although_the_shop_promises_less_now(sent_order, moment, settings):
    order = sent_order()
    settings.RETURN_DAYS, settings.RETURN_IS_FREE = 0, True

    way = tracks.way(order, Track.GOODWILL, today=clock.day_of(moment))

    assert (order.return_days, way.postage) == (30, Postage.CUSTOMER)


def test_what_was_engraved_comes_back_only_with_a_complaint(sent_order, moment):
    order = sent_order()
    order.lines.update(engraving="Ada")

    assert open_tracks(order, moment) == {Track.CLAIM}


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (datetime.date(2024, 2, 29), 24, datetime.date(2026, 2, 28)),
        (datetime.date(2026, 11, 24), 24, datetime.date(2028, 11, 24)),
        (datetime.date(2026, 1, 31), 1, datetime.date(2026, 2, 28)),
        (datetime.date(2026, 12, 1), 12, datetime.date(2027, 12, 1)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_one(day, months, expected):
    assert tracks.months_later(day, months) == expected


def test_a_voluntary_return_gives_what_the_preview_said(
    sent_order, ask, inspect, end, moment, mug, dice
):
    order = sent_order()
    wish = asking.Wish(track=Track.GOODWILL, pieces={order.lines.get().pk: 2})
    seen = asking.preview(order, wish, moment=moment)

    entry = end(inspect(ask(order, count=2)))

    assert seen.amount == entry.refund.amount == Decimal("48.00")
    assert (entry.state, entry.outcome) == ("closed", "refund")
    assert stock_of(mug) == (10, 0)
    assert returned.pieces_back(order) == {order.lines.get().pk: 2}
    assert sorted(order.mails.filter(kind="return").values_list("reference", flat=True)) == [
        f"{entry.number}-approved",
        f"{entry.number}-closed",
        f"{entry.number}-received",
    ]
    assert found() == {}


def test_a_whole_withdrawal_gives_the_cheapest_delivery_back(sent_order, inspect, end, moment):
    """Delivery 4.90 was paid, 3.90 would have been the cheapest; of half an order none."""
    order = sent_order()
    Order.objects.filter(pk=order.pk).update(standard_delivery_gross=Decimal("3.90"))
    line = order.lines.get().pk
    amounts = []
    for _piece in range(2):
        from django.db import transaction

        with transaction.atomic():
            entry = opening.open_return(
                order, track=Track.WITHDRAWAL, pieces={line: 1}, reason="", by=None, moment=moment
            )
        amounts.append(end(inspect(entry)).refund.amount)

    assert amounts == [Decimal("24.00"), Decimal("27.90")]
    assert found() == {}


def test_loss_of_value_needs_a_reason_and_is_never_kept_of_a_complaint(
    sent_order, ask, inspect, end
):
    order = sent_order()
    entry = ask(order)
    row = entry.lines.get().pk
    for deduction in (
        inspecting.Deduction(Decimal("5.00"), ""),
        inspecting.Deduction(Decimal("24.01"), "broken"),
    ):
        with pytest.raises((inspecting.NotInspected, NotReturnable)):
            inspect(entry, deductions={row: deduction})
        entry.refresh_from_db()
        entry = _received_again(entry)

    entry = inspect(entry, deductions={row: inspecting.Deduction(Decimal("5.00"), "scratched")})

    assert end(entry).refund.amount == Decimal("19.00")
    claim = ask(order, track=Track.CLAIM, reason=ReturnReason.DEFECT)
    with pytest.raises(inspecting.NotInspected):
        inspect(claim, deductions={claim.lines.get().pk: inspecting.Deduction(Decimal(1), "used")})
    assert found() == {}


def _received_again(entry):
    """The tests' own way back: the parcel was received before the inspection was refused."""
    type(entry).objects.filter(pk=entry.pk).update(state="approved")
    entry.refresh_from_db()
    return entry


def test_a_replacement_costs_nothing_and_leaves_the_stock(sent_order, ask, inspect, end, mug):
    order = sent_order()
    entry = ask(order, track=Track.CLAIM, remedy=Remedy.REPLACEMENT)
    assert (entry.state, entry.postage) == ("requested", "shop")

    entry = inspect(entry, verdict=Verdict.WRITE_OFF)
    assert stock_of(mug) == (8, 0)
    entry = end(entry, Outcome.REPLACEMENT, carrier="DHL", tracking_number="2")

    assert stock_of(mug) == (7, 0)
    assert (entry.refund, entry.replacement.tracking_number) == (None, "2")
    assert order.payments.get().refunds.count() == 0
    kinds = StockMovement.objects.filter(item__variant=mug).values_list("kind", flat=True)
    assert sorted(kinds) == ["discarded", "received", "restocked", "sold", "sold"]
    assert found() == {}


def test_a_repair_prolongs_the_claims_by_a_year(sent_order, ask, inspect, end, moment):
    order = sent_order()
    before = tracks.way(order, Track.CLAIM, today=clock.day_of(moment)).last_day

    end(inspect(ask(order, track=Track.CLAIM, remedy=Remedy.REPAIR)), Outcome.REPAIR)

    after = tracks.way(order, Track.CLAIM, today=clock.day_of(moment)).last_day
    assert after == tracks.months_later(before, 12)


def test_an_exchange_sets_aside_what_is_wanted_and_sends_it(
    sent_order, ask, inspect, end, make_variant, mug, moment
):
    order = sent_order()
    line = order.lines.get()
    other = make_variant()
    type(other).objects.filter(pk=other.pk).update(product=mug.product)
    for one in (mug, other):
        _price(one, "24.00")

    entry = ask(order, track=Track.EXCHANGE, wanted={line.pk: other.pk})
    assert stock_of(other) == (10, 1)
    entry = end(inspect(entry), Outcome.EXCHANGE, carrier="DHL")

    assert stock_of(other) == (9, 0)
    assert stock_of(mug) == (9, 0)
    assert order.payments.get().refunds.count() == 0
    assert [one.sku for one in inspecting.due(ask(order))] == [other.sku]
    assert found() == {}


def test_what_costs_more_is_no_exchange(sent_order, ask, make_variant, mug):
    order = sent_order()
    other = make_variant()
    type(other).objects.filter(pk=other.pk).update(product=mug.product)
    _price(mug, "24.00")
    _price(other, "25.00")

    with pytest.raises(NotReturnable):
        ask(order, track=Track.EXCHANGE, wanted={order.lines.get().pk: other.pk})

    assert stock_of(other) == (10, 0)
    assert order.returns.count() == 0


def _price(variant, gross):
    from catalog import pricing
    from tests.making import LONG_AGO

    pricing.set_price(variant, gross=Decimal(gross), start=LONG_AGO)


def test_a_withdrawal_can_be_neither_refused_nor_called_off(sent_order, moment):
    order = sent_order()
    from django.db import transaction

    with transaction.atomic():
        entry = opening.open_return(
            order,
            track=Track.WITHDRAWAL,
            pieces={order.lines.get().pk: 1},
            reason="",
            by=None,
            moment=moment,
        )

    for act in (
        lambda: deciding.call_off(entry, by=None, moment=moment),
        lambda: deciding.refuse(entry, reason="no", by=None, moment=moment),
        lambda: closing.end(entry, Outcome.REFUND, by=None, moment=moment),
    ):
        with pytest.raises(WrongState):
            act()


def test_an_amount_that_went_before_is_counted_at_the_end(sent_order, ask, inspect, end, moment):
    """10.00 went back for a scratch; of 48.00 for both mugs 42.90 are left of the 52.90."""
    from orders import payments

    order = sent_order()
    payments.refund(
        order.payments.get(), amount=Decimal("10.00"), reason="scratch", by=None, moment=moment
    )

    entry = end(inspect(ask(order, count=2)))

    assert entry.refund.amount == Decimal("42.90")
    assert found() == {}
