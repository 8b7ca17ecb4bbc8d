"""Orders for staff: read everything, change nothing by hand, act through the process modules."""

from orders.admin import differences, events, orders, payments

__all__ = ["differences", "events", "orders", "payments"]
