"""What shoppers wait for: how many, since when, and whether there are pieces by now."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Min, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import display

from inventory import availability
from inventory.models import WantedVariant
from shop import staff_pages

_WAITING = Q(alerts__confirmed_at__isnull=False, alerts__told_at__isnull=True)


@admin.register(WantedVariant)
class WantedVariantAdmin(staff_pages.ReadOnly, ModelAdmin):
    """Counts alone: who waits is nobody's business before they are told."""

    list_display = ("sku", "goods", "waiting_count", "told_count", "since", "free")
    list_display_links = None
    list_select_related = ("product",)
    list_per_page = 50
    search_fields = ("sku", "product__name_de", "product__name_en")
    ordering = ("sku",)

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        return ("-waiting", "sku")

    def get_queryset(self, request: HttpRequest) -> QuerySet[WantedVariant]:
        return WantedVariant.objects.annotate(
            waiting=Count("alerts", filter=_WAITING),
            told=Count("alerts", filter=Q(alerts__told_at__isnull=False)),
            first_at=Min("alerts__confirmed_at", filter=_WAITING),
        ).filter(Q(waiting__gt=0) | Q(told__gt=0))

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """The stock of all rows of the page at once."""
        page = super().get_changelist_instance(request)
        rows = list(page.result_list)
        known = availability.of(row.pk for row in rows)
        for row in rows:
            row.free_now = known[row.pk].left
        return page

    @display(description=_("product"), ordering="product__name_de")
    def goods(self, variant: WantedVariant) -> str:
        return f"{variant.product}, {variant.label}" if variant.label else str(variant.product)

    @display(description=_("waiting"), ordering="waiting")
    def waiting_count(self, variant: WantedVariant) -> int:
        return variant.waiting  # type: ignore[attr-defined]

    @display(description=_("told within 30 days"), ordering="told")
    def told_count(self, variant: WantedVariant) -> int:
        return variant.told  # type: ignore[attr-defined]

    @display(description=_("since"), ordering="first_at")
    def since(self, variant: WantedVariant) -> Any:
        return variant.first_at  # type: ignore[attr-defined]

    @display(description=_("pieces free"))
    def free(self, variant: WantedVariant) -> str:
        left = variant.free_now  # type: ignore[attr-defined]
        return "∞" if left is None else str(left)
