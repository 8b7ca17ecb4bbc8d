"""The list of orders and the page of one order."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action, display
from unfold.enums import ActionVariant

from orders import access, payments
from orders.admin import acts, document_pages, inlines, return_acts
from orders.admin.reading import ReadOnlyAdmin
from orders.models import FulfilmentStatus, Order, OrderStatus, PaymentStatus
from shop import staff_pages
from shop.kit import languages, money

STATUS_COLOURS = {
    OrderStatus.PLACED: "warning",
    OrderStatus.CONFIRMED: "info",
    OrderStatus.COMPLETED: "success",
    OrderStatus.CANCELLED: "danger",
}
PAYMENT_COLOURS = {
    PaymentStatus.UNPAID: "warning",
    PaymentStatus.PENDING: "info",
    PaymentStatus.PARTLY_PAID: "warning",
    PaymentStatus.PAID: "success",
    PaymentStatus.OVERPAID: "warning",
    PaymentStatus.PARTLY_REFUNDED: "primary",
    PaymentStatus.REFUNDED: "primary",
    PaymentStatus.MISMATCH: "danger",
    PaymentStatus.DISPUTED: "danger",
    PaymentStatus.CHARGED_BACK: "danger",
}
FULFILMENT_COLOURS = {
    FulfilmentStatus.UNFULFILLED: "warning",
    FulfilmentStatus.PARTLY: "info",
    FulfilmentStatus.FULFILLED: "success",
}


@admin.register(Order)
class OrderAdmin(ReadOnlyAdmin):
    list_display = (
        "number",
        "placed_at",
        "email",
        "total",
        "status_label",
        "payment_label",
        "fulfilment_label",
    )
    list_filter = (
        "status",
        "payment_status",
        "fulfilment_status",
        "delivery_method",
        "tax_scheme",
        "language",
    )
    search_fields = ("number", "email", "lines__sku", "addresses__name")
    date_hierarchy = "placed_at"
    ordering = ("-placed_at",)
    list_per_page = 50
    show_full_result_count = False
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("number", "placed_at"),
                    ("status", "payment_status", "fulfilment_status"),
                )
            },
        ),
        (_("Customer"), {"fields": (("email", "customer"), ("language", "order_page"), "note")}),
        (
            _("Delivery"),
            {"fields": (("delivery_name", "delivery_method"), ("delivery_from", "delivery_to"))},
        ),
        (
            _("Money"),
            {
                "fields": (
                    ("goods_gross", "discount_gross", "deposit_gross"),
                    ("delivery_gross", "delivery_discount_gross", "total"),
                    ("tax_country", "tax_scheme", "distance_net"),
                    ("way_to_pay", "terms_version", "reserved_until"),
                )
            },
        ),
    )
    readonly_fields = ("total", "order_page", "way_to_pay")
    inlines: ClassVar = inlines.ALL
    actions_detail = (
        "ship",
        "hand_over",
        "complete",
        {
            "title": _("More"),
            "icon": "more_horiz",
            "items": [
                "check_payment",
                "refund",
                "open_return",
                "issue",
                "resend_confirmation",
                "cancel",
                "audit_log",
            ],
        },
    )
    actions_detail_hide_default = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Order]:
        return super().get_queryset(request).select_related("customer")

    def has_act_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """May this person complete, cancel and send mails?"""
        return request.user.has_perm("orders.change_order")

    def has_ship_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """May this person send goods and hand them out?"""
        return request.user.has_perm("orders.add_fulfilment")

    def has_refund_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """May this person give money back?"""
        return request.user.has_perm("orders.add_refund")

    def has_audit_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """May this person see what staff did with the order and who read it?"""
        return request.user.has_perm("accounts.view_auditentry")

    @display(description=_("total"), ordering="total_gross")
    def total(self, order: Order) -> str:
        return money.formatted(order.total_gross, order.currency, languages.active())

    @display(description=_("status"), ordering="status", label=STATUS_COLOURS)
    def status_label(self, order: Order) -> tuple[str, str]:
        return order.status, order.get_status_display()

    @display(description=_("payment"), ordering="payment_status", label=PAYMENT_COLOURS)
    def payment_label(self, order: Order) -> tuple[str, str]:
        return order.payment_status, order.get_payment_status_display()

    @display(description=_("fulfilment"), ordering="fulfilment_status", label=FULFILMENT_COLOURS)
    def fulfilment_label(self, order: Order) -> tuple[str, str]:
        return order.fulfilment_status, order.get_fulfilment_status_display()

    @display(description=_("payment method"))
    def way_to_pay(self, order: Order) -> str:
        return payments.name_of(order.payment_method)

    @display(description=_("order page"))
    def order_page(self, order: Order) -> str:
        return format_html(
            '<a href="{}">{}</a>', access.path_of(order), _("as the customer sees it")
        )

    @action(
        description=_("Mark as shipped"),
        url_path="shipping",
        permissions=["ship"],
        icon="local_shipping",
        variant=ActionVariant.PRIMARY,
    )
    def ship(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return acts.ship(self, request, object_id)

    @action(
        description=_("Hand over at the counter"),
        url_path="hand-over",
        permissions=["ship"],
        icon="storefront",
    )
    def hand_over(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return acts.hand_over(self, request, object_id)

    @action(description=_("Check payment now"), url_path="check", permissions=["act"], icon="sync")
    def check_payment(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return acts.check_payment(self, request, object_id)

    @action(
        description=_("Refund"),
        url_path="refund",
        permissions=["refund"],
        icon="currency_exchange",
    )
    def refund(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return acts.refund(self, request, object_id)

    @action(
        description=_("Issue invoice now"),
        url_path="invoice",
        permissions=["act"],
        icon="description",
    )
    def issue(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return document_pages.issue(self, request, object_id)

    @action(
        description=_("Open a return"),
        url_path="return",
        permissions=["act"],
        icon="assignment_return",
    )
    def open_return(self, request: HttpRequest, object_id: str) -> HttpResponse:
        order = self.get_object(request, object_id)
        if order is None:
            raise Http404
        return return_acts.open_for(self, request, order)

    @action(
        description=_("Send confirmation again"),
        url_path="confirmation",
        permissions=["act"],
        icon="mail",
    )
    def resend_confirmation(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return acts.resend_confirmation(self, request, object_id)

    @action(
        description=_("Complete"), url_path="completion", permissions=["act"], icon="check_circle"
    )
    def complete(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return acts.complete(self, request, object_id)

    @action(
        description=_("Cancel order"),
        url_path="cancellation",
        permissions=["act"],
        icon="cancel",
        variant=ActionVariant.DANGER,
    )
    def cancel(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return acts.cancel(self, request, object_id)

    @action(description=_("Audit log"), url_path="audit-log", permissions=["audit"], icon="policy")
    def audit_log(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return redirect(staff_pages.audit_log_of(get_object_or_404(Order, pk=object_id)))
