"""The stock as imports of products see it: counts, each difference with a movement."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Mapping

from django.db import transaction

from catalog.imports.shelves import Shelf
from inventory import stock
from inventory.models import LocationKind, MovementKind, StockItem, StockLocation
from shop.kit import locks

type Places = Mapping[tuple[int, str], int]


class ImportShelves:
    """All locations in use; `codes` begins with the first warehouse."""

    def __init__(self) -> None:
        rows = StockLocation.objects.filter(is_active=True).order_by("position", "pk")
        ordered = sorted(rows, key=lambda one: one.kind != LocationKind.WAREHOUSE)
        self._locations = {location.code: location for location in ordered}
        self.codes = list(self._locations)

    def counts(self, variant_ids: Collection[int]) -> dict[tuple[int, str], Shelf]:
        """What lies where, by variant and code of the location. One statement."""
        items = StockItem.objects.filter(variant_id__in=variant_ids).select_related("location")
        return {
            (item.variant_id, item.location.code): Shelf(
                item.on_hand, max(0, item.reserved - item.backorder_limit)
            )
            for item in items
        }

    @transaction.atomic
    def count(
        self, pieces: Places, *, reference: str, moment: datetime.datetime
    ) -> dict[tuple[int, str], int]:
        """Note that so many lie there now; returns the differences, each with its movement.

        Raises `IntegrityError` for less than is promised.
        """
        rows = StockItem.objects.filter(
            variant_id__in={variant_id for variant_id, _code in pieces},
            location__code__in={code for _variant, code in pieces},
        )
        held = {
            (item.variant_id, item.location.code): item.on_hand
            for item in locks.locked(rows).select_related("location")
        }
        differences = {place: number - held.get(place, 0) for place, number in pieces.items()}
        differences = {place: number for place, number in differences.items() if number}
        self.move(differences, reference=reference, moment=moment)
        return differences

    def move(self, pieces: Places, *, reference: str, moment: datetime.datetime) -> None:
        """Put so many there, or take them away: a movement for each.

        Raises `IntegrityError` when too few are free, and for the same reference twice.
        """
        by_location: dict[str, dict[int, int]] = defaultdict(dict)
        for (variant_id, code), number in pieces.items():
            by_location[code][variant_id] = number
        for code in sorted(by_location):
            stock.receive(
                self._locations[code],
                by_location[code],
                reference=reference,
                moment=moment,
                kind=MovementKind.COUNTED,
            )
