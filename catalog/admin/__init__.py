"""The range of goods for staff: what may be changed by hand is changed, the rest goes by acts."""

from catalog.admin import (
    attributes,
    collections,
    graphics,
    imports,
    look,
    options,
    prices,
    products,
    redirects,
    reductions,
    searching,
    size_guides,
    tree,
    variants,
    vat,
    vat_schemes,
)

__all__ = [
    "attributes",
    "collections",
    "graphics",
    "imports",
    "look",
    "options",
    "prices",
    "products",
    "redirects",
    "reductions",
    "searching",
    "size_guides",
    "tree",
    "variants",
    "vat",
    "vat_schemes",
]
