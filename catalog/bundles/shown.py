"""What pages say of the contents of bundles, kept with the facts of the product per revision."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from catalog import browsing
from catalog.models import BundleComponent, Manufacturer, Variant
from shop.kit import languages


def of(variant_ids: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    """The components of those that are bundles, with all that has to be said of each beside the
    offer: its maker (Art. 19 GPSR), its warnings; two statements, one for no bundle.
    """
    rows = list(
        BundleComponent.objects.filter(bundle__in=list(variant_ids))
        .select_related("variant__product__manufacturer")
        .order_by("bundle", "position", "pk")
    )
    if not rows:
        return {}
    pictures = browsing.picture_urls([row.variant_id for row in rows], width=160)
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row.bundle_id].append(_component(row, pictures.get(row.variant_id, "")))
    return dict(found)


def _component(row: BundleComponent, picture_url: str) -> dict[str, Any]:
    variant: Variant = row.variant
    product = variant.product
    return {
        "variant_id": variant.pk,
        "quantity": row.quantity,
        "name": languages.localized(product, "name"),
        "label": languages.localized(variant, "label"),
        "url": f"{product.get_absolute_url()}?variant={variant.sku}",
        "picture_url": picture_url,
        "content_amount": variant.content_amount,
        "content_unit": variant.content_unit,
        "warnings": [
            line for line in languages.localized(product, "warnings").splitlines() if line.strip()
        ],
        "maker": _maker(product.manufacturer),
        "withdrawal_exception": product.withdrawal_exception,
    }


def _maker(maker: Manufacturer | None) -> str:
    if maker is None:
        return ""
    words = [maker.name, maker.address, maker.email]
    words += [maker.responsible_name, maker.responsible_address, maker.responsible_email]
    return ", ".join(filter(None, words))
