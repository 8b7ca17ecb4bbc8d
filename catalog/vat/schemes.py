"""How sales are taxed from when on: the one door to `VatSchemeChange`.

The rules: docs/algorithms/vat_countries.md. A change is written once and never taken back; what
holds at a moment follows from the rows that have begun by then.
"""

import dataclasses
import datetime
import functools
from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject, Now
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Customer
from catalog import categories
from catalog.models import VatSchemeChange, VatSchemeKind
from shop.kit import clock, locks

LIMIT = Decimal("10000.00")  # Art. 59c (1) Directive 2006/112/EC: net, in a calendar year
BINDING_YEARS = 2  # Art. 59c (3): the year of the choice and the next
_TURN = 4_115_110

_OPTING = (VatSchemeKind.OPT_IN, VatSchemeKind.OPT_OUT)
_SMALL = (VatSchemeKind.SMALL_ON, VatSchemeKind.SMALL_OFF)


class Refused(Exception):
    """The change cannot be made; the message says why."""


@dataclasses.dataclass(frozen=True, slots=True)
class Schemes:
    """What holds at a moment."""

    is_small_business: bool = False
    is_destination: bool = False


Begun = dict[str, Any]  # kind and year of a change that has begun


def begun(moment: datetime.datetime) -> ArraySubquery:
    """The changes that have begun by `moment`, in their order: to be read beside the rates."""
    rows = VatSchemeChange.objects.filter(valid_from__lte=moment).order_by("valid_from", "pk")
    return ArraySubquery(rows.values(change=JSONObject(kind="kind", year="year")))


def at(moment: datetime.datetime) -> Schemes:
    """What holds at `moment`; one statement over a handful of rows."""
    rows = VatSchemeChange.objects.filter(valid_from__lte=moment).order_by("valid_from", "pk")
    changes: list[Begun] = [dict(one) for one in rows.values("kind", "year")]
    return fold(changes, year=clock.day_of(moment).year)


def fold(changes: Sequence[Begun], *, year: int) -> Schemes:
    """What follows from the changes that have begun, in a calendar year."""
    kinds = [one["kind"] for one in changes]
    exceeded = {one["year"] for one in changes if one["kind"] == VatSchemeKind.THRESHOLD}
    return Schemes(
        is_small_business=_last(kinds, _SMALL) == VatSchemeKind.SMALL_ON,
        is_destination=_last(kinds, _OPTING) == VatSchemeKind.OPT_IN
        or not exceeded.isdisjoint({year, year - 1}),
    )


def _last(kinds: list[str], wanted: tuple[VatSchemeKind, ...]) -> str:
    return next((kind for kind in reversed(kinds) if kind in wanted), "")


@functools.lru_cache(maxsize=16)
def is_small_in(content_version: int) -> bool:
    """Are prices told without VAT in this content version, which counts the changes?"""
    return small_now().exists()


def small_now() -> QuerySet[VatSchemeChange]:
    """The change by which the shop is a small business at present; none if it is not."""
    begun = VatSchemeChange.objects.filter(valid_from__lte=Now())
    ended = begun.filter(kind=VatSchemeKind.SMALL_OFF, valid_from__gte=OuterRef("valid_from"))
    later = ended.filter(Q(valid_from__gt=OuterRef("valid_from")) | Q(pk__gt=OuterRef("pk")))
    return begun.filter(kind=VatSchemeKind.SMALL_ON).exclude(Exists(later))


def possible() -> list[VatSchemeKind]:
    """What staff could change now, whatever the day."""
    kinds = list(
        VatSchemeChange.objects.order_by("valid_from", "pk").values_list("kind", flat=True)
    )
    is_small = _last(kinds, _SMALL) == VatSchemeKind.SMALL_ON
    has_opted = _last(kinds, _OPTING) == VatSchemeKind.OPT_IN
    return [
        VatSchemeKind.THRESHOLD,
        VatSchemeKind.OPT_OUT if has_opted else VatSchemeKind.OPT_IN,
        VatSchemeKind.SMALL_OFF if is_small else VatSchemeKind.SMALL_ON,
    ]


@transaction.atomic
def change(
    kind: VatSchemeKind,
    *,
    valid_from: datetime.datetime,
    by: Customer | None,
    moment: datetime.datetime,
    note: str = "",
    year: int | None = None,
) -> VatSchemeChange:
    """Write down what staff decided. Raises `Refused`; orders that are placed stay as they are."""
    locks.in_turn(_TURN)
    if valid_from < moment:
        raise Refused(_("This moment has passed; orders since then were taxed otherwise."))
    if kind not in possible():
        raise Refused(_("This holds already."))
    if kind == VatSchemeKind.THRESHOLD:
        _check_year(year, clock.day_of(moment).year)
    else:
        _check_order(kind, valid_from)
    row = VatSchemeChange.objects.create(
        kind=kind, valid_from=valid_from, year=year, actor=by, note=note, created_at=moment
    )
    categories.changed()
    return row


def _check_year(year: int | None, this_year: int) -> None:
    if year not in (this_year, this_year - 1):
        raise Refused(_("The limit counts in this year and in the one before."))
    if VatSchemeChange.objects.filter(year=year).exists():
        raise Refused(_("This holds already."))


def _check_order(kind: VatSchemeKind, valid_from: datetime.datetime) -> None:
    of_kind = _OPTING if kind in _OPTING else _SMALL
    before = VatSchemeChange.objects.filter(kind__in=of_kind).order_by("valid_from", "pk").last()
    if before is None:
        return
    if before.valid_from > valid_from:
        raise Refused(_("A later change is planned already."))
    if kind == VatSchemeKind.OPT_OUT:
        first = start_of(clock.day_of(before.valid_from).year + BINDING_YEARS)
        if valid_from < first:
            day = date_format(clock.day_of(first), "SHORT_DATE_FORMAT")
            raise Refused(_("The choice binds for two calendar years, until %s.") % day)


@transaction.atomic
def note_exceeded(
    year: int,
    *,
    valid_from: datetime.datetime,
    order_number: str,
    net_sum: Decimal,
    moment: datetime.datetime,
) -> bool:
    """Write down that the paid sales of `year` exceed the limit. Returns whether that is news."""
    locks.in_turn(_TURN)
    _row, is_new = VatSchemeChange.objects.get_or_create(
        year=year,
        defaults={
            "kind": VatSchemeKind.THRESHOLD,
            "valid_from": valid_from,
            "order_number": order_number,
            "net_sum": net_sum,
            "is_automatic": True,
            "created_at": moment,
        },
    )
    if is_new:
        categories.changed()
    return is_new


def noted(years: list[int]) -> set[int]:
    """In which of `years` the limit was exceeded, as written down; one statement."""
    rows = VatSchemeChange.objects.filter(year__in=years)
    return {year for year in rows.values_list("year", flat=True) if year is not None}


def wait_for_turn() -> None:
    """Sales near the limit are measured one after the other; until the end of the transaction."""
    locks.in_turn(_TURN)


def start_of(year: int) -> datetime.datetime:
    """The first moment of a calendar year on the shop's clock."""
    return start_of_day(datetime.date(year, 1, 1))


def start_of_day(day: datetime.date) -> datetime.datetime:
    """The first moment of a day on the shop's clock."""
    return datetime.datetime.combine(day, datetime.time.min, tzinfo=ZoneInfo(settings.TIME_ZONE))
