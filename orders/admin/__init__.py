"""Orders for staff: read everything, change nothing by hand, act through the process modules."""

from orders.admin import (
    bank,
    differences,
    disputes,
    documents,
    events,
    orders,
    parcels,
    payments,
    returns,
    withdrawals,
)

__all__ = [
    "bank",
    "differences",
    "disputes",
    "documents",
    "events",
    "orders",
    "parcels",
    "payments",
    "returns",
    "withdrawals",
]
