"""Warehouses and stores."""

from typing import ClassVar

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from inventory.models import StockLocation


@admin.register(StockLocation)
class StockLocationAdmin(ModelAdmin):
    list_display = ("name", "kind", "city", "position", "is_active")
    list_filter = ("kind", "is_active")
    search_fields = ("name", "code", "city")
    ordering = ("position", "name")
    prepopulated_fields: ClassVar = {"code": ("name",)}
    fields = (
        ("name", "code"),
        ("kind", "is_active"),
        "street",
        ("postcode", "city"),
        ("hours_de", "hours_en"),
        "position",
    )

    def get_readonly_fields(
        self, request: HttpRequest, obj: StockLocation | None = None
    ) -> tuple[str, ...]:
        return ("code",) if obj else ()

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: StockLocation | None = None
    ) -> dict[str, tuple[str, ...]]:
        return {} if obj else dict(self.prepopulated_fields)
