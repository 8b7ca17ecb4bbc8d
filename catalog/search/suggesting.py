"""What may be meant while a shopper types: words to go on with, categories, products."""

import dataclasses
import datetime
import functools
from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import OuterRef, Subquery

from catalog import browsing, cards, categories, pricing, search
from catalog.models import Product, ProductPicture
from catalog.models.picture import rendition_url
from catalog.search_index import folding
from shop.kit import languages

SHORTEST = 2
# With the note on prices ten rows: more are not read.
COMPLETIONS, CATEGORIES, PRODUCTS = 3, 2, 4
_LOOKED_AT = 200
_COMPLETIONS = """
SELECT w.word, w.shown FROM catalog_searchword w
WHERE w.language = %(language)s AND w.word LIKE %(beginning)s AND w.in_names > 0 AND w.stem <> ''
  AND (%(others)s = '' OR EXISTS (
      SELECT FROM catalog_searchdocument d WHERE d.language = %(language)s
      AND d.vector @@ (plainto_tsquery(%(config)s::regconfig, w.word || ' ' || %(others)s))))
ORDER BY w.in_names DESC, w.frequency DESC, w.word LIMIT 8
"""


@dataclasses.dataclass(frozen=True, slots=True)
class ProductRow:
    name: str
    slug: str
    picture_url: str
    note: str  # of VAT and shipping: `cards.price_note`
    prices: dict[str, Any]  # `cards.price_texts`, empty without a price


@dataclasses.dataclass(frozen=True, slots=True)
class Suggestions:
    """At most ten rows. Each of `completions` begins with `text`."""

    text: str
    completions: tuple[str, ...] = ()
    shelves: tuple[categories.Node, ...] = ()
    products: tuple[ProductRow, ...] = ()


def suggestions(text: str, tree: categories.Tree, *, moment: datetime.datetime) -> Suggestions:
    """What may be meant by the beginning of a search; nothing for less than two letters."""
    language = languages.active()
    typed = " ".join(folding.lowered(text[: search.LONGEST]).split())
    words = [folding.fold(word, language) for word in folding.words(typed)]
    if not words or len("".join(words)) < SHORTEST:
        return Suggestions(text=typed)
    ids = search.find_unfinished(typed, moment=moment, language=language, most=_LOOKED_AT)
    return Suggestions(
        text=typed,
        completions=tuple(_completions(typed, words, language)),
        shelves=tuple(_categories(words, tree, language)),
        products=tuple(_products(ids[:PRODUCTS], moment, language)),
    )


def _completions(typed: str, words: Sequence[str], language: str) -> list[str]:
    """The search with its last word finished, in the order of how many names have that word."""
    last = folding.words(typed)[-1]
    if not typed.endswith(last) or len(words[-1]) < SHORTEST or folding.has_digit(last):
        return []
    values = {
        "language": language,
        "config": search.CONFIGS[language],
        "beginning": f"{words[-1]}%",
        "others": " ".join(words[:-1]),
    }
    with connection.cursor() as cursor:
        cursor.execute(_COMPLETIONS, values)
        shown = [row[1] for row in cursor.fetchall()]
    longer = [word for word in shown if word.startswith(last) and word != last]
    return [typed.removesuffix(last) + word for word in longer[:COMPLETIONS]]


def _categories(
    words: Sequence[str], tree: categories.Tree, language: str
) -> list[categories.Node]:
    """Categories in whose name each word begins one."""
    found = []
    for node in tree.nodes.values():
        names = _folded(node.name, language)
        if all(any(name.startswith(word) for name in names) for word in words):
            found.append(node)
            if len(found) == CATEGORIES:
                break
    return found


@functools.lru_cache(maxsize=4096)
def _folded(name: str, language: str) -> tuple[str, ...]:
    """A shop with 700 shelves folds their names once, and not for every letter that is typed."""
    return tuple(folding.fold(word, language) for word in folding.words(name))


def _products(ids: Sequence[int], moment: datetime.datetime, language: str) -> list[ProductRow]:
    rows = browsing.rows_of(ids, moment) if ids else []
    if not rows:
        return []
    first = ProductPicture.objects.filter(product=OuterRef("pk")).order_by("position", "pk")
    found = (
        Product.objects.filter(pk__in=[row.pk for row in rows])
        .annotate(
            key=Subquery(first.values("key")[:1]),
            made=Subquery(first.values("renditions")[:1]),
            widths=Subquery(first.values("widths")[:1]),
        )
        .in_bulk()
    )
    prices = _cheapest([row.pk for row in rows], moment, language)
    return [
        ProductRow(
            name=languages.localized(found[row.pk], "name", language),
            slug=found[row.pk].slug,
            picture_url=_thumb(found[row.pk]),
            note=cards.price_note(found[row.pk]),
            prices=prices.get(row.pk, {}),
        )
        for row in rows
        if row.pk in found
    ]


def _thumb(product: Any) -> str:
    if not product.key:
        return ""
    return rendition_url(product.key, product.made, product.widths, 160)


def _cheapest(
    product_ids: Sequence[int], moment: datetime.datetime, language: str
) -> dict[int, dict[str, Any]]:
    """The texts of each product's lowest price, with what has to stand beside it."""
    variants = list(browsing.buyable_variants(product_ids))
    prices = pricing.price_of([one.pk for one in variants], moment)
    found: dict[int, dict[str, Any]] = {}
    for pk in product_ids:
        priced = [one for one in variants if one.product_id == pk and one.pk in prices]
        if priced:
            cheapest = min(priced, key=lambda one: prices[one.pk].gross)
            found[pk] = {
                **cards.price_texts(prices[cheapest.pk], cheapest, language),
                "is_from_price": len({prices[one.pk].gross for one in priced}) > 1,
            }
    return found
