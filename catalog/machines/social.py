"""Open Graph: what is shown beside a link to a page where somebody shares it (ogp.me)."""

from collections.abc import Sequence
from typing import Any

from django.core.cache import cache

from catalog import pricing
from catalog.machines import terms
from catalog.models import ProductPicture
from catalog.pictures import display
from catalog.product_facts import Facts, VariantFacts
from shop.kit import languages

KEPT_SECONDS = 600

_TYPES = {"jpg": "image/jpeg", "webp": "image/webp", "avif": "image/avif"}
_AVAILABILITY = {"sold_out": "out of stock", "made_to_order": "available for order"}


def of_product(
    facts: Facts,
    variant: VariantFacts,
    *,
    price: pricing.CurrentPrice | None,
    availability: str,
    gallery: list[dict[str, Any]],
    site_url: str,
) -> dict[str, str]:
    """The tags of a product with the chosen variant; `availability` is the kind on the page."""
    tags = {
        "og:type": "product",
        "og:description": facts.product["summary"],
        "product:brand": facts.product["brand"],
        "product:retailer_item_id": variant.sku,
        "product:condition": "new",
        "product:availability": _AVAILABILITY.get(availability, "in stock"),
    }
    if price is not None:
        tags["product:price:amount"] = terms.amount(price.gross)
        tags["product:price:currency"] = price.currency
    if len(facts.variants) > 1:
        tags["product:item_group_id"] = str(facts.pk)
    return tags | (picture(gallery[0]["shared"], gallery[0]["alt"], site_url) if gallery else {})


def of_list(product_ids: Sequence[int], site_url: str) -> dict[str, str]:
    """The picture of the first of these products, for a list that has none of its own.

    One statement where it is not kept, for all languages at once; none for no products.
    """
    if not product_ids:
        return {}
    key = f"shared.{product_ids[0]}"
    kept = cache.get(key)
    if kept is None:
        rows = ProductPicture.objects.filter(product=product_ids[0]).order_by("position", "pk")
        first = rows.first()
        kept = (display.shared(first), _alts(first)) if first else ()
        cache.set(key, kept, KEPT_SECONDS)
    return picture(kept[0], kept[1][languages.active()], site_url) if kept else {}


def _alts(shown: ProductPicture) -> dict[str, str]:
    return {code: languages.localized(shown, "alt", code) for code in languages.codes()}


def picture(shared: tuple[str, int, int], alt: str, site_url: str) -> dict[str, str]:
    """The tags of a picture: address, proportions and words."""
    url, width, height = shared
    return {
        "og:image": site_url + url,
        "og:image:type": _TYPES[url.rpartition(".")[2]],
        "og:image:width": str(width),
        "og:image:height": str(height),
        "og:image:alt": alt,
    }
