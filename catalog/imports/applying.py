"""Carries a difference out: one product, in the caller's transaction, with a record of what it did.

New rows of a new product need no record of their own: undoing deletes the product as a whole.
"""

import datetime
from typing import Any

from django.utils.translation import gettext as _

from catalog import pricing, products
from catalog.imports import (
    attribute_applying,
    bundle_applying,
    document_applying,
    law_applying,
    place_making,
    variant_applying,
)
from catalog.imports.changes import Change, Difference, plain
from catalog.imports.difference import say_missing
from catalog.imports.picture_difference import own_key, shown_values, words_for
from catalog.imports.shelves import Shelves
from catalog.imports.surroundings import Surroundings
from catalog.imports.work import Work
from catalog.models import Option, Product, ProductPicture, ProductStatus
from catalog.models.imports import Import, ImportChange, ImportPicture, ImportRow
from shop.kit import languages

_SIMPLE = {"category": "category", "brand": "brand", "maker": "manufacturer"}


def carry_out(
    found: Difference, row: ImportRow, *, batch: Import, around: Surroundings, shelves: Shelves
) -> Product:
    """Do all that `found` says. Raises what the database refuses; nothing may be kept then."""
    product = found.known.product or Product(slug=found.record.handle)
    work = Work(batch, row, found, around, shelves, product, is_new=found.is_new)
    work.variants = {variant.sku: variant for variant in found.known.variants}
    changes = found.changes
    _product(
        work,
        [one for one in changes if one.kind in ("product", "status", "type", "link", *_SIMPLE)],
    )
    for change in changes:
        if change.kind == "further":
            _further(work, change)
        elif change.kind == "related":
            _related(work, change)
    variant_applying.carry_out(work, changes)
    attribute_applying.carry_out(work, changes)
    _prices(work, changes)
    bundle_applying.carry_out(work, changes)
    _stock(work, [one for one in changes if one.kind == "stock"])
    _pictures(work, [one for one in changes if one.kind in ("picture", "copy", "address")])
    document_applying.carry_out(work, changes)
    law_applying.carry_out(work, changes)
    if changes and not work.is_new:
        products.touch([product.pk])
    _publish(work)
    products.known_elsewhere(product, handle=found.record.foreign_handle)
    ImportChange.objects.bulk_create(work.log)
    return product


def _product(work: Work, changes: list[Change]) -> None:
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for change in changes:
        if change.kind == "product":
            name, value = change.source, change.new
        elif change.kind == "type":
            name, value = "product_type", change.target
        elif change.kind == "link":
            name, value = change.source, change.target
        elif change.kind == "status":
            name, value = "status", change.new
        else:
            name, value = _SIMPLE[change.kind], _pointed_at(work, change)
        before[name] = plain(getattr(work.product, name, None)) if not work.is_new else None
        after[name] = plain(value)
        setattr(work.product, name, value)
    if work.is_new:
        work.product.save(force_insert=True)
        products.moved(work.product)
        work.created("product", work.product.pk, always=True)
    elif after:
        work.product.save(update_fields=list(after))
        work.changed("product", work.product.pk, before, after)


def _pointed_at(work: Work, change: Change) -> Any:
    """The category, brand or maker; made where it is missing."""
    if change.target is not None:
        return change.target
    if change.kind == "brand":
        return place_making.brand(work, change.new)
    if change.kind == "maker":
        return place_making.maker(work, work.found.record.manufacturer or {})
    return place_making.category(work, change.source)


def _further(work: Work, change: Change) -> None:
    wanted, made = change.source
    categories = [*wanted, *(place_making.category(work, path) for path in made)]
    before = [one.pk for one in work.found.known.further]
    work.product.categories.set(categories)
    after = [one.pk for one in categories]
    work.changed("further", work.product.pk, {"keys": before}, {"keys": after})


def _related(work: Work, change: Change) -> None:
    wanted = Product.objects.filter(slug__in=change.new)
    before = sorted(work.product.related.values_list("pk", flat=True))
    work.product.related.set(wanted)
    after = sorted(one.pk for one in wanted)
    work.changed("related", work.product.pk, {"keys": before}, {"keys": after})


def _prices(work: Work, changes: list[Change]) -> None:
    if work.is_new:
        regular = [one for one in changes if one.kind == "price"]
        asked = [(work.variants[one.where], one.new) for one in regular]
        pricing.open_prices(asked, start=work.moment)
        changes = [one for one in changes if one.kind != "price"]
    for change in changes:
        if change.kind not in ("price", "sale", "end_sale"):
            continue
        variant = work.variants[change.where]
        old = plain(change.old)
        if change.kind == "end_sale":
            pricing.end_sale(variant, moment=work.moment)
            ended = {"gross": old, "end": plain(change.source.end)}
            work.changed("end_sale", variant.pk, ended, {})
        elif change.kind == "price":
            pricing.set_price(variant, gross=change.new, start=work.moment)
            work.changed("price", variant.pk, {"gross": old}, {"gross": plain(change.new)})
        else:
            _wanted, sale, held = change.source
            price = pricing.set_price(
                variant, gross=sale.gross, start=sale.start, end=sale.end, kind="sale"
            )
            ended = {"gross": old, "end": plain(held.end)} if held else {"gross": None}
            work.changed("sale", variant.pk, ended, {"price": price.pk, "gross": plain(sale.gross)})


def _stock(work: Work, changes: list[Change]) -> None:
    wanted = {(work.variants[one.where].pk, one.source[1]): one.new for one in changes}
    if not wanted:
        return
    reference = work.batch.reference
    done = work.shelves.count(wanted, reference=reference, moment=work.moment)
    for (variant_id, code), difference in done.items():
        work.changed("stock", variant_id, {}, {"code": code, "difference": difference})


def _pictures(work: Work, changes: list[Change]) -> None:
    addresses = []
    for change in changes:
        if change.kind == "picture":
            _picture_field(work, change)
            continue
        place, wanted = change.source
        facts = _picture_facts(work, wanted, place)
        key = own_key(wanted.url)
        twin = ProductPicture.objects.filter(key=key).first() if key else None
        if twin is not None:
            columns = {name: getattr(twin, name) for name in _FILE_COLUMNS}
            picture = ProductPicture.objects.create(product=work.product, **columns, **facts)
            work.created("picture", picture.pk)
        else:
            address = ImportPicture(
                batch=work.batch, product=work.product, line=wanted.line, url=wanted.url,
                next_try_at=work.moment, **facts,
            )  # fmt: skip
            addresses.append(address)
    for address in ImportPicture.objects.bulk_create(addresses):
        work.created("address", address.pk)


_FILE_COLUMNS = (
    "key", "width", "height", "widths", "renditions", "color", "focus_x", "focus_y",
)  # fmt: skip


def _picture_facts(work: Work, wanted: Any, place: int) -> dict[str, Any]:
    names = {code: getattr(work.product, f"name_{code}") for code in languages.codes()}
    facts: dict[str, Any] = {
        f"alt_{code}": words_for(wanted.alts, names, code) for code in languages.codes()
    }
    values = shown_values(work.found, wanted)
    return facts | {"position": place, "option_value": values[0] if values else None}


def _picture_field(work: Work, change: Change) -> None:
    picture, name = change.target, change.source
    assert isinstance(picture, ProductPicture)  # noqa: S101 - for the type checker
    before, after = plain(change.old), plain(change.new)
    setattr(picture, name, change.new)
    picture.save(update_fields=[name])
    work.changed("picture", picture.pk, {name: before}, {name: after})


def _publish(work: Work) -> None:
    """What the file calls active goes on sale, if nothing is missing."""
    if not work.found.wants_publication:
        return
    product, before = work.product, work.product.status
    wanted = products.missing(product, work.moment)
    if work.found.known.options:
        wanted |= unnamed_options(product)
    if wanted:
        say_missing(work.found.record, wanted)
        return
    publish(product, moment=work.moment)
    work.changed("product", product.pk, {"status": before}, {"status": ProductStatus.ACTIVE})
    work.found.wants_publication = False


def publish(product: Product, *, moment: datetime.datetime) -> None:
    """Show `product` from its day on, or now, until its end if it has one to come.

    Raises `NotReady`.
    """
    start, end = product.published_at, product.unpublish_at
    products.publish(
        product,
        moment=moment,
        start=start if start and start > moment else None,
        end=end if end and end > moment else None,
    )


def unnamed_options(product: Product) -> dict[str, str]:
    """An option that has no name in one of the shop's languages."""
    for option in Option.objects.filter(product=product).prefetch_related("values"):
        for named in (option, *option.values.all()):
            if not all(getattr(named, f"name_{code}") for code in languages.codes()):
                return {"variants": _("An option has no name in one of the languages.")}
    return {}
