"""Goods that staff name in forms: products by line, categories and collections by choice."""

from typing import Any

from django import forms
from unfold.widgets import UnfoldAdminTextareaWidget

from catalog.collections import editing
from catalog.models import Category, Collection, Product


class ProductsField(forms.CharField):
    """Products by slug or SKU, one a line, in their order; cleaned to the list of their ids."""

    def __init__(self, **kwargs: Any) -> None:
        widget = UnfoldAdminTextareaWidget(attrs={"rows": 3})
        super().__init__(**{"required": False, "widget": widget} | kwargs)

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


def categories() -> list[tuple[str, str]]:
    """All categories as choices, set in by their depth."""
    rows = Category.objects.order_by("path")
    return [(str(one.pk), "— " * one.path.count("/") + one.name) for one in rows]


def collections() -> list[tuple[str, str]]:
    """All collections as choices."""
    return [(str(one.pk), one.name) for one in Collection.objects.in_menu_order()]
