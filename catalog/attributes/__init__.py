"""What goods have in common, typed: read as rows of a table, written by kind, asked by type."""

from catalog.attributes.units import Wrong
from catalog.attributes.writing import clear, set_value

__all__ = ["Wrong", "clear", "set_value"]
