"""Stock for staff: counted and received, never a number typed over another."""

from inventory.admin import ledgers, places, shelves, wanted

__all__ = ["ledgers", "places", "shelves", "wanted"]
