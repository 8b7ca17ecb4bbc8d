"""Parcels: the list, the page of the day, and which carrier a delivery method has."""

from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminSelectWidget

from orders.admin import packing_pages, parcel_acts, shipping_pages
from orders.admin.reading import ReadOnlyAdmin
from orders.carriers import formats
from orders.models import CarrierChoice, Fulfilment, KnownBy

KNOWN_COLOURS = {KnownBy.HAND: "success", KnownBy.CARRIER: "success", KnownBy.TIME: "info"}


@admin.register(Fulfilment)
class ParcelAdmin(ReadOnlyAdmin):
    list_display = ("tracking", "order_link", "carrier", "shipped_at", "delivered_at", "known_by")
    list_filter = (
        "carrier_code",
        "delivery_known_by",
        ("delivered_at", admin.EmptyFieldListFilter),
    )
    search_fields = ("order__number", "tracking_number")
    date_hierarchy = "shipped_at"
    ordering = ("-shipped_at",)
    list_per_page = 50
    show_full_result_count = False
    fields = (
        ("order_link", "carrier", "tracking"),
        ("packed_at", "shipped_at"),
        ("delivered_at", "known_by"),
        "contents",
        "actor",
    )
    readonly_fields = ("tracking", "order_link", "known_by", "contents")
    actions_detail = ("deliver",)
    actions_detail_hide_default = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Fulfilment]:
        rows = super().get_queryset(request).select_related("order", "actor")
        return rows.prefetch_related("lines__line")

    def get_urls(self) -> list[Any]:
        def at(view: Any) -> Any:
            return self.admin_site.admin_view(view)

        return [
            path("shipping/", at(self.shipping), name="orders_shipping"),
            path("packing/", at(self.packing), name="orders_packing"),
            path("packing/<int:pk>/", at(self.packing_of), name="orders_packing_of"),
            *super().get_urls(),
        ]

    def shipping(self, request: HttpRequest) -> HttpResponse:
        """The page of the day: what is to be shipped or set aside."""
        return shipping_pages.page(self, request)

    def packing(self, request: HttpRequest) -> HttpResponse:
        """Which order is on the table? By the bar code of its slip."""
        return packing_pages.find(self, request)

    def packing_of(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What has to be in the box, piece by piece."""
        return packing_pages.page(self, request, pk)

    def has_act_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """May this person ship, pack and mark as delivered?"""
        return request.user.has_perm("orders.add_fulfilment")

    @display(description=_("tracking number"), ordering="tracking_number")
    def tracking(self, parcel: Fulfilment) -> str:
        number = parcel.tracking_number or "–"
        url = formats.tracking_url(parcel.carrier_code, parcel.tracking_number)
        return format_html('<a href="{}" rel="noreferrer">{}</a>', url, number) if url else number

    @display(description=_("order"), ordering="order__number")
    def order_link(self, parcel: Fulfilment) -> str:
        url = reverse("admin:orders_order_change", args=[parcel.order_id])
        return format_html('<a href="{}">{}</a>', url, parcel.order.number)

    @display(description=_("delivery known by"), label=KNOWN_COLOURS)
    def known_by(self, parcel: Fulfilment) -> tuple[str, str]:
        return parcel.delivery_known_by, parcel.get_delivery_known_by_display()

    @display(description=_("contents"))
    def contents(self, parcel: Fulfilment) -> str:
        return ", ".join(f"{one.quantity} × {one.line.sku}" for one in parcel.lines.all())

    @action(
        description=_("Mark as delivered"),
        url_path="delivery",
        permissions=["act"],
        icon="where_to_vote",
    )
    def deliver(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return parcel_acts.deliver(self, request, object_id)


class CarrierChoiceForm(forms.ModelForm):
    carrier_code = forms.ChoiceField(label=_("carrier"), widget=UnfoldAdminSelectWidget)

    class Meta:
        model = CarrierChoice
        fields = ("method", "carrier_code")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        carriers = [(one.code, one.name) for one in formats.CARRIERS.values()]
        cast(forms.ChoiceField, self.fields["carrier_code"]).choices = carriers


@admin.register(CarrierChoice)
class CarrierChoiceAdmin(ModelAdmin):
    form = CarrierChoiceForm
    list_display = ("method", "carrier_name")
    ordering = ("method",)
    fields: ClassVar = ("method", "carrier_code")

    @display(description=_("carrier"), ordering="carrier_code")
    def carrier_name(self, choice: CarrierChoice) -> str:
        return formats.name_of(choice.carrier_code)
