"""The pages of an order."""

from orders.views.orders import order, payment

__all__ = ["order", "payment"]
