"""Whose VAT an order bears: the table of docs/algorithms/vat_countries.md, through the checkout."""

import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from catalog.models import TaxScheme, VatClass, VatRate, VatSchemeChange, VatSchemeKind
from catalog.vat import loading, schemes
from checkout import placing, tax_countries
from checkout.models import DeliveryZone
from orders import books, lifecycle, states
from orders.models import Order
from orders.money.taxing import distance
from tests.making import make_delivery
from tests.taxing.conftest import NOON, filled, give_back, goods, order_of, pay, sell

pytestmark = pytest.mark.django_db
NEXT_YEAR = datetime.datetime(2027, 2, 1, 12, tzinfo=datetime.UTC)


@pytest.fixture
def france(europe):
    VatRate.objects.all().delete()
    loading.load()
    DeliveryZone.objects.filter(countries__contains=["AT"]).update(countries=["AT", "FR", "NL"])


def taxed(order):
    rows = order.vat_sums.order_by("-rate")
    return order.tax_country, [(str(row.rate.normalize()), str(row.vat)) for row in rows]


def sold_up_to(net, **moment):
    """One paid order abroad with exactly this net value at 19 %."""
    gross = (Decimal(net) * Decimal("1.19")).quantize(Decimal("0.01"))
    order = pay(sell("NL", gross, **moment))
    assert order.distance_net == Decimal(net)
    return order


def books_are_clean():
    checks = [check for name, check in books.CHECKS if name.startswith("orders:")]
    return [broken for check in checks for broken in check()] == []


def told(name):
    return dict(books.CHECKS)[name]()


def test_the_worked_year_of_the_page(france):
    sold_up_to("9950.00")

    made = [
        sell("NL", "47.60"),
        sell("DE", "119.00"),
        sell("FR", "11.90"),
        crossing := sell("AT", "23.80"),
        sell("FR", "12.00"),
    ]
    assert [taxed(one) for one in made] == [
        ("DE", [("19", "7.60")]),
        ("DE", [("19", "19.00")]),
        ("DE", [("19", "1.90")]),
        ("AT", [("2E+1", "3.97")]),
        ("FR", [("2E+1", "2.00")]),
    ]
    assert [str(one.distance_net) for one in made] == ["40.00", "None", "10.00", "20.00", "10.08"]
    assert distance.sold_net(2026) == Decimal("10030.08")

    lifecycle.cancel(crossing, by=None, reason=states.EXPIRED, moment=NOON)
    assert distance.sold_net(2026) == Decimal("10010.08")
    assert taxed(sell("NL", "12.10")) == ("NL", [("21", "2.10")])
    assert books_are_clean()


def test_exactly_the_limit_is_not_above_it_and_a_cent_is(europe):
    sold_up_to("9900.00")

    assert sell("NL", "119.00").tax_country == "DE"
    assert distance.sold_net(2026) == Decimal("10000.00")
    assert sell("NL", "0.02").tax_country == "NL"


def test_the_switch_is_written_down_with_the_first_paid_sale_above_the_limit(europe):
    sold_up_to("9990.00")
    crossing = sell("AT", "47.60", moment=NOON + datetime.timedelta(minutes=1))
    later = NOON + datetime.timedelta(minutes=5)
    assert distance.note_crossings(moment=later) == []

    pay(crossing)
    assert distance.note_crossings(moment=later) == [2026]
    assert distance.note_crossings(moment=later) == []

    row = VatSchemeChange.objects.get()
    assert (row.kind, row.year, row.order_number) == ("threshold", 2026, crossing.number)
    assert row.valid_from == crossing.placed_at and row.net_sum == Decimal("10030.00")
    assert row.is_automatic and row.actor is None


def test_after_the_switch_the_destination_holds_to_the_end_of_the_next_year(europe):
    first = sold_up_to("9990.00")
    pay(sell("AT", "47.60"))
    distance.note_crossings(moment=NOON)
    give_back(first, first.total_gross)

    assert distance.sold_net(2026) < schemes.LIMIT
    assert sell("AT", "23.80").tax_scheme == TaxScheme.DESTINATION
    assert sell("NL", "12.10", moment=NEXT_YEAR).tax_country == "NL"
    assert sell("NL", "12.10", moment=NEXT_YEAR.replace(year=2028)).tax_country == "DE"


def test_below_the_limit_every_year_begins_at_nought(europe):
    sold_up_to("9990.00")

    assert sell("AT", "47.60", moment=NEXT_YEAR).tax_country == "DE"


def test_money_that_went_back_no_longer_counts_in_proportion(europe):
    order = sold_up_to("9990.00")

    give_back(order, order.total_gross / 4)

    assert distance.sold_net(2026) == Decimal("7492.50")
    assert sell("NL", "119.00").tax_country == "DE"


def test_vouchers_do_not_count_and_digital_goods_do(europe):
    voucher = sell("AT", "500.00", vat_class=VatClass.ZERO)
    cart = filled("AT", goods("11.90", is_digital=True), method="email")
    cart.contact["digital_consent"] = True
    cart.save()
    download = order_of(cart)

    assert voucher.distance_net == 0
    assert download.distance_net == Decimal("10.00")
    assert distance.sold_net(2026) == Decimal("10.00")


def test_staff_opt_in_before_the_limit_and_are_bound_for_two_years(europe, sam):
    start = NOON + datetime.timedelta(hours=1)
    schemes.change(VatSchemeKind.OPT_IN, valid_from=start, by=sam, moment=NOON)

    assert sell("AT", moment=NOON).tax_country == "DE"
    assert sell("AT", moment=start).tax_country == "AT"
    assert sell("DE", moment=start).tax_scheme == TaxScheme.SELLER
    new_year = schemes.start_of(2028)
    with pytest.raises(schemes.Refused, match="two calendar years"):
        schemes.change(
            VatSchemeKind.OPT_OUT,
            valid_from=new_year - datetime.timedelta(days=1),
            by=sam,
            moment=start,
        )
    schemes.change(VatSchemeKind.OPT_OUT, valid_from=new_year, by=sam, moment=start)
    assert sell("AT", moment=new_year - datetime.timedelta(seconds=1)).tax_country == "AT"
    assert sell("AT", moment=new_year).tax_country == "DE"


def test_who_was_above_elsewhere_says_so_for_this_year_or_the_last(europe, sam):
    with pytest.raises(schemes.Refused, match="in this year and in the one before"):
        schemes.change(VatSchemeKind.THRESHOLD, valid_from=NOON, by=sam, moment=NOON, year=2024)

    schemes.change(VatSchemeKind.THRESHOLD, valid_from=NOON, by=sam, moment=NOON, year=2025)

    assert sell("AT").tax_country == "AT"
    assert sell("AT", moment=NEXT_YEAR).tax_country == "DE"
    with pytest.raises(schemes.Refused, match="holds already"):
        schemes.change(VatSchemeKind.THRESHOLD, valid_from=NOON, by=sam, moment=NOON, year=2025)


def test_changes_of_the_past_are_refused_and_rows_are_never_changed(europe, sam):
    with pytest.raises(schemes.Refused, match="has passed"):
        schemes.change(
            VatSchemeKind.OPT_IN,
            valid_from=NOON - datetime.timedelta(seconds=1),
            by=sam,
            moment=NOON,
        )
    schemes.change(VatSchemeKind.OPT_IN, valid_from=NOON, by=sam, moment=NOON)

    for act in (
        lambda: VatSchemeChange.objects.update(valid_from=NEXT_YEAR),
        lambda: VatSchemeChange.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            act()
    sam.delete()
    assert VatSchemeChange.objects.get().actor is None


def test_a_country_without_complete_rates_is_refused_with_the_reason(europe):
    VatRate.objects.filter(country="AT", vat_class="reduced").delete()
    cart = filled("AT", goods())
    prepared = placing.prepare(cart, moment=NOON)

    assert prepared.offers == () and prepared.quote.delivery is None
    with pytest.raises(placing.Incomplete, match="at the moment: we lack its VAT rates"):
        order_of(cart)
    assert not Order.objects.exists()
    assert tax_countries.served(["DE", "AT", "NL", "CH"], moment=NOON) == ["DE", "NL"]


@pytest.mark.parametrize(
    ("country", "postcode", "text"),
    [("DE", "27498", "outside the VAT area"), ("CH", "8001", "in the European Union only")],
)
def test_downloads_go_only_where_a_rate_of_ours_holds(europe, country, postcode, text):
    cart = filled(country, goods(is_digital=True), postcode=postcode, method="email")

    with pytest.raises(placing.Incomplete, match=text):
        order_of(cart)


def test_what_is_collected_in_a_store_is_sold_there_wherever_the_buyer_lives(europe):
    schemes.change(VatSchemeKind.OPT_IN, valid_from=NOON, by=None, moment=NOON)
    make_delivery("store", "0.00", [], (0, 1), kind="pickup")

    order = order_of(filled("AT", goods(), method="store"))

    assert (order.tax_country, order.tax_scheme, order.distance_net) == ("DE", "seller", None)
    assert books_are_clean()


def test_the_gross_price_is_the_same_in_every_country(france):
    variant = goods("23.80")
    VatSchemeChange.objects.create(kind=VatSchemeKind.OPT_IN, valid_from=NOON, created_at=NOON)

    totals = {
        country: placing.prepare(filled(country, variant), moment=NOON).quote.total_gross
        for country in ("DE", "AT", "FR", "NL")
    }

    assert set(totals.values()) == {Decimal("23.80")}


def test_a_sale_at_home_measures_nothing_and_waits_for_nobody(europe, django_assert_num_queries):
    with django_assert_num_queries(1):
        tax_countries.ground("DE", moment=NOON, is_binding=True)
    with django_assert_num_queries(3):  # one to wait for its turn, one to sum up
        tax_countries.ground("AT", moment=NOON, is_binding=True)
    VatSchemeChange.objects.create(kind=VatSchemeKind.OPT_IN, valid_from=NOON, created_at=NOON)
    with django_assert_num_queries(1):
        tax_countries.ground("AT", moment=NOON, is_binding=True)


def test_the_books_tell_an_order_that_is_taxed_in_the_wrong_country(europe):
    order = sell("AT")
    assert books_are_clean()

    Order.objects.filter(pk=order.pk).update(tax_country="AT")

    assert told("orders: taxed where their scheme says") == [f"{order.number} seller AT AT"]


def test_the_books_tell_a_limit_that_nobody_wrote_down(europe):
    sold_up_to("10000.01", moment=NOON - datetime.timedelta(hours=1))

    assert told("orders: the limit of distance sales is noticed") == ["2026 10000.01"]

    distance.note_crossings(moment=NOON)
    assert told("orders: the limit of distance sales is noticed") == []


def test_old_orders_are_measured_by_the_migration(europe):
    from importlib import import_module

    migration = import_module("orders.migrations.0008_tax_countries")
    abroad, voucher, home = sell("AT"), sell("AT", vat_class="zero"), sell("DE")
    Order.objects.update(distance_net=None)

    with connection.cursor() as cursor:
        cursor.execute(migration.FORWARD)

    nets = dict(Order.objects.values_list("pk", "distance_net"))
    assert nets == {abroad.pk: Decimal("20.00"), voucher.pk: 0, home.pk: None}
