"""What pages say of the contents of bundles, kept with the facts of the product per revision."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from catalog import browsing
from catalog.models import BundleComponent, Product
from shop.kit import languages


def of(
    variant_ids: Iterable[int], *, describe: Callable[[Product], dict[str, Any]]
) -> dict[int, list[dict[str, Any]]]:
    """The components of those that are bundles; one statement for no bundle.

    `describe` says of a component what has to be said of it on any page that offers it.
    """
    rows = list(
        BundleComponent.objects.filter(bundle__in=list(variant_ids))
        .select_related("variant")
        .order_by("bundle", "position", "pk")
    )
    if not rows:
        return {}
    products = (
        Product.objects.select_related("brand", "manufacturer", "food", "device", "guarantee")
        .prefetch_related("fibre_shares", "documents")
        .in_bulk({row.variant.product_id for row in rows})
    )
    words = {pk: describe(product) for pk, product in products.items()}
    pictures = browsing.picture_urls([row.variant_id for row in rows], width=160)
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        product = products[row.variant.product_id]
        url = f"{product.get_absolute_url()}?variant={row.variant.sku}"
        found[row.bundle_id].append(
            {
                "variant_id": row.variant_id,
                "quantity": row.quantity,
                "label": languages.localized(row.variant, "label"),
                "url": url,
                "picture_url": pictures.get(row.variant_id, ""),
                "content_amount": row.variant.content_amount,
                "content_unit": row.variant.content_unit,
                "deposit": row.variant.deposit,
                "product": words[product.pk],
            }
        )
    return dict(found)
