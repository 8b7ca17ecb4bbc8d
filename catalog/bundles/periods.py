"""The prices of summed bundles: rows like any other, derived from those of the components.

`pricing` calls `follow` after each change; nothing else writes prices of these variants.
"""

import dataclasses
import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.utils.translation import gettext as _

from catalog.models import Bundle, BundleComponent, BundlePricing, Price, PriceKind
from shop.kit import locks, money


class IsSummed(ValueError):
    """The price of a summed bundle follows its components: nobody sets it."""

    def __init__(self) -> None:
        super().__init__(_("The price of this bundle is the sum of its components."))


@dataclasses.dataclass(frozen=True, slots=True)
class Span:
    """A gross price of a kind from `start` until `end` (left out; `None`: open)."""

    kind: str
    gross: Decimal
    start: datetime.datetime
    end: datetime.datetime | None


def summed(
    parts: Sequence[tuple[int, Sequence[Span]]],
    *,
    percent_off: Decimal,
    since: datetime.datetime,
) -> list[Span]:
    """The spans of Σ quantity × price − `percent_off` from `since` on. Pure.

    Regular: the sum of the regular prices. Sale: where the sum of what is asked is lower. Nothing
    where a component has no price.
    """
    ends = {turn for _count, spans in parts for one in spans for turn in (one.start, one.end)}
    turns = sorted({since, *(turn for turn in ends if turn and turn > since)})
    found: dict[str, list[Span]] = {PriceKind.REGULAR: [], PriceKind.SALE: []}
    for number, start in enumerate(turns):
        end = turns[number + 1] if number + 1 < len(turns) else None
        sums = _sums(parts, start, percent_off)
        for kind, gross in sums.items():
            _add(found[kind], Span(kind, gross, start, end))
    return [*found[PriceKind.REGULAR], *found[PriceKind.SALE]]


def _sums(
    parts: Sequence[tuple[int, Sequence[Span]]], moment: datetime.datetime, percent_off: Decimal
) -> dict[str, Decimal]:
    regular = asked = Decimal(0)
    for quantity, spans in parts:
        now = {
            one.kind: one.gross
            for one in spans
            if one.start <= moment and (one.end is None or moment < one.end)
        }
        if not now:
            return {}
        asked += quantity * now.get(PriceKind.SALE, now.get(PriceKind.REGULAR, Decimal(0)))
        regular += quantity * now.get(PriceKind.REGULAR, now.get(PriceKind.SALE, Decimal(0)))
    factor = 1 - percent_off / 100
    full, reduced = money.rounded(regular * factor), money.rounded(asked * factor)
    if reduced == full:
        return {PriceKind.REGULAR: full}
    return {PriceKind.REGULAR: full, PriceKind.SALE: reduced}


def _add(spans: list[Span], span: Span) -> None:
    """A price that goes on is one period, not two."""
    last = spans[-1] if spans else None
    if last and last.end == span.start and last.gross == span.gross:
        spans[-1] = dataclasses.replace(last, end=span.end)
    else:
        spans.append(span)


def follow(variant_id: int, *, since: datetime.datetime) -> None:
    """The price of a variant changes from `since` on: derive the sums that it is part of.

    One statement where it is part of none. Raises `IsSummed` for a variant that is a sum itself.
    """
    follow_all([variant_id], since=since)


def follow_all(variant_ids: Sequence[int], *, since: datetime.datetime) -> None:
    """The same for many variants: one statement where they are part of no sum."""
    contains = BundleComponent.objects.filter(bundle=OuterRef("pk"), variant__in=variant_ids)
    rows = Bundle.objects.filter(
        Q(pk__in=variant_ids) | Exists(contains), pricing=BundlePricing.SUMMED
    )
    keys = list(rows.values_list("pk", flat=True))
    if not set(keys).isdisjoint(variant_ids):
        raise IsSummed
    if keys:
        derive(keys, since=since)


def derive_all(*, moment: datetime.datetime) -> int:
    """Derive every sum from `moment` on; a job heals by it. Returns how many bundles there are."""
    rows = Bundle.objects.filter(pricing=BundlePricing.SUMMED).order_by("pk")
    keys = list(rows.values_list("pk", flat=True))
    for key in keys:
        derive([key], since=moment)
    return len(keys)


@transaction.atomic
def derive(bundle_ids: Iterable[int], *, since: datetime.datetime) -> None:
    """Write the prices of these summed bundles from `since` on; what began before stays as it was.

    The bundles are locked: of two changes at once the later one sees the earlier one.
    """
    bundles = list(locks.locked(Bundle.objects.filter(pk__in=list(bundle_ids))))
    parts: dict[int, dict[int, int]] = defaultdict(dict)
    rows = BundleComponent.objects.filter(bundle__in=bundles)
    for bundle_id, variant_id, quantity in rows.values_list("bundle_id", "variant_id", "quantity"):
        parts[bundle_id][variant_id] = quantity
    spans = _spans({variant for many in parts.values() for variant in many})
    for bundle in bundles:
        of_bundle = [(count, spans.get(pk, [])) for pk, count in parts[bundle.pk].items()]
        wanted = summed(of_bundle, percent_off=bundle.percent_off, since=since) if of_bundle else []
        _write(bundle.pk, wanted, since)


@transaction.atomic
def end_planned(variant_id: int, *, since: datetime.datetime) -> None:
    """The sum is asked no more from `since` on: the last one goes on as a regular price."""
    last = Price.objects.filter(variant=variant_id, valid__contains=since).order_by("kind").last()
    wanted = [Span(PriceKind.REGULAR, last.gross, since, None)] if last else []
    _write(variant_id, wanted, since)


def _spans(variant_ids: Iterable[int]) -> Mapping[int, list[Span]]:
    spans: dict[int, list[Span]] = defaultdict(list)
    for row in Price.objects.filter(variant__in=list(variant_ids)):
        spans[row.variant_id].append(Span(row.kind, row.gross, row.valid.lower, row.valid.upper))
    return spans


def _write(variant_id: int, wanted: Sequence[Span], since: datetime.datetime) -> None:
    rows = Price.objects.filter(variant=variant_id)
    running = {
        one.kind: one for one in rows.filter(valid__contains=since, valid__startswith__lt=since)
    }
    rows.filter(valid__startswith__gte=since).delete()
    made = []
    for span in wanted:
        now = running.get(span.kind)
        if now and span.start == since and now.gross == span.gross:
            # The same price goes on: its beginning is part of the history.
            _end(running.pop(span.kind), span.end)
        else:
            valid = DateTimeTZRange(span.start, span.end)
            made.append(Price(variant_id=variant_id, kind=span.kind, gross=span.gross, valid=valid))
    for one in running.values():
        _end(one, since)
    Price.objects.bulk_create(made)


def _end(row: Price, end: datetime.datetime | None) -> None:
    lower = Func(F("valid"), function="lower")
    Price.objects.filter(pk=row.pk).update(valid=Func(lower, Value(end), function="tstzrange"))
