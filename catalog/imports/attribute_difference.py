"""Type and attributes of a product: what a file would change of them."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from catalog.attributes import texts, writing
from catalog.attributes.texts import Texts
from catalog.attributes.units import Wrong
from catalog.imports import variant_difference
from catalog.imports.changes import Difference
from catalog.imports.columns import normal
from catalog.imports.records import Loose
from catalog.imports.surroundings import Surroundings
from catalog.models import Attribute, AttributeKind, AttributeValue, Variant


def take_in_loose(found: Difference, around: Surroundings) -> None:
    """What other shops call attributes becomes ours where name and value fit; the rest stays what
    it was: a specification, or a column that is only kept.
    """
    record, product = found.record, found.known.product
    options = {normal(name) for option in record.options for name in option.names.values()}
    column = f"specifications_{found.rules.language}"
    free = getattr(product, column) if product else []
    for loose in record.loose:
        attribute = around.attribute_named(loose.names)
        if attribute is None or options & {normal(name) for name in loose.names}:
            continue
        row = [loose.names[0], loose.text]
        if row in free:
            continue  # Staff have it as a specification.
        if _taken_in(found, attribute, loose) and row in record.fields.get(column, []):
            record.fields[column] = [one for one in record.fields[column] if one != row]


def _taken_in(found: Difference, attribute: Attribute, loose: Loose) -> bool:
    record = found.record
    has_choices = AttributeKind(attribute.kind).has_choices
    said = [("", text) for text in (loose.texts if has_choices else [loose.text])]
    if attribute.kind == AttributeKind.TEXT:
        now = texts.of_values(found.known.attributes.get((None, attribute.pk), []))
        said = [one for one in now if one[0] != found.rules.language]
        said.append((found.rules.language, loose.text))
    try:
        writing.cells_of(attribute, texts.value_of(attribute.kind, said))
    except Wrong as problem:
        record.remark(loose.field, _("%(problem)s It is no attribute.") % {"problem": problem})
        return False
    record.loose_attributes[attribute.code] = said
    return True


def add(found: Difference, around: Surroundings) -> None:
    """Add what `found.record` says of type and attributes, of the product and its variants."""
    record = found.record
    _type(found, around)
    if record.attributes is not None:
        _own(found, around, record.attributes, is_complete=True, variant=None, where="", line=0)
    elif record.loose_attributes:
        said = record.loose_attributes
        _own(found, around, said, is_complete=False, variant=None, where="", line=0)
    if record.errors:
        return  # Without its options nothing can be said of its variants.
    for wanted in record.variants:
        if wanted.attributes is not None:
            variant = variant_difference.variant_of(found, wanted)
            sku = variant.sku if variant else wanted.sku or wanted.made_sku
            said, line = wanted.attributes, wanted.line
            _own(found, around, said, is_complete=True, variant=variant, where=sku, line=line)


def _type(found: Difference, around: Surroundings) -> None:
    record, product = found.record, found.known.product
    if record.product_type is None:
        return
    kind = around.types.get(record.product_type)
    if record.product_type and kind is None:
        text = _("There is no product type “%(code)s”.") % {"code": record.product_type[:60]}
        record.refuse("product_type", text)
        return
    old = product.product_type if product else None
    if old != kind:
        names = [str(one) if one else None for one in (old, kind)]
        found.add("type", "", _("product type"), *names, target=kind)


def _own(
    found: Difference,
    around: Surroundings,
    said: dict[str, list[tuple[str, str]]],
    *,
    is_complete: bool,
    variant: Variant | None,
    where: str,
    line: int,
) -> None:
    """Of the product (`where` empty) or one variant (`None`: a new one)."""
    field = "variant_attributes" if where else "attributes"
    is_known = bool(found.known.product) if not where else variant is not None
    key = variant.pk if variant else None
    held = {
        attribute_id: values
        for (variant_id, attribute_id), values in found.known.attributes.items()
        if is_known and variant_id == key
    }
    meant: set[int] = set()
    for code, given in said.items():
        attribute = around.attributes.get(code)
        if attribute is None:
            text = _("There is no attribute “%(code)s”.") % {"code": code[:60]}
            found.record.refuse(field, text, line)
            continue
        meant.add(attribute.pk)
        try:
            cells = writing.cells_of(attribute, texts.value_of(attribute.kind, given))
        except Wrong as problem:
            found.record.refuse(field, str(problem), line)
            continue
        new = texts.of_cells(attribute.kind, cells, attribute.choices.all())
        _compare(found, attribute, held.get(attribute.pk, []), new, cells, where, variant)
    for attribute_id, values in held.items():
        if is_complete and attribute_id not in meant:
            _compare(found, values[0].attribute, values, (), [], where, variant)


def _compare(
    found: Difference,
    attribute: Attribute,
    values: Sequence[AttributeValue],
    new: Texts,
    cells: list[dict[str, Any]],
    where: str,
    variant: Variant | None,
) -> None:
    old = texts.of_values(values)
    if old != new:
        facts = {"target": variant, "source": (attribute, cells, old, new)}
        found.add("attribute", where, str(attribute), _shown(old), _shown(new), **facts)


def _shown(said: Texts) -> list[str]:
    return [f"{language}: {text}" if language else text for language, text in said]
