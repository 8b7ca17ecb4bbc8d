"""Carts to look at."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Count, QuerySet, Sum
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import display

from checkout.models import Cart, CartLine


class _ReadOnly:
    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class CartLineInline(_ReadOnly, TabularInline):
    model = CartLine
    extra = 0
    show_title = False
    ordering = ("added_at", "pk")
    fields = readonly_fields = ("sku", "product", "quantity", "engraving", "added_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[CartLine]:
        return super().get_queryset(request).select_related("variant__product")

    @display(description=gettext_lazy("SKU"))
    def sku(self, line: CartLine) -> str:
        return line.variant.sku

    @display(description=gettext_lazy("product"))
    def product(self, line: CartLine) -> str:
        return f"{line.variant.product.name} {line.variant.label}".strip()


class OrderedFilter(admin.SimpleListFilter):
    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("open", gettext_lazy("open")), ("ordered", gettext_lazy("ordered"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in ("open", "ordered"):
            return queryset
        return queryset.filter(ordered_at__isnull=self.value() == "open")


@admin.register(Cart)
class CartAdmin(_ReadOnly, ModelAdmin):
    """What lies in carts. Neither who nor where: that is nobody's business before the order."""

    list_display = (
        "pk",
        "owner",
        "line_count",
        "piece_count",
        "delivery_method",
        "updated_at",
        "state",
    )
    list_filter = (OrderedFilter, "delivery_method")
    ordering = ("-updated_at", "-pk")
    show_full_result_count = False
    inlines: ClassVar = [CartLineInline]
    fields = readonly_fields = (
        "owner",
        "delivery_method",
        "payment_method",
        "created_at",
        "updated_at",
        "ordered_at",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Cart]:
        rows = super().get_queryset(request).defer("contact")
        return rows.annotate(lines_now=Count("lines"), pieces_now=Sum("lines__quantity"))

    @display(description=gettext_lazy("owner"))
    def owner(self, cart: Cart) -> str:
        return _("customer") if cart.customer_id else _("guest")

    @display(description=gettext_lazy("lines"), ordering="lines_now")
    def line_count(self, cart: Cart) -> int:
        return cart.lines_now  # type: ignore[attr-defined]

    @display(description=gettext_lazy("pieces"), ordering="pieces_now")
    def piece_count(self, cart: Cart) -> int:
        return cart.pieces_now or 0  # type: ignore[attr-defined]

    @display(
        description=gettext_lazy("state"),
        ordering="ordered_at",
        label={"open": "info", "ordered": "success"},
    )
    def state(self, cart: Cart) -> tuple[str, str]:
        return ("ordered", _("ordered")) if cart.ordered_at else ("open", _("open"))
