"""Events to read, experiments to run."""

from django.contrib import admin
from unfold.admin import ModelAdmin

from insights.models import Event, Experiment
from shop import staff_pages


@admin.register(Event)
class EventAdmin(staff_pages.ReadOnly, ModelAdmin):
    list_display = ("created_at", "name", "facts")
    list_filter = ("name",)
    date_hierarchy = "created_at"
    ordering = ("-created_at",)
    show_full_result_count = False


@admin.register(Experiment)
class ExperimentAdmin(ModelAdmin):
    list_display = ("key", "question", "started_at", "ended_at")
    search_fields = ("key", "question")
    ordering = ("-started_at", "key")
