from checkout.admin import carts, coupons, delivery, promotions

__all__ = ["carts", "coupons", "delivery", "promotions"]
