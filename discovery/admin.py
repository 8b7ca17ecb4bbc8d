"""What the shop has learned, to look at."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from discovery.models import ProductAffinity


@admin.register(ProductAffinity)
class ProductAffinityAdmin(ModelAdmin):
    list_display = ("product", "other", "score", "trained_at")
    list_select_related = ("product", "other")
    search_fields = ("product__name_de", "product__name_en", "product__slug")
    ordering = ("-score", "pk")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
