from checkout.models.aside import AsideKind, AsideLine
from checkout.models.cart import KEPT_DAYS, Cart, CartLine
from checkout.models.coupon import Coupon
from checkout.models.delivery import (
    DeliveryKind,
    DeliveryMethod,
    DeliveryRate,
    DeliveryZone,
    GermanState,
)
from checkout.models.promotion import EFFECTS_OF, Effect, Kind, Promotion

__all__ = [
    "EFFECTS_OF",
    "KEPT_DAYS",
    "AsideKind",
    "AsideLine",
    "Cart",
    "CartLine",
    "Coupon",
    "DeliveryKind",
    "DeliveryMethod",
    "DeliveryRate",
    "DeliveryZone",
    "Effect",
    "GermanState",
    "Kind",
    "Promotion",
]
