"""Can it be bought, and how many? Read-only answers for pages and carts."""

import dataclasses
from collections.abc import Iterable

from django.db.models import F, Max, Q

from catalog.models import Variant
from inventory.models import LocationKind

LOW = 5


@dataclasses.dataclass(frozen=True, slots=True)
class Availability:
    """`left` pieces can be ordered at once; `None` when the variant is not counted."""

    left: int | None
    lead_days: int

    @property
    def is_available(self) -> bool:
        return self.left is None or self.left > 0

    @property
    def is_low(self) -> bool:
        return self.left is not None and 0 < self.left <= LOW

    def allows(self, quantity: int) -> bool:
        return self.left is None or quantity <= self.left


def of(variant_ids: Iterable[int]) -> dict[int, Availability]:
    """The availability of each variant, in one statement. Unknown ids are left out.

    A line is never split over warehouses, so what counts is the warehouse that has most.
    """
    in_use = Q(
        stock_items__location__kind=LocationKind.WAREHOUSE, stock_items__location__is_active=True
    )
    free = (
        F("stock_items__on_hand") + F("stock_items__backorder_limit") - F("stock_items__reserved")
    )
    rows = (
        Variant.objects.filter(pk__in=list(variant_ids))
        .annotate(most=Max(free, filter=in_use))
        .values_list("pk", "has_stock_limit", "lead_days", "most")
    )
    return {
        pk: Availability(left=max(most or 0, 0) if is_limited else None, lead_days=lead_days)
        for pk, is_limited, lead_days, most in rows
    }


def sold_out(product_ids: Iterable[int]) -> set[int]:
    """Those of the products of which no variant for sale can be ordered now; one statement."""
    free = (
        F("stock_items__on_hand") + F("stock_items__backorder_limit") - F("stock_items__reserved")
    )
    in_use = Q(
        stock_items__location__kind=LocationKind.WAREHOUSE, stock_items__location__is_active=True
    )
    buyable = (
        Variant.objects.filter(product_id__in=(wanted := list(product_ids)), is_active=True)
        .annotate(most=Max(free, filter=in_use))
        .filter(Q(has_stock_limit=False) | Q(most__gt=0))
    )
    return set(wanted) - set(buyable.values_list("product_id", flat=True))
