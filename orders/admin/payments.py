"""Payments and refunds for staff: what came, what went back."""

from typing import ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from orders.admin.reading import ReadOnlyAdmin, ReadOnlyInline
from orders.models import Payment, PaymentState, Refund, RefundState

STATE_COLOURS = {
    PaymentState.NEW: "info",
    PaymentState.OPEN: "info",
    PaymentState.PROCESSING: "warning",
    PaymentState.PARTIAL: "warning",
    PaymentState.SUCCEEDED: "success",
    PaymentState.MISMATCH: "danger",
}
REFUND_COLOURS = {
    RefundState.REQUESTED: "warning",
    RefundState.PENDING: "info",
    RefundState.SUCCEEDED: "success",
    RefundState.FAILED: "danger",
}


class RefundInline(ReadOnlyInline):
    model = Refund
    tab = False
    ordering = ("-pk",)
    fields = ("created_at", "amount", "state", "reason", "actor", "provider_refund", "problem")


@admin.register(Payment)
class PaymentAdmin(ReadOnlyAdmin):
    list_display = (
        "created_at",
        "order",
        "gateway",
        "amount",
        "captured",
        "state_label",
        "problem",
    )
    list_filter = ("state", "gateway")
    list_select_related = ("order",)
    search_fields = ("order__number", "order__email", "provider_session", "provider_intent")
    date_hierarchy = "created_at"
    ordering = ("-created_at",)
    show_full_result_count = False
    exclude = ("parameters",)
    inlines: ClassVar = [RefundInline]

    @display(description=_("state"), ordering="state", label=STATE_COLOURS)
    def state_label(self, payment: Payment) -> tuple[str, str]:
        return payment.state, payment.get_state_display()


@admin.register(Refund)
class RefundAdmin(ReadOnlyAdmin):
    list_display = ("created_at", "order_number", "amount", "state_label", "reason", "problem")
    list_filter = ("state",)
    list_select_related = ("payment__order",)
    search_fields = ("payment__order__number", "provider_refund")
    ordering = ("-created_at",)
    show_full_result_count = False

    @display(description=_("order"))
    def order_number(self, refund: Refund) -> str:
        return refund.payment.order.number

    @display(description=_("state"), ordering="state", label=REFUND_COLOURS)
    def state_label(self, refund: Refund) -> tuple[str, str]:
        return refund.state, refund.get_state_display()
