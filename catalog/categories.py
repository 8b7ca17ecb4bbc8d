"""The tree of categories: read once per content version, kept in the memory of the process."""

import dataclasses
import functools
from collections import defaultdict
from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import Count, F, Q, Subquery, Value
from django.db.models.functions import Coalesce, Now
from django.urls import reverse
from django.utils import translation

from catalog import tasks
from catalog.models import (
    Category,
    ContentVersion,
    Product,
    Redirect,
    RedirectReason,
    VatSchemeChange,
)
from catalog.models.redirect import category_path
from shop.kit import languages

_ABOVE = """
SELECT standing.product_id, above.id
FROM (
    SELECT id AS product_id, category_id FROM catalog_product WHERE id = ANY(%(products)s)
    UNION
    SELECT product_id, category_id FROM catalog_product_categories
    WHERE product_id = ANY(%(products)s)
) AS standing
JOIN catalog_category AS own ON own.id = standing.category_id
JOIN catalog_category AS above
    ON above.path = own.path OR starts_with(own.path, above.path || '/')
"""


class PathTaken(ValueError):
    """Another category has this path already."""


@dataclasses.dataclass(frozen=True, slots=True)
class Node:
    """A category as pages need it, in one language."""

    pk: int
    path: str
    name: str
    intro: str
    url: str
    parent_path: str


@dataclasses.dataclass(frozen=True)
class Tree:
    """All shown categories in menu order."""

    nodes: dict[str, Node]

    def children(self, path: str) -> list[Node]:
        return [node for node in self.nodes.values() if node.parent_path == path]

    def ancestors(self, path: str) -> list[Node]:
        """From the top down to the category itself."""
        parts = path.split("/")
        paths = ["/".join(parts[: length + 1]) for length in range(len(parts))]
        return [self.nodes[one] for one in paths if one in self.nodes]

    def subtree_ids(self, path: str) -> list[int]:
        return [
            node.pk
            for node in self.nodes.values()
            if node.path == path or node.path.startswith(f"{path}/")
        ]

    def by_pk(self, pk: int) -> Node | None:
        return next((node for node in self.nodes.values() if node.pk == pk), None)


def above_products(product_ids: Iterable[int]) -> dict[int, frozenset[int]]:
    """All categories in which each product stands, those above them too; one statement."""
    standing: dict[int, set[int]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(_ABOVE, {"products": list(product_ids)})
        for product_id, category_id in cursor.fetchall():
            standing[product_id].add(category_id)
    return {product_id: frozenset(ids) for product_id, ids in standing.items()}


def version() -> int:
    """The number of the present content, in one statement.

    Changes of the VAT scheme that have begun are in it: what stands beside a price changes to the
    second, without a job.
    """
    begun = VatSchemeChange.objects.filter(valid_from__lte=Now()).order_by()
    changes = begun.values(one=Value(1)).annotate(count=Count("pk")).values("count")
    counted = ContentVersion.objects.annotate(
        whole=F("number") + Coalesce(Subquery(changes), Value(0))
    )
    number = counted.values_list("whole", flat=True).first()
    return number or 0


def changed() -> None:
    """What all pages share has changed: count the content version up."""
    ContentVersion.objects.get_or_create(pk=1)
    ContentVersion.objects.filter(pk=1).update(number=F("number") + 1)


def tree(content_version: int, language: str) -> Tree:
    """The tree of this content version; one statement when it is not in memory."""
    return _tree(content_version, language)


@functools.lru_cache(maxsize=16)
def _tree(content_version: int, language: str) -> Tree:
    rows = list(Category.objects.shown().in_menu_order())
    shown = {row.path for row in rows}
    nodes: dict[str, Node] = {}
    with translation.override(language):
        for row in rows:
            parts = row.path.split("/")
            if any("/".join(parts[:length]) not in shown for length in range(1, len(parts))):
                continue  # A hidden category hides what is below it.
            parent_path = row.path.rpartition("/")[0]
            nodes[row.path] = Node(
                pk=row.pk,
                path=row.path,
                name=languages.localized(row, "name", language),
                intro=languages.localized(row, "intro", language),
                url=reverse("catalog:category", args=[row.path]),
                parent_path=parent_path,
            )
    return Tree(nodes)


def path_for(category: Category, *, parent: Category | None, slug: str) -> str:
    """The path that `category` would have below `parent`.

    Raises `PathTaken` when it belongs to another one, or when `category` would stand below itself.
    """
    path = f"{parent.path}/{slug}" if parent else slug
    old_path = category.path
    if parent and old_path and f"{parent.path}/".startswith(f"{old_path}/"):
        raise PathTaken(path)
    if Category.objects.filter(path=path).exclude(pk=category.pk).exists():
        raise PathTaken(path)
    return path


@transaction.atomic
def store(category: Category) -> Category:
    """Save a category with its path, and the paths of everything below it.

    Raises `PathTaken` when the path belongs to another one, or when it would stand below itself.
    """
    old_path = category.path
    category.path = path = path_for(category, parent=category.parent, slug=category.slug)
    category.save()
    if old_path != path:
        _move(category, old_path)
    Category.objects.below(path).update(changed_at=Now())
    changed()
    _find_again(path)
    return category


def _move(category: Category, old_path: str) -> None:
    """Everything below goes with it, and every address from before leads on."""
    moved = {old_path: category} if old_path else {}
    if old_path:
        for below in Category.objects.filter(path__startswith=f"{old_path}/"):
            moved[below.path] = below
            below.path = category.path + below.path.removeprefix(old_path)
            below.save(update_fields=["path"])
    present = [category.path, *(one.path for one in moved.values())]
    Redirect.objects.release(category_path(one) for one in present)
    reason = RedirectReason.RENAMED
    Redirect.objects.keep(
        Redirect(path=category_path(old), category=one, reason=reason) for old, one in moved.items()
    )


@transaction.atomic
def remove(category: Category) -> None:
    """Delete a category; its addresses lead to the one above it, or say that it is gone.

    Raises `ProtectedError` while products or other categories stand in it.
    """
    path, parent_id = category.path, category.parent_id
    former = list(Redirect.objects.filter(category=category).values_list("path", flat=True))
    category.delete()
    reason = RedirectReason.DELETED
    Redirect.objects.keep(
        Redirect(path=one, category_id=parent_id, reason=reason)
        for one in [category_path(path), *former]
    )
    changed()


def _find_again(path: str) -> None:
    """The names of shelves are searched, too: what stands on them is read again after commit."""
    below = Category.objects.below(path)
    shelved = Product.objects.filter(Q(category__in=below) | Q(categories__in=below)).distinct()
    ids = list(shelved.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), 500):
        tasks.reindex_products.delay_on_commit(product_ids=ids[start : start + 500])  # type: ignore[attr-defined]
