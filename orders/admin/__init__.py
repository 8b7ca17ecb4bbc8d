"""Orders for staff: read everything, change nothing by hand, act through the process modules."""

from orders.admin import bank, disputes, events, orders, payments

__all__ = ["bank", "disputes", "events", "orders", "payments"]
