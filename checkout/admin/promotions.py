"""Promotions for staff: the list, the form with its hints, and what leads on from it."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.decorators import action, display

from checkout.admin import coupon_pages, simulator_page
from checkout.admin.promotion_forms import PromotionForm
from checkout.models import Promotion
from checkout.promotions import conflicts, copying, statistics
from shop import staff_pages
from shop.kit import clock, languages, money

STATE_COLOURS = {"off": "warning", "planned": "info", "live": "success", "over": "default"}


@admin.register(Promotion)
class PromotionAdmin(ModelAdmin):
    form = PromotionForm
    list_display = ("name", "state", "gives", "how", "coupon_count", "uses", "given", "period")
    list_filter = ("is_active", "kind", "effect", "needs_coupon")
    search_fields = ("name_de", "name_en", "code", "coupons__code")
    ordering = ("-is_active", "-priority", "pk")
    prepopulated_fields: ClassVar = {"code": ("name_de",)}
    readonly_fields = ("usage",)
    actions_list = ("simulate",)
    actions_detail = ("generate", "export", "duplicate")
    fieldsets: ClassVar = (
        (None, {"fields": (("name_de", "name_en"), ("code", "is_active"), "description")}),
        (
            gettext_lazy("What is given"),
            {
                "fields": (
                    ("kind", "effect"),
                    ("percent", "gross", "cap"),
                    ("buy", "get", "max_times"),
                    ("tiers", "tiers_in_percent"),
                )
            },
        ),
        (
            gettext_lazy("For which goods"),
            {
                "fields": (
                    ("category_ids", "collection_ids"),
                    "product_ids",
                    ("excluded_category_ids", "excluded_product_ids"),
                    "includes_reduced",
                )
            },
        ),
        (
            gettext_lazy("For whom and when"),
            {
                "fields": (
                    ("starts_at", "ends_at"),
                    ("min_goods_gross", "min_quantity"),
                    ("countries", "delivery_codes"),
                    ("group_codes",),
                    ("is_first_order", "needs_account"),
                )
            },
        ),
        (gettext_lazy("Beside others"), {"fields": ("combines_with", "priority")}),
        (
            gettext_lazy("Coupon and limits"),
            {"fields": ("needs_coupon", ("limit_per_customer", "budget"), "usage")},
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Promotion]:
        rows = super().get_queryset(request).annotate(coupons_now=Count("coupons"))
        return statistics.with_uses(rows)

    @display(description=gettext_lazy("name"), ordering=languages.column("name", "de"))
    def name(self, promotion: Promotion) -> str:
        return promotion.name

    @display(description=gettext_lazy("state"), label=STATE_COLOURS)
    def state(self, promotion: Promotion) -> tuple[str, str]:
        moment = clock.now()
        if not promotion.is_active:
            return "off", _("switched off")
        if promotion.starts_at and promotion.starts_at > moment:
            return "planned", _("planned")
        is_over = promotion.ends_at is not None and promotion.ends_at <= moment
        return ("over", _("over")) if is_over else ("live", _("live"))

    @display(description=gettext_lazy("gives"))
    def gives(self, promotion: Promotion) -> str:
        return conflicts.in_words(promotion)

    @display(description=gettext_lazy("how"))
    def how(self, promotion: Promotion) -> str:
        return _("with a code") if promotion.needs_coupon else _("by itself")

    @display(description=gettext_lazy("codes"), ordering="coupons_now")
    def coupon_count(self, promotion: Promotion) -> int:
        return promotion.coupons_now  # type: ignore[attr-defined]

    @display(description=gettext_lazy("uses"), ordering="used_now")
    def uses(self, promotion: Promotion) -> int:
        return promotion.used_now  # type: ignore[attr-defined]

    @display(description=gettext_lazy("given away"), ordering="given_now")
    def given(self, promotion: Promotion) -> str:
        return _euros(promotion.given_now)  # type: ignore[attr-defined]

    @display(description=gettext_lazy("period"), ordering="starts_at")
    def period(self, promotion: Promotion) -> str:
        return conflicts.period(promotion)

    @display(description=gettext_lazy("used so far"))
    def usage(self, promotion: Promotion) -> str:
        if not promotion.pk:
            return "–"
        return statistics.in_words(promotion)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Orders speak of the code."""
        return (*self.readonly_fields, "code") if obj else self.readonly_fields

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return {} if obj else self.prepopulated_fields

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        for hint in conflicts.hints(obj, moment=clock.now()):
            level = messages.WARNING if hint.is_grave else messages.INFO
            messages.add_message(request, level, hint.text)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was used stays, for the statistics; it can be switched off."""
        if obj is not None and statistics.is_used(obj):
            return False
        return super().has_delete_permission(request, obj)

    def has_duplicate_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        """Who may make new ones."""
        return self.has_add_permission(request)

    @action(description=gettext_lazy("Simulate a cart"), url_path="simulator", permissions=["view"])
    def simulate(self, request: HttpRequest) -> HttpResponse:
        return simulator_page.page(self, request)

    @action(description=gettext_lazy("Generate codes"), url_path="codes", permissions=["change"])
    def generate(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return coupon_pages.generate(self, request, object_id)

    @action(description=gettext_lazy("Codes as CSV"), url_path="codes-csv", permissions=["change"])
    def export(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return coupon_pages.export(self, request, object_id)

    @action(
        description=gettext_lazy("Duplicate"),
        url_path="copy",
        permissions=["duplicate"],
    )
    def duplicate(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """A link must change nothing: the copy is made by a button."""
        promotion = coupon_pages.promotion_of(self, request, object_id)
        address = reverse("admin:checkout_promotion_change", args=[promotion.pk])
        if request.method != "POST":
            return staff_pages.ask(
                self,
                request,
                title=_("Duplicate “%(name)s”") % {"name": promotion},
                form=staff_pages.AskForm(),
                text=_("The copy is switched off and has no codes."),
                submit_text=_("Duplicate"),
                back_url=address,
            )
        copy = copying.copy(promotion)
        self.log_addition(request, copy, _("Copied from %(name)s") % {"name": promotion.code})
        return redirect("admin:checkout_promotion_change", copy.pk)


def _euros(value: Any) -> str:
    return money.formatted(value, "EUR", languages.active())
