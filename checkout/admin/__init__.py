from checkout.admin import carts, coupons, promotions

__all__ = ["carts", "coupons", "promotions"]
