"""Every kind of page of the shop with an address to look at, for the goods of the town."""

from orders import access
from orders.models import Order


def paths(language: str, order: Order | None = None) -> dict[str, str]:
    """The pages that a GET can show, by kind; the order page where there is an order."""
    below = {
        "home": "",
        "category": "c/for-mug/",
        "product": "p/mug/",
        "variant": "p/mug/?variant=MUG-1",
        "search": "search/?q=mug",
        "empty search": "search/",
        "wishlist": "wishlist/",
        "alert asked": "stock-alerts/asked/",
        "cart": "cart/",
        "checkout": "checkout/",
        "review": "checkout/review/",
        "account": "account/",
        "login": "account/login/",
        "signup": "account/signup/",
        "password reset": "account/password/reset/",
        "logout": "account/logout/",
        "imprint": "legal/imprint/",
        "shipping": "legal/shipping/",
        "privacy": "legal/privacy/",
        "not found": "p/unknown/",
        "appearance": "appearance/?theme=dark",
    }
    found = {kind: f"/{language}/{path}" for kind, path in below.items()}
    found |= {"entrance": "/", "alive": "/healthz", "ready": "/readyz", "robots": "/robots.txt"}
    if order is not None:
        found["order"] = access.path_of(order, language=language)
    return found
