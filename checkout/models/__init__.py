from checkout.models.aside import AsideKind, AsideLine
from checkout.models.cart import KEPT_DAYS, Cart, CartLine
from checkout.models.delivery import DeliveryMethod

__all__ = ["KEPT_DAYS", "AsideKind", "AsideLine", "Cart", "CartLine", "DeliveryMethod"]
