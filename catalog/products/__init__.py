"""Acts on products: label their variants, publish them now or later, count their revisions."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from catalog import listing_index, search_index, tasks
from catalog.bundles import contents
from catalog.law import gate
from catalog.models import Product, ProductStatus, Redirect, RedirectReason, Variant
from catalog.models.redirect import foreign_path, product_path
from shop.kit import languages

_AT_ONCE = 500
# Every minute a job looks this far ahead: what is not complete never goes live for a moment.
LOOK_AHEAD = datetime.timedelta(minutes=3)


class NotReady(ValueError):
    """A product may not go live yet. `missing` says per field what is wanted."""

    def __init__(self, missing: dict[str, str]) -> None:
        super().__init__("; ".join(missing.values()))
        self.missing = missing


def touch(product_ids: Iterable[int]) -> None:
    """Something on the page of these products has changed: cached pieces of it are void, and the
    search reads them again after commit. So it is with bundles that contain them.
    """
    ids = list(product_ids)
    ids += sorted(set(contents.products_with(ids)) - set(ids))
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
    return gate.missing(product, moment)


@transaction.atomic
def publish(
    product: Product,
    *,
    moment: datetime.datetime,
    start: datetime.datetime | None = None,
    end: datetime.datetime | None = None,
) -> None:
    """Show `product` to shoppers from `start` (now) until `end` (for ever). Raises `NotReady`.

    A later `start` is checked once more shortly before it comes, see `hold_back`.
    """
    wanted = missing(product, start or moment)
    if end is not None and end <= (start or moment):
        wanted["unpublish_at"] = _("The end lies after the beginning.")
    if wanted:
        raise NotReady(wanted)
    product.status = ProductStatus.ACTIVE
    product.published_at = _first_shown(product, start, moment)
    product.unpublish_at, product.publish_problem = end, ""
    product.save(update_fields=["status", "published_at", "unpublish_at", "publish_problem"])
    touch([product.pk])


def _first_shown(
    product: Product, start: datetime.datetime | None, moment: datetime.datetime
) -> datetime.datetime:
    """What comes back keeps its day: it is not new because it was away for a while."""
    if start is not None and start > moment:
        return start
    shown = product.published_at
    return shown if shown is not None and shown <= moment else moment


@transaction.atomic
def archive(product: Product) -> None:
    """Take `product` offline: shoppers no longer find it, orders keep speaking of it."""
    product.status = ProductStatus.ARCHIVED
    product.save(update_fields=["status"])
    search_index.forget([product.pk])
    listing_index.forget([product.pk])
    touch([product.pk])


def hold_back(moment: datetime.datetime) -> list[Product]:
    """Make drafts of products that go live within `LOOK_AHEAD` and lack something by now.

    Staff read why at the product (`publish_problem`) and on their first page. Returns them.
    """
    soon = Product.objects.filter(
        status=ProductStatus.ACTIVE,
        published_at__gt=moment,
        published_at__lte=moment + LOOK_AHEAD,
    )
    ids = list(soon.order_by("pk").values_list("pk", flat=True))
    held = []
    for product, wanted in gate.incomplete(ids, moment + LOOK_AHEAD):
        product.publish_problem = "\n".join(
            f"{gate.name_of(field)}: {text}" for field, text in wanted.items()
        )
        product.status = ProductStatus.DRAFT
        product.save(update_fields=["status", "publish_problem"])
        held.append(product)
    search_index.forget([one.pk for one in held])
    listing_index.forget([one.pk for one in held])
    touch([one.pk for one in held])
    return held


def take_down(moment: datetime.datetime) -> list[Product]:
    """Archive what was to be shown until now. Pages leave it out to the second without this."""
    over = Product.objects.filter(status=ProductStatus.ACTIVE, unpublish_at__lte=moment)
    found = list(over.order_by("pk"))
    for product in found:
        archive(product)
    return found
