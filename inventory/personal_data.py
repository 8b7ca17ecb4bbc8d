"""What the stock knows of a person: for what an address of theirs waits.

Alerts hold nothing but the address, so they are found by the proved addresses of the account.
"""

from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import QuerySet
from django.db.models.functions import Lower

from accounts.models import Customer
from inventory.models import StockAlert


def export(customer: Customer) -> dict[str, Any]:
    """For what is waited, in which words it was asked for, and when what happened."""
    alerts = _of(customer).select_related("variant").order_by("pk")
    return {
        "stock_alerts": [
            {
                "sku": alert.variant.sku,
                "email": alert.email,
                "language": alert.language,
                "wording": alert.wording,
                "source": alert.source,
                "asked_at": alert.asked_at.isoformat(),
                "confirmed_at": alert.confirmed_at.isoformat() if alert.confirmed_at else None,
                "told_at": alert.told_at.isoformat() if alert.told_at else None,
            }
            for alert in alerts
        ]
    }


def erase(customer: Customer) -> None:
    """The alerts go, with the mails that wait for them."""
    _of(customer).delete()


def _of(customer: Customer) -> QuerySet[StockAlert]:
    """Alerts of proved addresses: others may have typed an address that is not theirs."""
    proved = EmailAddress.objects.filter(user=customer, verified=True)
    return StockAlert.objects.filter(email__in=proved.values(lower=Lower("email")))
