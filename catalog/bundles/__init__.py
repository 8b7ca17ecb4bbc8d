"""Bundles: what may go together, what is in them, what they cost (docs/algorithms/bundles.md)."""
