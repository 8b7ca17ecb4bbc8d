"""A new product that begins as a copy of another one."""

import datetime

from django.db import transaction
from django.utils.text import slugify

from catalog import products
from catalog.bundles import composing
from catalog.models import (
    AttributeValue,
    Bundle,
    Device,
    DigitalFile,
    Document,
    FibreShare,
    Food,
    Guarantee,
    Option,
    OptionValue,
    Product,
    ProductPicture,
    ProductStatus,
    SendingBan,
    Variant,
)

_SKU_LENGTH = 40
_SLUG_LENGTH = 100


@transaction.atomic
def duplicate(product: Product, *, moment: datetime.datetime) -> Product:
    """A draft with the texts, options, attributes, variants, pictures, files and documents of
    `product`, what its bundles contain, and a slug of its own.

    Prices, stock, GTINs and reviews stay behind: they belong to the goods that were copied from.
    Only a bundle that costs the sum of its components has its price, from `moment` on.
    """
    copy = Product.objects.get(pk=product.pk)
    copy.pk = None
    copy.slug = _free(Product, "slug", product.slug, _SLUG_LENGTH)
    copy.status, copy.published_at = ProductStatus.DRAFT, None
    copy.unpublish_at, copy.publish_problem = None, ""
    copy.is_featured = False
    copy.revision = 1
    copy.save(force_insert=True)
    products.moved(copy)
    copy.categories.set(product.categories.all())
    copy.related.set(product.related.all())
    values = _copy_options(product, copy)
    twins = _copy_variants(product, copy, values)
    _copy_attributes(product, copy, twins)
    _copy_bundles(product, twins, moment)
    _copy_pictures(product, copy, values)
    _copy_files(product, copy)
    _copy_facts_of_law(product, copy)
    _copy_documents(product, copy)
    products.label_variants(copy)
    return copy


def _copy_options(product: Product, copy: Product) -> dict[int, OptionValue]:
    """The new option values by the keys of the old ones."""
    made: dict[int, OptionValue] = {}
    for option in Option.objects.filter(product=product).order_by("position", "pk"):
        old_values = list(option.values.order_by("position", "pk"))
        option.pk, option.product = None, copy
        option.save(force_insert=True)
        for value in old_values:
            old_pk = value.pk
            value.pk, value.option = None, option
            value.save(force_insert=True)
            made[old_pk] = value
    return made


def _copy_variants(
    product: Product, copy: Product, values: dict[int, OptionValue]
) -> dict[int, Variant]:
    """The new variants by the keys of the old ones."""
    made: dict[int, Variant] = {}
    old = Variant.objects.filter(product=product).prefetch_related("option_values")
    for variant in old.order_by("position", "pk"):
        chosen = [values[value.pk] for value in variant.option_values.all() if value.pk in values]
        fields = {
            field.name: getattr(variant, field.name)
            for field in Variant._meta.local_fields
            if field.name not in ("id", "product", "sku", "gtin")
        }
        sku = _free(Variant, "sku", variant.sku, _SKU_LENGTH)
        twin = Variant.objects.create(product=copy, sku=sku, **fields)
        twin.option_values.set(chosen)
        made[variant.pk] = twin
    return made


def _copy_attributes(product: Product, copy: Product, twins: dict[int, Variant]) -> None:
    values = list(AttributeValue.objects.filter(product=product))
    for value in values:
        value.pk, value.product = None, copy
        value.variant = twins[value.variant_id] if value.variant_id else None
    AttributeValue.objects.bulk_create(values)


def _copy_bundles(product: Product, twins: dict[int, Variant], moment: datetime.datetime) -> None:
    for bundle in Bundle.objects.filter(variant__product=product).order_by("pk"):
        composing.copy(bundle, twins[bundle.pk], moment=moment)


def _copy_pictures(product: Product, copy: Product, values: dict[int, OptionValue]) -> None:
    """The rows alone: files are named after their content and may be shown by several rows."""
    for picture in ProductPicture.objects.filter(product=product).order_by("position", "pk"):
        picture.pk, picture.product = None, copy
        picture.option_value = values.get(picture.option_value_id or 0)
        picture.save(force_insert=True)


def _copy_files(product: Product, copy: Product) -> None:
    """Rows alone, as with pictures."""
    for file in DigitalFile.objects.filter(product=product).order_by("position", "pk"):
        file.pk, file.product = None, copy
        file.save(force_insert=True)


def _copy_documents(product: Product, copy: Product) -> None:
    """Rows alone, as with pictures."""
    for document in Document.objects.filter(product=product).order_by("position", "pk"):
        document.pk, document.product = None, copy
        document.save(force_insert=True)


def _copy_facts_of_law(product: Product, copy: Product) -> None:
    """Fibres, food, battery, guarantee, where it is not sent: mostly the same."""
    for model in (FibreShare, Food, Device, Guarantee, SendingBan):
        for row in model.objects.filter(product=product).order_by("pk"):
            row.pk, row.product = None, copy
            row.save(force_insert=True)


def _free(model: type[Product] | type[Variant], field: str, text: str, length: int) -> str:
    """`text` with the first number that nobody has: `mug-2`, `mug-3` …"""
    stem = text if model is Variant else slugify(text)
    number = 2
    while True:
        ending = f"-{number}"
        wanted = stem[: length - len(ending)] + ending
        if not model._default_manager.filter(**{field: wanted}).exists():
            return wanted
        number += 1
