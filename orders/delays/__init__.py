"""Goods that come later than promised: docs/algorithms/backorders.md, "The day slips"."""
