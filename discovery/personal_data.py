"""What the wishlist tells of a person."""

from typing import Any

from accounts.models import Customer
from discovery.models import Wishlist, WishlistItem


def export(customer: Customer) -> dict[str, Any]:
    """The list with what is on it, and what was taken off it within the last day."""
    lists = Wishlist.objects.filter(customer=customer)
    items = WishlistItem.objects.filter(wishlist__in=lists).select_related("product", "variant")
    return {
        "wishlist": [
            {
                "product": item.product.slug,
                "sku": item.variant.sku if item.variant else None,
                "price_when_added": str(item.gross_when_added),
                "added_at": item.added_at.isoformat(),
                "removed_at": item.removed_at.isoformat() if item.removed_at else None,
            }
            for item in items.order_by("pk")
        ],
        "is_shared": lists.filter(share_token__isnull=False).exists(),
    }


def erase(customer: Customer) -> None:
    """The list goes with all that is on it; a link to it leads nowhere any more."""
    Wishlist.objects.filter(customer=customer).delete()
