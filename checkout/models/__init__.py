from checkout.models.cart import KEPT_DAYS, Cart, CartLine
from checkout.models.coupon import Coupon
from checkout.models.delivery import DeliveryMethod
from checkout.models.promotion import Effect, Kind, Promotion

__all__ = [
    "KEPT_DAYS",
    "Cart",
    "CartLine",
    "Coupon",
    "DeliveryMethod",
    "Effect",
    "Kind",
    "Promotion",
]
