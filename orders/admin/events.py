"""The two queues of the orders: messages of the providers in, mails out."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from orders import inbox, outbox
from orders.models import OrderMail, WebhookEvent
from shop import retrying
from shop.kit import clock


@admin.register(WebhookEvent)
class WebhookEventAdmin(retrying.RetryingAdmin):
    act_permission = "orders.change_webhookevent"
    list_display = ("received_at", "type", "object_id", "outcome", "tries", "problem")
    list_filter = ("is_dead", retrying.LateFilter, "type", "gateway")
    search_fields = ("event_id", "object_id")
    date_hierarchy = "received_at"
    ordering = ("-received_at",)

    @display(
        description=_("state"),
        label={"done": "success", "waiting": "info", "given up": "danger"},
    )
    def outcome(self, event: WebhookEvent) -> tuple[str, Any]:
        if event.processed_at:
            return "done", _("done")
        return ("given up", _("given up")) if event.is_dead else ("waiting", _("waiting"))

    def revive(self, rows: QuerySet[WebhookEvent]) -> int:
        return inbox.revive(rows, moment=clock.now())


@admin.register(OrderMail)
class OrderMailAdmin(retrying.OutgoingMailAdmin):
    act_permission = "orders.change_ordermail"
    list_display = (
        "created_at",
        "order",
        "kind_name",
        "address",
        "state_label",
        "tries",
        "problem",
    )
    list_select_related = ("order",)
    search_fields = ("order__number", "address")

    def revive(self, rows: QuerySet[OrderMail]) -> int:
        return outbox.revive(rows, moment=clock.now())
