"""Which variants a catalogue promotion is for."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from catalog.collections import matching
from catalog.models import (
    CollectionMember,
    Price,
    Product,
    ProductStatus,
    Reduction,
    Variant,
)


def variants(reduction: Reduction) -> QuerySet[Variant]:
    """The variants for sale that are in scope now; gift cards are money and never reduced."""
    in_collections = CollectionMember.objects.filter(
        product=OuterRef("pk"), collection__in=reduction.collection_ids
    )
    chosen = (
        Q(pk__in=reduction.product_ids)
        | matching.in_categories(reduction.category_ids)
        | Q(Exists(in_collections))
    )
    products = (
        Product.objects.filter(chosen, is_gift_card=False)
        .exclude(status=ProductStatus.ARCHIVED)
        .exclude(pk__in=reduction.excluded_product_ids)
        .exclude(matching.in_categories(reduction.excluded_category_ids))
    )
    return Variant.objects.filter(is_active=True, product__in=products.values("pk"))


def untouched(reduction: Reduction) -> QuerySet[Variant]:
    """Those of them that have no price of it: all of a draft, else what came later or was left."""
    written = Price.objects.filter(variant=OuterRef("pk"), reduction=reduction)
    return variants(reduction).exclude(Exists(written))
