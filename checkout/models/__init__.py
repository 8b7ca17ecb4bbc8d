from checkout.models.aside import AsideKind, AsideLine
from checkout.models.cart import KEPT_DAYS, Cart, CartLine
from checkout.models.delivery import (
    DeliveryKind,
    DeliveryMethod,
    DeliveryRate,
    DeliveryZone,
    GermanState,
)

__all__ = [
    "KEPT_DAYS",
    "AsideKind",
    "AsideLine",
    "Cart",
    "CartLine",
    "DeliveryKind",
    "DeliveryMethod",
    "DeliveryRate",
    "DeliveryZone",
    "GermanState",
]
