"""Stock for staff: pieces change by counting and receiving, never by typing a number over another."""

from inventory.admin import ledgers, places, shelves

__all__ = ["ledgers", "places", "shelves"]
