"""Stock for staff: counted and received, never a number typed over another."""

from inventory.admin import ledgers, mails, places, shelves, wanted

__all__ = ["ledgers", "mails", "places", "shelves", "wanted"]
