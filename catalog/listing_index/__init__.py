"""The index of lists: an entry for each product on sale. Written here, read by `facets`."""

import datetime
from collections.abc import Callable, Iterable, Mapping

from django.db.models import F

from catalog.listing_index import stocking, writing
from catalog.listing_index.stocking import note as note_stock
from catalog.models import ListingEntry, Product, ProductStatus

__all__ = [
    "expired",
    "forget",
    "known_stock",
    "note_ratings",
    "note_stock",
    "out_of_date",
    "refresh",
    "refresh_all",
    "take_popularity",
]
BATCH = 2000
Say = Callable[[str], None]
known_stock = stocking.known


def refresh(product_ids: Iterable[int], *, moment: datetime.datetime) -> int:
    """Read these products again, in batches; safe to run twice. What is not on sale leaves the
    index. Returns how many entries changed; what is kept of their categories is void then."""
    return _batches(sorted(set(product_ids)), moment)


def refresh_all(*, moment: datetime.datetime, say: Say = lambda text: None) -> int:
    """Read every product again. Returns the number of products on sale."""
    on_sale = Product.objects.filter(status=ProductStatus.ACTIVE)
    gone = ListingEntry.objects.exclude(product__in=on_sale).values_list("pk", flat=True)
    forget(list(gone))
    ids = list(on_sale.order_by("pk").values_list("pk", flat=True))
    _batches(ids, moment, say)
    return len(ids)


def _batches(ids: list[int], moment: datetime.datetime, say: Say = lambda text: None) -> int:
    changed = 0
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        changed += writing.refresh(batch, moment)
        say(f"{start + len(batch)} of {len(ids)} products in lists")
    return changed


def forget(product_ids: Iterable[int]) -> None:
    """These products stand in no list any more."""
    writing.forget(list(product_ids))


def note_ratings(ratings: Mapping[int, tuple[float | None, int]]) -> int:
    """Write the average and the number of ratings of products; others keep theirs. Returns in how
    many categories something changed."""
    return writing.rate(ratings)


def take_popularity() -> int:
    """Take over the popularity that the search was told. Returns in how many categories."""
    return writing.like()


def out_of_date() -> list[int]:
    """Products on sale that were never read, or changed since; and those no longer on sale."""
    on_sale = Product.objects.filter(status=ProductStatus.ACTIVE)
    fresh = ListingEntry.objects.filter(revision=F("product__revision"))
    missing = on_sale.exclude(listing_entry__in=fresh)
    gone = ListingEntry.objects.exclude(product__status=ProductStatus.ACTIVE)
    return [*missing.values_list("pk", flat=True), *gone.values_list("pk", flat=True)]


def expired(moment: datetime.datetime) -> list[int]:
    """Products of which a price began or ended since they were read."""
    rows = ListingEntry.objects.filter(price_until__lte=moment)
    return list(rows.values_list("pk", flat=True))
