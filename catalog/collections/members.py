"""What is in collections now, kept in a table: pages join it, they ask no rule."""

import datetime
import logging
from collections import defaultdict
from collections.abc import Collection as Several
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection, transaction
from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from catalog.collections import matching, rules
from catalog.models import (
    Collection,
    CollectionKind,
    CollectionMember,
    Price,
    Product,
    ProductStatus,
)

log = logging.getLogger(__name__)
# A price that began while the job was late is seen by one of the next runs.
OVERLAP = datetime.timedelta(minutes=10)

_WANTED = """
SELECT product_id AS id, position AS place FROM catalog_collectionentry
WHERE collection_id = %(collection)s AND NOT is_excluded
UNION ALL
SELECT found.id, NULL FROM ({found}) AS found (id)
WHERE NOT EXISTS (SELECT FROM catalog_collectionentry AS entry
    WHERE entry.collection_id = %(collection)s AND entry.product_id = found.id)
"""
_ENTER = """
INSERT INTO catalog_collectionmember AS member (collection_id, product_id, place)
SELECT %(collection)s, wanted.id, wanted.place FROM ({wanted}) AS wanted
WHERE %(products)s::bigint[] IS NULL OR wanted.id = ANY(%(products)s)
ON CONFLICT (collection_id, product_id) DO UPDATE SET place = excluded.place
WHERE member.place IS DISTINCT FROM excluded.place
"""
_LEAVE = """
DELETE FROM catalog_collectionmember AS member
WHERE member.collection_id = %(collection)s
  AND (%(products)s::bigint[] IS NULL OR member.product_id = ANY(%(products)s))
  AND NOT EXISTS (SELECT FROM ({wanted}) AS wanted WHERE wanted.id = member.product_id)
"""
_NOTHING = "SELECT NULL::bigint WHERE false"


@transaction.atomic
def refresh(
    collection: Collection, *, moment: datetime.datetime, product_ids: Several[int] | None = None
) -> int:
    """Write what is in `collection` at `moment`, of all products or of these. Two statements.

    Returns how many rows changed. Raises `rules.BadRule`.
    """
    values: dict[str, Any] = {
        "collection": collection.pk,
        "products": None if product_ids is None else list(product_ids),
    }
    found = _NOTHING
    if collection.kind == CollectionKind.RULED:
        products = matching.found(rules.parse(collection.rule), moment).order_by()
        if product_ids is not None:
            products = products.filter(pk__in=product_ids)
        found, parameters = _named(*products.values("pk").query.sql_with_params())
        values |= parameters
    wanted = _WANTED.replace("{found}", found)
    with connection.cursor() as cursor:
        cursor.execute(_LEAVE.replace("{wanted}", wanted), values)
        changed = cursor.rowcount
        cursor.execute(_ENTER.replace("{wanted}", wanted), values)
        return changed + cursor.rowcount


def _named(statement: str, parameters: tuple[Any, ...]) -> tuple[str, dict[str, Any]]:
    """The statement with named places: it stands between named ones."""
    names = [f"p{number}" for number in range(len(parameters))]
    places = tuple(f"%({name})s" for name in names)
    return statement.replace("%%", "%%%%") % places, dict(zip(names, parameters, strict=True))


def refresh_all(*, moment: datetime.datetime, product_ids: Several[int] | None = None) -> int:
    """The same for every active collection with a rule. Returns how many rows changed.

    A rule that is none any more (it was written by another release) is logged and left alone.
    """
    changed = 0
    ruled = Collection.objects.filter(kind=CollectionKind.RULED, is_active=True)
    for collection in ruled.order_by("pk"):
        try:
            changed += refresh(collection, moment=moment, product_ids=product_ids)
        except rules.BadRule as problem:
            log.error("collection %s has no rule that can be read: %s", collection.slug, problem)
    return changed


def of_products(product_ids: Several[int]) -> dict[int, frozenset[int]]:
    """The collections that each product is in now; one statement."""
    rows = CollectionMember.objects.filter(product_id__in=product_ids)
    found: dict[int, set[int]] = defaultdict(set)
    for product_id, collection_id in rows.values_list("product_id", "collection_id"):
        found[product_id].add(collection_id)
    return {product_id: frozenset(ids) for product_id, ids in found.items()}


def turned(moment: datetime.datetime) -> list[int]:
    """The products that came into the shop, or whose prices began or ended, just now."""
    since = moment - OVERLAP
    priced = Price.objects.filter(
        Q(valid__startswith__gt=since, valid__startswith__lte=moment)
        | Q(valid__endswith__gt=since, valid__endswith__lte=moment)
    ).aggregate(
        ids=Coalesce(ArrayAgg("variant__product_id", distinct=True), Value([])),
    )["ids"]
    published = Product.objects.filter(
        status=ProductStatus.ACTIVE, published_at__gt=since, published_at__lte=moment
    ).values_list("pk", flat=True)
    return sorted({*priced, *published})


def retell(moment: datetime.datetime) -> bool:
    """Note which collections are open at `moment`. Returns whether one opened or closed since."""
    open_ones = Collection.objects.open_at(moment).values("pk")
    opened = Collection.objects.filter(is_told=False, pk__in=open_ones).update(is_told=True)
    closed = Collection.objects.filter(is_told=True).exclude(pk__in=open_ones)
    return bool(opened + closed.update(is_told=False))
