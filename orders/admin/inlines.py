"""What an order consists of, as tabs of its page."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from orders import history
from orders.admin.reading import ReadOnlyInline
from orders.models import (
    Document,
    Download,
    Fulfilment,
    FulfilmentLine,
    OrderAddress,
    OrderDiscount,
    OrderEvent,
    OrderLine,
    OrderMail,
    OrderVat,
    Payment,
)
from orders.receipts import papers


class LineInline(ReadOnlyInline):
    model = OrderLine
    tab = False
    ordering = ("position",)
    fields = (
        "sku",
        "contents",
        "engraving",
        "quantity",
        "unit_gross",
        "gross",
        "discount_gross",
        "vat_rate",
        "withdrawal_exception",
    )
    readonly_fields = ("contents",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[OrderLine]:
        return super().get_queryset(request).prefetch_related("components")

    @display(description=_("name"))
    def contents(self, line: OrderLine) -> str:
        """As on a packing slip: under a bundle the pieces to pack for the whole line."""
        parts = sorted(line.components.all(), key=lambda one: one.position)
        rows = format_html_join(
            "", "<br>{} × {} · {}", ((one.quantity, one.sku, one.title) for one in parts)
        )
        return format_html("{}{}", line.title, rows)


class DiscountInline(ReadOnlyInline):
    model = OrderDiscount
    ordering = ("position",)
    fields = ("title", "promotion_code", "kind", "gross", "borne_by")
    readonly_fields = ("title", "borne_by")

    def get_queryset(self, request: HttpRequest) -> QuerySet[OrderDiscount]:
        return super().get_queryset(request).prefetch_related("shares__line")

    @display(description=_("name"))
    def title(self, discount: OrderDiscount) -> str:
        return discount.title

    @display(description=_("borne by"))
    def borne_by(self, discount: OrderDiscount) -> str:
        shares = sorted(discount.shares.all(), key=lambda one: one.pk)
        return ", ".join(
            f"{one.line.sku if one.line else _('delivery')} {one.gross}" for one in shares
        )


class VatInline(ReadOnlyInline):
    model = OrderVat
    ordering = ("-rate",)
    fields = ("rate", "net", "vat", "gross")


class AddressInline(ReadOnlyInline):
    model = OrderAddress
    ordering = ("-kind",)
    fields = (
        "kind",
        "name",
        "company",
        "post_number",
        "street",
        "extra",
        "postcode",
        "city",
        "region",
        "country",
        "phone",
    )


class PaymentInline(ReadOnlyInline):
    model = Payment
    ordering = ("-pk",)
    fields = ("created_at", "gateway", "state", "amount", "captured", "refunded", "problem")
    readonly_fields = ("refunded",)
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Payment]:
        return super().get_queryset(request).prefetch_related("refunds")

    @display(description=_("refunds"))
    def refunded(self, payment: Payment) -> str:
        return ", ".join(
            f"{one.amount} ({one.get_state_display()})" for one in payment.refunds.all()
        )


class FulfilmentInline(ReadOnlyInline):
    model = Fulfilment
    ordering = ("-pk",)
    fields = ("shipped_at", "carrier", "tracking_number", "contents", "actor")
    readonly_fields = ("contents",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Fulfilment]:
        rows = super().get_queryset(request).select_related("actor")
        return rows.prefetch_related("lines__line__components")

    @display(description=_("contents"))
    def contents(self, parcel: Fulfilment) -> str:
        return ", ".join(_packed(one) for one in parcel.lines.all())


def _packed(one: FulfilmentLine) -> str:
    parts = sorted(one.line.components.all(), key=lambda part: part.position)
    pieces = [f"{part.quantity // one.line.quantity * one.quantity} × {part.sku}" for part in parts]
    inside = f" ({', '.join(pieces)})" if pieces else ""
    return f"{one.quantity} × {one.line.sku}{inside}"


class DownloadInline(ReadOnlyInline):
    model = Download
    ordering = ("line__position", "pk")
    fields = ("line", "name", "content_type", "size", "downloaded_count", "first_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Download]:
        return super().get_queryset(request).select_related("line")


class EventInline(ReadOnlyInline):
    """The timeline, the newest on top."""

    model = OrderEvent
    ordering = ("-pk",)
    verbose_name_plural = _("timeline")
    fields = ("created_at", "what", "actor")
    readonly_fields = ("what",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[OrderEvent]:
        return super().get_queryset(request).select_related("actor", "order")

    @display(description=_("what happened"))
    def what(self, event: OrderEvent) -> str:
        return history.words_of(event)


class MailInline(ReadOnlyInline):
    model = OrderMail
    ordering = ("-pk",)
    fields = ("created_at", "kind_name", "address", "state", "tries", "sent_at", "problem")
    readonly_fields = ("kind_name",)

    @display(description=_("mail"))
    def kind_name(self, mail: OrderMail) -> Any:
        return mail.kind_name


class DocumentInline(ReadOnlyInline):
    model = Document
    ordering = ("pk",)
    fields = ("kind_name", "issued_at", "gross", "pdf")
    readonly_fields = ("kind_name", "pdf")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Document]:
        return super().get_queryset(request).defer("content", "rates")

    @display(description=_("document"))
    def kind_name(self, document: Document) -> str:
        return papers.title(document)

    @display(description=_("PDF"))
    def pdf(self, document: Document) -> str:
        url = reverse("admin:orders_document_pdf", args=[document.pk])
        return format_html('<a href="{}">{}</a>', url, document.filename)


ALL = [
    LineInline,
    DiscountInline,
    DocumentInline,
    EventInline,
    PaymentInline,
    FulfilmentInline,
    DownloadInline,
    AddressInline,
    VatInline,
    MailInline,
]
