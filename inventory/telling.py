"""Tells the lists of the catalogue what can be ordered: they keep a copy to filter by."""

import datetime
from collections.abc import Collection

from catalog import listing_index
from catalog.models import Variant
from inventory import availability

AT_ONCE = 5000


def tell(variant_ids: Collection[int], *, moment: datetime.datetime) -> int:
    """Have lists show whether these variants can be ordered now. Returns how many products look
    different for it."""
    found = availability.of(variant_ids)
    counted = {pk: one.is_available for pk, one in found.items() if one.left is not None}
    return listing_index.note_stock(
        in_stock={pk for pk, is_available in counted.items() if is_available},
        sold_out={pk for pk, is_available in counted.items() if not is_available},
        moment=moment,
    )


def tell_changes(*, moment: datetime.datetime) -> int:
    """The same for all variants of which lists know something else. Returns how many products."""
    known = listing_index.known_stock()
    ids = Variant.objects.filter(has_stock_limit=True).order_by("pk").values_list("pk", flat=True)
    changed: list[int] = []
    for start in range(0, len(ids), AT_ONCE):
        found = availability.of(ids[start : start + AT_ONCE])
        changed += [pk for pk, one in found.items() if one.is_available != (pk in known)]
    told = (
        tell(changed[at : at + AT_ONCE], moment=moment) for at in range(0, len(changed), AT_ONCE)
    )
    return sum(told)
