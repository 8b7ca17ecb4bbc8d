from checkout.admin import carts, delivery

__all__ = ["carts", "delivery"]
