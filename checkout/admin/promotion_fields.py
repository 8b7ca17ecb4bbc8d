"""Fields of promotions that no column of a form knows: tiers, and choices from tables."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from unfold.widgets import UnfoldAdminTextareaWidget

from accounts.models import CustomerGroup
from checkout.models import DeliveryMethod

_MAX_SUM = Decimal(100_000)


class TiersField(forms.CharField):
    """Lines such as `50 = 5`: from 50 euros on, 5 are given; cleaned to pairs of texts."""

    def __init__(self, **kwargs: Any) -> None:
        widget = UnfoldAdminTextareaWidget(attrs={"rows": 4})
        super().__init__(required=False, widget=widget, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return "\n".join(f"{start} = {given}" for start, given in value)

    def clean(self, value: Any) -> list[list[str]]:
        lines = [line for line in super().clean(value).splitlines() if line.strip()]
        pairs = [_tier(line) for line in lines]
        if len({start for start, _given in pairs}) < len(pairs):
            raise forms.ValidationError(_("Each value of goods stands here once."))
        return [[str(start), str(given)] for start, given in sorted(pairs)]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


def _tier(line: str) -> tuple[Decimal, Decimal]:
    try:
        start, given = (Decimal(part.strip().replace(",", ".")) for part in line.split("="))
    except (ValueError, InvalidOperation):
        text = _("“%(line)s” is no tier. Write: 50 = 5")
        raise forms.ValidationError(text % {"line": line.strip()}) from None
    cent = Decimal("0.01")
    if not (0 <= start <= _MAX_SUM and 0 < given <= _MAX_SUM) or start % cent or given % cent:
        text = _("“%(line)s” is no tier. Write: 50 = 5")
        raise forms.ValidationError(text % {"line": line.strip()})
    return start, given


def groups() -> list[tuple[str, str]]:
    return [(one.code, one.name) for one in CustomerGroup.objects.order_by("code")]


def deliveries() -> list[tuple[str, str]]:
    return [(one.code, one.name) for one in DeliveryMethod.objects.order_by("position", "pk")]
