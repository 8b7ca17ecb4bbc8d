"""What loyalty knows about a customer (Art. 15, 17 and 20 GDPR)."""

from typing import Any

from accounts.models import Customer
from loyalty.models import LoyaltyAccount, PointsEntry


def export(customer: Customer) -> dict[str, Any]:
    """The balance and the statement."""
    account = LoyaltyAccount.objects.filter(customer=customer).first()
    if account is None:
        return {}
    entries = PointsEntry.objects.of(account).order_by("created_at", "pk")
    return {
        "balance": account.balance,
        "opened_at": account.created_at.isoformat(),
        "entries": [
            {
                "kind": entry.kind,
                "points": entry.points,
                "reference": entry.reference,
                "created_at": entry.created_at.isoformat(),
            }
            for entry in entries
        ],
    }


def erase(customer: Customer) -> None:
    """Points belong to a person; without one they lapse, entries and all."""
    LoyaltyAccount.objects.filter(customer=customer).delete()
