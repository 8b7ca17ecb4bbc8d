"""Learning which products go together from what was bought together."""

import collections
import datetime
import itertools
import math
from collections.abc import Iterable

from django.db import transaction

from discovery.models import ProductAffinity

# Two orders can be chance, but in a small shop they are all there is; one always is.
MIN_ORDERS_TOGETHER = 2
KEPT_PER_PRODUCT = 24
# An order of half the shop says nothing about taste and costs its square in pairs.
MAX_PRODUCTS_PER_ORDER = 50

type Counts = collections.Counter[int]
type PairCounts = collections.Counter[tuple[int, int]]


def train(pairs: Iterable[tuple[int, int]], *, moment: datetime.datetime) -> int:
    """Learn anew from (order id, product id) pairs; the old knowledge is replaced at once.

    The score is the cosine: orders with both ÷ √(orders with one × orders with the other), so that
    what everybody buys does not go with everything. Returns the number of affinities.
    """
    singles, together = _counted(pairs)
    rows = [
        ProductAffinity(product_id=product, other_id=other, score=score, trained_at=moment)
        for product, other, score in _best(singles, together)
    ]
    with transaction.atomic():
        ProductAffinity.objects.all().delete()
        ProductAffinity.objects.bulk_create(rows, batch_size=2000)
    return len(rows)


def _counted(pairs: Iterable[tuple[int, int]]) -> tuple[Counts, PairCounts]:
    orders: dict[int, set[int]] = collections.defaultdict(set)
    for order, product in pairs:
        orders[order].add(product)
    singles: Counts = collections.Counter()
    together: PairCounts = collections.Counter()
    for products in orders.values():
        if len(products) > MAX_PRODUCTS_PER_ORDER:
            continue
        singles.update(products)
        together.update(itertools.combinations(sorted(products), 2))
    return singles, together


def _best(singles: Counts, together: PairCounts) -> list[tuple[int, int, float]]:
    scores: dict[int, list[tuple[float, int]]] = collections.defaultdict(list)
    for (one, other), count in together.items():
        if count < MIN_ORDERS_TOGETHER:
            continue
        score = min(count / math.sqrt(singles[one] * singles[other]), 1.0)
        scores[one].append((score, other))
        scores[other].append((score, one))
    return [
        (product, other, score)
        for product, found in scores.items()
        for score, other in sorted(found, key=lambda pair: (-pair[0], pair[1]))[:KEPT_PER_PRODUCT]
    ]
