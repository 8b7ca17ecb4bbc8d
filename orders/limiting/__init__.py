"""Against those who try stolen cards: docs/algorithms/abuse.md."""
