"""The small tools: languages, ids, the calendar day, answers in parts."""

import datetime
import re
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import translation

from orders import receipts
from shop.kit import clock, countries, ids, languages


def test_content_comes_in_the_active_language_and_in_the_first_where_a_text_is_missing():
    thing = SimpleNamespace(name_de="Becher", name_en="Mug", text_de="Steinzeug", text_en="")

    with translation.override("en"):
        assert languages.localized(thing, "name") == "Mug"
        assert languages.localized(thing, "text") == "Steinzeug"
        assert languages.localized(thing, "name", "de") == "Becher"
    with translation.override("fr"):
        assert languages.active() == "de"


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("/de/", "de"),
        ("/en/cart/", "en"),
        ("/fr/", "de"),
        ("/", "de"),
        ("/en", "de"),
        ("/end/", "de"),
    ],
)
def test_the_language_of_a_path_is_one_that_the_shop_has(path, language):
    assert languages.of_path(path) == language


def test_countries_have_names_in_the_language_of_the_page():
    with translation.override("en"):
        assert countries.name_of("AT") == "Austria"
        assert countries.name_of("??") == "??"
    with translation.override("de"):
        assert countries.name_of("AT") == "Österreich"


def test_numbers_can_be_read_aloud_and_tokens_cannot_be_guessed():
    numbers = {ids.order_number() for _time in range(500)}
    tokens = {ids.secret_token() for _time in range(500)}

    assert len(numbers) == len(tokens) == 500
    pattern = re.compile(r"K(-[34679ACDEFGHJKMNPQRTWXY]{3}){3}")
    assert all(pattern.fullmatch(number) for number in numbers)
    assert {len(token) for token in tokens} == {32}


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ((2030, 12, 31, 22, 59), (2030, 12, 31)),
        ((2030, 12, 31, 23, 0), (2031, 1, 1)),
        ((2026, 7, 1, 21, 59), (2026, 7, 1)),
        ((2026, 7, 1, 22, 0), (2026, 7, 2)),
    ],
)
def test_the_day_of_the_shop_begins_at_midnight_in_berlin(moment, day):
    at = datetime.datetime(*moment, tzinfo=datetime.UTC)

    assert clock.day_of(at) == datetime.date(*day)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["lines", "unknown", "../base", "lines extra", "", "a#b", "x" * 500]
)
def test_a_header_chooses_a_part_of_the_page_and_no_other_template(name):
    response = Client().get("/en/cart/", headers={"X-Fragment": name})

    assert response.status_code == 200
    assert ("<html" in response.content.decode()) is (name != "lines")
    assert "X-Fragment" in response["Vary"]
    assert "Your cart is empty" in response.content.decode()


def test_english_dates_are_british():
    moment = datetime.datetime(2026, 11, 24, 8, 48, tzinfo=datetime.UTC)

    with translation.override("en"):
        english = receipts.time(moment), receipts.day(moment)
    with translation.override("de"):
        german = receipts.time(moment), receipts.day(moment)

    assert english == ("24 Nov 2026, 09:48", "24 November 2026")
    assert german == ("24.11.2026, 09:48", "24. November 2026")
