"""The queue of returns, and what staff do with one: agree, receive, look at, close."""

from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action, display
from unfold.enums import ActionVariant

from orders import access
from orders.admin import return_acts
from orders.admin.reading import ReadOnlyAdmin, ReadOnlyInline
from orders.models import Return, ReturnLine, ReturnPiece, ReturnState
from orders.receipts import returned

STATE_COLOURS = {
    ReturnState.REQUESTED: "warning",
    ReturnState.APPROVED: "info",
    ReturnState.SENT: "info",
    ReturnState.RECEIVED: "warning",
    ReturnState.INSPECTED: "warning",
    ReturnState.CLOSED: "success",
}


class ReturnLineInline(ReadOnlyInline):
    model = ReturnLine
    tab = False
    fields = ("line_name", "quantity", "wanted", "kept_gross", "kept_reason", "pieces_found")
    readonly_fields = ("line_name", "pieces_found")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReturnLine]:
        rows = super().get_queryset(request).select_related("line", "wanted")
        return rows.prefetch_related("pieces")

    @display(description=_("name"))
    def line_name(self, row: ReturnLine) -> str:
        return row.line.title

    @display(description=_("inspected"))
    def pieces_found(self, row: ReturnLine) -> str:
        return ", ".join(_words(one) for one in row.pieces.all())


def _words(one: ReturnPiece) -> str:
    verdict, condition = one.get_verdict_display(), one.get_condition_display()
    return f"{one.quantity} × {one.sku}: {verdict} ({condition})"


@admin.register(Return)
class ReturnAdmin(ReadOnlyAdmin):
    list_display = ("number", "opened_at", "order", "track", "state_label", "reason", "outcome")
    list_filter = ("state", "track", "reason", "outcome")
    search_fields = ("number", "order__number", "order__email", "tracking_number")
    ordering = ("opened_at",)
    list_per_page = 50
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("number", "order", "customer_page"),
                    ("track", "state", "outcome"),
                    ("reason", "remedy", "postage"),
                    ("words",),
                    ("decision",),
                    ("carrier", "tracking_number"),
                    ("opened_at", "received_at", "closed_at"),
                    ("refund", "replacement"),
                    ("pictures",),
                )
            },
        ),
    )
    readonly_fields = ("customer_page", "pictures")
    inlines: ClassVar = [ReturnLineInline]
    actions_list = ("scan",)
    actions_detail = ("approve", "receive", "inspect", "close", "refuse", "call_off")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Return]:
        rows = super().get_queryset(request)
        return rows.select_related("order", "refund", "replacement")

    def has_act_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """May this person decide about returns?"""
        return request.user.has_perm("orders.change_return")

    def has_refund_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """May this person give money back?"""
        return self.has_act_permission(request) and request.user.has_perm("orders.add_refund")

    @display(description=_("state"), ordering="state", label=STATE_COLOURS)
    def state_label(self, entry: Return) -> tuple[str, str]:
        return entry.state, entry.get_state_display()

    @display(description=_("order page"))
    def customer_page(self, entry: Return) -> str:
        path = returned.path_of(entry)
        return format_html('<a href="{}">{}</a>', path, _now("as the customer sees it"))

    @display(description=_("pictures"))
    def pictures(self, entry: Return) -> str:
        token = access.token_for(entry.order)
        rows = [
            (reverse("orders:return_photo", args=[token, entry.pk, one.pk]), number)
            for number, one in enumerate(entry.photos.order_by("pk"), start=1)
        ]
        return format_html_join(" ", '<a href="{}">{}</a>', rows) if rows else "–"

    @action(description=_("Receive a parcel"), url_path="scan", permissions=["act"], icon="barcode")
    def scan(self, request: HttpRequest) -> HttpResponse:
        return return_acts.scan(self, request)

    @action(description=_("Agree"), url_path="approval", permissions=["act"], icon="check")
    def approve(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return return_acts.approve(self, request, self.row(request, object_id))

    @action(description=_("Receive"), url_path="arrival", permissions=["act"], icon="inventory")
    def receive(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return return_acts.receive(self, request, self.row(request, object_id))

    @action(
        description=_("Inspect"),
        url_path="inspection",
        permissions=["act"],
        icon="search",
        variant=ActionVariant.PRIMARY,
    )
    def inspect(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return return_acts.inspect(self, request, self.row(request, object_id))

    @action(description=_("Close"), url_path="end", permissions=["refund"], icon="task_alt")
    def close(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return return_acts.close(self, request, self.row(request, object_id))

    @action(description=_("Refuse"), url_path="refusal", permissions=["act"], icon="block")
    def refuse(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return return_acts.refuse(self, request, self.row(request, object_id))

    @action(description=_("Call off"), url_path="recall", permissions=["act"], icon="undo")
    def call_off(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return return_acts.call_off(self, request, self.row(request, object_id))

    def row(self, request: HttpRequest, object_id: str) -> Return:
        """The return of the page. Raises `Http404` and `PermissionDenied`."""
        entry = self.get_object(request, object_id)
        if entry is None:
            raise Http404
        if not self.has_view_permission(request, entry):
            raise PermissionDenied
        return entry
