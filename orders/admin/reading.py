"""Pages that show and never change: the rows of the orders are records."""

from typing import Any

from django.http import HttpRequest
from unfold.admin import ModelAdmin, TabularInline


class ReadOnly:
    """Nothing is added, changed or deleted by hand. Who may change may act; who may view, sees."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyAdmin(ReadOnly, ModelAdmin):
    actions_on_top = False


class ReadOnlyInline(ReadOnly, TabularInline):
    """A part of an order's page: who sees the order sees all of it."""

    extra = 0
    can_delete = False
    show_change_link = False
    show_title = False  # the rows speak for themselves
    tab = True

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("orders.view_order")
