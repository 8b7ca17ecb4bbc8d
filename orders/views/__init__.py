"""The pages of an order."""

from orders.views.documents import document
from orders.views.orders import download, order, payment

__all__ = ["document", "download", "order", "payment"]
