"""Lays the provider's movements beside our rows. Pure: what is given is what is compared."""

import dataclasses
import datetime
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from orders.findings import Movement, MovementKind
from orders.models import DifferenceKind


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Ours:
    """A captured payment, or a refund that is pending or done; `movement_id` is the provider's."""

    kind: MovementKind
    movement_id: str
    payment_pk: int
    amount: Decimal
    currency: str
    happened_at: datetime.datetime


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something that does not fit. `payment_pk` `None`: nothing of ours is meant.

    `here` and `there` are gross; `None` where there is nothing.
    """

    kind: DifferenceKind
    reference: str
    payment_pk: int | None
    here: Decimal | None
    there: Decimal | None
    currency: str
    happened_at: datetime.datetime
    own_id: str = ""  # of a movement that only the provider has


def gaps(
    theirs: Iterable[Movement], ours: Iterable[Ours], payments: Mapping[str, int]
) -> Iterator[Gap]:
    """What is on one side alone, or differs. `payments`: intent or own public id → our payment.

    Of ours that the provider did not list nobody knows yet whether they lie outside its time.
    """
    left = {(one.kind, one.movement_id): one for one in ours}
    for movement in theirs:
        known = left.pop((movement.kind, movement.movement_id), None)
        if known is None:
            yield _alone_there(movement, payments)
        elif (known.amount, known.currency) != (movement.amount, movement.currency):
            yield _unequal(movement, known)
    for one in left.values():
        yield _alone_here(one)


def _alone_there(movement: Movement, payments: Mapping[str, int]) -> Gap:
    pk = payments.get(movement.intent_id) or payments.get(movement.own_id)
    kind = DifferenceKind.REFUND_THERE
    if movement.kind == MovementKind.PAID:
        kind = DifferenceKind.UNKNOWN_PAYMENT if pk is None else DifferenceKind.PAID_THERE
    return Gap(
        kind=kind,
        reference=movement.movement_id,
        payment_pk=pk,
        here=None,
        there=movement.amount,
        currency=movement.currency,
        happened_at=movement.happened_at,
        own_id=movement.own_id,
    )


def _unequal(movement: Movement, known: Ours) -> Gap:
    is_payment = movement.kind == MovementKind.PAID
    return Gap(
        kind=DifferenceKind.AMOUNT if is_payment else DifferenceKind.REFUND_AMOUNT,
        reference=movement.movement_id,
        payment_pk=known.payment_pk,
        here=known.amount,
        there=movement.amount,
        currency=movement.currency,
        happened_at=movement.happened_at,
    )


def _alone_here(one: Ours) -> Gap:
    is_payment = one.kind == MovementKind.PAID
    return Gap(
        kind=DifferenceKind.PAID_HERE if is_payment else DifferenceKind.REFUND_HERE,
        reference=one.movement_id,
        payment_pk=one.payment_pk,
        here=one.amount,
        there=None,
        currency=one.currency,
        happened_at=one.happened_at,
    )
