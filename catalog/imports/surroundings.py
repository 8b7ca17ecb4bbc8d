"""What products of a file may point at: categories, brands, makers, SKUs and GTINs of others."""

import dataclasses
from collections import defaultdict
from collections.abc import Iterable

from catalog.imports import document_difference
from catalog.imports.columns import normal
from catalog.imports.records import ProductRecord
from catalog.models import (
    Attribute,
    Brand,
    Category,
    Document,
    Manufacturer,
    Product,
    ProductType,
    Variant,
)
from shop.kit import languages

type Path = tuple[str, ...]


def _folded(path: Iterable[str]) -> Path:
    return tuple(part.strip().casefold() for part in path)


class Categories:
    """All categories, found by the names or the slugs of their path."""

    def __init__(self) -> None:
        self.by_key = {one.pk: one for one in Category.objects.all()}
        by_path = {one.path: one for one in self.by_key.values()}
        self._found: dict[Path, list[Category]] = defaultdict(list)
        for category in self.by_key.values():
            slugs = category.path.split("/")
            chain = [by_path["/".join(slugs[:end])] for end in range(1, len(slugs) + 1)]
            paths = {_folded(slugs)}
            for code in languages.codes():
                paths.add(_folded(languages.localized(one, "name", code) for one in chain))
            for path in paths:
                self._found[path].append(category)

    def named(self, path: Path) -> list[Category]:
        """Those that `path` may mean, in any language; mostly one."""
        return self._found.get(_folded(path), [])

    def learn(self, path: Path, category: Category) -> None:
        """A category was made for `path`."""
        self.by_key[category.pk] = category
        self._found[_folded(path)].append(category)

    def path_of(self, category: Category, language: str) -> Path:
        """The names from the top down."""
        chain: list[str] = []
        one: Category | None = category
        while one is not None:
            chain.append(languages.localized(one, "name", language))
            one = self.by_key.get(one.parent_id) if one.parent_id else None
        return tuple(reversed(chain))


@dataclasses.dataclass(slots=True)
class Surroundings:
    """Read once for a few hundred products; `categories` may live longer."""

    categories: Categories
    products: dict[str, int] = dataclasses.field(default_factory=dict)  # slug → product
    sku_owners: dict[str, int] = dataclasses.field(default_factory=dict)  # SKU → product
    gtin_owners: dict[str, str] = dataclasses.field(default_factory=dict)  # GTIN → SKU
    brands: dict[str, Brand] = dataclasses.field(default_factory=dict)
    makers: dict[str, Manufacturer] = dataclasses.field(default_factory=dict)
    types: dict[str, ProductType] = dataclasses.field(default_factory=dict)
    attributes: dict[str, Attribute] = dataclasses.field(default_factory=dict)  # by code
    components: dict[str, Variant] = dataclasses.field(default_factory=dict)  # by SKU, of bundles
    documents: dict[int, Document] = dataclasses.field(default_factory=dict)  # ours, by key

    def attribute_named(self, names: Iterable[str]) -> Attribute | None:
        """The first that is called so: by its code, or its name in any language."""
        for name in map(normal, names):
            for attribute in self.attributes.values():
                known = [attribute.code, attribute.name_de, attribute.name_en]
                if name and name in map(normal, known):
                    return attribute
        return None


def around(records: Iterable[ProductRecord], categories: Categories) -> Surroundings:
    """What the shop knows of the names in `records`, in five statements."""
    records = list(records)
    slugs = {record.handle for record in records}
    slugs |= {slug for record in records for slug in record.related or []}
    variants = [variant for record in records for variant in record.variants]
    gtins = {variant.fields.get("gtin") for variant in variants} - {"", None}
    skus = {variant.sku or variant.made_sku for variant in variants}
    brands = {record.brand.casefold() for record in records if record.brand}
    makers = {record.manufacturer["name"] for record in records if record.manufacturer}
    found = Surroundings(categories)
    found.products = dict(Product.objects.filter(slug__in=slugs).values_list("slug", "pk"))
    owners = Variant.objects.filter(sku__in=skus)
    found.sku_owners = dict(owners.values_list("sku", "product_id"))
    found.gtin_owners = dict(Variant.objects.filter(gtin__in=gtins).values_list("gtin", "sku"))
    if brands:
        # A shop has some hundred brands: all are read, to find them in any case of letters.
        found.brands = {one.name.casefold(): one for one in Brand.objects.all()}
    if makers:
        found.makers = {one.name: one for one in Manufacturer.objects.filter(name__in=makers)}
    if any(record.product_type for record in records):
        found.types = {one.code: one for one in ProductType.objects.all()}
    if any(_speaks_of_attributes(record) for record in records):
        rows = Attribute.objects.order_by("position", "pk").prefetch_related("choices")
        found.attributes = {one.code: one for one in rows}
    _load_parts(found, records)
    return found


def _load_parts(found: Surroundings, records: list[ProductRecord]) -> None:
    """What bundles consist of, and documents that the shop has itself; mostly no statement."""
    bundles = [one.bundle for record in records for one in record.variants if one.bundle]
    skus = {sku for bundle in bundles for sku, _quantity in bundle.parts}
    if skus:
        rows = Variant.objects.filter(sku__in=skus).select_related("product")
        found.components = {one.sku: one for one in rows}
    urls = [one.url for record in records for one in record.documents]
    if keys := {key for url in urls if (key := document_difference.own_key(url))}:
        found.documents = Document.objects.in_bulk(keys)


def _speaks_of_attributes(record: ProductRecord) -> bool:
    said = [record.attributes, *(variant.attributes for variant in record.variants)]
    return bool(record.loose or record.options) or any(said)


def product_of(record: ProductRecord, known: Surroundings) -> int | None:
    """The product that `record` speaks of; `None`: a new one.

    By its handle where the file has one, else by its SKUs, else by the address of its name.
    """
    if record.is_handle_given:
        return known.products.get(record.handle)
    owners = [known.sku_owners.get(variant.sku) for variant in record.variants if variant.sku]
    found = next((owner for owner in owners if owner), None)
    if found or any(variant.sku for variant in record.variants):
        return found
    return known.products.get(record.handle)
