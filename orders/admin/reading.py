"""Pages that show and never change: the rows of the orders are records."""

from typing import Any

from django.http import HttpRequest
from unfold.admin import ModelAdmin, TabularInline

from shop import staff_pages


class ReadOnlyAdmin(staff_pages.ReadOnly, ModelAdmin):
    actions_on_top = False


class ReadOnlyInline(staff_pages.ReadOnly, TabularInline):
    """A part of an order's page: who sees the order sees all of it."""

    extra = 0
    can_delete = False
    show_change_link = False
    show_title = False  # the rows speak for themselves
    tab = True

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("orders.view_order")
