"""What the shop has of the products that a file speaks of, read for many at once."""

import dataclasses
from collections.abc import Collection, Iterable

from django.db.models import Model

from catalog import pricing
from catalog.imports.records import BundleRecord, Share
from catalog.imports.shelves import Shelf, Shelves
from catalog.models import (
    AttributeValue,
    BundleComponent,
    Category,
    Document,
    FibreShare,
    Option,
    OptionValue,
    Price,
    Product,
    ProductPicture,
    Variant,
)
from catalog.models.imports import ImportPicture

_BESIDE = (
    "category", "brand", "manufacturer", "product_type", "size_guide", "successor",
)  # fmt: skip
_LAW = ("food", "device", "guarantee")


@dataclasses.dataclass(slots=True)
class Known:
    """One product with all that belongs to it. `product` `None`: the shop has none yet."""

    product: Product | None = None
    further: list[Category] = dataclasses.field(default_factory=list)
    related: list[str] = dataclasses.field(default_factory=list)
    options: list[Option] = dataclasses.field(default_factory=list)
    values: dict[int, list[OptionValue]] = dataclasses.field(default_factory=dict)
    variants: list[Variant] = dataclasses.field(default_factory=list)
    # variant → option → value
    chosen: dict[int, dict[int, OptionValue]] = dataclasses.field(default_factory=dict)
    periods: dict[int, list[pricing.Period]] = dataclasses.field(default_factory=dict)
    shelves: dict[tuple[int, str], Shelf] = dataclasses.field(default_factory=dict)
    # variant (`None`: the product) and attribute → values
    attributes: dict[tuple[int | None, int], list[AttributeValue]] = dataclasses.field(
        default_factory=dict
    )
    bundles: dict[int, BundleRecord] = dataclasses.field(default_factory=dict)
    fibres: list[Share] = dataclasses.field(default_factory=list)
    # "food", "device", "guarantee" → the row of the product
    law: dict[str, Model] = dataclasses.field(default_factory=dict)
    documents: list[Document] = dataclasses.field(default_factory=list)
    pictures: list[ProductPicture] = dataclasses.field(default_factory=list)
    addresses: dict[str, ImportPicture] = dataclasses.field(default_factory=dict)
    # What it lacks before it may be sold, where this was asked for many at once.
    lacking: dict[str, str] | None = None


def load(product_ids: Collection[int], shelves: Shelves) -> dict[int, Known]:
    """Each product by its key; about fifteen statements, however many there are."""
    rows = Product.objects.filter(pk__in=product_ids).select_related(*_BESIDE, *_LAW)
    found = {one.pk: Known(product=one) for one in rows}
    for known in found.values():
        known.law = {name: row for name in _LAW if (row := getattr(known.product, name, None))}
    _load_places(found)
    _load_options(found)
    _load_variants(found, shelves)
    _load_attributes(found)
    _load_bundles(found)
    _load_papers(found)
    for picture in ProductPicture.objects.filter(product_id__in=found).order_by("position", "pk"):
        found[picture.product_id].pictures.append(picture)
    for address in ImportPicture.objects.filter(product_id__in=found).select_related(
        "picture", "document"
    ):
        found[address.product_id].addresses[address.url] = address
    return found


def _load_places(found: dict[int, Known]) -> None:
    further = Product.categories.through.objects.filter(product_id__in=found)
    for link in further.select_related("category").order_by("category__path"):
        found[link.product_id].further.append(link.category)
    related = Product.related.through.objects.filter(from_product_id__in=found)
    pairs = related.values_list("from_product_id", "to_product__slug").order_by("to_product__slug")
    for product_id, slug in pairs:
        found[product_id].related.append(slug)


def _load_options(found: dict[int, Known]) -> None:
    options = Option.objects.filter(product_id__in=found).order_by("position", "pk")
    for option in options:
        known = found[option.product_id]
        known.options.append(option)
        known.values[option.pk] = []
    values = OptionValue.objects.filter(option__product_id__in=found).order_by("position", "pk")
    for value in values.select_related("option"):
        found[value.option.product_id].values[value.option_id].append(value)


def _load_attributes(found: dict[int, Known]) -> None:
    rows = AttributeValue.objects.filter(product_id__in=found).select_related("attribute", "choice")
    for value in rows.order_by("attribute__position", "attribute_id", "choice__position", "pk"):
        key = (value.variant_id, value.attribute_id)
        found[value.product_id].attributes.setdefault(key, []).append(value)


def _load_bundles(found: dict[int, Known]) -> None:
    rows = BundleComponent.objects.filter(bundle__variant__product_id__in=found)
    values = rows.order_by("bundle", "position", "pk").values_list(
        "bundle__variant__product", "bundle", "bundle__pricing", "bundle__percent_off",
        "variant__sku", "quantity",
    )  # fmt: skip
    for product_id, bundle_id, pricing_, percent_off, sku, quantity in values:
        bundles = found[product_id].bundles
        parts = bundles[bundle_id].parts if bundle_id in bundles else ()
        bundles[bundle_id] = BundleRecord((*parts, (sku, quantity)), pricing_, percent_off)


def _load_papers(found: dict[int, Known]) -> None:
    """Documents, and what textiles are made of."""
    shares = FibreShare.objects.filter(product_id__in=found).order_by("pk")
    for one in shares:
        found[one.product_id].fibres.append((one.part, one.fibre, one.percent))
    for document in Document.objects.filter(product_id__in=found).order_by("position", "pk"):
        found[document.product_id].documents.append(document)


def _load_variants(found: dict[int, Known], shelves: Shelves) -> None:
    by_key: dict[int, Variant] = {}
    values = {v.pk: v for known in found.values() for held in known.values.values() for v in held}
    for variant in Variant.objects.filter(product_id__in=found).order_by("position", "pk"):
        by_key[variant.pk] = variant
        known = found[variant.product_id]
        known.variants.append(variant)
        known.chosen[variant.pk] = {}
        known.periods[variant.pk] = []
    for variant_id, value_id in _links(by_key):
        if value := values.get(value_id):
            known = found[by_key[variant_id].product_id]
            known.chosen[variant_id][value.option_id] = value
    prices = Price.objects.filter(variant_id__in=by_key)
    for variant_id, kind, gross, valid in prices.values_list(
        "variant_id", "kind", "gross", "valid"
    ):
        period = pricing.Period(kind, gross, valid.lower, valid.upper)
        found[by_key[variant_id].product_id].periods[variant_id].append(period)
    for (variant_id, code), shelf in shelves.counts(list(by_key)).items():
        found[by_key[variant_id].product_id].shelves[variant_id, code] = shelf


def _links(by_key: Iterable[int]) -> Iterable[tuple[int, int]]:
    links = Variant.option_values.through.objects.filter(variant_id__in=list(by_key))
    return links.values_list("variant_id", "optionvalue_id")
