"""Tables of sizes: written as lines of text, one a size, with marks between the cells."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.decorators import display
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from catalog.documents import size_tables
from catalog.models import SizeGuide
from shop import staff_pages

MARK = "|"


class CellsField(forms.CharField):
    """One line of a table: `S | 88–92 | 74–78`."""

    widget = UnfoldAdminTextInputWidget

    def prepare_value(self, value: Any) -> Any:
        return f" {MARK} ".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        cells = [cell.strip() for cell in super().clean(value).split(MARK)]
        if len(cells) < 2 or not all(cells):
            raise forms.ValidationError(_("At least two cells, none empty, with “|” between them."))
        return cells


class RowsField(forms.CharField):
    """Lines of a table, as many cells in each."""

    widget = UnfoldAdminTextareaWidget

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return "\n".join(f" {MARK} ".join(row) for row in value)
        return value

    def clean(self, value: Any) -> list[list[str]]:
        lines = [line for line in super().clean(value).splitlines() if line.strip()]
        return [[cell.strip() for cell in line.split(MARK)] for line in lines]


class SizeGuideForm(forms.ModelForm):
    columns_de = CellsField(
        label=gettext_lazy("headings (German)"), help_text="Größe | Brustumfang | Taille"
    )
    columns_en = CellsField(
        label=gettext_lazy("headings (English)"), help_text="Size | Chest | Waist"
    )
    rows = RowsField(
        label=gettext_lazy("sizes"),
        help_text=gettext_lazy("One line each, in centimetres: S | 88–92 | 74–78"),
    )

    class Meta:
        model = SizeGuide
        fields = (
            "slug",
            "brand",
            "name_de",
            "name_en",
            "intro_de",
            "intro_en",
            "columns_de",
            "columns_en",
            "rows",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff_pages.capitalise(self)

    def clean(self) -> dict[str, Any]:
        """Every line has a cell under each heading, in both languages."""
        given = super().clean() or {}
        width = len(given.get("columns_de", []))
        if width and len(given.get("columns_en", [])) not in (0, width):
            self.add_error("columns_en", _("As many headings as in German."))
        for row in given.get("rows", []):
            if width and (len(row) != width or not row[0]):
                text = _("“%(size)s” has %(cells)d cells, there are %(headings)d headings.")
                facts = {"size": row[0], "cells": len(row), "headings": width}
                self.add_error("rows", text % facts)
        return given


@admin.register(SizeGuide)
class SizeGuideAdmin(ModelAdmin):
    form = SizeGuideForm
    list_display = ("name_de", "brand", "size_count")
    list_select_related = ("brand",)
    search_fields = ("name_de", "name_en", "slug")
    ordering = ("name_de",)
    prepopulated_fields: ClassVar = {"slug": ("name_de",)}
    fields = (
        ("name_de", "name_en"),
        ("slug", "brand"),
        ("columns_de", "columns_en"),
        "rows",
        ("intro_de", "intro_en"),
    )

    @display(description=gettext_lazy("sizes"))
    def size_count(self, guide: SizeGuide) -> int:
        return len(guide.rows)

    def view_on_site(self, guide: SizeGuide) -> str:
        return guide.get_absolute_url()

    def save_model(self, request: HttpRequest, obj: SizeGuide, form: Any, change: bool) -> None:
        """Products that showed it before and those that show it now are drawn anew."""
        before = SizeGuide.objects.filter(pk=obj.pk).first()
        super().save_model(request, obj, form, change)
        for guide in filter(None, [before, obj]):
            size_tables.changed(guide)

    def delete_model(self, request: HttpRequest, obj: SizeGuide) -> None:
        size_tables.changed(obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for guide in queryset:
            size_tables.changed(guide)
        super().delete_queryset(request, queryset)
