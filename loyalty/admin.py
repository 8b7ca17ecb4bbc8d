"""Points in the admin: to read. They change through what customers do."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin, TabularInline

from loyalty.models import LoyaltyAccount, PointsEntry


class PointsEntryInline(TabularInline):
    model = PointsEntry
    extra = 0
    per_page = 50
    ordering = ("-created_at", "-pk")
    fields = readonly_fields = ("created_at", "kind", "points", "reference")
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(LoyaltyAccount)
class LoyaltyAccountAdmin(ModelAdmin):
    list_display = ("customer", "balance", "created_at")
    list_select_related = ("customer",)
    search_fields = ("customer__email", "customer__name", "=entries__reference")
    ordering = ("-balance", "pk")
    fields = readonly_fields = ("customer", "balance", "created_at")
    inlines: ClassVar = [PointsEntryInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
