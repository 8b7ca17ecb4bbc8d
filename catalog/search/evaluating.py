"""Measures the search on other goods and graded queries; what it loads is rolled back."""

import dataclasses
import datetime
import itertools
import math
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from django.db import connection, transaction

from catalog.models import Category, Product, ProductStatus, SearchNumber, Variant
from catalog.search import answering, strangers
from catalog.search.strangers import NotReadable, Stranger
from catalog.search_index import documents, folding, texts, vocabulary

__all__ = ["NotReadable", "Report", "evaluate"]
AT_ONCE = 1000
# Words of goods of which compounds are made are learned from this many first.
FIRST_LOOK = 4000
_GERMAN = frozenset(["der", "die", "das", "und", "mit", "fur", "aus", "fuer", "ist", "auf", "von"])
_ENGLISH = frozenset(["the", "and", "with", "for", "from", "this", "of", "is", "to", "in", "your"])
_TABLES = ("searchdocument", "searchword", "searchnumber", "searchcorpus")


@dataclasses.dataclass(frozen=True, slots=True)
class Report:
    """Means over the queries that have a relevant product; times in milliseconds.

    `loaded_in`: the seconds that the index took.
    """

    language: str
    products: int
    queries: int
    skipped_lines: int
    loaded_in: float
    without_relevant: int
    empty: int
    ndcg_10: float
    recall_10: float
    recall_100: float
    p50_ms: float
    p95_ms: float


def evaluate(
    products: Path, queries: Path, *, moment: datetime.datetime, language: str = ""
) -> Report:
    """Load the goods, ask the queries, measure, and take everything back.

    `products`: a JSON object a line (id, name, brand, text, sku, price, attributes). `queries`: CSV
    with a head (query, product id, grade 0-3). `language`: "de" or "en"; guessed when empty. Raises
    `NotReadable`.
    """
    skipped = strangers.Skipped()
    grades = strangers.queries(queries, skipped)
    language = language or guessed_language(products)
    with vocabulary.aside(), transaction.atomic():
        try:
            began = time.perf_counter()
            ids = _load(strangers.products(products, skipped), language, moment)
            loaded_in = time.perf_counter() - began
            report = _measure(grades, ids, language, moment)
        finally:
            transaction.set_rollback(True)
    return dataclasses.replace(report, skipped_lines=skipped.count, loaded_in=loaded_in)


def guessed_language(path: Path) -> str:
    """German or English, by the small words of the first thousand products."""
    german = english = 0
    for row in itertools.islice(strangers.products(path, strangers.Skipped()), AT_ONCE):
        text = f"{row.name} {row.text}"[:2000]
        words = [folding.fold(word, "en") for word in folding.words(text)]
        german += sum(word in _GERMAN for word in words)
        english += sum(word in _ENGLISH for word in words)
    return "de" if german > english else "en"


def _load(rows: Iterator[Stranger], language: str, moment: datetime.datetime) -> dict[str, int]:
    """Put the goods in place of what is there. Returns the primary keys by id."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        for table in _TABLES:
            cursor.execute(f"DELETE FROM catalog_{table}")  # noqa: S608 - names of this file
    shelf = Category.objects.create(
        slug="evaluated", path=f"evaluated-{moment.timestamp():.0f}", name_de="-", name_en="-"
    )
    ids: dict[str, int] = {}
    taken: set[str] = set()
    if language == "de":
        first = list(itertools.islice(rows, FIRST_LOOK))
        trial = [_source(row, number, language, moment) for number, row in enumerate(first)]
        vocabulary.foresee(language, ((f"{one.name} {one.kind}", one.all_words) for one in trial))
        rows = itertools.chain(first, rows)
    split_by = documents.splitters()
    for batch in itertools.batched(rows, AT_ONCE):
        _store(batch, shelf, language, moment, split_by, ids=ids, taken=taken)
    vocabulary.rebuild(language)
    with connection.cursor() as cursor:
        for table in (*_TABLES, "product"):
            cursor.execute(f"ANALYZE catalog_{table}")
        cursor.execute("SELECT gin_clean_pending_list(%s)", [f"search_vector_{language}"])
    return ids


def _store(
    batch: Sequence[Stranger],
    shelf: Category,
    language: str,
    moment: datetime.datetime,
    split_by: documents.Splitters,
    *,
    ids: dict[str, int],
    taken: set[str],
) -> None:
    made = Product.objects.bulk_create(
        Product(
            slug=f"evaluated-{len(ids) + number}-{moment.timestamp():.0f}"[:100],
            category=shelf,
            name_de=row.name[:120],
            name_en=row.name[:120],
            status=ProductStatus.ACTIVE,
            published_at=moment,
        )
        for number, row in enumerate(batch)
    )
    pairs = [(row, one.pk) for row, one in zip(batch, made, strict=True)]
    ids.update((row.id, pk) for row, pk in pairs)
    sources = [_source(row, pk, language, moment) for row, pk in pairs]
    documents.write(sources, prices={}, split_by=split_by)
    _store_numbers([(number, pk) for row, pk in pairs for number in row.numbers], taken)


def _store_numbers(pairs: Iterable[tuple[str, int]], taken: set[str]) -> None:
    wanted = {sku: pk for sku, pk in pairs if 0 < len(sku) <= 40 and sku not in taken}
    known = set(Variant.objects.filter(sku__in=list(wanted)).values_list("sku", flat=True))
    variants = Variant.objects.bulk_create(
        Variant(product_id=pk, sku=sku) for sku, pk in wanted.items() if sku not in known
    )
    taken.update(wanted)
    SearchNumber.objects.bulk_create(
        SearchNumber(variant=one, product_id=one.product_id, number=folding.number(one.sku))
        for one in variants
        if folding.number(one.sku)
    )


def _source(row: Stranger, pk: int, language: str, moment: datetime.datetime) -> texts.Source:
    return texts.Source(
        product_id=pk,
        language=language,
        revision=1,
        name=row.name[:2000],
        kind=row.kind[: texts.LONGEST_TEXT],
        facts=row.facts[: texts.LONGEST_TEXT],
        text=row.text[: texts.LONGEST_TEXT],
        published_at=moment,
        price=row.price,
    )


def _measure(
    grades: Mapping[str, Mapping[str, int]],
    ids: Mapping[str, int],
    language: str,
    moment: datetime.datetime,
) -> Report:
    times: list[float] = []
    ndcg, recall_10, recall_100 = [], [], []
    empty = 0
    for query, graded in grades.items():
        start = time.perf_counter()
        found = answering.find(query, moment=moment, language=language)
        times.append((time.perf_counter() - start) * 1000)
        empty += not found
        gains = {ids[one]: grade for one, grade in graded.items() if one in ids and grade > 0}
        if gains:
            ndcg.append(ndcg_at(found, gains, 10))
            recall_10.append(recall_at(found, gains, 10))
            recall_100.append(recall_at(found, gains, 100))
    return Report(
        language=language,
        products=len(ids),
        queries=len(grades),
        skipped_lines=0,
        loaded_in=0.0,
        without_relevant=len(grades) - len(ndcg),
        empty=empty,
        ndcg_10=_mean(ndcg),
        recall_10=_mean(recall_10),
        recall_100=_mean(recall_100),
        p50_ms=percentile(times, 0.5),
        p95_ms=percentile(times, 0.95),
    )


def ndcg_at(found: Sequence[int], gains: Mapping[int, int], size: int) -> float:
    """Normalised discounted cumulative gain: gain 2^grade - 1, discount log2 of the place + 1."""
    ideal = sorted(gains.values(), reverse=True)[:size]
    return _dcg(gains.get(pk, 0) for pk in found[:size]) / _dcg(ideal)


def _dcg(grades: Iterable[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, start=1))


def recall_at(found: Sequence[int], gains: Mapping[int, int], size: int) -> float:
    """The share of the relevant products (grade above 0) among the first `size`."""
    return len(set(found[:size]) & set(gains)) / len(gains)


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share of them lies, by nearest rank."""
    ranked = sorted(values)
    return ranked[max(0, math.ceil(share * len(ranked)) - 1)] if ranked else 0.0


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
