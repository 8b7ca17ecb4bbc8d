"""Colours stand in one file, by day and by night, and can be read by everybody."""

import itertools
import re

import pytest

from tests.design import look

TOKENS = look.sheets()["tokens.css"]
HEX = re.compile(r"#[0-9a-fA-F]{3,8}\b")
TEXT_AA, SHAPE_AA = 4.5, 3.0
GROUNDS = ("ground", "surface", "sunken")
TEXTS = ("text", "text-muted", "link", "accent", "danger", "success", "warning")
# What else is written on what, beside every text on every ground.
PAIRS = [
    ("text-on-brick", "brick"),
    ("text-on-brick", "brick-strong"),
    ("text-on-harbour", "harbour"),
    ("text-on-harbour-muted", "harbour"),
    ("accent", "accent-soft"),
    ("text", "success-soft"),
    ("text", "warning-soft"),
    ("text", "danger-soft"),
    ("text", "info-soft"),
    ("warning", "warning-soft"),
    ("danger", "danger-soft"),
]


def _pair(name: str) -> tuple[str, str]:
    """The colour of a token by day and by night."""
    found = re.search(rf"--{name}: light-dark\((#\w+), (#\w+)\);", TOKENS)
    assert found, f"--{name} has no colour for day and night"
    return found[1], found[2]


def _luminance(colour: str) -> float:
    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_of_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54
    assert contrast("#777777", "#ffffff") < TEXT_AA


@pytest.mark.parametrize(("text", "ground"), [*itertools.product(TEXTS, GROUNDS), *PAIRS])
def test_text_can_be_read_by_day_and_by_night(text, ground):
    for written, on in zip(_pair(text), _pair(ground), strict=True):
        assert contrast(written, on) >= TEXT_AA, f"--{text} {written} on --{ground} {on}"


@pytest.mark.parametrize("shape", ["line-strong", "focus"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_edges_of_fields_and_the_focus_can_be_seen(shape, ground):
    for drawn, on in zip(_pair(shape), _pair(ground), strict=True):
        assert contrast(drawn, on) >= SHAPE_AA, f"--{shape} {drawn} on --{ground} {on}"


def _colours(sheet: str) -> list[str]:
    return HEX.findall(re.sub(r"url\([^)]*\)", "", sheet))


def test_colours_stand_only_among_the_tokens():
    found = {name: _colours(sheet) for name, sheet in look.sheets().items() if _colours(sheet)}

    assert list(found) == ["tokens.css"]
    assert _colours("a{color:#fff}") == ["#fff"]


def test_every_token_that_is_used_exists_and_every_one_that_exists_is_used():
    everything = "".join(look.sheets().values())
    defined = set(re.findall(r"(?<![\w-])(--[\w-]+)\s*:", everything))
    used = set(re.findall(r"var\((--[\w-]+)", everything))

    assert used - defined == set()
    assert defined - used == set()
