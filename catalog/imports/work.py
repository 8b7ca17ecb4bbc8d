"""One product while a difference is carried out, and the record of what was done to it."""

import dataclasses
import datetime
from typing import Any

from catalog.imports.changes import Difference
from catalog.imports.shelves import Shelves
from catalog.imports.surroundings import Surroundings
from catalog.models import AttributeChoice, Product, Variant
from catalog.models.imports import Import, ImportChange, ImportRow


@dataclasses.dataclass(slots=True)
class Work:
    """The product that is worked on, and what was done to it."""

    batch: Import
    row: ImportRow
    found: Difference
    around: Surroundings
    shelves: Shelves
    product: Product
    is_new: bool
    variants: dict[str, Variant] = dataclasses.field(default_factory=dict)
    log: list[ImportChange] = dataclasses.field(default_factory=list)

    @property
    def moment(self) -> datetime.datetime:
        return self.found.rules.moment

    def choices_of(self, attribute_id: int) -> list[AttributeChoice]:
        """Those of an attribute, read with all others."""
        known = {one.pk: one for one in self.around.attributes.values()}
        return list(known[attribute_id].choices.all()) if attribute_id in known else []

    def created(self, kind: str, pk: int, *, always: bool = False) -> None:
        """Note a new row; `always`: also where it belongs to a new product."""
        if always or not self.is_new:
            act = ImportChange.Act.CREATED
            self._note(act=act, kind=kind, object_pk=pk)

    def changed(self, kind: str, pk: int, before: dict[str, Any], after: dict[str, Any]) -> None:
        """Note a change; nothing of a new product has a before."""
        if not self.is_new:
            act = ImportChange.Act.CHANGED
            self._note(act=act, kind=kind, object_pk=pk, before=before, after=after)

    def _note(self, **facts: Any) -> None:
        self.log.append(ImportChange(batch=self.batch, row=self.row, **facts))
