"""Collections for staff: the list, and the way to the page that previews each change."""

import datetime
from typing import Any

from django.contrib import admin
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.decorators import display

from catalog import categories
from catalog.admin import collection_pages
from catalog.collections import editing
from catalog.models import Collection, Product
from shop.kit import clock

STATE_COLOURS = {"draft": "warning", "planned": "info", "open": "success", "ended": "default"}


@admin.register(Collection)
class CollectionAdmin(ModelAdmin):
    list_display = ("header", "kind", "state", "member_count", "is_on_home", "is_in_menu")
    list_display_links = ("header",)
    list_filter = ("kind", "is_active")
    list_select_related = ("picture",)
    search_fields = ("name_de", "name_en", "slug")
    ordering = ("position", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Collection]:
        live = Exists(Product.objects.live(clock.now()).filter(pk=OuterRef("members__product")))
        rows = super().get_queryset(request)
        return rows.annotate(live_members=Count("members", filter=live))

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        view, name = wrap(self.picture), "catalog_collection_picture"
        return [path("<path:object_id>/picture/", view, name=name), *super().get_urls()]

    @display(description=gettext_lazy("collection"), ordering="name_de", header=True)
    def header(self, collection: Collection) -> list[Any]:
        shown = getattr(collection, "picture", None)
        picture = None
        if shown:
            picture = {"path": shown.url(160), "squared": True, "width": 40, "height": 40}
        return [collection.name, collection.slug, collection.name[:2], picture]

    @display(description=gettext_lazy("state"), label=STATE_COLOURS)
    def state(self, collection: Collection) -> tuple[str, str]:
        return _state(collection, clock.now())

    @display(description=gettext_lazy("products on sale"), ordering="live_members")
    def member_count(self, collection: Collection) -> int:
        return collection.live_members  # type: ignore[attr-defined]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return collection_pages.edit(self, request, None)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return collection_pages.edit(self, request, object_id)

    def picture(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return collection_pages.picture(self, request, object_id)

    def delete_model(self, request: HttpRequest, obj: Collection) -> None:
        editing.remove(obj)
        categories.changed()

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Collection]) -> None:
        for collection in queryset.order_by("pk"):
            editing.remove(collection)
        categories.changed()


def _state(collection: Collection, moment: datetime.datetime) -> tuple[str, str]:
    if not collection.is_active:
        return "draft", _("draft")
    if collection.is_open(moment):
        return "open", _("open")
    is_planned = collection.starts_at is not None and collection.starts_at > moment
    return ("planned", _("planned")) if is_planned else ("ended", _("ended"))
