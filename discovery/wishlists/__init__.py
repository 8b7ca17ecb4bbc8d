"""Wishlists of guests and customers (docs/adr/0008-wishlists.md)."""
