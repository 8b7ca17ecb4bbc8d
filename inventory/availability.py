"""Can it be bought, and how many? Read-only answers for pages and carts."""

import dataclasses
import datetime
from collections.abc import Iterable, Sequence

from django.db import connection

from catalog import browsing

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


# Written out, because every page asks it: see `catalog.browsing`.
_AVAILABILITY = """
SELECT variant.id, variant.has_stock_limit, variant.lead_days,
       max(item.on_hand + item.backorder_limit - item.reserved)
FROM catalog_variant AS variant
LEFT JOIN (
    inventory_stockitem AS item JOIN inventory_stocklocation AS location
    ON location.id = item.location_id AND location.kind = 'warehouse' AND location.is_active
) ON item.variant_id = variant.id
WHERE variant.id = ANY(%s)
GROUP BY variant.id
"""


def of(variant_ids: Iterable[int]) -> dict[int, Availability]:
    """The availability of each variant, in one statement. Unknown ids are left out.

    A line is never split over warehouses, so what counts is the warehouse that has most.
    """
    with connection.cursor() as cursor:
        cursor.execute(_AVAILABILITY, [list(variant_ids)])
        rows = cursor.fetchall()
    return {
        pk: Availability(left=max(most or 0, 0) if is_limited else None, lead_days=lead_days)
        for pk, is_limited, lead_days, most in rows
    }


_CAN_BE_ORDERED = """EXISTS (
    SELECT FROM catalog_variant AS variant
    WHERE variant.product_id = {product} AND variant.is_active AND (
        NOT variant.has_stock_limit OR EXISTS (
            SELECT FROM inventory_stockitem AS item
            JOIN inventory_stocklocation AS location ON location.id = item.location_id
            WHERE item.variant_id = variant.id
              AND location.kind = 'warehouse' AND location.is_active
              AND item.on_hand + item.backorder_limit > item.reserved
        )
    )
)"""
_SOLD_OUT = f"""
SELECT wanted.id FROM unnest(%s::bigint[]) AS wanted (id)
WHERE NOT {_CAN_BE_ORDERED.format(product="wanted.id")}
"""  # noqa: S608 - texts of this file
_ROWS = browsing.rows_statement(_CAN_BE_ORDERED.format(product="product.id"))


def sold_out(product_ids: Iterable[int]) -> set[int]:
    """Those of the products of which no variant for sale can be ordered now; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_SOLD_OUT, [list(product_ids)])
        return {pk for (pk,) in cursor.fetchall()}


def rows_of(
    product_ids: Sequence[int], moment: datetime.datetime
) -> tuple[list[browsing.Row], set[int]]:
    """`browsing.rows_of` and those of them that are sold out, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, {"products": list(product_ids), "moment": moment})
        found = {row[0]: row for row in cursor.fetchall()}
    shown = [found[pk] for pk in product_ids if pk in found]
    rows = [browsing.Row(pk, revision, lowest) for pk, revision, lowest, _free in shown]
    return rows, {pk for pk, _revision, _lowest, is_free in shown if not is_free}
