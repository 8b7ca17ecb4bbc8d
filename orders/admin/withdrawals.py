"""The queue of withdrawals: to be decided, days until the refund, what became of each."""

from typing import Any

from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from unfold.decorators import action, display
from unfold.enums import ActionVariant

from orders.admin import withdrawal_pages
from orders.admin.reading import ReadOnlyAdmin
from orders.models import (
    PieceWay,
    ReturnState,
    WithdrawalCase,
    WithdrawalFlag,
    WithdrawalMail,
    WithdrawalMatch,
    WithdrawalState,
)
from orders.withdrawals import matching, outbox, wording
from shop import retrying
from shop.kit import clock

STATE_COLOURS = {
    WithdrawalState.WAITING: "info",
    WithdrawalState.OPEN: "danger",
    WithdrawalState.ACCEPTED: "warning",
    WithdrawalState.SETTLED: "success",
    WithdrawalState.REJECTED: "default",
}
_UNTIL_HERE = (ReturnState.APPROVED, ReturnState.REQUESTED)


@admin.register(WithdrawalCase)
class WithdrawalCaseAdmin(ReadOnlyAdmin):
    list_display = (
        "number",
        "received",
        "name",
        "order_link",
        "match_label",
        "state_label",
        "days_left",
        "remarks",
    )
    list_filter = ("state", "match")
    list_select_related = ("withdrawal", "order", "goods_return")
    search_fields = (
        *("withdrawal__number", "withdrawal__reference", "withdrawal__name"),
        *("withdrawal__email", "order__number"),
    )
    list_per_page = 50
    show_full_result_count = False
    fields = (
        *("state", "match_label", "remarks", "order_link", "candidates"),
        *("received", "statement", "channel", "network", "text_version", "receipt"),
        *("ends_on", "pieces_text", "return_link", "refund_until", "days_left"),
        *("reason", "decided_by", "decided_at", "settled_at"),
    )
    readonly_fields = fields
    actions_detail = ("accept", "assign", "reject", "settle")
    actions_detail_hide_default = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[WithdrawalCase]:
        """What is due first stands first, then what came in last."""
        rows = super().get_queryset(request).prefetch_related("pieces__line", "withdrawal__mails")
        return rows.order_by(F("settled_at").asc(nulls_first=True), "refund_until", "-pk")

    def has_act_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("orders.change_order")

    @display(description=_("number"))
    def number(self, case: WithdrawalCase) -> str:
        return case.withdrawal.number

    @display(description=_("received"), ordering="withdrawal__received_at")
    def received(self, case: WithdrawalCase) -> str:
        return wording.received(case.withdrawal.received_at)

    @display(description=_("name"))
    def name(self, case: WithdrawalCase) -> str:
        return case.withdrawal.name

    @display(description=pgettext_lazy("withdrawal", "statement"))
    def statement(self, case: WithdrawalCase) -> SafeString:
        lines = case.withdrawal.statement.split("\n")
        return format_html_join("", "{}<br>", ((line,) for line in lines))

    @display(description=_("channel"))
    def channel(self, case: WithdrawalCase) -> str:
        return str(case.withdrawal.get_channel_display())

    @display(description=_("network"))
    def network(self, case: WithdrawalCase) -> str:
        return case.withdrawal.network

    @display(description=_("version of the text"))
    def text_version(self, case: WithdrawalCase) -> str:
        return f"{case.withdrawal.text_version} ({case.withdrawal.language})"

    @display(description=_("mails"))
    def receipt(self, case: WithdrawalCase) -> str:
        mails = sorted(case.withdrawal.mails.all(), key=lambda one: one.pk)
        return ", ".join(f"{one.kind_name}: {_mail_state(one)}" for one in mails)

    @display(description=_("order"))
    def order_link(self, case: WithdrawalCase) -> str:
        if case.order is None:
            return case.withdrawal.reference
        url = reverse("admin:orders_order_change", args=[case.order_id])
        return format_html('<a href="{}">{}</a>', url, case.order.number)

    @display(description=_("orders that may be meant"))
    def candidates(self, case: WithdrawalCase) -> Any:
        if case.order is not None or case.state != WithdrawalState.OPEN:
            return "–"
        found = matching.find(case.withdrawal).orders[:10]
        rows = (
            (reverse("admin:orders_order_change", args=[one.pk]), one.number, one.email)
            for one in found
        )
        return format_html_join("", '<a href="{}">{}</a> · {}<br>', rows) or "–"

    @display(description=_("match"), ordering="match")
    def match_label(self, case: WithdrawalCase) -> str:
        return str(WithdrawalMatch(case.match).label)

    @display(description=_("state"), ordering="state", label=STATE_COLOURS)
    def state_label(self, case: WithdrawalCase) -> tuple[str, str]:
        return case.state, str(WithdrawalState(case.state).label)

    @display(description=_("remarks"))
    def remarks(self, case: WithdrawalCase) -> str:
        return ", ".join(str(WithdrawalFlag(one).label) for one in case.flags) or "–"

    @display(description=_("days until the refund"), ordering="refund_until")
    def days_left(self, case: WithdrawalCase) -> str:
        left = case.days_left(clock.day_of(clock.now()))
        if case.state != WithdrawalState.ACCEPTED or left is None:
            return "–"
        words = ngettext("%(count)d day", "%(count)d days", left) % {"count": left}
        entry = case.goods_return
        is_away = entry is not None and entry.state in _UNTIL_HERE
        return f"{words} ({_('may wait for the goods')})" if is_away else words

    @display(description=_("pieces"))
    def pieces_text(self, case: WithdrawalCase) -> SafeString:
        rows = ((one.quantity, one.line.title, PieceWay(one.way).label) for one in _pieces(case))
        return format_html_join("", "{} × {}: {}<br>", rows)

    @display(description=_("return"))
    def return_link(self, case: WithdrawalCase) -> str:
        return case.goods_return.number if case.goods_return else "–"

    @action(
        description=_("Accept withdrawal"),
        url_path="acceptance",
        permissions=["act"],
        icon="check",
        variant=ActionVariant.PRIMARY,
    )
    def accept(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return withdrawal_pages.accept(self, request, object_id)

    @action(description=_("Assign to an order"), url_path="order", permissions=["act"], icon="link")
    def assign(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return withdrawal_pages.assign(self, request, object_id)

    @action(
        description=_("Reject withdrawal"),
        url_path="rejection",
        permissions=["act"],
        icon="block",
        variant=ActionVariant.DANGER,
    )
    def reject(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return withdrawal_pages.reject(self, request, object_id)

    @action(
        description=_("Mark as settled"),
        url_path="settlement",
        permissions=["act"],
        icon="task_alt",
    )
    def settle(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return withdrawal_pages.settle(self, request, object_id)


def _pieces(case: WithdrawalCase) -> list[Any]:
    return sorted(case.pieces.all(), key=lambda one: (one.line.position, one.way))


def _mail_state(mail: WithdrawalMail) -> str:
    return str(mail.get_state_display())


@admin.register(WithdrawalMail)
class WithdrawalMailAdmin(retrying.OutgoingMailAdmin):
    """What became of the receipts: one that is not delivered is a breach of § 356a BGB."""

    act_permission = "orders.change_withdrawalmail"
    list_display = ("created_at", "kind_name", "number", "address", "state_label", "tries")
    list_select_related = ("withdrawal",)
    search_fields = ("address", "withdrawal__number")
    fields = readonly_fields = (
        *("created_at", "kind_name", "number", "address", "state_label", "tries"),
        *("next_try_at", "sent_at", "problem"),
    )

    @display(description=_("withdrawal"))
    def number(self, mail: WithdrawalMail) -> str:
        return mail.withdrawal.number

    def revive(self, rows: QuerySet[WithdrawalMail]) -> int:
        return outbox.revive(rows, moment=clock.now())
