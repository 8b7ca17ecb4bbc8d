"""What is in bundles: plain values, one statement whatever their number."""

import dataclasses
import datetime
from collections import defaultdict
from collections.abc import Iterable

from catalog.law import consignments, fibres
from catalog.models import BundleComponent, Product
from shop.kit import languages


@dataclasses.dataclass(frozen=True, slots=True)
class Component:
    """So many pieces of a variant in one bundle, in the active language."""

    variant_id: int
    product_id: int
    quantity: int
    sku: str
    name: str
    label: str
    url: str
    vat_class: str
    has_stock_limit: bool
    lead_days: int
    is_digital: bool
    withdrawal_exception: str
    is_for_sale: bool
    # What is told with an order of it follows from these: `product_facts.told_with_order`.
    product: Product
    fibre_shares: list[fibres.Share]
    bans: tuple[consignments.Ban, ...]


def of(variant_ids: Iterable[int], *, moment: datetime.datetime) -> dict[int, list[Component]]:
    """The components of those variants that are bundles, in their order; one statement."""
    rows = (
        BundleComponent.objects.filter(bundle__in=list(variant_ids))
        .select_related("variant__product__guarantee")
        .annotate(
            fibre_shares=fibres.in_one_column("variant__product"),
            bans=consignments.bans_in_one_column("variant__product"),
        )
        .order_by("bundle", "position", "pk")
    )
    language = languages.active()
    found: dict[int, list[Component]] = defaultdict(list)
    for row in rows:
        found[row.bundle_id].append(_component(row, language, moment))
    return dict(found)


def _component(row: BundleComponent, language: str, moment: datetime.datetime) -> Component:
    variant, product = row.variant, row.variant.product
    name = languages.localized(product, "name", language)
    return Component(
        variant_id=variant.pk,
        product_id=product.pk,
        quantity=row.quantity,
        sku=variant.sku,
        name=name,
        label=languages.localized(variant, "label", language),
        url=f"{product.get_absolute_url()}?variant={variant.sku}",
        vat_class=variant.vat_class,
        has_stock_limit=variant.has_stock_limit,
        lead_days=variant.lead_days,
        is_digital=product.is_digital,
        withdrawal_exception=product.withdrawal_exception,
        is_for_sale=variant.is_active and product.is_live(moment),
        product=product,
        fibre_shares=row.fibre_shares,  # type: ignore[attr-defined]
        bans=consignments.bans_told(row.bans, name),  # type: ignore[attr-defined]
    )


def pieces(variant_ids: Iterable[int]) -> dict[int, dict[int, int]]:
    """What takes how many pieces: a bundle of its components, any other variant one of itself."""
    ids = list(variant_ids)
    taken: dict[int, dict[int, int]] = defaultdict(dict)
    rows = BundleComponent.objects.filter(bundle__in=ids).order_by("pk")
    for bundle, variant, quantity in rows.values_list("bundle_id", "variant_id", "quantity"):
        taken[bundle][variant] = quantity
    return {pk: taken.get(pk) or {pk: 1} for pk in ids}


def products_with(product_ids: Iterable[int]) -> list[int]:
    """The products whose bundles contain one of these: their pages name them."""
    rows = Product.objects.filter(
        variants__bundle__components__variant__product__in=list(product_ids)
    )
    return list(rows.order_by("pk").values_list("pk", flat=True).distinct())
