"""Which table of sizes a product shows, and the table in ready words."""

from typing import Any

from catalog import products
from catalog.models import Product, SizeGuide
from shop.kit import languages

# The codes of an option whose values are sizes.
SIZE_CODES = frozenset({"size", "sizes", "groesse", "grosse", "kleidergroesse", "schuhgroesse"})


def of(product: Product, language: str) -> dict[str, Any] | None:
    """The table that stands beside the sizes of `product`; `None` where there is none.

    The one that the product names; else its brand's, where the product comes in sizes. `product`
    is loaded with `size_guide` and `brand__size_guide`, its options are prefetched.
    """
    option = _size_option(product)
    guide = product.size_guide
    if guide is None and option and product.brand:
        guide = getattr(product.brand, "size_guide", None)
    if guide is None:
        return None
    return shown(guide, language) | {"option": option}


def _size_option(product: Product) -> str:
    codes = (option.code for option in product.options.all())
    return next((code for code in codes if code in SIZE_CODES), "")


def shown(guide: SizeGuide, language: str) -> dict[str, Any]:
    """Name, introduction, headings and rows; the first cell of a row is its size."""
    return {
        "name": languages.localized(guide, "name", language),
        "intro": languages.localized(guide, "intro", language),
        "columns": getattr(guide, languages.column("columns", language)),
        "rows": [{"size": row[0], "cells": row[1:]} for row in guide.rows],
        "url": guide.get_absolute_url(),
    }


def changed(guide: SizeGuide) -> None:
    """The pages that show `guide` are out of date."""
    of_brand = Product.objects.filter(brand=guide.brand_id) if guide.brand_id else None
    named = Product.objects.filter(size_guide=guide)
    shown_on = named | of_brand if of_brand is not None else named
    products.touch(shown_on.order_by("pk").values_list("pk", flat=True))
