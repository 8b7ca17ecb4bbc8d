"""Earning and spending points. Safe to call twice with one reference, and by many at once."""

import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Customer
from loyalty.models import EntryKind, LoyaltyAccount, PointsEntry
from shop.kit import locks


class NotEnoughPoints(Exception):
    """The balance does not cover what was to be spent; nothing has changed."""

    message = _("You do not have that many points any more.")


def balance(customer: Customer) -> int:
    """How many points the customer can spend now."""
    known = LoyaltyAccount.objects.filter(customer=customer).values_list("balance", flat=True)
    return known.first() or 0


@transaction.atomic
def award(customer: Customer, *, points: int, reference: str, moment: datetime.datetime) -> bool:
    """Give points for `reference` (an order number, a review). Returns `False` when it had them.

    Raises `ValueError` unless `points` is positive.
    """
    _refuse_nonsense(points)
    account = _account_of(customer, moment=moment)
    if not _note(account, EntryKind.AWARDED, points, reference=reference, moment=moment):
        return False
    LoyaltyAccount.objects.filter(pk=account.pk).give(points)
    return True


@transaction.atomic
def redeem(customer: Customer, *, points: int, reference: str, moment: datetime.datetime) -> bool:
    """Spend points for `reference`, all or none. Returns `False` when they were spent before.

    Raises `NotEnoughPoints`, and `ValueError` unless `points` is positive.
    """
    _refuse_nonsense(points)
    account = LoyaltyAccount.objects.filter(customer=customer).first()
    if account is None:
        raise NotEnoughPoints
    if not _note(account, EntryKind.REDEEMED, -points, reference=reference, moment=moment):
        return False
    if not LoyaltyAccount.objects.filter(pk=account.pk).take(points):
        raise NotEnoughPoints
    return True


@transaction.atomic
def revoke(customer: Customer, *, points: int, reference: str, moment: datetime.datetime) -> int:
    """Take points back, after a return: as many as are left of them. Returns how many.

    A balance never falls below zero: whoever spent the points first keeps what they bought.
    Raises `ValueError` unless `points` is positive.
    """
    _refuse_nonsense(points)
    account = locks.locked(LoyaltyAccount.objects.filter(customer=customer)).first()
    if account is None:
        return 0
    taken = min(points, account.balance)
    if not _note(account, EntryKind.REVOKED, -taken, reference=reference, moment=moment):
        return 0
    LoyaltyAccount.objects.filter(pk=account.pk).take(taken)
    return taken


def _refuse_nonsense(points: int) -> None:
    if points <= 0:
        raise ValueError(f"Points are counted from 1, not {points}.")


def _account_of(customer: Customer, *, moment: datetime.datetime) -> LoyaltyAccount:
    LoyaltyAccount.objects.bulk_create(
        [LoyaltyAccount(customer=customer, created_at=moment)], ignore_conflicts=True
    )
    return LoyaltyAccount.objects.get(customer=customer)


def _note(
    account: LoyaltyAccount,
    kind: EntryKind,
    points: int,
    *,
    reference: str,
    moment: datetime.datetime,
) -> bool:
    """Write the entry; `False` when this kind and reference has one. The unique index decides."""
    try:
        with transaction.atomic():
            PointsEntry.objects.create(
                account=account, kind=kind, points=points, reference=reference, created_at=moment
            )
    except IntegrityError as problem:
        if "points_entry_once_per_reference" in str(problem):
            return False
        raise
    return True
