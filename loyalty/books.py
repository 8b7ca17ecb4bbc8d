"""What must be true of the points at any moment; `check_books` asks."""

from collections.abc import Iterator

from django.db.models import F, Sum
from django.db.models.functions import Coalesce

from loyalty.models import LoyaltyAccount


def invariants() -> Iterator[tuple[str, list[str]]]:
    """Each invariant in words, with what breaks it (an empty list: it holds)."""
    yield "points balances equal their entries", _false_balances()


def _false_balances() -> list[str]:
    accounts = LoyaltyAccount.objects.annotate(total=Coalesce(Sum("entries__points"), 0))
    wrong = accounts.exclude(balance=F("total")).order_by("pk")
    return [
        f"account {account.pk}: balance {account.balance}, entries {account.total}"
        for account in wrong
    ]
