"""Rows that are history: to read, never to write."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import TabularInline
from unfold.decorators import display

from catalog.models import Price
from shop.kit import clock, languages, money


class ReadOnly:
    """Nobody adds, changes or deletes; who may view, sees."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class PriceColumns:
    """A price as staff read it."""

    @display(description=gettext_lazy("gross price"), ordering="gross")
    def amount(self, price: Price) -> str:
        return money.formatted(price.gross, price.currency, languages.active())

    @display(description=gettext_lazy("from"), ordering="valid")
    def begins(self, price: Price) -> Any:
        return price.valid.lower

    @display(description=gettext_lazy("until"), empty_value="–")
    def ends(self, price: Price) -> Any:
        return price.valid.upper

    @display(
        description=gettext_lazy("state"),
        label={"planned": "info", "in force": "success", "past": "default"},
    )
    def state(self, price: Price) -> tuple[str, str]:
        moment = clock.now()
        if price.valid.lower > moment:
            return "planned", _("planned")
        if price.valid.upper is not None and price.valid.upper <= moment:
            return "past", _("past")
        return "in force", _("in force")


class PriceHistoryInline(ReadOnly, PriceColumns, TabularInline):
    model = Price
    extra = 0
    tab = True
    per_page = 25
    ordering = ("-valid",)
    show_title = False
    fields = readonly_fields = ("kind", "amount", "begins", "ends", "state")
    verbose_name_plural = gettext_lazy("prices")
