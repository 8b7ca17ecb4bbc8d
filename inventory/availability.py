"""Can it be bought, and how many? Read-only answers for pages and carts."""

import dataclasses
import datetime
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.db import connection

from catalog import browsing

LOW = 5


@dataclasses.dataclass(frozen=True, slots=True)
class Availability:
    """`left` pieces can be ordered; `None` when the variant (no part of it) is counted.

    `at_once` of them can leave today, the others from `expected_on` on, if that is known.
    """

    left: int | None
    lead_days: int
    at_once: int = 0
    expected_on: datetime.date | None = None
    is_preorder: bool = False

    @property
    def is_available(self) -> bool:
        return self.left is None or self.left > 0

    @property
    def is_low(self) -> bool:
        return self.left is not None and 0 < self.left <= LOW and self.at_once > 0

    def awaited_until(self, quantity: int) -> datetime.date | None:
        """The day on which the last of so many pieces is expected; `None`: they can leave."""
        return None if self.left is None or quantity <= self.at_once else self.expected_on

    def allows(self, quantity: int) -> bool:
        return self.left is None or quantity <= self.left


# Written out, because every page asks it: see `catalog.browsing`. A bundle is there as often as
# each component allows: one that is off sale allows none, one that is not counted sets no limit.
_NOW = "statement_timestamp()"
# What a shelf can promise: what is awaited counts until the day on which it should have come.
_FREE = f"""(item.on_hand - item.reserved + CASE
    WHEN item.expected_on < ({_NOW} AT TIME ZONE '{settings.TIME_ZONE}')::date THEN 0
    ELSE item.backorder_limit END)"""
_AVAILABILITY = f"""
WITH part AS (
    SELECT variant.id AS wanted_id, variant.id AS variant_id, 1 AS quantity, false AS is_component
    FROM catalog_variant AS variant
    WHERE variant.id = ANY(%(variants)s)
      AND NOT EXISTS (SELECT FROM catalog_bundle AS bundle WHERE bundle.variant_id = variant.id)
    UNION ALL
    SELECT bundle_id, variant_id, quantity, true FROM catalog_bundlecomponent
    WHERE bundle_id = ANY(%(variants)s)
), free AS (
    SELECT part.wanted_id, variant.has_stock_limit, variant.lead_days, part.quantity,
           NOT part.is_component OR (variant.is_active AND {browsing.live("product", moment=_NOW)})
               AS is_sold,
           COALESCE(max({_FREE}), 0) AS most,
           COALESCE(max(item.on_hand - item.reserved), 0) AS at_once,
           min(item.expected_on) FILTER (WHERE {_FREE} > 0) AS expected_on,
           COALESCE(bool_or(item.is_preorder), false) AS is_preorder
    FROM part JOIN catalog_variant AS variant ON variant.id = part.variant_id
    JOIN catalog_product AS product ON product.id = variant.product_id
    LEFT JOIN (
        inventory_stockitem AS item JOIN inventory_stocklocation AS location
        ON location.id = item.location_id AND location.kind = 'warehouse' AND location.is_active
    ) ON item.variant_id = variant.id
    GROUP BY part.wanted_id, part.quantity, part.is_component, variant.id, product.id
)
SELECT free.wanted_id, max(GREATEST(free.lead_days, wanted.lead_days)),
       min(CASE WHEN NOT free.is_sold THEN 0
                WHEN free.has_stock_limit THEN GREATEST(free.most, 0) / free.quantity END),
       COALESCE(min(GREATEST(free.at_once, 0) / free.quantity) FILTER (WHERE free.has_stock_limit),
                0),
       max(free.expected_on) FILTER (WHERE free.has_stock_limit AND free.at_once < free.most),
       COALESCE(bool_or(free.is_preorder AND free.at_once < free.quantity), false)
FROM free JOIN catalog_variant AS wanted ON wanted.id = free.wanted_id
GROUP BY free.wanted_id
"""  # noqa: S608 - a text of our own


def of(variant_ids: Iterable[int]) -> dict[int, Availability]:
    """The availability of each variant, in one statement. Unknown ids are left out.

    A line is never split over warehouses, so what counts is the warehouse that has most; nor is a
    component of a bundle.
    """
    with connection.cursor() as cursor:
        cursor.execute(_AVAILABILITY, {"variants": list(variant_ids)})
        rows = cursor.fetchall()
    return {pk: Availability(left, lead_days, *awaited) for pk, lead_days, left, *awaited in rows}


_CAN_BE_ORDERED = f"""EXISTS (
    SELECT FROM catalog_variant AS variant
    LEFT JOIN catalog_bundle AS bundle ON bundle.variant_id = variant.id
    WHERE variant.product_id = {{product}} AND variant.is_active
      AND (bundle.variant_id IS NOT NULL OR NOT variant.has_stock_limit OR EXISTS (
            SELECT FROM inventory_stockitem AS item
            JOIN inventory_stocklocation AS location ON location.id = item.location_id
            WHERE item.variant_id = variant.id
              AND location.kind = 'warehouse' AND location.is_active
              AND {_FREE} > 0
      ))
      AND (bundle.variant_id IS NULL OR NOT EXISTS (
            SELECT FROM catalog_bundlecomponent AS component
            JOIN catalog_variant AS part ON part.id = component.variant_id
            JOIN catalog_product AS sold ON sold.id = part.product_id
            WHERE component.bundle_id = bundle.variant_id AND NOT (
                part.is_active AND {browsing.live("sold", moment=_NOW)} AND (
                    NOT part.has_stock_limit OR EXISTS (
                        SELECT FROM inventory_stockitem AS item
                        JOIN inventory_stocklocation AS location ON location.id = item.location_id
                        WHERE item.variant_id = part.id
                          AND location.kind = 'warehouse' AND location.is_active
                          AND {_FREE} >= component.quantity
                    )
                )
            )
      ))
)"""  # noqa: S608 - a text of our own
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
