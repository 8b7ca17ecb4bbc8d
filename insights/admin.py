"""Events to read, experiments to run."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from insights.models import Event, Experiment


@admin.register(Event)
class EventAdmin(ModelAdmin):
    list_display = ("created_at", "name", "facts")
    list_filter = ("name",)
    date_hierarchy = "created_at"
    ordering = ("-created_at",)
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Experiment)
class ExperimentAdmin(ModelAdmin):
    list_display = ("key", "question", "started_at", "ended_at")
    search_fields = ("key", "question")
    ordering = ("-started_at", "key")
