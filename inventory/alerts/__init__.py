"""Tell me when it is back: asked for twice, told once (docs/algorithms/stock_alerts.md)."""
