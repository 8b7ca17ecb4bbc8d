"""What happened to the stock: to read, never to write."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import display

from inventory.models import MovementKind, Reservation, ReservationState, StockMovement

MOVEMENT_COLOURS = {
    MovementKind.RECEIVED: "success",
    MovementKind.COUNTED: "warning",
    MovementKind.SOLD: "info",
    MovementKind.RESTOCKED: "primary",
}
RESERVATION_COLOURS = {
    ReservationState.OPEN: "info",
    ReservationState.RELEASED: "default",
    ReservationState.SHIPPED: "success",
}


class ReadOnly:
    """Nobody adds, changes or deletes; who may view, sees."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class _Where:
    """Which goods, where: in the list and on the page of a row."""

    @display(description=_("SKU"), ordering="item__variant__sku")
    def sku(self, row: Any) -> str:
        return row.item.variant.sku

    @display(description=_("stock location"), ordering="item__location__name")
    def location(self, row: Any) -> str:
        return row.item.location.name


class _Movements:
    @display(description=_("kind"), ordering="kind", label=MOVEMENT_COLOURS)
    def kind_label(self, movement: StockMovement) -> tuple[str, str]:
        return movement.kind, movement.get_kind_display()

    @display(description=_("pieces"), ordering="quantity")
    def pieces(self, movement: StockMovement) -> str:
        return f"{movement.quantity:+d}"


class _Reservations:
    @display(description=_("state"), ordering="state", label=RESERVATION_COLOURS)
    def state_label(self, reservation: Reservation) -> tuple[str, str]:
        return reservation.state, reservation.get_state_display()


class MovementInline(ReadOnly, _Movements, TabularInline):
    model = StockMovement
    extra = 0
    tab = True
    per_page = 50
    show_title = False
    ordering = ("-created_at", "-pk")
    fields = readonly_fields = ("created_at", "kind_label", "pieces", "reference")


class ReservationInline(ReadOnly, _Reservations, TabularInline):
    model = Reservation
    extra = 0
    tab = True
    per_page = 50
    show_title = False
    ordering = ("-created_at", "-pk")
    fields = readonly_fields = ("created_at", "quantity", "reference", "state_label", "closed_at")


class _Ledger(ReadOnly, _Where, ModelAdmin):
    list_select_related = ("item__variant", "item__location")
    search_fields = ("=reference", "item__variant__sku")
    ordering = ("-created_at", "-pk")
    date_hierarchy = "created_at"
    show_full_result_count = False
    list_per_page = 50


@admin.register(StockMovement)
class StockMovementAdmin(_Movements, _Ledger):
    list_display = ("created_at", "sku", "location", "kind_label", "pieces", "reference")
    list_filter = ("kind", "item__location")
    fields = readonly_fields = list_display


@admin.register(Reservation)
class ReservationAdmin(_Reservations, _Ledger):
    list_display = (
        "created_at",
        "sku",
        "location",
        "quantity",
        "reference",
        "state_label",
        "closed_at",
    )
    list_filter = ("state", "item__location")
    fields = readonly_fields = list_display
