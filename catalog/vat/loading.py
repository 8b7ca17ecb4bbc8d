"""Takes the rates of our file in. Safe to run again; what staff entered or changed stays."""

import csv
import dataclasses
import datetime
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from catalog import categories
from catalog.models import VatRate
from shop.kit import locks

FILE = Path(__file__).parent / "rates.csv"
_TURN = 4_115_111
_DAY = datetime.timedelta(days=1)
Key = tuple[str, str]


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """A line of the file: one rate in one period."""

    country: str
    vat_class: str
    rate: Decimal
    valid: DateRange
    remark_en: str
    remark_de: str

    @property
    def key(self) -> Key:
        return self.country, self.vat_class


@dataclasses.dataclass(slots=True)
class Loaded:
    """What was done, and which entries of the file staff have otherwise."""

    added: int = 0
    changed: int = 0
    kept: list[str] = dataclasses.field(default_factory=list)


def entries(path: Path = FILE) -> list[Entry]:
    """All lines of the file."""
    with path.open(encoding="utf-8", newline="") as file:
        return [_entry(line) for line in csv.DictReader(file)]


def _entry(line: dict[str, str]) -> Entry:
    first = datetime.date.fromisoformat(line["first_day"])
    last = datetime.date.fromisoformat(line["last_day"]) + _DAY if line["last_day"] else None
    return Entry(
        country=line["country"],
        vat_class=line["vat_class"],
        rate=Decimal(line["rate"]),
        valid=DateRange(first, last),
        remark_en=line["remark_en"],
        remark_de=line["remark_de"],
    )


@transaction.atomic
def load(found: Iterable[Entry] | None = None) -> Loaded:
    """Add what is missing and end what has a successor; four statements when nothing changes.

    A row that staff made or changed wins over the file, and what would overlap it is left out.
    """
    locks.in_turn(_TURN)
    done = Loaded()
    rows: dict[Key, list[VatRate]] = defaultdict(list)
    for row in VatRate.objects.order_by("country", "vat_class", "valid"):
        rows[row.country, row.vat_class].append(row)
    fresh = []
    for entry in entries() if found is None else found:
        of_key = rows[entry.key]
        same = next((row for row in of_key if row.valid.lower == entry.valid.lower), None)
        in_the_way = [
            row
            for row in of_key
            if row is not same and not row.is_from_file and _overlap(row.valid, entry.valid)
        ]
        if in_the_way or (same and not same.is_from_file):
            if in_the_way or (same and _differs(same, entry)):
                done.kept.append(f"{entry.country} {entry.vat_class} {entry.rate} %")
        elif same is None:
            fresh.append(entry)
        elif _is_changed(same, entry):
            done.changed += 1
    VatRate.objects.bulk_create(_row(entry) for entry in fresh)
    done.added = len(fresh)
    if done.added or done.changed:
        categories.changed()
    return done


def _is_changed(row: VatRate, entry: Entry) -> bool:
    """End or correct a row of the file; a rate that staff confirmed is only ended."""
    values: dict[str, object] = {"valid": entry.valid}
    if row.confirmed_on is None:
        values |= {"rate": entry.rate}
        values |= {"remark_en": entry.remark_en, "remark_de": entry.remark_de}
    news = {name: value for name, value in values.items() if getattr(row, name) != value}
    if news:
        VatRate.objects.filter(pk=row.pk).update(**news)
    return bool(news)


def _row(entry: Entry) -> VatRate:
    return VatRate(
        country=entry.country,
        vat_class=entry.vat_class,
        rate=entry.rate,
        valid=entry.valid,
        remark_en=entry.remark_en,
        remark_de=entry.remark_de,
        is_from_file=True,
    )


def _differs(row: VatRate, entry: Entry) -> bool:
    return row.rate != entry.rate or row.valid.upper != entry.valid.upper


def _overlap(one: DateRange, other: DateRange) -> bool:
    begins_before_end = one.upper is None or other.lower < one.upper
    return begins_before_end and (other.upper is None or one.lower < other.upper)
