"""One thing that an import changes, as it is compared, shown and carried out."""

import dataclasses
import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db.models import Field, Model
from django.utils.translation import gettext as _

from catalog.imports import prose
from catalog.imports.records import ProductRecord
from catalog.imports.snapshots import Known
from catalog.models import Category

_SHOWN = 300
_MONEY = ("price", "sale", "end_sale")


class Refused(Exception):
    """What a row says cannot be, as it turned out when it was carried out; the message says why."""


@dataclasses.dataclass(frozen=True, slots=True)
class Rules:
    """How a file is to be taken: what was chosen when it was uploaded."""

    language: str
    moment: datetime.datetime
    locations: list[str]
    creates_categories: bool = False
    sets_stock: bool = True
    fallback_category: Category | None = None
    # Does the file itself have a product of this handle, a variant of this SKU?
    has_handle: Callable[[str], bool] = lambda slug: False
    has_sku: Callable[[str], bool] = lambda sku: False


@dataclasses.dataclass(slots=True)
class Change:
    """`kind` says who carries it out. `where` is empty for the product, else an SKU or an address.

    `target` is the row that changes, `source` the part of the record that wants it.
    """

    kind: str
    where: str
    field: str
    old: Any
    new: Any
    target: Model | None = None
    source: Any = None

    def shown(self) -> list[str]:
        """Where, what, old and new as texts."""
        if self.kind in _MONEY:
            return [self.where, self.field, _money(self.old), _money(self.new)]
        return [self.where, self.field, text_of(self.old), text_of(self.new)]


@dataclasses.dataclass(slots=True)
class Difference:
    """What `record` would change of `known`; its problems stand in the record."""

    record: ProductRecord
    known: Known
    rules: Rules
    changes: list[Change] = dataclasses.field(default_factory=list)
    wants_publication: bool = False
    is_deferred: bool = False
    # Is it a bundle of which something comes later in the file?
    lacks_components: bool = False

    @property
    def is_new(self) -> bool:
        return self.known.product is None

    @property
    def outcome(self) -> str:
        if self.record.errors:
            return "failed"
        if self.is_new:
            return "new"
        return "changed" if self.changes else "unchanged"

    def add(self, kind: str, where: str, field: str, old: Any, new: Any, **facts: Any) -> None:
        self.changes.append(Change(kind, where, field, old, new, **facts))


def _money(amount: Decimal | None) -> str:
    return "–" if amount is None else f"{amount:.2f}"


def text_of(value: Any) -> str:
    """A value as staff read it in the difference."""
    if value is None or value == "" or value == []:
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list | tuple):
        return "; ".join(text_of(one) for one in value)[:_SHOWN]
    text = str(plain(value))
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def plain(value: Any) -> Any:
    """A value as JSON can hold it; equal values become equal."""
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat()
    if isinstance(value, Model):
        return value.pk
    return value


def alike(old: Any, new: Any) -> bool:
    """Is it the same to a reader? Blanks at the ends of lines and doubled ones do not count."""
    if isinstance(old, str) and isinstance(new, str):
        return old == new or prose.essence(old) == prose.essence(new)
    return bool(old == new)


def column_of(model: type[Model], name: str) -> Any:
    """The field of a column that can be imported."""
    return model._meta.get_field(name)


def fault(field: Field, value: Any) -> str:
    """Why a column cannot hold `value`; empty when it can."""
    length = getattr(field, "max_length", None)
    if isinstance(value, str) and length and len(value) > length:
        text = _("%(count)d characters are too many, at most %(most)d fit.")
        return text % {"count": len(value), "most": length}
    if field.choices and value not in dict(field.flatchoices):
        return _("“%(text)s” is not known here.") % {"text": str(value)[:60]}
    return ""
