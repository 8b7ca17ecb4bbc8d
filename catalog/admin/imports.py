"""Imports and exports of products: upload, columns, difference, apply, result, undo."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.decorators import action, display

from catalog.admin import import_pages
from catalog.models import Import, ImportState

_COLOURS = {
    ImportState.MAPPING: "warning",
    ImportState.CHECKED: "warning",
    ImportState.APPLIED: "success",
    ImportState.REFUSED: "danger",
    ImportState.UNDONE: "default",
    ImportState.READING: "info",
    ImportState.CHECKING: "info",
    ImportState.APPLYING: "info",
    ImportState.UNDOING: "info",
}


@admin.register(Import)
class ImportAdmin(ModelAdmin):
    list_display = ("file_name", "format", "state_label", "found", "created_at", "applied_at")
    list_filter = ("state", "format")
    search_fields = ("file_name",)
    ordering = ("-pk",)
    actions = None
    actions_list = ("export",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Who may import may do everything with products that an import does."""
        wanted = ("catalog.add_import", "catalog.add_product", "catalog.change_product")
        return bool(request.user.has_perms(wanted))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_add_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was done to products stays known; the file itself is forgotten after 90 days."""
        return False

    def has_export_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.has_perm("catalog.view_product"))

    @display(description=gettext_lazy("state"), ordering="state", label=_COLOURS)
    def state_label(self, batch: Import) -> tuple[str, str]:
        return batch.state, batch.get_state_display()

    @display(description=gettext_lazy("products"))
    def found(self, batch: Import) -> str:
        return import_pages.counted(batch)

    def get_urls(self) -> list[Any]:
        def page(address: str, view: Any, name: str) -> Any:
            def wrapped(request: HttpRequest, object_id: int) -> HttpResponse:
                return view(self, request, object_id)

            route = f"<int:object_id>/{address}"
            return path(route, self.admin_site.admin_view(wrapped), name=f"catalog_import_{name}")

        return [
            page("columns/", import_pages.mapping, "columns"),
            page("application/", import_pages.application, "application"),
            page("withdrawal/", import_pages.withdrawal, "withdrawal"),
            page("images/", import_pages.images, "images"),
            page("failed.csv", import_pages.failed, "failed"),
            *super().get_urls(),
        ]

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return import_pages.upload(self, request)

    def change_view(
        self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        return import_pages.show(self, request, object_id)

    @action(
        description=gettext_lazy("Export products"),
        url_path="export",
        permissions=["export"],
        icon="download",
    )
    def export(self, request: HttpRequest) -> HttpResponse:
        return import_pages.export(self, request)
