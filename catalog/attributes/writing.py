"""Saying what goods have: values are checked by their kind, and pages and search told."""

import datetime
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from celery import current_app
from django.db import transaction
from django.utils.translation import gettext as _

from catalog.attributes.units import Wrong, checked, parsed
from catalog.models import (
    Attribute,
    AttributeChoice,
    AttributeKind,
    AttributeValue,
    Product,
    Variant,
)
from shop.kit import languages, locks

# By its name: the search, which the task fills, reads attributes itself.
_REINDEX = "catalog.tasks.reindex_products"
_TEXT_LENGTH = 500
_YES = {"true", "1", "yes", "ja", "wahr", "y", "x"}
_NO = {"false", "0", "no", "nein", "falsch", "n"}
_COLUMNS = ("choice_id", "number", "boolean", "text_de", "text_en", "date")
# What a row of `AttributeValue` holds in the column of its kind.
type Cells = dict[str, Any]


@transaction.atomic
def set_value(
    product: Product, attribute: Attribute, value: Any, *, variant: Variant | None = None
) -> bool:
    """Let `product` (or one of its variants) have `value`; an empty one clears it.

    By kind: a choice or its code or name; several of them; a number, or a text like "1,2 m"; yes
    or no; a text, or one per language; a day. Returns whether anything changed; then the product
    is touched. Raises `Wrong`, and nothing is changed.
    """
    cells = cells_of(attribute, value)
    has_changed = put(product, attribute, cells, variant=variant)
    if has_changed:
        _touch(product)
    return has_changed


def clear(product: Product, attribute: Attribute, *, variant: Variant | None = None) -> bool:
    """Let `product` (or one of its variants) have no value. Returns whether it had one."""
    return set_value(product, attribute, None, variant=variant)


def put(
    product: Product, attribute: Attribute, cells: list[Cells], *, variant: Variant | None = None
) -> bool:
    """Store checked values instead of those that are there; in the caller's transaction.

    For those who change much of a product: whoever calls touches it. Returns whether it changed.
    """
    locks.locked_one(Product.objects.all(), pk=product.pk)
    owner = {"product": product, "variant": variant, "attribute": attribute}
    held = {_key(one): one for one in AttributeValue.objects.filter(**owner)}
    wanted = {tuple(_full(one).values()): one for one in cells}
    gone = [one.pk for key, one in held.items() if key not in wanted]
    new = [one for key, one in wanted.items() if key not in held]
    if gone:
        AttributeValue.objects.filter(pk__in=gone).delete()
    AttributeValue.objects.bulk_create(
        AttributeValue(**owner, kind=attribute.kind, **_full(one)) for one in new
    )
    return bool(gone or new)


def _full(cells: Cells) -> Cells:
    empty = {"text_de": "", "text_en": ""}
    return {name: cells.get(name, empty.get(name)) for name in _COLUMNS}


def _key(value: AttributeValue) -> tuple[Any, ...]:
    return tuple(getattr(value, name) for name in _COLUMNS)


def _touch(product: Product) -> None:
    Product.objects.filter(pk=product.pk).count_revision()
    task: Any = current_app.tasks[_REINDEX]
    task.delay_on_commit(product_ids=[product.pk])


def cells_of(
    attribute: Attribute, value: Any, *, choices: Iterable[AttributeChoice] | None = None
) -> list[Cells]:
    """`value` as the columns of rows, none for an empty one. Raises `Wrong`.

    `choices`: those of the attribute, where the caller has read them already.
    """
    if value is None or value == "" or value == [] or value == {}:
        return []
    kind = AttributeKind(attribute.kind)
    if kind.has_choices:
        held = attribute.choices.all() if choices is None else choices
        return _chosen(attribute, value, list(held))
    if kind == AttributeKind.NUMBER:
        return [{"number": _number(value, attribute.unit)}]
    if kind == AttributeKind.BOOLEAN:
        return [{"boolean": _boolean(value)}]
    if kind == AttributeKind.DATE:
        return [{"date": _date(value)}]
    return _texts(value)


def _chosen(attribute: Attribute, value: Any, held: list[AttributeChoice]) -> list[Cells]:
    is_many = isinstance(value, Iterable) and not isinstance(value, str)
    wanted = list(value) if is_many else [value]
    if attribute.kind != AttributeKind.MULTI_CHOICE and len(wanted) > 1:
        raise Wrong(_("“%(attribute)s” has one value only.") % {"attribute": attribute})
    found = [_choice(attribute, one, held) for one in wanted]
    return [{"choice_id": key} for key in dict.fromkeys(choice.pk for choice in found)]


def _choice(attribute: Attribute, wanted: Any, held: list[AttributeChoice]) -> AttributeChoice:
    """By its row, code, or name in any language."""
    if isinstance(wanted, AttributeChoice):
        found = next((one for one in held if one.pk == wanted.pk), None)
    else:
        text = " ".join(str(wanted).split()).casefold()
        found = next((one for one in held if one.code == text), None)
        found = found or next((one for one in held if text in _names(one)), None)
    if found is None:
        facts = {"attribute": attribute, "text": str(wanted)[:60]}
        raise Wrong(_("“%(attribute)s” has no choice “%(text)s”.") % facts)
    return found


def _names(choice: AttributeChoice) -> set[str]:
    return {getattr(choice, f"name_{code}").casefold() for code in languages.codes()}


def _number(value: Any, unit: str) -> Decimal:
    if isinstance(value, str):
        return parsed(value, unit)
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise Wrong(_("“%(text)s” is not a number.") % {"text": str(value)[:60]})
    return checked(Decimal(str(value)))


def _boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).strip().casefold()
    if word in _YES or word in _NO:
        return word in _YES
    raise Wrong(_("“%(text)s” is neither yes nor no.") % {"text": str(value)[:60]})


def _date(value: Any) -> datetime.date:
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    text = str(value).strip()
    german = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text)
    try:
        if german:
            day, month, year = map(int, german.groups())
            return datetime.date(year, month, day)
        return datetime.date.fromisoformat(text)
    except ValueError:
        text = text[:60]
        raise Wrong(_("“%(text)s” is not a date like 2026-12-31.") % {"text": text}) from None


def _texts(value: Any) -> list[Cells]:
    """One text per language; a plain one is said in all of them."""
    given = value if isinstance(value, Mapping) else dict.fromkeys(languages.codes(), value)
    cells = {
        f"text_{code}": " ".join(str(given.get(code) or "").replace("\x00", "").split())
        for code in languages.codes()
    }
    if any(len(text) > _TEXT_LENGTH for text in cells.values()):
        raise Wrong(_("A text has at most %(most)d characters.") % {"most": _TEXT_LENGTH})
    return [cells] if any(cells.values()) else []
