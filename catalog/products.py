"""Acts on products: label their variants, publish them, count their revisions."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from catalog import search_index, tasks
from catalog.attributes import completeness
from catalog.models import Price, Product, ProductStatus, Redirect, RedirectReason, Variant
from catalog.models.redirect import foreign_path, product_path
from shop.kit import languages

_AT_ONCE = 500


class NotReady(ValueError):
    """A product may not go live yet. `missing` says per field what is wanted."""

    def __init__(self, missing: dict[str, str]) -> None:
        super().__init__("; ".join(missing.values()))
        self.missing = missing


def touch(product_ids: Iterable[int]) -> None:
    """Something on the page of these products has changed: cached pieces of it are void, and the
    search reads them again after commit.
    """
    ids = list(product_ids)
    Product.objects.filter(pk__in=ids).count_revision()
    for start in range(0, len(ids), _AT_ONCE):
        tasks.reindex_products.delay_on_commit(product_ids=ids[start : start + _AT_ONCE])  # type: ignore[attr-defined]


def moved(product: Product, *, old_slug: str = "") -> None:
    """Lead the address that `product` had to the product; its present one is a page again.

    To be called wherever a slug is stored: for a new product without `old_slug`.
    """
    if old_slug == product.slug:
        return
    Redirect.objects.release([product_path(product.slug)])
    if old_slug:
        path = product_path(old_slug)
        row = Redirect(path=path, product=product, reason=RedirectReason.RENAMED)
        Redirect.objects.keep([row])


def known_elsewhere(product: Product, *, handle: str) -> None:
    """Lead the address that `product` had in the shop before to it, where its slug does not."""
    if handle and handle.lower() != product.slug and len(handle) <= 255:
        row = Redirect(path=foreign_path(handle), product=product, reason=RedirectReason.FOREIGN)
        Redirect.objects.keep([row])


def label_variants(product: Product) -> None:
    """Write the words of the chosen option values on each variant, in each language."""
    variants = list(product.variants.prefetch_related("option_values__option"))
    for variant in variants:
        values = sorted(variant.option_values.all(), key=lambda value: value.option.position)
        for code in languages.codes():
            words = " / ".join(languages.localized(value, "name", code) for value in values)
            setattr(variant, f"label_{code}", words[:120])
    Variant.objects.bulk_update(variants, [f"label_{code}" for code in languages.codes()])


def missing(product: Product, moment: datetime.datetime) -> dict[str, str]:
    """What is wanted before `product` may be sold to consumers, per field; empty: it is ready."""
    wanted: dict[str, str] = {}
    for code in languages.codes():
        for field in ("name", "summary", "description"):
            if not getattr(product, f"{field}_{code}").strip():
                wanted[f"{field}_{code}"] = _("This text is missing.")
    if product.manufacturer is None and not (product.is_digital or product.is_gift_card):
        wanted["manufacturer"] = _("Name the manufacturer with address and e-mail (GPSR, Art. 19).")
    if not product.pictures.exists():
        wanted["pictures"] = _("Show at least one picture.")
    wanted |= completeness.missing(product)
    if lacks_files(product):
        wanted["files"] = _("Add at least one file: buyers get it as a download.")
    variants = list(product.variants.filter(is_active=True))
    if not variants:
        wanted["variants"] = _("Add at least one variant for sale.")
    priced = set(
        Price.objects.filter(variant__in=variants, valid__contains=moment).values_list(
            "variant_id", flat=True
        )
    )
    unpriced = [variant.sku for variant in variants if variant.pk not in priced]
    if unpriced:
        wanted["prices"] = _("No price today: %(skus)s") % {"skus": ", ".join(unpriced)}
    return wanted


def lacks_files(product: Product) -> bool:
    """Would its buyers pay for a download and get none? Gift cards are written by staff."""
    is_download = product.is_digital and not product.is_gift_card
    return is_download and not product.digital_files.filter(is_active=True).exists()


@transaction.atomic
def publish(product: Product, *, moment: datetime.datetime) -> None:
    """Show `product` to shoppers from `moment` on. Raises `NotReady`."""
    wanted = missing(product, moment)
    if wanted:
        raise NotReady(wanted)
    product.status = ProductStatus.ACTIVE
    product.published_at = product.published_at or moment
    product.save(update_fields=["status", "published_at"])
    touch([product.pk])


@transaction.atomic
def archive(product: Product) -> None:
    """Take `product` offline: shoppers no longer find it, orders keep speaking of it."""
    product.status = ProductStatus.ARCHIVED
    product.save(update_fields=["status"])
    search_index.forget([product.pk])
    touch([product.pk])
