"""What the heart beside a product and the number in the header say, in ready words."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from discovery.wishlists.lists import Wished


def of_variant(product_id: int, variant_id: int, wished: Wished) -> dict[str, Any]:
    """The heart of a product page, for its chosen variant."""
    return _heart("variant", variant_id, wished.has(product_id, variant_id))


def of_product(product_id: int, wished: Wished) -> dict[str, Any]:
    """The heart of a card, for the product as a whole."""
    return _heart("product", product_id, product_id in wished.product_ids)


def _heart(field: str, pk: int, is_on: bool) -> dict[str, Any]:
    return {
        "field": field,
        "pk": str(pk),
        "is_on": is_on,
        "text": _("On your wishlist") if is_on else _("Add to wishlist"),
        "url": reverse("discovery:wish_removal" if is_on else "discovery:item_create"),
    }


def count(wished: Wished) -> dict[str, str]:
    """How many things are on the list (empty for none), and of which products."""
    return {
        "number": str(len(wished.pairs)) if wished.pairs else "",
        "products": " ".join(map(str, wished.product_ids)),
    }
