"""Compares a product of a file with the shop: what would change, and what is wrong with it."""

import datetime

from django.utils.translation import gettext as _

from catalog import products
from catalog.imports import (
    attribute_difference,
    bundle_difference,
    document_difference,
    law_difference,
    link_difference,
    picture_difference,
    variant_difference,
)
from catalog.imports.changes import Difference, Rules, alike, column_of, fault
from catalog.imports.records import ProductRecord
from catalog.imports.snapshots import Known
from catalog.imports.surroundings import Path, Surroundings
from catalog.law import gate
from catalog.models import Brand, Category, Product, ProductStatus

_PARTS = (
    ("address", "manufacturer_address"),
    ("email", "manufacturer_email"),
)


def of(record: ProductRecord, known: Known, around: Surroundings, rules: Rules) -> Difference:
    """The difference; nothing is written. Errors and notes are added to `record.problems`."""
    found = Difference(record, known, rules)
    if found.is_new and not record.is_handle_given:
        record.handle = _free_handle(record.handle)
    attribute_difference.take_in_loose(found, around)
    _fields(found)
    _category(found, around)
    _further(found, around)
    _brand(found, around)
    _maker(found, around)
    _related(found)
    link_difference.add(found)
    bundle_difference.forget_derived(found)
    variant_difference.add(found, around)
    attribute_difference.add(found, around)
    if not record.errors:
        bundle_difference.add(found, around)
    law_difference.add(found)
    picture_difference.add(found)
    document_difference.add(found, around.documents)
    _status(found)
    return found


def _free_handle(handle: str) -> str:
    """`handle`, with a number where another product has it."""
    taken = set(Product.objects.filter(slug__startswith=handle[:90]).values_list("slug", flat=True))
    number, free = 2, handle
    while free in taken:
        free, number = f"{handle[:94]}-{number}", number + 1
    return free


def _fields(found: Difference) -> None:
    record, product = found.record, found.known.product
    column = f"name_{found.rules.language}"
    names = [value for name, value in record.fields.items() if name.startswith("name_")]
    if product is None and not any(names):
        record.refuse(column, _("A new product needs a name."))
    for name, value in record.fields.items():
        field = column_of(Product, name)
        if problem := fault(field, value):
            record.refuse(name, problem)
            continue
        old = getattr(product, name) if product else field.get_default()
        if not alike(old, value):
            if name == "unpublish_at" and value and not _may_end(found, value):
                continue
            if name == "published_at" and not _may_begin(found, value):
                continue
            label = str(field.verbose_name)
            found.add("product", "", label, None if product is None else old, value, source=name)


def _may_end(found: Difference, end: datetime.datetime) -> bool:
    product = found.known.product
    start = _start_in_file(found) or (product.published_at if product else None)
    if end > max(found.rules.moment, start or end.min.replace(tzinfo=datetime.UTC)):
        return True
    found.record.refuse("unpublish_at", _("The end lies after the beginning."))
    return False


def _start_in_file(found: Difference) -> datetime.datetime | None:
    """Since when the product is shown, as the file says it."""
    start: datetime.datetime | None = found.record.fields.get("published_at")
    return start


def _may_begin(found: Difference, start: datetime.datetime) -> bool:
    """What shoppers see does not vanish by another day; nor does it begin after its end."""
    product, moment = found.known.product, found.rules.moment
    if product is not None and product.is_live(moment) and start > moment:
        found.record.refuse("published_at", _("It is on sale: its day cannot lie ahead."))
        return False
    end = found.record.fields.get("unpublish_at", product.unpublish_at if product else None)
    if end is not None and end <= start:
        found.record.refuse("published_at", _("The end lies after the beginning."))
        return False
    return True


def _category(found: Difference, around: Surroundings) -> None:
    record, rules, product = found.record, found.rules, found.known.product
    path = record.category
    candidates = around.categories.named(path) if path else []
    if product is not None and (not path or product.category in candidates):
        return
    old = (
        " > ".join(around.categories.path_of(product.category, rules.language)) if product else None
    )
    if candidates:
        found.add("category", "", _("category"), old, candidates[0].path, target=candidates[0])
    elif path and rules.creates_categories and _can_be_made(found, path):
        found.add("category", "", _("category"), old, " > ".join(path), source=path)
    elif product is None and rules.fallback_category:
        fallback = rules.fallback_category
        found.add("category", "", _("category"), None, fallback.path, target=fallback)
        if path:
            _say_unknown(found, path)
    elif product is not None and path:
        _say_unknown(found, path)
    elif path:
        text = _("There is no category “%(path)s”. Make it, or let the import make it.")
        record.refuse("category", text % {"path": " > ".join(path)[:200]})
    else:
        record.refuse("category", _("A new product needs a category."))


def _can_be_made(found: Difference, path: Path) -> bool:
    if all(len(name) <= 80 for name in path) and len(path) <= 5:
        return True
    found.record.refuse("category", _("A path has at most five categories of 80 characters."))
    return False


def _say_unknown(found: Difference, path: Path) -> None:
    text = _("There is no category “%(path)s”: left out.") % {"path": " > ".join(path)[:200]}
    found.record.remark("category", text)


def _further(found: Difference, around: Surroundings) -> None:
    record = found.record
    if record.further is None:
        return
    wanted: list[Category] = []
    made: list[Path] = []
    for path in record.further:
        candidates = around.categories.named(path)
        held = [one for one in candidates if one in found.known.further]
        if candidates:
            wanted.append((held or candidates)[0])
        elif found.rules.creates_categories and _can_be_made(found, path):
            made.append(path)
        else:
            _say_unknown(found, path)
    old = {one.path for one in found.known.further}
    if made or {one.path for one in wanted} != old:
        new = sorted({one.path for one in wanted} | {" > ".join(path) for path in made})
        label = _("further categories")
        found.add("further", "", label, sorted(old), new, source=(wanted, made))


def _brand(found: Difference, around: Surroundings) -> None:
    record, product = found.record, found.known.product
    if record.brand is None:
        return
    if problem := fault(column_of(Brand, "name"), record.brand):
        record.refuse("brand", problem)
        return
    old = product.brand.name if product and product.brand else None
    if old is None or old.casefold() != record.brand.casefold():
        known = around.brands.get(record.brand.casefold())
        found.add("brand", "", _("brand"), old, record.brand, target=known)


def _maker(found: Difference, around: Surroundings) -> None:
    record, product = found.record, found.known.product
    if record.manufacturer is None:
        return
    name = record.manufacturer["name"]
    old = product.manufacturer.name if product and product.manufacturer else None
    known = around.makers.get(name)
    if known is None:
        for part, column in _PARTS:
            if not record.manufacturer.get(part):
                record.refuse(column, _("A new manufacturer needs an address and an e-mail."))
    if old != name:
        found.add("maker", "", _("manufacturer"), old, name, target=known)


def _related(found: Difference) -> None:
    record = found.record
    if record.related is None:
        return
    wanted = dict.fromkeys(record.related)
    known = set(Product.objects.filter(slug__in=wanted).values_list("slug", flat=True))
    for slug in wanted:
        if slug in known:
            continue
        if found.rules.has_handle(slug):
            found.is_deferred = True
        else:
            text = _("There is no product “%(slug)s”: left out.") % {"slug": slug[:100]}
            record.remark("related", text)
    new = sorted(slug for slug in wanted if slug in known)
    if new != sorted(found.known.related):
        found.add("related", "", _("related products"), sorted(found.known.related), new)


def _status(found: Difference) -> None:
    record, product = found.record, found.known.product
    status = product.status if product else ProductStatus.DRAFT
    if record.status is None or record.status == status:
        return
    if record.status != ProductStatus.ACTIVE:
        old = None if product is None else status
        found.add("status", "", _("status"), old, record.status)
        return
    if found.lacks_components:
        return  # Looked at again when they are there.
    found.wants_publication = True
    if product is None or found.changes:
        return  # What is missing can be said when the rest is done.
    wanted = found.known.lacking
    if wanted is None:
        wanted = products.missing(product, found.rules.moment)
    if wanted:
        say_missing(record, wanted)
    else:
        found.add("publish", "", _("status"), status, record.status)


def say_missing(record: ProductRecord, wanted: dict[str, str]) -> None:
    """Note why the product stays a draft although the file calls it active."""
    for field, text in wanted.items():
        label = gate.name_of(field)
        record.remark(
            "status", _("Stays a draft. %(field)s: %(text)s") % {"field": label, "text": text}
        )
