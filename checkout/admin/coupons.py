"""Coupons for staff: found however they are typed, named one by one; many come from a promotion."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.decorators import display

from checkout.models import Coupon
from checkout.promotions import codes, issuing, statistics
from shop import staff_pages


class CouponForm(forms.ModelForm):
    class Meta:
        model = Coupon
        fields = (
            "promotion", "code", "batch", "limit_total", "limit_per_customer", "starts_at",
            "ends_at", "is_active",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff_pages.capitalise(self)

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"]).strip()
        try:
            key = issuing.checked_key(code)
        except issuing.CannotIssue as problem:
            raise forms.ValidationError(str(problem)) from problem
        if Coupon.objects.filter(key=key).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(issuing.taken())
        return code

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        starts_at, ends_at = given.get("starts_at"), given.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", _("The end lies after the beginning."))
        promotion = given.get("promotion")
        if promotion and not promotion.needs_coupon:
            self.add_error("promotion", _("It applies by itself: a code would change nothing."))
        return given


@admin.register(Coupon)
class CouponAdmin(ModelAdmin):
    form = CouponForm
    list_display = ("code", "promotion", "batch", "used", "limit_total", "ends_at", "is_active")
    list_filter = ("is_active", "is_generated", ("promotion", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("promotion",)
    search_fields = ("code", "key", "batch")
    autocomplete_fields = ("promotion",)
    ordering = ("-created_at", "-pk")
    show_full_result_count = False
    actions: ClassVar = ["switch_off"]
    fields = (
        "promotion",
        ("code", "is_active"),
        "batch",
        ("limit_total", "limit_per_customer"),
        ("starts_at", "ends_at"),
    )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Also as somebody reads it out on the phone."""
        rows, may_repeat = super().get_search_results(request, queryset, search_term)
        key = codes.key(search_term)
        return (rows | queryset.filter(key=key), may_repeat) if key else (rows, may_repeat)

    def get_readonly_fields(
        self, request: HttpRequest, obj: Coupon | None = None
    ) -> tuple[str, ...]:
        """Shoppers have the code, and orders speak of it."""
        return ("promotion", "code") if obj else ()

    @display(description=gettext_lazy("used"))
    def used(self, coupon: Coupon) -> int:
        return coupon.used_now  # type: ignore[attr-defined]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Coupon]:
        return statistics.coupons_with_uses(super().get_queryset(request))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.key = codes.key(obj.code)
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, request: HttpRequest, obj: Coupon | None = None) -> bool:
        """What was used stays; it can be switched off."""
        if obj is not None and statistics.by_code([obj.code]):
            return False
        return super().has_delete_permission(request, obj)

    @admin.action(description=gettext_lazy("Switch off"), permissions=["change"])
    def switch_off(self, request: HttpRequest, queryset: QuerySet[Coupon]) -> None:
        count = queryset.update(is_active=False)
        self.message_user(request, _("%(count)d codes were switched off.") % {"count": count})
