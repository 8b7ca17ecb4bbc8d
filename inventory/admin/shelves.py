"""Stock per variant and location."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.decorators import action, display
from unfold.enums import ActionVariant

from inventory import availability
from inventory.admin import counting, receiving
from inventory.admin.ledgers import MovementInline, ReservationInline
from inventory.models import StockItem
from shop.kit import clock


class LevelFilter(admin.SimpleListFilter):
    title = gettext_lazy("level")
    parameter_name = "level"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("out", gettext_lazy("sold out")),
            ("low", gettext_lazy("low")),
            ("enough", gettext_lazy("enough")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        conditions = {
            "out": Q(free_now__lte=0),
            "low": Q(free_now__gt=0, free_now__lte=availability.LOW),
            "enough": Q(free_now__gt=availability.LOW),
        }
        chosen = conditions.get(self.value() or "")
        return queryset.filter(chosen) if chosen else queryset


class ExpectedFilter(admin.SimpleListFilter):
    title = gettext_lazy("next delivery")
    parameter_name = "expected"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("awaited", gettext_lazy("awaited")), ("over", gettext_lazy("its day is over"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        today = clock.day_of(clock.now())
        if self.value() == "awaited":
            return queryset.filter(expected_on__gte=today)
        if self.value() == "over":
            return queryset.overdue(today)  # type: ignore[attr-defined]
        return queryset


class SaleFilter(admin.SimpleListFilter):
    """Shelves that shoppers wait for: counted, in use, and their goods on sale."""

    title = gettext_lazy("on sale")
    parameter_name = "sale"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", gettext_lazy("on sale")), ("no", gettext_lazy("not on sale"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "yes":
            return queryset.on_sale()  # type: ignore[attr-defined]
        if self.value() == "no":
            return queryset.exclude(pk__in=StockItem.objects.on_sale())
        return queryset


class StockItemForm(forms.ModelForm):
    class Meta:
        model = StockItem
        fields = ("shelf", "backorder_limit", "expected_on", "is_preorder")

    def clean_backorder_limit(self) -> int:
        limit: int = self.cleaned_data["backorder_limit"]
        if self.instance.reserved > self.instance.on_hand + limit:
            raise forms.ValidationError(_("More is promised already than this would allow."))
        return limit

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("is_preorder") and not given.get("expected_on"):
            self.add_error("expected_on", _("On which day do the goods appear?"))
        return given


@admin.register(StockItem)
class StockItemAdmin(ModelAdmin):
    form = StockItemForm
    list_display = (
        "sku",
        "product",
        "place",
        "on_hand",
        "reserved",
        "free",
        "level",
    )
    list_display_links = ("sku",)
    list_filter = (LevelFilter, SaleFilter, ExpectedFilter, "location")
    list_select_related = ("variant__product", "location")
    list_per_page = 50
    search_fields = (
        "variant__sku",
        "=variant__gtin",
        "variant__product__name_de",
        "variant__product__name_en",
    )
    ordering = ("variant__sku", "pk")
    show_full_result_count = False
    fields = (
        ("sku", "product", "place"),
        ("on_hand", "reserved", "free"),
        ("shelf", "backorder_limit", "expected_on", "is_preorder"),
    )
    readonly_fields = ("sku", "product", "place", "on_hand", "reserved", "free")
    inlines: ClassVar = [MovementInline, ReservationInline]
    actions: ClassVar = ["count_selected", "receive_selected"]
    actions_list = ("receive_delivery",)
    actions_row = ("count", "receive")
    actions_detail = ("count", "receive")

    def get_queryset(self, request: HttpRequest) -> QuerySet[StockItem]:
        rows = super().get_queryset(request).select_related("variant__product", "location")
        return rows.with_free(clock.day_of(clock.now()))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A shelf comes into being with the first delivery."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: StockItem | None = None) -> bool:
        """Its ledger would go with it."""
        return False

    @display(description=gettext_lazy("SKU"), ordering="variant__sku")
    def sku(self, item: StockItem) -> str:
        return item.variant.sku

    @display(description=gettext_lazy("product"), ordering="variant__product__name_de")
    def product(self, item: StockItem) -> str:
        label = item.variant.label
        return f"{item.variant.product.name} · {label}" if label else item.variant.product.name

    @display(description=gettext_lazy("stock location"), ordering="location__name")
    def place(self, item: StockItem) -> str:
        return item.location.name

    @display(description=gettext_lazy("free"), ordering="free_now")
    def free(self, item: StockItem) -> int:
        return item.free(clock.day_of(clock.now()))

    @display(
        description=gettext_lazy("level"),
        label={"out": "danger", "low": "warning", "enough": "success"},
    )
    def level(self, item: StockItem) -> tuple[str, str]:
        free = self.free(item)
        if free <= 0:
            return "out", _("sold out")
        return ("low", _("low")) if free <= availability.LOW else ("enough", _("enough"))

    @action(description=gettext_lazy("Count"), permissions=["change"])
    def count_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse:
        return self._open("counting", queryset)

    @action(description=gettext_lazy("Receive"), permissions=["change"])
    def receive_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse:
        return self._open("receiving", queryset)

    def _open(self, page: str, queryset: QuerySet[Any]) -> HttpResponse:
        keys = ",".join(str(key) for key in queryset.values_list("pk", flat=True)[:100])
        return redirect(reverse(f"admin:inventory_{page}") + f"?items={keys}")

    def get_custom_urls(self) -> Any:
        return (
            ("counting/", "inventory_counting", self.counting_view),
            ("receiving/", "inventory_receiving", self.receiving_view),
        )

    def counting_view(self, request: HttpRequest, model_admin: Any) -> HttpResponse:
        return counting.page(self, request, counting.COUNT)

    def receiving_view(self, request: HttpRequest, model_admin: Any) -> HttpResponse:
        return counting.page(self, request, counting.RECEIVE)

    @action(
        description=gettext_lazy("Count"),
        url_path="count",
        permissions=["change"],
        icon="fact_check",
        extra_options={"display_in_dropdown": False},
    )
    def count(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return redirect(reverse("admin:inventory_counting") + f"?items={object_id}")

    @action(
        description=gettext_lazy("Receive"),
        url_path="receive",
        permissions=["change"],
        icon="add_box",
        extra_options={"display_in_dropdown": False},
    )
    def receive(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return redirect(reverse("admin:inventory_receiving") + f"?items={object_id}")

    @action(
        description=gettext_lazy("Receive a delivery"),
        url_path="delivery",
        permissions=["change"],
        icon="local_shipping",
        variant=ActionVariant.PRIMARY,
    )
    def receive_delivery(self, request: HttpRequest) -> HttpResponse:
        return receiving.page(self, request)
