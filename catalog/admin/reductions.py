"""Catalogue promotions for staff: drafted, looked at, applied, ended."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import Count, Min, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import action, display
from unfold.enums import ActionVariant

from catalog.admin import reduction_pages
from catalog.admin.reduction_forms import ReductionForm, StepFormSet
from catalog.models import Reduction, ReductionState, ReductionStep
from catalog.reductions import writing
from shop import staff_pages
from shop.kit import clock

STATE_COLOURS = {
    "draft": "warning",
    "applying": "info",
    "applied": "success",
    "ending": "info",
    "ended": "default",
}


class _Draft:
    """Once prices were written for it nobody changes what they were written by."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_open = obj is None or obj.state == ReductionState.DRAFT
        return is_open and super().has_change_permission(request, obj)  # type: ignore[misc]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_open = obj is None or obj.state == ReductionState.DRAFT
        return is_open and super().has_delete_permission(request, obj)  # type: ignore[misc]


class StepInline(_Draft, staff_pages.Labelled, TabularInline):
    model = ReductionStep
    formset = StepFormSet
    extra = 1
    ordering = ("starts_at",)
    show_title = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_open = obj is None or obj.state == ReductionState.DRAFT
        return is_open and super().has_add_permission(request, obj)


@admin.register(Reduction)
class ReductionAdmin(_Draft, ModelAdmin):
    form = ReductionForm
    list_display = ("name", "state_now", "kind", "begins", "ends_at", "price_count")
    list_filter = ("state", "kind")
    search_fields = ("name",)
    ordering = ("-ends_at", "-pk")
    inlines = (StepInline,)
    actions = None
    actions_detail = ("look", "finish")
    fieldsets: ClassVar = (
        (None, {"fields": ("name", ("kind", "ends_at"))}),
        (
            gettext_lazy("For which goods"),
            {
                "fields": (
                    ("category_ids", "collection_ids"),
                    "product_ids",
                    ("excluded_category_ids", "excluded_product_ids"),
                )
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Reduction]:
        rows = super().get_queryset(request)
        return rows.annotate(
            first=Min("steps__starts_at"), price_rows=Count("prices", distinct=True)
        )

    @display(description=gettext_lazy("state"), label=STATE_COLOURS, ordering="state")
    def state_now(self, reduction: Reduction) -> tuple[str, str]:
        if reduction.state == ReductionState.APPLIED and reduction.is_over(clock.now()):
            return "ended", _("over")
        return reduction.state, reduction.get_state_display()

    @display(description=gettext_lazy("from"), ordering="first")
    def begins(self, reduction: Reduction) -> Any:
        return reduction.first  # type: ignore[attr-defined]

    @display(description=gettext_lazy("prices"), ordering="price_rows")
    def price_count(self, reduction: Reduction) -> int:
        return reduction.price_rows  # type: ignore[attr-defined]

    def has_price_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Prices are set by who may change products, here as on the page of a product."""
        return bool(
            request.user.has_perm("catalog.change_reduction")
            and request.user.has_perm("catalog.change_product")
        )

    @action(
        description=gettext_lazy("Preview and apply"),
        url_path="preview",
        permissions=["price"],
        icon="visibility",
        variant=ActionVariant.PRIMARY,
    )
    def look(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return reduction_pages.preview(self, request, object_id)

    @action(
        description=gettext_lazy("End and take back"),
        url_path="end",
        permissions=["price"],
        icon="undo",
    )
    def finish(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Planned prices go, those in force end now; what was asked so far stays history."""
        reduction = reduction_pages.reduction_of(self, request, object_id)
        back_url = reverse("admin:catalog_reduction_change", args=[reduction.pk])
        if request.method == "POST":
            try:
                writing.end(reduction)
            except writing.NotNow as problem:
                messages.error(request, str(problem))
            else:
                self.log_change(request, reduction, _("Ended."))
                messages.success(request, _("Its prices are being taken back."))
            return redirect(back_url)
        return staff_pages.ask(
            self,
            request,
            title=_("End “%(name)s”") % {"name": reduction},
            form=staff_pages.AskForm(),
            text=_("Prices that have not begun go, those in force end now. The history stays."),
            submit_text=_("End and take back"),
            back_url=back_url,
        )
