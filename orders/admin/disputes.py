"""Disputes for staff: what the buyer's bank wants, and until when."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from orders.admin.reading import ReadOnlyAdmin
from orders.models import Dispute, DisputeState

_STATES = {
    DisputeState.INQUIRY: "warning",
    DisputeState.OPEN: "danger",
    DisputeState.REVIEW: "info",
    DisputeState.WON: "success",
    DisputeState.LOST: "danger",
}


@admin.register(Dispute)
class DisputeAdmin(ReadOnlyAdmin):
    list_display = ("created_at", "number", "amount", "reason", "answer_until", "state_label")
    list_filter = ("state",)
    list_select_related = ("payment__order",)
    search_fields = ("payment__order__number", "provider_dispute")
    ordering = ("-created_at",)
    show_full_result_count = False

    @display(description=_("order"))
    def number(self, dispute: Dispute) -> str:
        return dispute.payment.order.number

    @display(description=_("state"), ordering="state", label=_STATES)
    def state_label(self, dispute: Dispute) -> tuple[str, str]:
        return dispute.state, dispute.get_state_display()
