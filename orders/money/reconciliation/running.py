"""One comparison with a provider: list, compare, mend what is known, note what is left.

See docs/algorithms/reconciliation.md. Nothing here moves money by itself.
"""

import datetime
import itertools
import logging
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.db.models import Min, Q
from django.db.models.functions import Coalesce

from orders import inbox, payments
from orders.findings import Movement, MovementKind, ProviderAway, ProviderRefused
from orders.models import (
    ByHand,
    Difference,
    DifferenceKind,
    Payment,
    Reconciliation,
    ReconciliationState,
    Refund,
    RefundState,
)
from orders.models.payment import CAPTURED
from orders.money.reconciliation import comparing
from orders.states import WrongState
from shop.kit import locks

log = logging.getLogger(__name__)

LOCK = 7_310_042
AT_ONCE = 1000
GONE = "gone by itself"
# Ours are looked for a little inside the time that was listed: what a day's edge cuts is left out.
_ASKED_AT = Coalesce("called_at", "created_at")
EDGE = datetime.timedelta(hours=1)


def run(
    gateway: str, *, since: datetime.datetime, until: datetime.datetime, moment: datetime.datetime
) -> Reconciliation | None:
    """Compare our books with those of `gateway`; `None` when another run is at it.

    Never raises for what the provider does: the row says that it failed. Safe to repeat.
    """
    with locks.alone(LOCK) as is_free:
        if not is_free:
            return None
        row = Reconciliation.objects.create(
            gateway=gateway, since=since, until=until, started_at=moment
        )
        try:
            _compare(row, moment)
        except (ProviderAway, ProviderRefused) as problem:
            row.state, row.problem = ReconciliationState.FAILED, str(problem)[:200]
        else:
            row.state = ReconciliationState.DONE
        row.finished_at = moment
        row.save()
        return row


def _compare(row: Reconciliation, moment: datetime.datetime) -> None:
    theirs = payments.movements(row.gateway, since=row.since, until=row.until)
    paid = [one for one in theirs if one.kind == MovementKind.PAID]
    row.paid_count = len(paid)
    row.paid_gross = sum((one.amount for one in paid), Decimal(0))
    row.refunded_gross = sum((one.amount for one in theirs), Decimal(0)) - row.paid_gross
    found = _gaps(row, theirs)
    if earlier := _began_earlier(row, found):
        theirs += payments.movements(row.gateway, since=earlier, until=row.since)
        found = _gaps(row, theirs)
    was_asked = [_mend(row.gateway, gap, moment) for gap in found]
    left = _gaps(row, theirs) if any(was_asked) else found
    row.mended, row.differences = len(found) - len(left), len(left)
    _note(row, left, moment)


def _began_earlier(row: Reconciliation, found: list[comparing.Gap]) -> datetime.datetime | None:
    """Since when to list as well: a delayed payment is listed at the day on which it began."""
    missing = [
        gap.payment_pk for gap in found if gap.payment_pk and gap.kind == DifferenceKind.PAID_HERE
    ]
    first = Payment.objects.filter(pk__in=missing).aggregate(at=Min("created_at"))["at"]
    return first - EDGE if first and first - EDGE < row.since else None


def _gaps(row: Reconciliation, theirs: list[Movement]) -> list[comparing.Gap]:
    ours, known = _ours(row, theirs), _payments(row.gateway, theirs)
    return list(comparing.gaps(theirs, ours, known))


def _mend(gateway: str, gap: comparing.Gap, moment: datetime.datetime) -> bool:
    """Ask the provider where its answer decides. Returns whether it was asked."""
    payment = Payment.objects.filter(pk=gap.payment_pk or 0).first()
    is_refund = gap.kind in (DifferenceKind.REFUND_THERE, DifferenceKind.REFUND_HERE)
    if payment is None or not (is_refund or gap.kind == DifferenceKind.PAID_THERE):
        return False
    try:
        if is_refund:
            known = inbox.refund_known_as(gap.reference, own_id=gap.own_id)
            payments.settle_refund(
                gateway, gap.reference, known=known, payment=payment, moment=moment
            )
        else:
            payments.settle(payment.pk, moment=moment)
    except (ProviderRefused, WrongState) as problem:
        log.warning("difference %s %s stays: %s", gap.kind, gap.reference, problem)
        return False
    return True


def _note(row: Reconciliation, left: list[comparing.Gap], moment: datetime.datetime) -> None:
    """A row for each that is left; those of this time that were not found again are closed."""
    for gap in left:
        _note_one(row.gateway, gap, moment)
    Difference.objects.open().filter(
        gateway=row.gateway,
        happened_at__range=(row.since + EDGE, row.until - EDGE),
        last_seen_at__lt=moment,
    ).update(closed_at=moment, reason=GONE)


def _note_one(gateway: str, gap: comparing.Gap, moment: datetime.datetime) -> None:
    """What staff have explained stays closed while its sums are the same."""
    sums = {"here": gap.here, "there": gap.there}
    facts: dict[str, Any] = {
        "payment_id": gap.payment_pk,
        "currency": gap.currency,
        "happened_at": gap.happened_at,
        "last_seen_at": moment,
        **sums,
    }
    difference, is_new = Difference.objects.get_or_create(
        gateway=gateway,
        kind=gap.kind,
        reference=gap.reference,
        defaults={"first_seen_at": moment, **facts},
    )
    is_other = any(getattr(difference, name) != value for name, value in sums.items())
    if not is_new and (difference.reason == GONE or is_other):
        facts |= {"closed_at": None, "closed_by": None, "reason": ""}
    Difference.objects.filter(pk=difference.pk).update(**facts)


def _ours(row: Reconciliation, theirs: list[Movement]) -> list[comparing.Ours]:
    """Our rows of that time, and those that the provider's list names, whatever their time."""
    within = (row.since + EDGE, row.until - EDGE)
    found: dict[tuple[MovementKind, str], comparing.Ours] = {}
    for ids in itertools.batched((one.movement_id for one in theirs), AT_ONCE):
        _collect(found, _captured(row.gateway, Q(provider_intent__in=ids)))
        _collect(found, _given_back(row.gateway, Q(provider_refund__in=ids)))
    if within[0] < within[1]:
        _collect(found, _captured(row.gateway, Q(settled_at__range=within)))
        _collect(found, _given_back(row.gateway, Q(created_at__range=within)))
    return list(found.values())


def _collect(
    found: dict[tuple[MovementKind, str], comparing.Ours], rows: Iterable[comparing.Ours]
) -> None:
    found.update(((one.kind, one.movement_id), one) for one in rows)


def _captured(gateway: str, which: Q) -> Iterator[comparing.Ours]:
    rows = Payment.objects.filter(
        which, gateway=gateway, by_hand=ByHand.NO, state__in=CAPTURED, captured__gt=0
    )
    for pk, intent, captured, currency, at, created_at in rows.values_list(
        "pk", "provider_intent", "captured", "currency", "settled_at", "created_at"
    ):
        yield comparing.Ours(
            kind=MovementKind.PAID,
            movement_id=intent,
            payment_pk=pk,
            amount=captured,
            currency=currency,
            happened_at=at or created_at,
        )


def _given_back(gateway: str, which: Q) -> Iterator[comparing.Ours]:
    rows = Refund.objects.filter(
        which,
        payment__gateway=gateway,
        payment__by_hand=ByHand.NO,
        state__in=[RefundState.PENDING, RefundState.SUCCEEDED],
    )
    for payment_pk, identifier, amount, currency, at in rows.values_list(
        "payment", "provider_refund", "amount", "payment__currency", _ASKED_AT
    ):
        yield comparing.Ours(
            kind=MovementKind.REFUNDED,
            movement_id=identifier,
            payment_pk=payment_pk,
            amount=amount,
            currency=currency,
            happened_at=at,
        )


def _payments(gateway: str, theirs: list[Movement]) -> dict[str, int]:
    """Which payment of ours a movement belongs to, by the provider's id and by our own."""
    found: dict[str, int] = {}
    for some in itertools.batched(theirs, AT_ONCE):
        rows = Payment.objects.filter(gateway=gateway)
        intents = {one.intent_id for one in some if one.intent_id}
        own = {inbox.own_id(one.own_id) for one in some if one.own_id}
        for pk, intent, public_id in rows.filter(
            Q(provider_intent__in=intents) | Q(public_id__in=own)
        ).values_list("pk", "provider_intent", "public_id"):
            found[str(public_id)] = pk
            if intent:
                found[intent] = pk
    return found
