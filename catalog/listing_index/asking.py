"""What is asked for variants at a moment, and until when: prices change by the clock alone."""

import dataclasses
import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import connection

from catalog import pricing
from catalog.models import PriceKind

_PERIODS = """
SELECT variant_id, kind, gross, lower(valid), upper(valid) FROM catalog_price
WHERE variant_id = ANY(%s)
"""


@dataclasses.dataclass(frozen=True, slots=True)
class Asked:
    """A gross price in cents, `None` for none; `until`: when it changes, `None` for never."""

    cents: int | None
    is_reduced: bool
    until: datetime.datetime | None


NOTHING = Asked(None, False, None)


def of(variant_ids: Iterable[int], moment: datetime.datetime) -> dict[int, Asked]:
    """What is asked for each variant at `moment`; those never priced are left out. One statement.

    Reduced is what the pages call so: a sale price below the lowest of 30 days (§ 11 PAngV).
    """
    periods: dict[int, list[pricing.Period]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_PERIODS, [list(variant_ids)])
        for variant_id, *period in cursor.fetchall():
            periods[variant_id].append(pricing.Period(*period))
    return {pk: _asked(of_variant, moment) for pk, of_variant in periods.items()}


def _asked(periods: Sequence[pricing.Period], moment: datetime.datetime) -> Asked:
    first = periods[0]
    if len(periods) == 1 and first.kind == PriceKind.REGULAR and first.holds_at(moment):
        return Asked(_cents(first.gross), False, first.end)
    turns = [turn for one in periods for turn in (one.start, one.end) if turn and turn > moment]
    gross, before = pricing.current(periods, moment)
    cents = None if gross is None else _cents(gross)
    return Asked(cents, before is not None, min(turns, default=None))


def _cents(gross: object) -> int:
    return int(gross * 100)  # type: ignore[operator]
