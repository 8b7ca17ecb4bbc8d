"""Documents for staff: read, opened as PDF, exported; and what of them is due."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action, display
from unfold.enums import ActionVariant

from orders.admin import document_pages
from orders.admin.reading import ReadOnlyAdmin
from orders.documents import shown
from orders.models import Document, DocumentFile, DocumentKind, DueDocuments
from orders.receipts import papers
from shop import retrying
from shop.kit import clock

_COLOURS = {
    DocumentKind.INVOICE: "success",
    DocumentKind.CANCELLATION: "danger",
    DocumentKind.CREDIT_NOTE: "warning",
}


@admin.register(Document)
class DocumentAdmin(ReadOnlyAdmin):
    list_display = (
        *("number", "kind_label", "issued_at", "order_number", "amount", "tax_country", "pdf"),
    )
    list_filter = ("kind", "year", "tax_country", "language")
    list_select_related = ("order",)
    search_fields = ("number", "order__number", "order__email")
    date_hierarchy = "issued_at"
    ordering = ("-issued_at", "-pk")
    list_per_page = 50
    show_full_result_count = False
    fields = (
        ("number", "kind", "issued_at"),
        ("order_number", "cancels", "corrects"),
        ("net", "vat", "gross"),
        ("tax_country", "language", "pdf"),
        ("sha256", "size", "drawn_at"),
    )
    readonly_fields = ("pdf", "order_number")
    actions_list = ("export", "bookings")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Document]:
        return super().get_queryset(request).defer("content", "rates")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("orders.view_document")

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.open)
        return [path("<int:pk>/pdf/", view, name="orders_document_pdf"), *super().get_urls()]

    def open(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The PDF, the same bytes that the buyer got."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = DocumentFile.objects.select_related("document").filter(document=pk).first()
        if row is None:
            raise Http404
        return shown.response(row.document, bytes(row.pdf))

    @display(description=_("kind"), ordering="kind", label=_COLOURS)
    def kind_label(self, document: Document) -> tuple[str, str]:
        return document.kind, papers.kind_name(document)

    @display(description=_("order"), ordering="order__number")
    def order_number(self, row: Document) -> str:
        url = reverse("admin:orders_order_change", args=[row.order_id])
        return format_html('<a href="{}">{}</a>', url, row.order)

    @display(description=_("gross"), ordering="gross")
    def amount(self, document: Document) -> str:
        return papers.amount(document.gross, document.currency)

    @display(description=_("PDF"))
    def pdf(self, document: Document) -> str:
        if document.drawn_at is None:
            return "–"
        url = reverse("admin:orders_document_pdf", args=[document.pk])
        return format_html('<a href="{}">{}</a>', url, document.filename)

    @action(
        description=_("Export for auditors"),
        url_path="export",
        icon="folder_zip",
        variant=ActionVariant.PRIMARY,
    )
    def export(self, request: HttpRequest) -> HttpResponseBase:
        return document_pages.export(self, request)

    @action(description=_("Bookings for DATEV"), url_path="bookings", icon="account_balance")
    def bookings(self, request: HttpRequest) -> HttpResponseBase:
        return document_pages.bookings(self, request)


@admin.register(DueDocuments)
class DueDocumentsAdmin(retrying.RetryingAdmin):
    act_permission = "orders.change_duedocuments"
    list_display = ("created_at", "order_number", "outcome", "tries", "problem")
    list_filter = ("is_dead", retrying.LateFilter)
    list_select_related = ("order",)
    search_fields = ("order__number",)
    ordering = ("-created_at",)

    @display(description=_("order"), ordering="order__number")
    def order_number(self, row: DueDocuments) -> str:
        url = reverse("admin:orders_order_change", args=[row.order_id])
        return format_html('<a href="{}">{}</a>', url, row.order)

    @display(
        description=_("state"),
        label={"done": "success", "waiting": "info", "given up": "danger"},
    )
    def outcome(self, row: DueDocuments) -> tuple[str, Any]:
        if row.done_at:
            return "done", _("done")
        return ("given up", _("given up")) if row.is_dead else ("waiting", _("waiting"))

    def revive(self, rows: QuerySet[DueDocuments]) -> int:
        return rows.revive(clock.now())  # type: ignore[attr-defined]
