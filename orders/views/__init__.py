"""The pages of an order."""

from orders.views.delays import delay
from orders.views.documents import document
from orders.views.orders import download, order, payment

__all__ = ["delay", "document", "download", "order", "payment"]
