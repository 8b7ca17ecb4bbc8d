"""Whose number it is: real formats with their check digits, and what no carrier gave out."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.carriers import check_digits, formats, recognising
from orders.carriers.recognising import Certainty

CERTAIN = [
    ("00340433836442636597", "dhl"),
    ("JJD1410302937991", "dhl"),
    ("RR123456785DE", "deutsche_post"),
    ("01015026003653C", "dpd"),
    ("00 81827 0998 0000 0200 33 350 276 C", "dpd"),
    ("H1000000000000000001", "hermes"),
    ("1Z5R89390357567127", "ups"),
    ("1Z879E930346834440", "ups"),
    ("1Z410E7W0392751591", "ups"),
    ("1Z8V92A70367203024", "ups"),
    ("9611020987654312345672", "fedex"),
    ("61299998820821171811", "fedex"),
    ("9261292700768711948021", "fedex"),
    ("1001921334250001000300779017972697", "fedex"),
    ("9622001900000000000000776632517510", "fedex"),
    ("RR123456785AT", "post_at"),
    ("993413796700168509", "post_ch"),
    ("RM999605013CH", "post_ch"),
    ("3SABCD1234567", "postnl"),
    ("TBA502887274000", "amazon"),
]
LIKELY = [
    ("153124712001", "dhl"),
    ("3318810025", "dhl_express"),
    ("8487135506", "dhl_express"),
    ("986578788855", "fedex"),
    ("0414 4176 0228 964", "fedex"),
    ("XHAX4HDA", "gls"),
    ("CY123456785DE", "dhl"),
    ("1020000001234567890123", "post_at"),
]


@pytest.mark.parametrize(("number", "carrier"), CERTAIN)
def test_a_number_with_signs_of_its_own_is_certain(number, carrier):
    found = recognising.recognise(number)

    assert (found.carrier, found.certainty) == (carrier, Certainty.CERTAIN)


@pytest.mark.parametrize(("number", "carrier"), LIKELY)
def test_a_number_that_fits_one_carrier_best_is_likely(number, carrier):
    found = recognising.recognise(number, country="DE")

    assert (found.carrier, found.certainty) == (carrier, Certainty.LIKELY)


@pytest.mark.parametrize(
    "number",
    [
        "00340433836442636597",
        "RR123456785DE",
        "1Z5R89390357567127",
        "9611020987654312345672",
        "01015026003653C",
        "3318810025",
    ],
)
def test_a_wrong_digit_is_not_taken_for_that_carrier(number):
    carrier = recognising.recognise(number).carrier
    last = next(place for place in range(len(number) - 3, 0, -1) if number[place].isdigit())
    swapped = str((int(number[last]) + 1) % 10)

    found = recognising.recognise(number[:last] + swapped + number[last + 1 :])

    assert carrier and found.carrier != carrier


@pytest.mark.parametrize(
    ("number", "candidates"),
    [("201298452277", ("dhl", "fedex", "gls")), ("09133131530724", ("hermes", "dpd"))],
)
def test_a_number_of_several_carriers_is_left_to_people(number, candidates):
    found = recognising.recognise(number, country="DE")

    assert (found.carrier, found.certainty) == ("", Certainty.AMBIGUOUS)
    assert found.candidates == candidates


def test_the_country_decides_between_two():
    number = next(
        number for number in (f"01{one:012d}" for one in range(10_000)) if check_digits.gs1(number)
    )

    at_home = recognising.recognise(number, country="DE")
    abroad = recognising.recognise(number, country="FI")

    assert at_home.certainty == Certainty.AMBIGUOUS and at_home.candidates[0] == "hermes"
    assert abroad.candidates[0] == "dpd"


@pytest.mark.parametrize("number", ["", "hello", "12345", "0" * 60, "<script>", "٠١٢٣٤٥٦٧٨٩"])
def test_what_is_no_number_belongs_to_nobody(number):
    found = recognising.recognise(number)

    assert (found.carrier, found.certainty, found.candidates) == ("", Certainty.UNKNOWN, ())


@given(st.text(max_size=60))
def test_any_text_is_judged_without_an_error(text):
    found = recognising.recognise(text)

    assert found.carrier in {"", *formats.CARRIERS}


_FOLLOWED = sorted(code for code, carrier in formats.CARRIERS.items() if carrier.link)


@given(st.text(min_size=1, max_size=40), st.sampled_from(_FOLLOWED))
def test_a_link_leads_to_the_carrier_whatever_the_number_is(number, code):
    url = formats.tracking_url(code, number)

    prefix = formats.CARRIERS[code].link.removesuffix("{}")
    assert url.startswith("https://") and url.startswith(prefix)
    assert set(url.removeprefix(prefix)) <= set(string.ascii_letters + string.digits + "%-._~")


def test_there_is_no_link_without_a_carrier_or_a_number():
    assert formats.tracking_url("pigeon", "1") == ""
    assert formats.tracking_url("dhl", "") == ""


@pytest.mark.parametrize(
    ("typed", "number", "stored"),
    [
        ("DHL", "0034", ("dhl", "DHL", "0034")),
        ("dhl express", "33 1881 0025", ("dhl_express", "DHL Express", "3318810025")),
        ("", "1z5r8939 0357567127", ("ups", "UPS", "1Z5R89390357567127")),
        ("Spedition Krause", "K 17", ("", "Spedition Krause", "K 17")),
        ("", "17", ("", "", "17")),
    ],
)
def test_what_staff_typed_becomes_a_code_where_it_is_known(typed, number, stored):
    assert recognising.named(typed, number) == stored
