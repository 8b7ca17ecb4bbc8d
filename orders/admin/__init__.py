"""Orders for staff: read everything, change nothing by hand, act through the process modules."""

from orders.admin import bank, differences, disputes, events, orders, parcels, payments

__all__ = ["bank", "differences", "disputes", "events", "orders", "parcels", "payments"]
