"""Orders for staff: read everything, change nothing by hand, act through the process modules."""

from orders.admin import events, orders, payments

__all__ = ["events", "orders", "payments"]
