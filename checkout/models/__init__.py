from checkout.models.cart import KEPT_DAYS, Cart, CartLine
from checkout.models.coupon import Coupon
from checkout.models.delivery import DeliveryMethod
from checkout.models.promotion import EFFECTS_OF, Effect, Kind, Promotion

__all__ = [
    "EFFECTS_OF",
    "KEPT_DAYS",
    "Cart",
    "CartLine",
    "Coupon",
    "DeliveryMethod",
    "Effect",
    "Kind",
    "Promotion",
]
