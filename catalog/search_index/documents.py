"""Writes documents: one row a product and language, and the numbers of its variants."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import connection, transaction

from catalog.models import Product, ProductStatus, SearchDocument, SearchNumber, Variant
from catalog.search_index import compounds, folding, texts, vocabulary

CONFIGS = {"de": "german", "en": "english"}
BATCH = 500

_UPSERT = """
INSERT INTO catalog_searchdocument (
    product_id, language, vector, words, name, name_length, length, price, popularity,
    is_available, published_at, revision
) VALUES (
    %(product)s, %(language)s,
    setweight(to_tsvector(%(config)s::regconfig, %(name)s), 'A')
    || setweight(to_tsvector(%(config)s::regconfig, %(kind)s), 'B')
    || setweight(to_tsvector(%(config)s::regconfig, %(facts)s), 'C')
    || setweight(to_tsvector(%(config)s::regconfig, %(text)s), 'D')
    || %(exact)s::tsvector
    || array_to_tsvector(ARRAY(
        SELECT '~' || lexeme FROM unnest(to_tsvector(%(config)s::regconfig, %(name)s)))),
    %(words)s, %(key)s, %(name_length)s, %(length)s, %(price)s, 0, true, %(published_at)s,
    %(revision)s
)
ON CONFLICT (product_id, language) DO UPDATE SET
    vector = excluded.vector, words = excluded.words, name = excluded.name,
    name_length = excluded.name_length, length = excluded.length, price = excluded.price,
    published_at = excluded.published_at, revision = excluded.revision
"""


Splitters = Mapping[str, compounds.Splitter]


def splitters() -> Splitters:
    """What splits compounds by the words that are known now, by language; for many batches."""
    return {code: compounds.Splitter(vocabulary.building_words(code)) for code in CONFIGS}


def write(
    sources: Iterable[texts.Source], *, prices: Mapping[int, Decimal], split_by: Splitters
) -> None:
    """Write the documents of `sources`; popularity and availability of old ones stay."""
    rows = [_row(source, split_by[source.language], prices) for source in sources]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(_UPSERT, rows)


def _row(
    source: texts.Source, splitter: compounds.Splitter, prices: Mapping[int, Decimal]
) -> dict[str, Any]:
    terms = texts.weighted(source, splitter)
    name = [folding.fold(word, source.language) for word in folding.words(source.name)]
    return {
        "product": source.product_id,
        "language": source.language,
        "config": CONFIGS[source.language],
        "name": " ".join(terms.name),
        "kind": " ".join(terms.kind),
        "facts": " ".join(terms.facts),
        "text": " ".join(terms.text),
        "exact": _exact(terms.exact),
        "words": terms.words,
        "key": f" {' '.join(name)} "[:400],
        "name_length": max(len(name), 1),
        "length": len(terms.name) + len(terms.kind) + len(terms.facts) + len(terms.text),
        "price": prices.get(source.product_id, source.price),
        "published_at": source.published_at,
        "revision": source.revision,
    }


def _exact(weights: Mapping[str, str]) -> str:
    """Folded words with an equals sign in front, which no stem has, and their weight."""
    places = enumerate(list(weights.items())[:500], start=1)
    return " ".join(f"'={term}':{place}{weight}" for place, (term, weight) in places)


@transaction.atomic
def refresh(
    product_ids: Sequence[int],
    *,
    prices: Mapping[int, Decimal],
    split_by: Splitters,
    is_learning: bool = True,
) -> None:
    """Read these products again; what is no longer on sale leaves the index.

    `is_learning`: add their new words to the vocabulary.
    """
    products = (
        Product.objects.filter(pk__in=product_ids, status=ProductStatus.ACTIVE)
        .select_related("category", "brand")
        .prefetch_related(*texts.SOURCES)
    )
    found = list(products)
    forget(set(product_ids) - {one.pk for one in found})
    sources = texts.of_products(found, list(CONFIGS))
    write(sources, prices=prices, split_by=split_by)
    if is_learning:
        for code in CONFIGS:
            vocabulary.learn(code, (one.all_words for one in sources if one.language == code))
    write_numbers([one.pk for one in found])


def forget(product_ids: Iterable[int]) -> None:
    """These products are found no more."""
    ids = list(product_ids)
    if ids:
        SearchDocument.objects.filter(product_id__in=ids).delete()
        SearchNumber.objects.filter(product_id__in=ids).delete()


def write_numbers(product_ids: Sequence[int]) -> None:
    """The SKUs and GTINs of the variants for sale of these products."""
    SearchNumber.objects.filter(product_id__in=product_ids).delete()
    rows = Variant.objects.filter(product_id__in=product_ids, is_active=True)
    made = {
        (pk, number): product_id
        for pk, product_id, *numbers in rows.values_list("pk", "product_id", "sku", "gtin")
        for number in map(folding.number, numbers)
        if number
    }
    copy = "COPY catalog_searchnumber (variant_id, number, product_id) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(copy) as found:
        for (pk, number), product_id in made.items():
            found.write_row((pk, number, product_id))
