"""The worked table of docs/algorithms/catalogue_promotions.md, row by row."""

import re
from decimal import Decimal

import pytest
from django.utils import translation

from catalog import pricing
from catalog.models import PriceKind
from catalog.reductions import planning
from tests.catalog.reductions.conftest import day
from tests.house import code
from tests.making import LONG_AGO, NOON

_ROW = re.compile(r"^\| (?P<cells>[^|]+(?: \| [^|]+){3}) \|$", re.MULTILINE)
_STEP = re.compile(r"(?P<value>[\d.]+)(?: %| off)? d(?P<start>\d+)")


def _rows():
    text = code.source("docs/algorithms/catalogue_promotions.md")
    rows = [found["cells"].split(" | ") for found in _ROW.finditer(text)]
    return [row for row in rows if row[0] not in ("regular", "---")]


def _offer(text):
    kind = "percent" if "%" in text else "amount" if " off" in text else "price"
    steps = tuple(
        planning.Step(day(int(found["start"])), Decimal(found["value"]))
        for found in _STEP.finditer(text)
    )
    return planning.Offer(kind, steps, day(int(re.findall(r"d(\d+)", text)[-1])))


def _periods(text):
    first, _comma, later = text.partition(", ")
    periods = [pricing.Period(PriceKind.REGULAR, Decimal(first), LONG_AGO, None)]
    if found := re.fullmatch(r"from d(\d+) ([\d.]+)", later):
        turn = day(int(found[1]))
        periods = [
            pricing.Period(PriceKind.REGULAR, Decimal(first), LONG_AGO, turn),
            pricing.Period(PriceKind.REGULAR, Decimal(found[2]), turn, None),
        ]
    elif found := re.fullmatch(r"sale ([\d.]+) d(\d+)–d(\d+)", later):
        start, end = day(int(found[2])), day(int(found[3]))
        periods.append(pricing.Period(PriceKind.SALE, Decimal(found[1]), start, end))
    return periods


@pytest.mark.parametrize("row", _rows(), ids=lambda row: f"{row[0]}: {row[1]}")
def test_the_table_tells_what_is_written(row):
    regular, promotion, minimum, written = row

    found = planning.plan(
        _offer(promotion),
        _periods(regular),
        minimum=None if minimum == "–" else Decimal(minimum),
        moment=NOON,
    )

    wanted = re.findall(r"([\d.]+) d(\d+)–d(\d+)", written)
    told = [(span.gross, span.start, span.end) for span in found.spans]
    assert told == [
        (Decimal(gross), day(int(start)), day(int(end))) for gross, start, end in wanted
    ]
    assert bool(found.obstacle) == (not wanted)
    if ": " in written:
        with translation.override("en"):
            assert written.partition(": ")[2] in str(found.obstacle.label)


def test_the_table_is_read_whole():
    assert len(_rows()) == 9
