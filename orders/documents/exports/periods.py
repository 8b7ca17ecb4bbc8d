"""From which day until which: the documents of a period, by the calendar of the shop."""

import dataclasses
import datetime

from django.utils.translation import gettext as _

from catalog.vat import schemes
from orders.models import Document
from orders.models.document import DocumentQuerySet

ONE_DAY = datetime.timedelta(days=1)


class NoPeriod(ValueError):
    """The days make no period that can be exported; the message says why."""


@dataclasses.dataclass(frozen=True, slots=True)
class Period:
    """Both days are part of it. Raises `NoPeriod` when it ends before it begins."""

    first: datetime.date
    last: datetime.date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise NoPeriod(_("The period ends before it begins."))

    @property
    def documents(self) -> DocumentQuerySet:
        """What was issued in it, by date and number."""
        return Document.objects.filter(
            issued_at__gte=schemes.start_of_day(self.first),
            issued_at__lt=schemes.start_of_day(self.last + ONE_DAY),
        ).order_by("issued_at", "pk")

    @property
    def is_drawn(self) -> bool:
        """Are all of them drawn?"""
        return not self.documents.undrawn().exists()
