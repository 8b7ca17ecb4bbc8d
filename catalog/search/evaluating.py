"""Measures the search on other goods and graded queries; what it loads is rolled back."""

import csv
import dataclasses
import datetime
import json
import math
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from itertools import batched, chain
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from catalog.models import Category, Product, ProductStatus, SearchNumber, Variant
from catalog.search import answering
from catalog.search_index import documents, folding, texts, vocabulary

AT_ONCE = 1000
# Words of goods of which compounds are made are learned from this many first.
FIRST_LOOK = 4000
# Attributes that say what a thing is, as the shop's own categories do.
_KINDS = frozenset(
    (
        *("category", "categories", "subcategory", "kategorie", "department"),
        *("class", "type", "typ", "productclass", "producttype", "producttyp"),
    )
)
_GERMAN = frozenset(["der", "die", "das", "und", "mit", "fur", "aus", "fuer", "ist", "auf", "von"])
_ENGLISH = frozenset(["the", "and", "with", "for", "from", "this", "of", "is", "to", "in", "your"])
_TABLES = ("searchdocument", "searchword", "searchnumber", "searchcorpus")


class NotReadable(ValueError):
    """A file is not what it should be; the message names the line."""


@dataclasses.dataclass(frozen=True, slots=True)
class Report:
    """Means over the queries that have a relevant product; times in milliseconds."""

    language: str
    products: int
    queries: int
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
    grades = read_queries(queries)
    language = language or guessed_language(products)
    with vocabulary.aside(), transaction.atomic():
        try:
            ids = _load(products, language, moment)
            return _measure(grades, ids, language, moment)
        finally:
            transaction.set_rollback(True)


def read_queries(path: Path) -> dict[str, dict[str, int]]:
    """The grades of products by query. Raises `NotReadable`."""
    grades: dict[str, dict[str, int]] = defaultdict(dict)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        names = {_plain(name): name for name in rows.fieldnames or ()}
        if not {"query", "productid", "grade"} <= set(names):
            raise NotReadable(f"{path}: the head must name query, product id and grade.")
        for row in rows:
            try:
                grade = round(float(row[names["grade"]]))
            except (TypeError, ValueError):
                raise NotReadable(f"{path}, line {rows.line_num}: no grade.") from None
            query = (row[names["query"]] or "").strip()
            grades[query][str(row[names["productid"]]).strip()] = grade
    return dict(grades)


def _plain(name: str) -> str:
    return name.strip().casefold().replace(" ", "").replace("_", "")


def read_products(path: Path) -> Iterator[dict[str, Any]]:
    """The products of a file, one after the other. Raises `NotReadable`."""
    with path.open(encoding="utf-8-sig") as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except json.JSONDecodeError:
                row = None
            if not isinstance(row, dict) or "id" not in row:
                raise NotReadable(f"{path}, line {number}: no product with an id.")
            yield row


def guessed_language(path: Path) -> str:
    """German or English, by the small words of the first thousand products."""
    german = english = 0
    for number, row in enumerate(read_products(path)):
        if number >= AT_ONCE:
            break
        text = f"{row.get('name') or ''} {row.get('text') or ''}"[:2000]
        words = [folding.fold(word, "en") for word in folding.words(text)]
        german += sum(word in _GERMAN for word in words)
        english += sum(word in _ENGLISH for word in words)
    return "de" if german > english else "en"


def _load(path: Path, language: str, moment: datetime.datetime) -> dict[str, int]:
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
    rows = read_products(path)
    if language == "de":
        first = [row for row, _ in zip(rows, range(FIRST_LOOK), strict=False)]
        trial = [_source(row, number, language, moment) for number, row in enumerate(first)]
        vocabulary.foresee(language, ((f"{one.name} {one.kind}", one.all_words) for one in trial))
        rows = chain(first, rows)
    split_by = documents.splitters()
    for batch in batched(rows, AT_ONCE):
        _store(batch, shelf, language, moment, split_by, ids=ids, taken=taken)
    vocabulary.rebuild(language)
    with connection.cursor() as cursor:
        for table in (*_TABLES, "product"):
            cursor.execute(f"ANALYZE catalog_{table}")
        cursor.execute("SELECT gin_clean_pending_list(%s)", [f"search_vector_{language}"])
    return ids


def _store(
    batch: Sequence[Mapping[str, Any]],
    shelf: Category,
    language: str,
    moment: datetime.datetime,
    split_by: documents.Splitters,
    *,
    ids: dict[str, int],
    taken: set[str],
) -> None:
    fresh = [row for row in batch if str(row["id"]) not in ids]
    made = Product.objects.bulk_create(
        Product(
            slug=f"evaluated-{len(ids) + number}-{moment.timestamp():.0f}"[:100],
            category=shelf,
            name_de=str(row.get("name") or "")[:120],
            name_en=str(row.get("name") or "")[:120],
            status=ProductStatus.ACTIVE,
            published_at=moment,
        )
        for number, row in enumerate(fresh)
    )
    ids.update((str(row["id"]), one.pk) for row, one in zip(fresh, made, strict=True))
    pairs = list(zip(fresh, (one.pk for one in made), strict=True))
    sources = [_source(row, pk, language, moment) for row, pk in pairs]
    documents.write(sources, prices={}, split_by=split_by)
    _store_numbers([(str(row.get("sku") or ""), pk) for row, pk in pairs], taken)


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


def _source(
    row: Mapping[str, Any], pk: int, language: str, moment: datetime.datetime
) -> texts.Source:
    kind, facts = [str(row.get("brand") or "")], []
    for label, value in _attributes(row.get("attributes")):
        if _plain(label) in _KINDS:
            kind.append(value)
        else:
            facts.append(f"{label} {value}")
    return texts.Source(
        product_id=pk,
        language=language,
        revision=1,
        name=str(row.get("name") or "")[:2000],
        kind="\n".join(kind),
        facts="\n".join(facts)[: texts.LONGEST_TEXT],
        text=str(row.get("text") or "")[: texts.LONGEST_TEXT],
        published_at=moment,
        price=_price(row.get("price")),
    )


def _attributes(given: Any) -> Iterator[tuple[str, str]]:
    """Pairs of label and value from an object, a list of pairs, of objects or of texts."""
    if isinstance(given, Mapping):
        for label, value in given.items():
            values = value if isinstance(value, list) else [value]
            yield str(label), " ".join(str(one) for one in values if one is not None)
    elif isinstance(given, list):
        for one in given:
            if isinstance(one, Mapping):
                yield str(one.get("name", "")), str(one.get("value", ""))
            elif isinstance(one, list) and len(one) == 2:
                yield str(one[0]), str(one[1])
            else:
                yield "", str(one)
    elif given:
        yield "", str(given)


def _price(given: Any) -> Decimal | None:
    try:
        price = round(Decimal(str(given)), 2)
    except (InvalidOperation, ValueError):
        return None
    return price if price.is_finite() and 0 <= price < 10**9 else None


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
