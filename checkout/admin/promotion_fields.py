"""Fields of promotions that no column of a form knows: goods, tiers, and choices from tables."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import (
    UnfoldAdminSelectMultipleWidget,
    UnfoldAdminTextareaWidget,
)

from accounts.models import CustomerGroup
from catalog.collections import editing
from catalog.models import Category, Collection, Product
from checkout.models import DeliveryMethod

_MAX_SUM = Decimal(100_000)


class ProductsField(forms.CharField):
    """Products by slug or SKU, one a line; cleaned to the list of their ids."""

    def __init__(self, **kwargs: Any) -> None:
        widget = UnfoldAdminTextareaWidget(attrs={"rows": 3})
        super().__init__(required=False, widget=widget, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return "\n".join(Product.objects.filter(pk__in=value).values_list("slug", flat=True))

    def clean(self, value: Any) -> list[int]:
        names = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        try:
            return editing.products_named(names)
        except editing.UnknownProducts as problem:
            raise forms.ValidationError(str(problem)) from problem

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


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


class ManyField(forms.MultipleChoiceField):
    """Some of the rows of a table; `of` turns what is chosen into what is kept."""

    def __init__(self, *, of: type = str, **kwargs: Any) -> None:
        widget = UnfoldAdminSelectMultipleWidget(attrs={"size": 6})
        super().__init__(required=False, widget=widget, **kwargs)
        self.of = of

    def clean(self, value: Any) -> list[Any]:
        return [self.of(one) for one in super().clean(value)]


def categories() -> list[tuple[str, str]]:
    rows = Category.objects.order_by("path")
    return [(str(one.pk), "— " * one.path.count("/") + one.name) for one in rows]


def collections() -> list[tuple[str, str]]:
    return [(str(one.pk), one.name) for one in Collection.objects.in_menu_order()]


def groups() -> list[tuple[str, str]]:
    return [(one.code, one.name) for one in CustomerGroup.objects.order_by("code")]


def deliveries() -> list[tuple[str, str]]:
    return [(one.code, one.name) for one in DeliveryMethod.objects.order_by("position", "pk")]


def missing(kept: Iterable[Any], choices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Kept values whose row is gone: they stay visible, or saving would drop them silently."""
    known = {code for code, _name in choices}
    gone = [str(one) for one in kept if str(one) not in known]
    return [(one, str(gettext_lazy("gone: %s")) % one) for one in gone]
