"""The index of the search: documents, vocabulary, numbers. Written here, read by `search`."""

from collections.abc import Callable, Iterable

from catalog.models import Product, ProductStatus, SearchDocument, SearchWord
from catalog.search_index import documents, figures, vocabulary
from catalog.search_index.documents import forget
from catalog.search_index.figures import (
    out_of_date,
    popularity,
    refresh_prices,
    set_popularity,
    set_sold_out,
)
from catalog.search_index.vocabulary import changed

__all__ = [
    "changed",
    "count_words",
    "forget",
    "out_of_date",
    "popularity",
    "refresh_prices",
    "reindex",
    "reindex_all",
    "set_popularity",
    "set_sold_out",
]
_SAMPLE = 4000
Say = Callable[[str], None]


def reindex(product_ids: Iterable[int]) -> None:
    """Read these products again, in batches; safe to run twice. Unknown ids are ignored."""
    _batches(sorted(set(product_ids)), is_learning=True)


def reindex_all(say: Say = lambda text: None) -> int:
    """Read every product again and count the words. Returns the number of products on sale."""
    on_sale = Product.objects.filter(status=ProductStatus.ACTIVE)
    SearchDocument.objects.exclude(product__in=on_sale).delete()
    ids = list(on_sale.order_by("pk").values_list("pk", flat=True))
    if not SearchWord.objects.filter(language="de").exists():
        # Compounds are split into words that are known: a first look at a part of the goods.
        _batches(ids[:: max(1, len(ids) // _SAMPLE)], is_learning=False)
        vocabulary.rebuild("de")
    _batches(ids, is_learning=False, say=say)
    count_words()
    return len(ids)


def count_words() -> None:
    """Count the vocabulary of every language anew."""
    for language in documents.CONFIGS:
        vocabulary.rebuild(language)


def _batches(ids: list[int], *, is_learning: bool, say: Say = lambda text: None) -> None:
    split_by = documents.splitters() if ids else {}
    for start in range(0, len(ids), documents.BATCH):
        batch = ids[start : start + documents.BATCH]
        prices = figures.lowest_prices(batch)
        documents.refresh(batch, prices=prices, split_by=split_by, is_learning=is_learning)
        say(f"{start + len(batch)} of {len(ids)} products")
