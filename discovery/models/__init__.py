from discovery.models.affinity import ProductAffinity
from discovery.models.wishlist import Wishlist, WishlistItem

__all__ = ["ProductAffinity", "Wishlist", "WishlistItem"]
