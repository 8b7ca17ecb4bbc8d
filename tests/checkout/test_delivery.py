import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.law import consignments
from checkout import delivery
from inventory import working_days
from tests import making

date = datetime.date
TWO_TO_THREE = working_days.Calendar(days=(2, 3))
EASTER = [
    date(2024, 3, 31),
    date(2025, 4, 20),
    date(2026, 4, 5),
    date(2027, 3, 28),
    date(2028, 4, 16),
    date(2029, 4, 1),
    date(2030, 4, 21),
]


def _utc(*parts):
    return datetime.datetime(*parts, tzinfo=datetime.UTC)


@pytest.mark.parametrize("sunday", EASTER)
def test_the_holidays_around_easter_are_no_working_days(sunday):
    def day(offset):
        return sunday + datetime.timedelta(days=offset)

    assert not any(map(working_days.is_working_day, (day(-2), day(0), day(1), day(39), day(50))))
    # Maundy Thursday, Tuesday after Easter, the days beside Ascension, Tuesday after Whitsun.
    near = [one for one in (day(-3), day(2), day(38), day(51)) if (one.month, one.day) != (5, 1)]
    assert all(map(working_days.is_working_day, near))


@pytest.mark.parametrize("year", range(2024, 2031))
def test_fixed_holidays_and_weekends_are_no_working_days(year):
    holidays = [date(year, 1, 1), date(year, 5, 1), date(year, 10, 3)]
    holidays += [date(year, 12, 25), date(year, 12, 26)]

    assert not any(map(working_days.is_working_day, holidays))
    days = (date(year, 1, 1) + datetime.timedelta(days=one) for one in range(365))
    assert not any(working_days.is_working_day(day) for day in days if day.weekday() >= 5)


@pytest.mark.parametrize(
    ("day", "is_working"),
    [
        (date(2026, 10, 31), False),  # a Saturday
        (date(2025, 10, 31), True),  # Reformation Day: a holiday in some states only
        (date(2026, 6, 4), True),  # Corpus Christi: likewise
        (date(2026, 12, 24), True),
        (date(2026, 12, 31), True),
    ],
)
def test_what_only_some_states_keep_is_a_working_day(day, is_working):
    assert working_days.is_working_day(day) == is_working


@pytest.mark.parametrize(
    ("moment", "lead_days", "leaves"),
    [
        (_utc(2026, 11, 24, 12, 59, 59), 0, date(2026, 11, 24)),  # 13:59:59 in winter
        (_utc(2026, 11, 24, 13, 0), 0, date(2026, 11, 25)),  # 14:00
        (_utc(2026, 7, 14, 11, 59, 59), 0, date(2026, 7, 14)),  # 13:59:59 in summer
        (_utc(2026, 7, 14, 12, 0), 0, date(2026, 7, 15)),
        # The clocks change on Sundays, 29 March and 25 October 2026.
        (_utc(2026, 3, 27, 12, 59), 0, date(2026, 3, 27)),
        (_utc(2026, 3, 27, 13, 0), 0, date(2026, 3, 30)),
        (_utc(2026, 3, 29, 0, 59), 0, date(2026, 3, 30)),
        (_utc(2026, 3, 29, 1, 0), 0, date(2026, 3, 30)),
        (_utc(2026, 3, 30, 11, 59), 0, date(2026, 3, 30)),
        (_utc(2026, 3, 30, 12, 0), 0, date(2026, 3, 31)),
        (_utc(2026, 10, 23, 11, 59), 0, date(2026, 10, 23)),
        (_utc(2026, 10, 23, 12, 0), 0, date(2026, 10, 26)),
        (_utc(2026, 10, 25, 0, 30), 0, date(2026, 10, 26)),
        (_utc(2026, 10, 26, 12, 59), 0, date(2026, 10, 26)),
        (_utc(2026, 10, 26, 13, 0), 0, date(2026, 10, 27)),
        # The day is that of Berlin: 23:30 UTC on Monday is Tuesday there.
        (_utc(2026, 11, 23, 23, 30), 0, date(2026, 11, 24)),
        (_utc(2026, 11, 22, 23, 30), 0, date(2026, 11, 23)),
        # Easter: ordered on Maundy Thursday too late.
        (_utc(2026, 4, 2, 12, 0), 0, date(2026, 4, 7)),
        # Christmas and New Year.
        (_utc(2026, 12, 24, 13, 0), 0, date(2026, 12, 28)),
        (_utc(2026, 12, 31, 13, 0), 0, date(2027, 1, 4)),
        # Three working days to make it.
        (_utc(2026, 12, 23, 10, 0), 3, date(2026, 12, 29)),
    ],
)
def test_what_is_ordered_by_two_o_clock_leaves_on_the_same_working_day(moment, lead_days, leaves):
    assert working_days.ship_day(moment, lead_days=lead_days, calendar=TWO_TO_THREE) == leaves


@pytest.mark.parametrize(
    ("moment", "lead_days", "window"),
    [
        # Wednesday morning: it leaves today, arrives Friday or Monday.
        (_utc(2026, 11, 25, 9, 0), 0, (date(2026, 11, 27), date(2026, 11, 30))),
        # After two o'clock everything is a working day later.
        (_utc(2026, 11, 25, 14, 0), 0, (date(2026, 11, 30), date(2026, 12, 1))),
        # On Saturday: it leaves on Monday.
        (_utc(2026, 11, 28, 9, 0), 0, (date(2026, 12, 2), date(2026, 12, 3))),
        # Christmas falls on Friday, Boxing Day on Saturday, then New Year on Friday.
        (_utc(2026, 12, 23, 9, 0), 0, (date(2026, 12, 28), date(2026, 12, 29))),
        (_utc(2026, 12, 29, 9, 0), 0, (date(2026, 12, 31), date(2027, 1, 4))),
        # Easter: Good Friday and Monday are none.
        (_utc(2027, 3, 25, 9, 0), 0, (date(2027, 3, 31), date(2027, 4, 1))),
        # Three working days to make it come first.
        (_utc(2026, 11, 25, 9, 0), 3, (date(2026, 12, 2), date(2026, 12, 3))),
    ],
)
def test_the_window_of_arrival_counts_the_working_days_of_the_warehouse(moment, lead_days, window):
    assert working_days.arrival(moment, lead_days=lead_days, calendar=TWO_TO_THREE) == window


@given(st.dates(date(2024, 1, 1), date(2030, 12, 1)), st.integers(0, 40))
def test_working_days_are_counted_one_by_one(day, count):
    found = working_days.working_day_after(day, count)

    between = [day + datetime.timedelta(days=one) for one in range(1, (found - day).days + 1)]
    assert sum(map(working_days.is_working_day, between)) == count
    assert count == 0 or working_days.is_working_day(found)


def _offers(**wanted):
    return look(**wanted).offers


def look(*, goods_gross=Decimal("24.00"), sent=None, **wanted):
    choice = {
        "country": "DE",
        "needs_shipping": True,
        "lead_days": 0,
        "moment": _utc(2026, 11, 24, 8, 0),
    }
    consignment = consignments.Consignment(goods_gross, **sent or {})
    return delivery.look(delivery.rules(), consignment, **choice | wanted)


@pytest.mark.django_db
def test_each_country_has_its_ways_of_delivery():
    making.make_rules()

    def codes(country):
        return [offer.delivery.code for offer in _offers(country=country)]

    assert codes("DE") == ["standard", "express"]
    assert codes("AT") == codes("NL") == ["europe"]
    assert codes("CH") == codes("") == codes("de") == []
    assert delivery.countries(delivery.rules()) == ["DE", "AT", "NL"]


@pytest.mark.django_db
def test_digital_content_comes_by_mail_alone_and_has_no_day():
    making.make_rules()

    (offer,) = _offers(needs_shipping=False)

    assert offer.delivery.code == "email"
    assert (offer.delivery.earliest, offer.delivery.latest) == (None, None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("goods", "fee", "missing"),
    [("59.99", "4.90", "0.01"), ("60.00", "0.00", None), ("0.00", "4.90", "60.00")],
)
def test_delivery_is_free_from_its_threshold_on(goods, fee, missing):
    making.make_rules()

    offer = _offers(goods_gross=Decimal(goods))[0]

    assert offer.delivery.gross == Decimal(fee)
    assert offer.missing_for_free == (Decimal(missing) if missing else None)


@pytest.mark.django_db
def test_the_arrival_is_counted_in_working_days_from_the_day_it_leaves():
    making.make_rules()

    offer = _offers(lead_days=3)[0]

    # Ordered on Tuesday 24 November, made until Friday, two to three working days on the way.
    assert offer.delivery.earliest == date(2026, 12, 1)
    assert offer.delivery.latest == date(2026, 12, 2)


@pytest.mark.django_db
def test_a_way_of_delivery_that_is_not_offered_is_not_listed():
    making.make_rules()
    making.make_delivery("drone", "99.00", ["DE"], (0, 0), is_active=False)

    assert "drone" not in [one.code for one in delivery.rules()]
