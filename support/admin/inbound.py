"""Mails that came in. Those that belong to no case wait for somebody who decides."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.decorators import action, display

from shop import staff_pages
from shop.kit import clock
from support.admin import forms
from support.mailing import parsing, working_off
from support.models import InboundMail, InboundState

COLOURS = {
    InboundState.NEW: "info",
    InboundState.DONE: "success",
    InboundState.UNDECIDED: "warning",
    InboundState.IGNORED: "info",
}


@admin.register(InboundMail)
class InboundMailAdmin(staff_pages.ReadOnly, ModelAdmin):
    list_display = ("received_at", "sender", "subject", "state_label", "remark", "case")
    list_filter = ("state",)
    list_select_related = ("case",)
    search_fields = ("sender", "subject", "case__number")
    ordering = ("-received_at",)
    fields = readonly_fields = (
        "received_at",
        "sender",
        "recipient",
        "subject",
        "state_label",
        "remark",
        "case",
        "text",
    )
    actions_detail: ClassVar = ["put_into", "open_case", "set_aside"]
    show_full_result_count = False

    def has_act_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """May this person decide where a mail belongs?"""
        return request.user.has_perm("support.change_inboundmail")

    @display(description=gettext_lazy("state"), ordering="state", label=COLOURS)
    def state_label(self, row: InboundMail) -> tuple[str, str]:
        return row.state, row.get_state_display()

    @display(description=gettext_lazy("text"))
    def text(self, row: InboundMail) -> str:
        try:
            return parsing.parse(bytes(row.raw)).text
        except parsing.Unreadable:
            return _("It cannot be read.")

    @action(description=gettext_lazy("Put into a case"), url_path="case", permissions=["act"])
    def put_into(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def act(row: InboundMail, given: dict[str, Any]) -> str:
            working_off.put_into(
                row, given["number"], by=staff_pages.staff(request), moment=clock.now()
            )
            return _("The mail is in the case.")

        return _ask(self, request, object_id, forms.NumberForm, _("Put into a case"), act)

    @action(description=gettext_lazy("Make a new case"), url_path="new", permissions=["act"])
    def open_case(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def act(row: InboundMail, given: dict[str, Any]) -> str:
            case = working_off.open_case(row, by=staff_pages.staff(request), moment=clock.now())
            return _("Case %(number)s was made.") % {"number": case.number}

        return _ask(self, request, object_id, staff_pages.AskForm, _("Make a new case"), act)

    @action(description=gettext_lazy("Set aside"), url_path="aside", permissions=["act"])
    def set_aside(self, request: HttpRequest, object_id: str) -> HttpResponse:
        def act(row: InboundMail, given: dict[str, Any]) -> str:
            working_off.set_aside(row, by=staff_pages.staff(request))
            return _("Set aside. It is deleted after 30 days.")

        return _ask(self, request, object_id, staff_pages.AskForm, _("Set aside"), act)


def _ask(
    page: InboundMailAdmin,
    request: HttpRequest,
    object_id: str,
    form_class: type[staff_pages.AskForm],
    title: str,
    act: Callable[[InboundMail, dict[str, Any]], str],
) -> HttpResponse:
    row = staff_pages.row_of(page, request, object_id)
    form = form_class(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, act(row, form.cleaned_data))
        except working_off.AlreadyDecided as problem:
            messages.error(request, str(problem))
        except parsing.Unreadable:
            messages.error(request, _("It cannot be read."))
        return redirect("admin:support_inboundmail_changelist")
    back_url = reverse("admin:support_inboundmail_change", args=[row.pk])
    words = {"title": title, "submit_text": title, "text": row.subject}
    return staff_pages.ask(page, request, form=form, back_url=back_url, **words)
