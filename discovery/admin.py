"""What the shop has learned, to look at."""

from django.contrib import admin
from unfold.admin import ModelAdmin

from discovery.models import ProductAffinity
from shop import staff_pages


@admin.register(ProductAffinity)
class ProductAffinityAdmin(staff_pages.ReadOnly, ModelAdmin):
    list_display = ("product", "other", "score", "trained_at")
    list_select_related = ("product", "other")
    search_fields = ("product__name_de", "product__name_en", "product__slug")
    ordering = ("-score", "pk")
