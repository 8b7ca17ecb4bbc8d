from inventory.models.alert import AlertMail, AlertMailKind, StockAlert, WantedVariant
from inventory.models.stock import (
    LocationKind,
    MovementKind,
    Reservation,
    ReservationState,
    StockItem,
    StockLocation,
    StockMovement,
)

__all__ = [
    "AlertMail",
    "AlertMailKind",
    "LocationKind",
    "MovementKind",
    "Reservation",
    "ReservationState",
    "StockAlert",
    "StockItem",
    "StockLocation",
    "StockMovement",
    "WantedVariant",
]
