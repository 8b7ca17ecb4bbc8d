"""The range of goods for staff: what may be changed by hand is changed, the rest goes by acts."""

from catalog.admin import (
    imports,
    look,
    prices,
    products,
    searching,
    size_guides,
    tree,
    variants,
    vat,
)

__all__ = [
    "imports",
    "look",
    "prices",
    "products",
    "searching",
    "size_guides",
    "tree",
    "variants",
    "vat",
]
