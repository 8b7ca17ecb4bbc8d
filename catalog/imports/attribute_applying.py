"""Carries out what a file says of attributes, and takes it back."""

from typing import Any

from django.utils.translation import gettext as _

from catalog.attributes import texts, writing
from catalog.imports.changes import Change
from catalog.imports.work import Work
from catalog.models import Attribute, AttributeValue, ImportChange, Product, Variant


class Lost(Exception):
    """Cannot be taken back; the message says why."""


def carry_out(work: Work, changes: list[Change]) -> None:
    """When type and variants are there."""
    for change in changes:
        if change.kind != "attribute":
            continue
        attribute, cells, old, new = change.source
        variant = work.variants[change.where] if change.where else None
        writing.put(work.product, attribute, cells, variant=variant)
        key = {"attribute": attribute.pk, "variant": variant.pk if variant else None}
        before, after = key | {"texts": old}, key | {"texts": new}
        work.changed("attribute", work.product.pk, before, after)


def take_back(change: ImportChange) -> Product:
    """The old value again, if the import's is still there. Raises `Lost`."""
    product = Product.objects.filter(pk=change.object_pk).first()
    attribute = Attribute.objects.filter(pk=change.after["attribute"]).first()
    key = change.after["variant"]
    variant = Variant.objects.filter(pk=key).first() if key else None
    if product is None or attribute is None or (key and variant is None):
        raise Lost(_("It is gone already."))
    rows = AttributeValue.objects.filter(product=product, variant=variant, attribute=attribute)
    if _pairs(texts.of_values(rows.select_related("choice"))) != _pairs(change.after["texts"]):
        raise Lost(_("Changed since, left as it is: %(fields)s") % {"fields": attribute})
    try:
        value = texts.value_of(attribute.kind, _pairs(change.before["texts"]))
        cells = writing.cells_of(attribute, value)
    except writing.Wrong as problem:
        raise Lost(str(problem)) from problem
    writing.put(product, attribute, cells, variant=variant)
    return product


def _pairs(said: Any) -> list[tuple[str, str]]:
    return [(language, text) for language, text in said]
