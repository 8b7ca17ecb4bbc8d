"""Numbers with units: typed in any unit of the dimension, kept in one, read in a language."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.attributes import units


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("1,2 m", "cm", "120"),
        ("1.2m", "cm", "120"),
        ("85 mm", "cm", "8.5"),
        ("12", "cm", "12"),
        ("2 Zoll", "cm", "5.08"),
        ("1,5 kg", "g", "1500"),
        ("0,25 l", "ml", "250"),
        ("1.234,5 g", "g", "1234.5"),
        ("1,234.5 g", "g", "1234.5"),
        ("1 200 g", "g", "1200"),
        ("7 watt", "W", "7"),
        ("500 mAh", "Ah", "0.5"),
        ("90 min", "h", "1.5"),
        ("40 %", "%", "40"),
        ("-5 °C", "°C", "-5"),
        ("12 Stück", "pcs", "12"),
        ("220 gsm", "g/m²", "220"),
        ("3 Jahre", "months", "36"),
        ("7", "", "7"),
        ("300 dpi", "dpi", "300"),
    ],
)
def test_a_number_is_kept_in_the_unit_of_its_attribute(text, unit, expected):
    assert units.parsed(text, unit) == Decimal(expected)


@pytest.mark.parametrize(
    ("text", "unit", "why"),
    [
        ("3 kg", "cm", "“kg” cannot be converted to cm."),
        ("3 dpi", "cm", "“dpi” cannot be converted to cm."),
        ("3 cm", "dpi", "“cm” cannot be converted to dpi."),
        ("3 cm", "", "“cm”: this number has no unit."),
        ("1.200 g", "g", "thousands or thousandths"),
        ("wide", "cm", "“wide” is not a number."),
        ("", "cm", "is not a number"),
        ("4 x 5 cm", "cm", "cannot be converted"),
        ("0.000001 mm", "m", "too small"),
        ("9999999999999", "g", "too large"),
        ("1e9", "g", "cannot be converted"),
        ("٣", "g", "is not a number"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_reason(text, unit, why):
    with pytest.raises(units.Wrong, match=why):
        units.parsed(text, unit)


@given(st.text(max_size=30), st.sampled_from(["", "cm", "g", "dpi"]))
def test_no_text_is_a_crash(text, unit):
    try:
        number = units.parsed(text, unit)
    except units.Wrong:
        return
    assert units.parsed(units.plain(number), unit) == number


@given(st.decimals(-(10**11), 10**11, places=4), st.sampled_from(".,"))
def test_what_is_written_is_read_as_the_same(number, mark):
    assert units.parsed(units.plain(number, mark), "cm") == number


@pytest.mark.parametrize(
    ("number", "unit", "german", "english"),
    [
        ("120.0000", "cm", "120\u00a0cm", "120\u00a0cm"),
        ("1234.5", "g", "1.234,5\u00a0g", "1,234.5\u00a0g"),
        ("0.0005", "m", "0,0005\u00a0m", "0.0005\u00a0m"),
        ("40", "%", "40\u00a0%", "40%"),
        ("12", "pcs", "12\u00a0Stück", "12\u00a0pcs"),
        ("240", "pages", "240\u00a0Seiten", "240\u00a0pages"),
        ("7", "in", "7″", "7″"),
        ("300", "dpi", "300\u00a0dpi", "300\u00a0dpi"),
        ("0", "", "0", "0"),
    ],
)
def test_a_number_is_read_in_the_language(number, unit, german, english):
    assert units.formatted(Decimal(number), unit, "de") == german
    assert units.formatted(Decimal(number), unit, "en") == english
