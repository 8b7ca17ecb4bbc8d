"""The pages of an order."""

from orders.views.orders import download, order, payment

__all__ = ["download", "order", "payment"]
