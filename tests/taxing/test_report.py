"""The report of VAT: the books, split by country and rate; sales and corrections to the cent."""

import csv
import datetime
import io
from collections import Counter
from decimal import Decimal

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings, strategies

from catalog.admin import vat_report
from catalog.models import VatSchemeKind
from catalog.vat import schemes
from orders.models import OrderVat, Payment
from orders.money.taxing import report
from tests.backoffice import clerk
from tests.taxing.conftest import NOON, desk_of, filled, give_back, goods, order_of, pay, sell

pytestmark = pytest.mark.django_db
FIRST, LAST = datetime.date(2026, 10, 1), datetime.date(2026, 12, 31)
DAY = datetime.timedelta(days=1)


def mixed(country, *, moment=NOON):
    """One order at two rates: 23.80 and 10.70 gross."""
    cart = filled(country, goods("23.80"), goods("10.70", vat_class="reduced"), moment=moment)
    return pay(order_of(cart, moment=moment))


def by_key(found):
    return {
        (one.country, one.scheme, str(one.rate.normalize())): (
            one.orders, str(one.sold.net), str(one.sold.vat), str(one.back.gross)
        )
        for one in found.lines
    }  # fmt: skip


def test_paid_orders_are_split_by_country_scheme_and_rate(europe, sam):
    pay(sell("DE"))
    pay(sell("NL", "11.90"))
    schemes.change(VatSchemeKind.OPT_IN, valid_from=NOON + DAY, by=sam, moment=NOON)
    later = NOON + 2 * DAY
    mixed("DE", moment=later)
    mixed("AT", moment=later)
    sell("AT", moment=later)

    found = report.between(FIRST, LAST)

    assert by_key(found) == {
        ("AT", "destination", "2E+1"): (1, "19.83", "3.97", "0.00"),
        ("AT", "destination", "1E+1"): (1, "9.73", "0.97", "0.00"),
        ("DE", "seller", "19"): (3, "50.00", "9.50", "0.00"),
        ("DE", "seller", "7"): (1, "10.00", "0.70", "0.00"),
    }
    assert found.orders == 4
    assert [one.country for one in found.of_oss().lines] == ["AT", "AT"]


def test_the_worked_refunds_of_the_page(europe, rules):
    cart = filled("DE", goods("27.11"), goods("15.59", vat_class="reduced"))
    order = pay(order_of(cart))
    give_back(order, "10.00", moment=NOON + DAY)

    first = {str(one.rate): str(one.back.gross) for one in report.between(FIRST, LAST).lines}
    give_back(order, "32.70", moment=NOON + 2 * DAY)
    both = report.between(FIRST, LAST)

    assert first == {"19.00": "6.35", "7.00": "3.65"}
    assert {str(one.rate): str(one.back.gross) for one in both.lines} == {
        "19.00": "27.11",
        "7.00": "15.59",
    }
    assert both.left == report.Amounts()


def test_a_correction_counts_in_its_own_period_and_names_the_quarter_of_its_sale(europe):
    order = mixed("DE")
    give_back(order, order.total_gross, moment=NOON + 60 * DAY)

    autumn = report.between(FIRST, LAST)
    winter = report.between(datetime.date(2027, 1, 1), datetime.date(2027, 3, 31))

    assert (autumn.sold.gross, autumn.back.gross) == (Decimal("34.50"), 0)
    assert (winter.sold.gross, winter.back.gross) == (0, Decimal("34.50"))
    assert {(one.year, one.quarter) for one in winter.corrections} == {(2026, 4)}
    assert winter.left == report.Amounts() - autumn.left


def test_the_days_are_those_of_the_shops_clock(europe):
    new_year = datetime.datetime(2026, 12, 31, 23, 30, tzinfo=datetime.UTC)  # 00:30 in Germany
    pay(sell("DE", moment=new_year))

    assert report.between(FIRST, LAST).orders == 0
    assert report.between(datetime.date(2027, 1, 1), datetime.date(2027, 1, 1)).orders == 1


def test_money_that_differs_from_the_order_is_no_sale(europe):
    order = pay(sell("DE"))
    Payment.objects.filter(order=order).update(state="mismatch")

    assert report.between(FIRST, LAST).lines == ()


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    sales=strategies.lists(
        strategies.tuples(
            strategies.sampled_from(["DE", "AT", "NL"]),
            strategies.integers(1, 500_00),
            strategies.integers(1, 500_00),
            strategies.lists(strategies.integers(1, 400_00), max_size=3),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_the_report_is_the_sum_of_the_rows_of_vat_whatever_goes_back(europe, sales):
    before = report.between(FIRST, LAST)
    orders_before = set(OrderVat.objects.values_list("order", flat=True))
    returned = Decimal(0)
    for country, standard, reduced, backs in sales:
        cart = filled(
            country,
            goods(Decimal(standard) / 100),
            goods(Decimal(reduced) / 100, vat_class="reduced"),
        )
        order = pay(order_of(cart))
        left = order.total_gross
        for cents in backs:
            amount = min(Decimal(cents) / 100, left)
            if amount:
                give_back(order, amount, moment=NOON + DAY)
                left -= amount
                returned += amount

    found = report.between(FIRST, LAST)

    rows = OrderVat.objects.exclude(order__in=orders_before)
    assert found.sold - before.sold == report.Amounts(
        sum((one.net for one in rows), Decimal(0)),
        sum((one.vat for one in rows), Decimal(0)),
        sum((one.gross for one in rows), Decimal(0)),
    )
    assert (found.back - before.back).gross == returned
    for one in found.lines:
        assert one.sold.net + one.sold.vat == one.sold.gross
        assert one.back.net + one.back.vat == one.back.gross
    for row in rows:
        assert row.net + row.vat == row.gross
        assert abs(row.net - row.gross / (1 + row.rate / 100)) <= Decimal("0.005")


def test_the_report_equals_raw_sql(europe):
    for country in ("DE", "AT", "NL", "DE"):
        mixed(country)
    sell("DE")

    found = report.between(FIRST, LAST)

    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT o.tax_country, v.rate, SUM(v.net), SUM(v.vat), SUM(v.gross), COUNT(*)
            FROM orders_order o JOIN orders_ordervat v ON v.order_id = o.id
            WHERE EXISTS (SELECT FROM orders_payment p
                          WHERE p.order_id = o.id AND p.state = 'succeeded')
            GROUP BY 1, 2
            """
        )
        rows = cursor.fetchall()
    assert Counter(rows) == Counter(
        (one.country, one.rate, one.sold.net, one.sold.vat, one.sold.gross, one.orders)
        for one in found.lines
    )


def test_the_report_takes_two_statements_however_much_was_sold(europe, django_assert_num_queries):
    for _number in range(2):
        give_back(mixed("DE"), "5.00")
    with django_assert_num_queries(2):
        report.between(FIRST, LAST)
    for country in ("AT", "NL", "DE"):
        give_back(mixed(country), "5.00")
    with django_assert_num_queries(2):
        report.between(FIRST, LAST)


# --- For staff -----------------------------------------------------------------------------------

PAGE = "/admin/catalog/vatrate/report/"
PERIOD = "?first=2026-10-01&last=2026-12-31"


def test_staff_read_the_report_and_take_it_as_a_file(europe, sam):
    order = mixed("DE")
    give_back(order, "10.00", moment=NOON + DAY)
    desk = desk_of(sam)

    page = desk.get(PAGE + PERIOD)
    rows = list(csv.DictReader(io.StringIO(desk.text(PAGE + PERIOD + "&format=csv"))))

    assert [line["orders"] for line in page.context["lines"]] == [1, 1]
    assert [(one["kind"], one["country"], one["rate"]) for one in rows] == [
        ("sale", "DE", "19.00"), ("sale", "DE", "7.00"),
        ("correction", "DE", "19.00"), ("correction", "DE", "7.00"), ("sum", "", ""),
    ]  # fmt: skip
    assert rows[-1]["gross"] == "24.50"
    assert sum(Decimal(one["gross"]) for one in rows[:-1]) == Decimal("24.50")


def test_the_one_stop_shop_is_a_view_of_its_own(europe, sam):
    schemes.change(VatSchemeKind.OPT_IN, valid_from=NOON, by=sam, moment=NOON)
    give_back(mixed("AT"), "10.00", moment=NOON + DAY)
    mixed("DE")

    page = desk_of(sam).get(PAGE + PERIOD + "&view=oss")

    assert {line["scheme"] for line in page.context["lines"]} == {
        "VAT of the country of destination (OSS)"
    }
    assert [one["quarter"] for one in page.context["corrections"]] == ["2026 Q4"] * 2


def test_without_a_period_the_quarter_that_runs_is_shown_and_impossible_ones_are_refused(sam):
    desk = desk_of(sam)

    page = desk.get(PAGE)
    desk.get(PAGE + "?first=2026-12-31&last=2026-01-01", status=422)
    desk.get(PAGE + "?first=soon&last=2026-01-01", status=422)

    names = [one["name"] for one in page.context["quarters"]]
    assert page.context["quarters"][0]["is_here"] and len(names) == 6
    assert names == sorted(names, reverse=True)


def test_only_who_may_see_orders_sees_the_report(europe):
    desk = desk_of(clerk("catalog"))

    desk.get(PAGE + PERIOD, status=403)


def test_no_cell_of_the_file_is_a_formula(europe):
    found = report.Report(
        (report.Line("=1+1", "@x", Decimal(19), 1, report.Amounts(), report.Amounts()),), (), 1
    )

    lines = list(csv.reader(io.StringIO(vat_report.written(found))))

    assert lines[1][1:3] == ["'=1+1", "'@x"]
