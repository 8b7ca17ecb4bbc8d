"""Wishlists of guests and customers (docs/adr/0014-wishlists.md)."""
