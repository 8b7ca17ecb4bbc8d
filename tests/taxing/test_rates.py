"""The rates of all member states: what the file has, how it is taken in, how staff change it."""

import datetime
import itertools
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.db.backends.postgresql.psycopg_any import DateRange

from catalog import vat
from catalog.models import VatClass, VatRate
from catalog.vat import changing, loading
from checkout.sending import territories

DAY = datetime.date(2026, 11, 24)


def by_period(country, vat_class):
    rows = VatRate.objects.filter(country=country, vat_class=vat_class).order_by("valid")
    return [(str(row.rate), row.valid.lower, row.valid.upper) for row in rows]


def test_the_file_has_every_class_of_every_member_state_on_every_day_without_overlap():
    found = {}
    for entry in loading.entries():
        found.setdefault(entry.key, []).append(entry)

    assert set(found) == {(c, k) for c in territories.EU for k in VatClass.values}
    for key, periods in found.items():
        for before, after in itertools.pairwise(periods):
            assert before.valid.upper == after.valid.lower, key
        assert periods[0].valid.lower <= datetime.date(2021, 7, 1)
        assert periods[-1].valid.upper is None
        for one in periods:
            assert bool(one.remark_en) == bool(one.remark_de), key


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("country", "day", "standard"),
    [
        ("EE", "2025-06-30", "22"), ("EE", "2025-07-01", "24"), ("RO", "2025-07-31", "19"),
        ("RO", "2025-08-01", "21"), ("SK", "2024-12-31", "20"), ("SK", "2025-01-01", "23"),
        ("FI", "2024-08-31", "24"), ("FI", "2024-09-01", "25.5"), ("LU", "2023-12-31", "16"),
        ("HU", "2026-11-24", "27"), ("FR", "2026-11-24", "20"), ("MT", "2026-11-24", "18"),
    ],
)  # fmt: skip
def test_rates_are_those_of_their_day(country, day, standard):
    loading.load()

    assert vat.rate_for(country, "standard", datetime.date.fromisoformat(day)) == Decimal(standard)


@pytest.mark.django_db
def test_loading_twice_is_loading_once(django_assert_num_queries):
    first = loading.load()
    before = list(VatRate.objects.order_by("pk").values())

    with django_assert_num_queries(4):  # the turn, the rates, a savepoint around them
        second = loading.load()

    assert first.added == len(before) == len(loading.entries())
    assert (second.added, second.changed, second.kept) == (0, 0, [])
    assert list(VatRate.objects.order_by("pk").values()) == before


@pytest.mark.django_db
def test_what_staff_entered_wins_over_the_file_and_is_named():
    own = VatRate.objects.create(
        country="FR", vat_class="standard", rate=19, valid=DateRange(datetime.date(2026, 1, 1))
    )
    out = StringIO()

    call_command("load_vat_rates", stdout=out)

    assert by_period("FR", "standard") == [("19.00", datetime.date(2026, 1, 1), None)]
    assert "kept as staff have it: the file has FR standard 20 %" in out.getvalue()
    own.refresh_from_db()
    assert own.rate == 19 and not own.is_from_file


@pytest.mark.django_db
def test_a_newer_file_ends_a_rate_of_the_older_one():
    loading.load()
    new_year = datetime.date(2027, 1, 1)
    newer = []
    for one in loading.entries():
        if one.key == ("EE", "standard") and one.valid.upper is None:
            ended = DateRange(one.valid.lower, new_year)
            newer.append(loading.Entry("EE", "standard", one.rate, ended, "", ""))
            one = loading.Entry("EE", "standard", Decimal(26), DateRange(new_year), "", "")
        newer.append(one)

    done = loading.load(newer)

    assert (done.added, done.changed) == (1, 1)
    assert by_period("EE", "standard")[-2:] == [
        ("24.00", datetime.date(2025, 7, 1), new_year),
        ("26.00", new_year, None),
    ]


@pytest.mark.django_db
def test_a_rate_changes_from_a_day_on_and_the_file_leaves_that_alone():
    loading.load()
    rate = VatRate.objects.get(country="AT", vat_class="standard")

    changing.change_from(rate, percent=Decimal(21), first_day=datetime.date(2027, 1, 1))
    loading.load()

    assert vat.rate_for("AT", "standard", datetime.date(2026, 12, 31)) == 20
    assert vat.rate_for("AT", "standard", datetime.date(2027, 1, 1)) == 21
    assert len(by_period("AT", "standard")) == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("percent", "first_day", "text"),
    [
        ("21", "2021-07-01", "after the first day"),
        ("21", "2020-01-01", "after the first day"),
        ("20", "2027-01-01", "holds already"),
    ],
)
def test_a_change_that_cannot_be_is_refused(percent, first_day, text):
    loading.load()
    rate = VatRate.objects.get(country="AT", vat_class="standard")

    with pytest.raises(changing.Refused, match=text):
        changing.change_from(
            rate, percent=Decimal(percent), first_day=datetime.date.fromisoformat(first_day)
        )

    assert len(by_period("AT", "standard")) == 1


@pytest.mark.django_db
def test_a_change_between_two_rates_ends_where_the_next_begins():
    loading.load()
    rate = VatRate.objects.get(country="EE", vat_class="standard", rate=22)

    changing.change_from(rate, percent=Decimal(23), first_day=datetime.date(2025, 1, 1))

    assert by_period("EE", "standard")[1:] == [
        ("22.00", datetime.date(2024, 1, 1), datetime.date(2025, 1, 1)),
        ("23.00", datetime.date(2025, 1, 1), datetime.date(2025, 7, 1)),
        ("24.00", datetime.date(2025, 7, 1), None),
    ]
    with pytest.raises(changing.Refused, match="has ended"):
        changing.change_from(rate, percent=Decimal(25), first_day=datetime.date(2025, 8, 1))


@pytest.mark.django_db
def test_what_is_to_be_looked_up_is_open_until_it_is_confirmed():
    loading.load()
    rate = VatRate.objects.get(country="IT", vat_class="reduced")
    assert rate.is_open

    assert changing.confirm([rate.pk], day=DAY) == 1
    loading.load()

    rate.refresh_from_db()
    assert not rate.is_open and rate.confirmed_on == DAY
    assert changing.confirm([rate.pk], day=DAY) == 0
