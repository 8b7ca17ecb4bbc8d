"""The two queues for staff: messages of the providers, and mails. Dead ones can be tried again."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.decorators import action, display

from orders import inbox, outbox
from orders.admin.reading import ReadOnlyAdmin
from orders.models import OrderMail, WebhookEvent
from shop.kit import clock
from shop.kit.mail import MailState

MAIL_COLOURS = {
    MailState.QUEUED: "info",
    MailState.IN_FLIGHT: "info",
    MailState.SENT: "success",
    MailState.DEAD: "danger",
}


class _Retrying(ReadOnlyAdmin):
    actions_on_top = True
    actions: ClassVar = ["try_again"]

    def has_act_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("orders.change_order")

    def say(self, request: HttpRequest, count: int) -> None:
        text = ngettext("%(count)d is tried again.", "%(count)d are tried again.", count)
        self.message_user(request, text % {"count": count}, messages.SUCCESS)


@admin.register(WebhookEvent)
class WebhookEventAdmin(_Retrying):
    list_display = ("received_at", "type", "object_id", "outcome", "tries", "problem")
    list_filter = ("is_dead", "type", "gateway")
    search_fields = ("event_id", "object_id")
    date_hierarchy = "received_at"
    ordering = ("-received_at",)
    show_full_result_count = False

    @display(
        description=_("state"),
        label={"done": "success", "waiting": "info", "given up": "danger"},
    )
    def outcome(self, event: WebhookEvent) -> tuple[str, Any]:
        if event.processed_at:
            return "done", _("done")
        return ("given up", _("given up")) if event.is_dead else ("waiting", _("waiting"))

    @action(description=_("Try given up messages again"), permissions=["act"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[WebhookEvent]) -> None:
        dead = queryset.filter(is_dead=True).order_by("pk")
        for event in dead:
            inbox.revive(event, moment=clock.now())
        self.say(request, len(dead))


@admin.register(OrderMail)
class OrderMailAdmin(_Retrying):
    list_display = (
        "created_at",
        "order",
        "kind_name",
        "address",
        "state_label",
        "tries",
        "problem",
    )
    list_filter = ("state", "kind")
    list_select_related = ("order",)
    search_fields = ("order__number", "address")
    ordering = ("-created_at",)
    show_full_result_count = False

    @display(description=_("mail"), ordering="kind")
    def kind_name(self, mail: OrderMail) -> str:
        return mail.kind_name

    @display(description=_("state"), ordering="state", label=MAIL_COLOURS)
    def state_label(self, mail: OrderMail) -> tuple[str, str]:
        return mail.state, str(MailState(mail.state).label)

    @action(description=_("Try given up mails again"), permissions=["act"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[OrderMail]) -> None:
        dead = queryset.filter(state=MailState.DEAD).order_by("pk")
        for mail in dead:
            outbox.revive(mail, moment=clock.now())
        self.say(request, len(dead))
