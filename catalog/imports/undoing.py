"""Takes an import back, the newest change first. What somebody changed since stays as it is."""

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db import DatabaseError, models, transaction
from django.utils.translation import gettext as _

from catalog import categories, pricing, products
from catalog.imports import attribute_applying, bundle_applying, law_applying, law_difference
from catalog.imports.changes import plain
from catalog.imports.shelves import Shelves
from catalog.models import (
    Brand,
    Category,
    Document,
    Import,
    ImportChange,
    ImportPicture,
    Manufacturer,
    Option,
    OptionValue,
    Price,
    PriceKind,
    Product,
    ProductPicture,
    ProductStatus,
    Variant,
)
from shop.kit import locks

_MODELS: dict[str, type[models.Model]] = {
    "product": Product,
    "variant": Variant,
    "option": Option,
    "value": OptionValue,
    "picture": ProductPicture,
    "address": ImportPicture,
    "brand": Brand,
    "maker": Manufacturer,
    "category": Category,
    "document": Document,
    **law_difference.MODELS,
}


class Kept(Exception):
    """This change stays, nothing was done; the message says why."""


def some(batch: Import, *, shelves: Shelves, moment: datetime.datetime, most: int) -> int:
    """Undo the next `most` changes, each in its own transaction. Returns how many there were."""
    rows = batch.changes.filter(is_undone=False).order_by("-pk")[:most]
    changes = list(rows)
    for change in changes:
        _undo(change, batch, shelves, moment)
    return len(changes)


def _undo(change: ImportChange, batch: Import, shelves: Shelves, moment: datetime.datetime) -> None:
    try:
        with transaction.atomic():
            if change.kind == "stock":
                change.remark = _stock(change, batch, shelves, moment)
            elif change.act == ImportChange.Act.CREATED:
                change.remark = _remove(change)
            else:
                change.remark = _CHANGED.get(change.kind, _fields)(change, moment)
    except Kept as problem:
        change.remark = str(problem)
    except DatabaseError:
        change.remark = _("Something else needs it: left as it is.")
    change.is_undone = True
    change.save(update_fields=["is_undone", "remark"])


def _locked(change: ImportChange, model: type[models.Model]) -> Any:
    row = locks.locked(model._default_manager.filter(pk=change.object_pk)).first()
    if row is None:
        raise Kept(_("It is gone already."))
    return row


def _remove(change: ImportChange) -> str:
    """Delete what was made. Returns why it was only taken out of sight; empty: it is gone."""
    row = _locked(change, _MODELS[change.kind])
    if change.kind == "product":
        return _remove_product(row)
    if change.kind == "variant":
        return _remove_variant(row)
    if change.kind in ("option", "value"):
        _remove_option(row, change.kind)
        return ""
    if change.kind == "category":
        categories.remove(row)
        return ""
    if change.kind == "address" and (shown := row.picture or row.document):
        shown.delete()
    row.delete()  # What others point at is protected.
    if product_id := getattr(row, "product_id", None):
        products.touch([product_id])
    return ""


def _remove_product(product: Product) -> str:
    """Deleted if nobody ever saw it; what was on sale stays for orders and the price history."""
    if product.published_at is not None or _was_ordered(product.variants.all()):
        products.archive(product)
        return _("It was on sale: taken offline instead of deleted.")
    product.delete()
    return ""


def _was_ordered(variants: models.QuerySet[Variant]) -> bool:
    return variants.filter(order_lines__isnull=False).exists()


def _remove_variant(variant: Variant) -> str:
    is_seen = variant.product.published_at is not None
    if is_seen or _was_ordered(Variant.objects.filter(pk=variant.pk)):
        Variant.objects.filter(pk=variant.pk).update(is_active=False)
        products.touch([variant.product_id])
        return _("It was on sale: taken off sale instead of deleted.")
    product = variant.product
    variant.delete()
    products.touch([product.pk])
    return ""


def _remove_option(row: Any, kind: str) -> None:
    values = OptionValue.objects.filter(**({"option": row} if kind == "option" else {"pk": row.pk}))
    if Variant.objects.filter(option_values__in=values).exists():
        raise Kept(_("Variants still have it."))
    row.delete()


def _stock(change: ImportChange, batch: Import, shelves: Shelves, moment: datetime.datetime) -> str:
    place = (change.object_pk, change.after["code"])
    if place[1] not in shelves.codes or not Variant.objects.filter(pk=place[0]).exists():
        raise Kept(_("It is gone already."))
    try:
        with transaction.atomic():
            shelves.move(
                {place: -change.after["difference"]},
                reference=f"{batch.reference} undone",
                moment=moment,
            )
    except DatabaseError as problem:
        raise Kept(_("Too few pieces are left to take them out again.")) from problem
    return ""


def _fields(change: ImportChange, moment: datetime.datetime) -> str:
    """Each field that still has the value of the import gets its old one."""
    row = _locked(change, _MODELS[change.kind])
    back, lost = [], []
    for name, after in change.after.items():
        field = row._meta.get_field(name)
        if plain(getattr(row, field.attname)) != after:
            lost.append(str(getattr(field, "verbose_name", name)))
            continue
        before = change.before.get(name)
        setattr(row, field.attname, before if field.is_relation else field.to_python(before))
        back.append(name)
    if isinstance(row, Product) and row.status == ProductStatus.ACTIVE and not row.published_at:
        row.published_at = moment
        back.append("published_at")
    if back:
        row.save(update_fields=back)
        _touch(row)
    if lost:
        return _("Changed since, left as it is: %(fields)s") % {"fields": ", ".join(lost)}
    return ""


def _touch(row: Any) -> None:
    """Pages of the product are void; words of options stand on its variants."""
    product = row if isinstance(row, Product) else None
    if isinstance(row, OptionValue):
        product = row.option.product
    elif product is None:
        product = row.product
    if isinstance(row, Option | OptionValue):
        products.label_variants(product)
    products.touch([product.pk])


def _many(change: ImportChange, moment: datetime.datetime) -> str:
    """Further categories, related products, values of a variant: the old keys, if still as left."""
    row = _locked(change, Variant if change.kind == "variant_values" else Product)
    name = {"further": "categories", "related": "related"}.get(change.kind, "option_values")
    manager = getattr(row, name)
    if sorted(manager.values_list("pk", flat=True)) != sorted(change.after["keys"]):
        raise Kept(_("Changed since, left as it is: %(fields)s") % {"fields": name})
    keys = change.before["keys"]
    manager.set(manager.model._default_manager.filter(pk__in=keys))
    product = row.product if isinstance(row, Variant) else row
    if isinstance(row, Variant):
        products.label_variants(product)
    products.touch([product.pk])
    return ""


def _attribute(change: ImportChange, moment: datetime.datetime) -> str:
    try:
        product = attribute_applying.take_back(change)
    except attribute_applying.Lost as problem:
        raise Kept(str(problem)) from problem
    products.touch([product.pk])
    return ""


def _bundle(change: ImportChange, moment: datetime.datetime) -> str:
    try:
        product = bundle_applying.take_back(change, moment)
    except bundle_applying.Lost as problem:
        raise Kept(str(problem)) from problem
    products.touch([product.pk])
    return ""


def _fibres(change: ImportChange, moment: datetime.datetime) -> str:
    try:
        product = law_applying.take_back(change)
    except law_applying.Lost as problem:
        raise Kept(str(problem)) from problem
    products.touch([product.pk])
    return ""


def _price(change: ImportChange, moment: datetime.datetime) -> str:
    """The old price again, from now on: what was asked in between stays in the history."""
    variant = _locked(change, Variant)
    kept = Price.objects.filter(variant=variant, kind=PriceKind.REGULAR, valid__contains=moment)
    now = kept.values_list("gross", flat=True).first()
    if now is None or plain(now) != change.after["gross"]:
        raise Kept(_("Changed since, left as it is: %(fields)s") % {"fields": _("price")})
    if change.before["gross"] is None:
        raise Kept(_("It had no price before: the first one stays."))
    pricing.set_price(variant, gross=Decimal(change.before["gross"]), start=moment)
    products.touch([variant.product_id])
    return ""


def _sale(change: ImportChange, moment: datetime.datetime) -> str:
    variant = _locked(change, Variant)
    price = Price.objects.filter(pk=change.after["price"]).first()
    if price is None or (price.valid.upper and price.valid.upper <= moment):
        raise Kept(_("This sale is over."))
    if price.valid.lower > moment:
        pricing.drop_planned(price, moment=moment)
    else:
        pricing.end_sale(variant, moment=moment)
    _sell_again(variant, change.before, moment)
    products.touch([variant.product_id])
    return ""


def _ended_sale(change: ImportChange, moment: datetime.datetime) -> str:
    variant = _locked(change, Variant)
    _sell_again(variant, change.before, moment)
    products.touch([variant.product_id])
    return ""


def _sell_again(variant: Variant, before: dict[str, Any], moment: datetime.datetime) -> None:
    if not before.get("gross"):
        return
    end = before.get("end")
    until = datetime.datetime.fromisoformat(end) if end else None
    if until is not None and until <= moment:
        return
    gross = Decimal(before["gross"])
    pricing.set_price(variant, gross=gross, start=moment, end=until, kind=PriceKind.SALE)


_CHANGED: dict[str, Callable[[ImportChange, datetime.datetime], str]] = {
    "further": _many,
    "related": _many,
    "variant_values": _many,
    "attribute": _attribute,
    "bundle": _bundle,
    "fibres": _fibres,
    "price": _price,
    "sale": _sale,
    "end_sale": _ended_sale,
}
