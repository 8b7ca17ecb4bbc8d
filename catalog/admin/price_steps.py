"""A sale in several steps, typed at once: each step ends where the next, cheaper one begins.

The price before the first step stays the one to compare with while no step is dearer than the one
before (§ 11 (2) PAngV).
"""

import dataclasses
import datetime
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminDecimalFieldWidget

from shop import staff_pages

MORE_STEPS = (2, 3, 4)


@dataclasses.dataclass(frozen=True, slots=True)
class Step:
    gross: Decimal
    start: datetime.datetime
    end: datetime.datetime | None


def fields() -> Iterator[tuple[str, forms.Field]]:
    """A price and its beginning for each further step."""
    for number in MORE_STEPS:
        words = {"number": number}
        yield (
            f"gross_{number}",
            forms.DecimalField(
                label=_("%(number)d. step: gross price in euros") % words,
                min_value=Decimal(0),
                max_digits=12,
                decimal_places=2,
                required=False,
                localize=True,
                widget=UnfoldAdminDecimalFieldWidget,
            ),
        )
        yield (
            f"start_{number}",
            forms.DateTimeField(
                label=_("%(number)d. step: from") % words,
                required=False,
                help_text=gettext_lazy("For a sale in steps: cheaper than the step before."),
                widget=staff_pages.moment_input(),
            ),
        )


def given(form: forms.Form, start: datetime.datetime, end: datetime.datetime | None) -> list[Step]:
    """The steps that were typed, the first one included; says at the fields what is wrong."""
    cleaned: dict[str, Any] = form.cleaned_data
    begun = [(cleaned.get("gross"), start)]
    for number in MORE_STEPS:
        gross, first = cleaned.get(f"gross_{number}"), cleaned.get(f"start_{number}")
        if gross is None and first is None:
            continue
        if gross is None or first is None:
            form.add_error(f"gross_{number}", _("A step is a price and its beginning."))
            return []
        begun.append((gross, first))
        if problem := _problem(begun, end):
            form.add_error(f"{problem[0]}_{number}", problem[1])
            return []
    ends = [first for _gross, first in begun[1:]] + [end]
    return [
        Step(gross, first, last)
        for (gross, first), last in zip(begun, ends, strict=True)
        if gross is not None
    ]


def _problem(
    begun: Sequence[tuple[Decimal | None, datetime.datetime]], end: datetime.datetime | None
) -> tuple[str, str] | None:
    (before, earlier), (gross, start) = begun[-2:]
    if before is not None and gross is not None and gross >= before:
        return "gross", _("Each step is cheaper than the one before.")
    if start <= earlier:
        return "start", _("Each step begins after the one before.")
    if end is not None and start >= end:
        return "start", _("The end lies after the beginning.")
    return None
