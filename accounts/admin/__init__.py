"""Customers, staff and what staff did, for staff."""

from accounts.admin import audit_log, people

__all__ = ["audit_log", "people"]
