"""What must always be true of the points; `manage.py check_books` prints it."""

from django.db.models import F, Sum
from django.db.models.functions import Coalesce

from loyalty.models import LoyaltyAccount


def balances_are_sums_of_entries() -> list[str]:
    """`balance` equals the sum of the entries, per account."""
    accounts = LoyaltyAccount.objects.annotate(total=Coalesce(Sum("entries__points"), 0))
    wrong = (
        accounts.exclude(balance=F("total")).order_by("pk").values_list("pk", "balance", "total")
    )
    return [f"account {pk} has {balance} entries say {total}" for pk, balance, total in wrong]


def nothing_is_overdrawn() -> list[str]:
    """No balance is below zero."""
    below = LoyaltyAccount.objects.filter(balance__lt=0).order_by("pk")
    return [f"account {pk} has {balance}" for pk, balance in below.values_list("pk", "balance")]


CHECKS = [
    ("loyalty: balance = sum of entries", balances_are_sums_of_entries),
    ("loyalty: nothing overdrawn", nothing_is_overdrawn),
]
