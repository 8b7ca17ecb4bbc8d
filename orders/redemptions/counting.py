"""Taking, releasing and taking again what is limited: see docs/algorithms/coupons.md.

Everything runs in the caller's transaction, after the goods: the counts are the last rows that are
locked, and always by their keys.
"""

import dataclasses
import datetime
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import F, Q

from orders.models import Order, Redemption, RedemptionCount
from shop.kit import locks


class UsedUp(Exception):
    """Limits are reached; `keys` says which. The caller's transaction must not be committed."""

    def __init__(self, keys: frozenset[str]) -> None:
        self.keys = keys
        super().__init__(", ".join(sorted(keys)))


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Want:
    """One use under `key` that gives `amount` (gross) away; `None`: no such limit."""

    key: str
    most: int | None = None
    budget: Decimal | None = None
    amount: Decimal = Decimal("0.00")


@dataclasses.dataclass(frozen=True, slots=True)
class Count:
    """What is used and spent under a key, beyond the limits included."""

    used: int
    spent: Decimal


# One statement for all keys: what the condition refuses does not come back.
_TAKE = """
INSERT INTO orders_redemptioncount AS c
    (key, most, budget, used, spent, used_beyond, spent_beyond)
SELECT key, most, budget, 1, amount, 0, 0
FROM unnest(%s::text[], %s::int[], %s::numeric[], %s::numeric[]) AS w (key, most, budget, amount)
WHERE (most IS NULL OR most >= 1) AND (budget IS NULL OR amount <= budget)
ORDER BY key
ON CONFLICT (key) DO UPDATE
SET used = c.used + 1, spent = c.spent + EXCLUDED.spent,
    most = EXCLUDED.most, budget = EXCLUDED.budget
WHERE (EXCLUDED.most IS NULL OR c.used + c.used_beyond < EXCLUDED.most)
  AND (EXCLUDED.budget IS NULL
       OR c.spent + c.spent_beyond + EXCLUDED.spent <= EXCLUDED.budget)
RETURNING key
"""


def counts(keys: Iterable[str]) -> dict[str, Count]:
    """What is used under each of `keys`; those never used are left out. One statement."""
    rows = RedemptionCount.objects.filter(pk__in=set(keys)).values_list(
        "key", F("used") + F("used_beyond"), F("spent") + F("spent_beyond")
    )
    return {key: Count(used, spent) for key, used, spent in rows}


def take(order: Order, wants: Sequence[Want], *, moment: datetime.datetime) -> None:
    """Count the uses of `order`: all of them or, by `UsedUp`, none. Two statements, none for none.

    Of several wants with one key the last one counts.
    """
    by_key = {want.key: want for want in wants}
    if not by_key:
        return
    taken = _take(list(by_key.values()))
    if refused := by_key.keys() - taken:
        raise UsedUp(frozenset(refused))
    Redemption.objects.bulk_create(
        Redemption(order=order, count_id=key, amount=by_key[key].amount, taken_at=moment)
        for key in sorted(by_key)
    )


def _take(wants: Sequence[Want]) -> set[str]:
    columns: list[Any] = [
        [want.key for want in wants],
        [want.most for want in wants],
        [want.budget for want in wants],
        [want.amount for want in wants],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, columns)
        return {key for (key,) in cursor.fetchall()}


def release(order: Order, *, moment: datetime.datetime) -> None:
    """The order is over before it was paid for or sent: others may use what it had."""
    rows = list(Redemption.objects.filter(order=order, released_at=None).order_by("count_id"))
    if not rows:
        return
    _lock(rows)
    for row in rows:
        count = RedemptionCount.objects.filter(pk=row.count_id)
        if row.is_beyond:
            count.update(
                used_beyond=F("used_beyond") - 1, spent_beyond=F("spent_beyond") - row.amount
            )
        else:
            count.update(used=F("used") - 1, spent=F("spent") - row.amount)
    Redemption.objects.filter(pk__in=[row.pk for row in rows]).update(released_at=moment)


def take_again(order: Order, *, moment: datetime.datetime) -> None:
    """The order lives on: its uses count again, beyond the limit where that is reached."""
    rows = list(Redemption.objects.exclude(released_at=None).filter(order=order))
    rows.sort(key=lambda row: row.count_id)
    if not rows:
        return
    _lock(rows)
    for row in rows:
        count = RedemptionCount.objects.filter(pk=row.count_id)
        is_beyond = not count.filter(_has_room(row.amount)).update(
            used=F("used") + 1, spent=F("spent") + row.amount
        )
        if is_beyond:
            count.update(
                used_beyond=F("used_beyond") + 1, spent_beyond=F("spent_beyond") + row.amount
            )
        Redemption.objects.filter(pk=row.pk).update(
            is_beyond=is_beyond, taken_at=moment, released_at=None
        )


def _lock(rows: Sequence[Redemption]) -> Mapping[str, RedemptionCount]:
    keys = [row.count_id for row in rows]
    return {one.pk: one for one in locks.locked(RedemptionCount.objects.filter(pk__in=keys))}


def _has_room(amount: Decimal) -> Q:
    within_limit = Q(most__isnull=True) | Q(most__gt=F("used") + F("used_beyond"))
    spent = F("spent") + F("spent_beyond") + amount
    return within_limit & (Q(budget__isnull=True) | Q(budget__gte=spent))
