"""Tells the lists of the catalogue what can be ordered: they keep a copy to filter by."""

import datetime
from collections.abc import Collection

from django.db.models import Q

from catalog import listing_index
from catalog.models import BundleComponent, Variant
from inventory import availability

AT_ONCE = 5000


def tell(variant_ids: Collection[int], *, moment: datetime.datetime) -> int:
    """Have lists show whether these variants can be ordered now, and the bundles that they are
    part of. Returns how many products look different for it."""
    parts = BundleComponent.objects.filter(variant_id__in=variant_ids)
    bundles = parts.values_list("bundle_id", flat=True)
    return listing_index.refresh(_note({*variant_ids, *bundles}), moment=moment)


def tell_changes(*, moment: datetime.datetime) -> int:
    """The same for all variants of which lists know something else. Returns how many products."""
    return listing_index.refresh(note_changes(), moment=moment)


def note_changes() -> set[int]:
    """Note for lists which variants can be ordered. Returns the products that this changed, which
    `listing_index` has to read again."""
    known = listing_index.known_stock()
    rows = Variant.objects.filter(Q(has_stock_limit=True) | Q(bundle__isnull=False)).order_by("pk")
    ids = list(rows.values_list("pk", flat=True))
    changed: list[int] = []
    for start in range(0, len(ids), AT_ONCE):
        found = availability.of(ids[start : start + AT_ONCE])
        changed += [pk for pk, one in found.items() if one.is_available != (pk in known)]
    slices = (changed[at : at + AT_ONCE] for at in range(0, len(changed), AT_ONCE))
    return {product for some in slices for product in _note(some)}


def _note(variant_ids: Collection[int]) -> set[int]:
    found = availability.of(variant_ids)
    return listing_index.note_stock(
        in_stock={pk for pk, one in found.items() if one.is_available},
        sold_out={pk for pk, one in found.items() if not one.is_available},
    )
