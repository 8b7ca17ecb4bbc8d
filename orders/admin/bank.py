"""The bank for staff: statements, their bookings, transfers to be made, and the money queue."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action, display
from unfold.enums import ActionVariant

from orders.admin import bank_pages, money_queue
from orders.admin.reading import ReadOnlyAdmin, ReadOnlyInline
from orders.models import (
    BankState,
    BankStatement,
    BankTransaction,
    BankTransfer,
    MoneyIn,
    TransferState,
)
from orders.receipts import ibans

_STATES = {
    BankState.OPEN: "warning",
    BankState.BOOKED: "success",
    BankState.RETURNED: "info",
    BankState.REFUND: "info",
    BankState.IGNORED: "primary",
}
_TRANSFER_STATES = {
    TransferState.WAITING: "warning",
    TransferState.EXPORTED: "info",
    TransferState.DONE: "success",
    TransferState.FAILED: "danger",
}


class _Acting(ReadOnlyAdmin):
    """Acts are for those who may change orders; money goes out by those who may refund."""

    show_full_result_count = False

    def has_act_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("orders.change_banktransaction")

    def has_refund_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("orders.add_refund")


@admin.register(BankStatement)
class BankStatementAdmin(_Acting):
    list_display = (
        "created_at",
        "filename",
        "layout",
        "count_new",
        "count_known",
        "count_left_out",
    )
    ordering = ("-created_at",)
    exclude = ("sha256",)
    actions_list = ("upload",)

    @action(
        description=_("Upload a bank statement"),
        url_path="upload",
        permissions=["act"],
        icon="upload_file",
        variant=ActionVariant.PRIMARY,
    )
    def upload(self, request: HttpRequest) -> HttpResponse:
        return bank_pages.upload(self, request)


class MoneyInInline(ReadOnlyInline):
    model = MoneyIn
    tab = False
    ordering = ("pk",)
    fields = ("created_at", "payment", "amount", "means", "actor")


@admin.register(BankTransaction)
class BankTransactionAdmin(_Acting):
    list_display = (
        "booked_on",
        "payer_name",
        "account",
        "remittance",
        "amount",
        "left",
        "rule",
        "state_label",
    )
    list_filter = ("state", "rule", "is_credit")
    search_fields = ("remittance", "payer_name", "end_to_end")
    date_hierarchy = "booked_on"
    ordering = ("-booked_on", "-pk")
    exclude = ("fingerprint", "likeness")
    inlines: ClassVar = [MoneyInInline]
    actions_detail = ("assign", "give_back", "ignore", "recognise")
    actions_detail_hide_default = True

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.money)
        return [path("money/", view, name="orders_money"), *super().get_urls()]

    def money(self, request: HttpRequest) -> HttpResponse:
        """All kinds of money that somebody has to look at."""
        return money_queue.page(self, request)

    @display(description=_("IBAN"))
    def account(self, booking: BankTransaction) -> str:
        return ibans.shortened(booking.payer_iban)

    @display(description=_("state"), ordering="state", label=_STATES)
    def state_label(self, booking: BankTransaction) -> tuple[str, str]:
        return booking.state, booking.get_state_display()

    @action(
        description=_("Assign to orders"),
        url_path="assignment",
        permissions=["act"],
        icon="link",
        variant=ActionVariant.PRIMARY,
    )
    def assign(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return bank_pages.assign(self, request, object_id)

    @action(description=_("Give back"), url_path="return", permissions=["refund"], icon="undo")
    def give_back(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return bank_pages.give_back(self, request, object_id)

    @action(description=_("Ignore"), url_path="ignore", permissions=["act"], icon="block")
    def ignore(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return bank_pages.ignore(self, request, object_id)

    @action(
        description=_("It is our transfer"),
        url_path="recognition",
        permissions=["act"],
        icon="currency_exchange",
    )
    def recognise(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return bank_pages.recognise(self, request, object_id)


@admin.register(BankTransfer)
class BankTransferAdmin(_Acting):
    list_display = ("created_at", "order", "name", "account", "amount", "state_label")
    list_filter = ("state",)
    list_select_related = ("order",)
    search_fields = ("order__number", "name", "end_to_end")
    ordering = ("-pk",)
    actions_list = ("export",)
    actions_detail = ("carried_out", "came_back", "address", "put_back")
    actions_detail_hide_default = True

    @display(description=_("IBAN"))
    def account(self, transfer: BankTransfer) -> str:
        return ibans.shortened(transfer.iban)

    @display(description=_("state"), ordering="state", label=_TRANSFER_STATES)
    def state_label(self, transfer: BankTransfer) -> tuple[str, str]:
        return transfer.state, transfer.get_state_display()

    @action(
        description=_("File for the bank"),
        url_path="export",
        permissions=["refund"],
        icon="download",
        variant=ActionVariant.PRIMARY,
    )
    def export(self, request: HttpRequest) -> HttpResponse:
        return bank_pages.export(self, request)

    @action(
        description=_("Carried out"),
        url_path="done",
        permissions=["refund"],
        icon="check_circle",
        variant=ActionVariant.PRIMARY,
    )
    def carried_out(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return bank_pages.carried_out(self, request, object_id)

    @action(description=_("Came back"), url_path="failure", permissions=["refund"], icon="error")
    def came_back(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return bank_pages.came_back(self, request, object_id)

    @action(description=_("Enter account"), url_path="account", permissions=["refund"], icon="edit")
    def address(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return bank_pages.address(self, request, object_id)

    @action(description=_("Put back"), url_path="waiting", permissions=["refund"], icon="undo")
    def put_back(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return bank_pages.put_back(self, request, object_id)
