"""The figures of the dashboard: sums that are kept, and always those of the orders themselves."""

import datetime
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from insights import jobs
from insights.models import SalesDay
from orders import states
from orders.models import (
    EventKind,
    Order,
    OrderEvent,
    OrderStatus,
    PartKind,
    Payment,
    PaymentState,
    Refund,
    RefundPart,
    RefundState,
)
from orders.trade import books, rollup
from shop import trade
from shop.trade import Sums
from tests import making
from tests.backoffice import Desk

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:Overriding get_action_choices"),
]
MOMENT = datetime.datetime(2026, 3, 2, 23, 30, tzinfo=datetime.UTC)  # the 3rd in Berlin
TODAY = datetime.date(2026, 3, 3)


def _placed(names=("Mug", "Lamp"), *, days=0, minutes=1, **facts) -> Order:
    before = datetime.timedelta(days=days, minutes=minutes)
    order = making.make_order(None, names=list(names), placed_at=MOMENT - before, **facts)
    _note(order)
    return order


def _note(order: Order) -> None:
    states.note(order, EventKind.PAYMENT, moment=MOMENT)


def _refund(order: Order, amount: str, *, pieces: bool, state=RefundState.SUCCEEDED) -> None:
    payment, _is_new = Payment.objects.get_or_create(
        order=order,
        gateway="stripe",
        defaults={
            "amount": order.total_gross,
            "captured": order.total_gross,
            "state": PaymentState.SUCCEEDED,
            "key": f"pay-{order.pk}",
            "created_at": MOMENT,
            "next_check_at": MOMENT,
        },
    )
    refund = Refund.objects.create(
        payment=payment,
        amount=Decimal(amount),
        state=state,
        key=f"refund-{order.pk}-{Refund.objects.count()}",
        reason="test",
        created_at=MOMENT,
        next_try_at=MOMENT,
    )
    if pieces:
        RefundPart.objects.create(
            refund=refund,
            line=order.lines.first(),
            kind=PartKind.GOODS,
            quantity=1,
            rate=0,
            gross=Decimal(amount),
            net=Decimal(amount),
        )
    _note(order)


def _of(days=7, compared=trade.BEFORE):
    return trade.of(days, compared, moment=MOMENT)


def test_days_are_those_of_the_shops_time_zone_and_cancelled_orders_do_not_count():
    _placed(minutes=20)  # still the 3rd, 00:10 in Berlin
    _placed(minutes=40)  # the 2nd, 23:50 in Berlin
    _placed(days=6)
    _placed(days=7)  # of the period before
    _placed(status=OrderStatus.CANCELLED)

    rollup.refresh(moment=MOMENT)
    found = _of()

    assert [step.day for step in found.steps][-1] == TODAY
    assert found.steps[-1].now == Sums(orders=1, gross=Decimal("20.00"), cancelled=1)
    assert found.steps[-2].now.orders == 1
    assert found.now == Sums(orders=3, gross=Decimal("60.00"), cancelled=1)
    assert found.then == Sums(orders=1, gross=Decimal("20.00"))
    assert found.as_of == MOMENT


def test_returns_and_refunds_belong_to_the_day_of_the_order():
    with_pieces, with_goodwill, failed, _other = (_placed(days=2) for _number in range(4))
    _refund(with_pieces, "10.00", pieces=True)
    _refund(with_goodwill, "3.00", pieces=False)
    _refund(failed, "5.00", pieces=True, state=RefundState.FAILED)

    rollup.refresh(moment=MOMENT)
    now = _of().now

    assert (now.orders, now.returned, now.refunded) == (4, 1, Decimal("13.00"))
    assert now.return_rate == Decimal("25.0")
    assert now.average == Decimal("20.00")


def test_without_orders_there_is_neither_average_nor_rate():
    assert Sums().average is None
    assert Sums().return_rate is None
    assert _of().as_of is None


@pytest.mark.parametrize(("days", "bars"), [(7, 7), (30, 30), (90, 13), (365, 13)])
def test_bars_share_out_all_days(days, bars):
    for one in range(0, 800, 5):
        _placed(["Mug"], days=one)
    rollup.refresh(moment=MOMENT)

    found = _of(days)

    assert len(found.steps) == bars
    assert trade.total(step.now for step in found.steps) == found.now
    assert trade.total(step.then for step in found.steps) == found.then
    assert found.now.orders == len(range(0, days, 5))


def test_the_year_before_is_compared_weekday_by_weekday():
    _placed(days=364)
    _placed(days=365)
    rollup.refresh(moment=MOMENT)

    steps = _of(7, trade.YEAR).steps

    assert [step.then.orders for step in steps] == [0, 0, 0, 0, 0, 1, 1]
    assert _of(365, trade.YEAR).then.orders == 1


def test_a_change_of_an_old_order_reaches_its_day_through_its_event():
    old, _other = _placed(days=20), _placed(days=3)
    rollup.refresh(moment=MOMENT)
    with connection.cursor() as cursor:  # far enough away for the overlap to be of no help
        cursor.execute("SELECT setval(pg_get_serial_sequence('orders_orderevent', 'id'), 9000)")
    _placed(days=1)
    rollup.refresh(moment=MOMENT)
    Order.objects.filter(pk=old.pk).update(status=OrderStatus.CANCELLED)
    _placed(days=1)
    rollup.refresh(moment=MOMENT)
    assert _of(30).now.cancelled == 0, "nothing told that the old order changed"

    _note(old)
    jobs.refresh_sales()

    assert _of(30).now.cancelled == 1
    assert books.days_equal_the_orders() == []


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    steps=st.lists(
        st.tuples(
            st.integers(0, 5),
            st.sampled_from(["place", "cancel", "refund", "return", "fail", "refresh"]),
            st.sampled_from(["DE", "AT"]),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_after_any_course_of_trade_the_sums_are_those_of_the_orders(db, steps):
    for days, what, country in steps:
        known = Order.objects.order_by("pk").last()
        if what == "place" or known is None:
            _placed(days=days, tax_country=country)
        elif what == "cancel":
            Order.objects.filter(pk=known.pk).update(status=OrderStatus.CANCELLED)
            _note(known)
        elif what == "refresh":
            rollup.refresh(moment=MOMENT)
        else:
            state = RefundState.FAILED if what == "fail" else RefundState.SUCCEEDED
            _refund(known, "1.00", pieces=what == "return", state=state)
    rollup.refresh(moment=MOMENT)

    assert books.days_equal_the_orders() == []
    kept = list(SalesDay.objects.order_by("day", "country").values_list(
        "day", "country", "orders", "gross", "cancelled", "returned", "refunded"))  # fmt: skip
    assert kept == sorted(rollup.counted())
    rollup.rebuild(moment=MOMENT)
    assert sorted(rollup.counted()) == kept


def test_a_sum_that_somebody_changed_is_told_and_mended():
    _placed()
    rollup.refresh(moment=MOMENT)
    SalesDay.objects.update(gross=1)

    assert books.days_equal_the_orders() == [f"{TODAY} DE", f"{TODAY} DE"]

    call_command("rebuild_sales", stdout=StringIO())
    assert books.days_equal_the_orders() == []


def test_a_day_that_waits_for_its_refresh_is_not_broken():
    _placed()
    rollup.refresh(moment=MOMENT)

    _placed()

    assert books.days_equal_the_orders() == []
    assert OrderEvent.objects.count() == 2


def test_the_chart_has_a_table_with_the_same_figures_and_each_figure_says_what_it_is(sam):
    order = making.make_order(None, names=["Mug"], placed_at=MOMENT)
    _note(order)
    jobs.rebuild_sales()
    desk = Desk(sam)

    page = desk.get("/admin/?days=365&compared=year")
    text = page.content.decode()

    assert len(page.context["table"]) == len(page.context["bars"]) == 13
    assert 'role="img"' in text
    assert "<table" in text
    for figure in page.context["figures"]:
        assert figure["meaning"] in text
    assert "?days=7&amp;compared=year" in text
    assert len(desk.get("/admin/?days=8&compared=x").context["bars"]) == 30


def test_the_home_takes_as_many_statements_for_a_year_as_for_a_week(sam):
    desk = Desk(sam)
    for days in range(0, 400, 9):
        _placed(["Mug"], days=days)
    rollup.refresh(moment=MOMENT)

    week, year = desk.statements("/admin/?days=7"), desk.statements("/admin/?days=365")

    assert week == year <= 12
