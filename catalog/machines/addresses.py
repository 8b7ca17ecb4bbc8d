"""What became of an address that leads nowhere (docs/algorithms/addresses.md).

Asked only when a page was not found. However often something was renamed, the answer is its present
address: rows of `Redirect` point at products, categories and collections, never at paths.
"""

import dataclasses
import datetime
import itertools
import re

from django.urls import reverse
from django.utils import translation

from catalog.models import Category, Collection, Product, ProductStatus, Redirect
from catalog.models.redirect import category_path, foreign_path
from shop.kit import languages

_PRODUCT = re.compile(r"/p/([^/]+)/")
_COLLECTION = re.compile(r"/s/([^/]+)/")
# Addresses of Shopify and WooCommerce (the latter also with its German words).
_FOREIGN_PRODUCT = re.compile(r"/(?:collections/[^/]+/)?(?:products|product|produkt)/([^/]+)/")
_FOREIGN_SHELF = re.compile(r"/(?:collections|product-category|produkt-kategorie)/(.+)/")
MAX_LENGTH = 420


@dataclasses.dataclass(frozen=True, slots=True)
class Fate:
    """Where a lost page is now. `address` empty: gone for good; `product` is what stood there."""

    address: str
    product: Product | None = None


GONE = Fate("")


def fate_of(path: str, *, moment: datetime.datetime) -> Fate | None:
    """What became of the page at `path`; `None`: there never was one, or it is where it was.

    Two statements, and one more for each successor.
    """
    language, plain = split(path)
    if "\x00" in plain or len(plain) > MAX_LENGTH:
        return None
    with translation.override(language):
        return _fate(plain, language, moment, frozenset())


def split(path: str) -> tuple[str, str]:
    """The language of a path (the default one where it names none), and the path without it.

    The second always has a slash at either end.
    """
    language = languages.of_path(path)
    named = path.startswith(f"/{language}/")
    rest = path[len(language) + 1 :] if named else path
    return language, f"/{rest.strip('/')}/" if rest.strip("/") else "/"


def _fate(
    plain: str, language: str, moment: datetime.datetime, seen: frozenset[str]
) -> Fate | None:
    row = _redirect(plain, language)
    if row is None:
        return _of_page(plain, moment)
    if row.product is not None:
        return _of_product(row.product, moment)
    if row.category is not None:
        return _of_category(row.category)
    if row.collection is not None:
        return _of_collection(row.collection, moment)
    if not row.target:
        return GONE
    return _of_target(row.target, moment, seen | {plain})


def _redirect(plain: str, language: str) -> Redirect | None:
    """The row of this path in this language, else that for all languages."""
    paths = [f"/{language}{plain}", plain]
    if handle := _FOREIGN_PRODUCT.fullmatch(plain):
        paths.append(foreign_path(handle[1]))
    rows = Redirect.objects.filter(path__in=paths).select_related(
        "product", "category", "collection"
    )
    return min(rows, key=lambda row: paths.index(row.path), default=None)


def _of_target(target: str, moment: datetime.datetime, seen: frozenset[str]) -> Fate:
    """Where staff sent it. Has that page moved since, to where it is now: one step, not two."""
    path, mark, query = target.partition("?")
    language, plain = split(path)
    if not path.startswith(f"/{language}/"):
        language = languages.active()
    further = None
    if plain not in seen:
        with translation.override(language):
            further = _fate(plain, language, moment, seen)
    if further is not None:
        kept = further.address and f"{further.address}{mark}{query}"
        return dataclasses.replace(further, address=kept)
    return Fate(f"/{language}{plain}{mark}{query}")


def _of_page(plain: str, moment: datetime.datetime) -> Fate | None:
    """What can be told without a row: goods that went offline, addresses of other shops."""
    if found := _PRODUCT.fullmatch(plain):
        product = Product.objects.filter(slug=found[1]).first()
        if product is None or product.is_live(moment):
            return None
        return _of_product(product, moment)
    if found := _FOREIGN_PRODUCT.fullmatch(plain):
        product = Product.objects.filter(slug=found[1].lower()).first()
        return _of_product(product, moment) if product else None
    if found := _FOREIGN_SHELF.fullmatch(plain):
        return _of_foreign_shelf(found[1].lower(), moment)
    return None


def _of_product(product: Product, moment: datetime.datetime) -> Fate | None:
    """Its page, that of its successor's successor …, gone; `None` where it is not shown yet."""
    seen = {product.pk}
    last: Product = product
    while not last.is_live(moment):
        if last.status != ProductStatus.ARCHIVED:
            return None if last is product else Fate("", product)
        following = last.successor
        if following is None or following.pk in seen:
            return Fate("", product)
        seen.add(following.pk)
        last = following
    return Fate(last.get_absolute_url())


def _of_category(category: Category) -> Fate | None:
    """Its page; while it is hidden, the shown one nearest above it."""
    parts = category.path.split("/")
    chain = ["/".join(parts[:length]) for length in range(1, len(parts) + 1)]
    shown = set(Category.objects.shown().filter(path__in=chain).values_list("path", flat=True))
    seen = list(itertools.takewhile(shown.__contains__, chain))
    return Fate(reverse("catalog:category", args=[seen[-1]])) if seen else None


def _of_collection(collection: Collection, moment: datetime.datetime) -> Fate | None:
    """Its page; `None` while nobody can see it: it may come again next year."""
    return Fate(collection.get_absolute_url()) if collection.is_open(moment) else None


def _of_foreign_shelf(path: str, moment: datetime.datetime) -> Fate | None:
    """By the whole path, else by its last part where one category alone is called so; else the
    collection of that name: Shopify knows no other shelves."""
    shown = Category.objects.shown()
    category = shown.filter(path=path).first()
    if category is None:
        namesakes = list(shown.filter(slug=path.rpartition("/")[2])[:2])
        category = namesakes[0] if len(namesakes) == 1 else None
    if category:
        return _of_category(category)
    collection = Collection.objects.filter(slug=path).first()
    return _of_collection(collection, moment) if collection else None


def is_open(path: str, *, moment: datetime.datetime) -> bool:
    """Is there a product, a category or a collection to be seen at this path now?"""
    _language, plain = split(path)
    live = Product.objects.live(moment)
    if found := _PRODUCT.fullmatch(plain):
        return live.filter(slug=found[1]).exists()
    if found := _COLLECTION.fullmatch(plain):
        return Collection.objects.open_at(moment).filter(slug=found[1]).exists()
    shown = Category.objects.shown()
    return any(category_path(one) == plain for one in shown.values_list("path", flat=True))


def page_of(path: str) -> Product | Category | Collection | None:
    """The product, category or collection whose present address `path` is, seen or not."""
    _language, plain = split(path)
    if found := _PRODUCT.fullmatch(plain):
        return Product.objects.filter(slug=found[1]).first()
    if found := _COLLECTION.fullmatch(plain):
        return Collection.objects.filter(slug=found[1]).first()
    if plain.startswith("/c/"):
        return Category.objects.filter(path=plain.removeprefix("/c/").strip("/")).first()
    return None
