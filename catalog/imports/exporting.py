"""Products as a file in one of the formats, line by line: however many, the memory stays."""

import csv
import datetime
import io
from collections.abc import Iterable, Iterator

from django.db.models import Count, QuerySet

from catalog.imports import cells, columns, describing, formats, snapshots, surroundings
from catalog.imports.shelves import Shelves
from catalog.models import Product

CHUNK = 200
MAX_OPTIONS = 3


def lines(
    products: QuerySet[Product],
    *,
    format_name: str,
    language: str,
    shelves: Shelves,
    moment: datetime.datetime,
) -> Iterator[str]:
    """The lines of the file, header first, each with its end. Products by their key."""
    module = formats.named(format_name)
    header = module.header(shelves.codes)
    yield written([columns.written(field, module.NAMES) for field in header])
    names = None if format_name == "kontor" else (surroundings.Categories(), language)
    for keys in _chunks(products):
        known = snapshots.load(keys, shelves)
        for key in sorted(known):
            if len(known[key].options) > MAX_OPTIONS:
                continue  # No format says it; `skipped` counts them.
            record = describing.record_of(
                known[key], moment=moment, locations=shelves.codes, names=names
            )
            for line in module.lines(record, language=language, locations=shelves.codes):
                yield written([line.get(field, "") for field in header])


def skipped(products: QuerySet[Product]) -> list[str]:
    """The slugs of products that have more options than any format can say."""
    many = products.order_by("pk").annotate(held=Count("options")).filter(held__gt=MAX_OPTIONS)
    return list(many.values_list("slug", flat=True))


def written(texts: Iterable[str], separator: str = ",") -> str:
    """A line of a file, every cell guarded against formulas."""
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerow([cells.guarded(text) for text in texts])
    return out.getvalue()


def _chunks(products: QuerySet[Product]) -> Iterator[list[int]]:
    last = 0
    while keys := list(
        products.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK]
    ):
        yield keys
        last = keys[-1]
