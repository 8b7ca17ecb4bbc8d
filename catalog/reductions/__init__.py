"""Catalogue promotions: scheduled sale prices for all goods in a scope, docs/algorithms."""
