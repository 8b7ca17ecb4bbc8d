"""A case as a conversation, with the order beside it; every button is one act."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from unfold.admin import ModelAdmin

from shop import staff_pages
from shop.kit import clock
from support import attachments, canned, cases, merging
from support.admin import case_facts, forms
from support.models import CannedReply, Case, CaseState, Sender

LIST = "admin:support_case_changelist"


def page(owner: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Show it, or do what a button says. Raises `Http404`, `PermissionDenied`."""
    case = _case(object_id)
    if not owner.has_view_permission(request, case):
        raise PermissionDenied
    if request.method != "POST":
        return _shown(owner, request, case)
    if not owner.has_change_permission(request, case):
        raise PermissionDenied
    act = _ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise Http404
    refused = act(request, case)
    if refused is not None:
        return _shown(owner, request, case, form=refused, status=422)
    is_done = request.POST["act"] == "answer_and_close"
    return redirect(LIST) if is_done else redirect("admin:support_case_change", case.pk)


def _case(object_id: str) -> Case:
    rows = Case.objects.select_related("customer", "order", "assignee", "merged_into")
    found = rows.filter(pk=object_id).first() if object_id.isdigit() else None
    if found is None:
        raise Http404
    return cast("Case", found.merged_into) if found.merged_into_id else found


def _shown(
    owner: ModelAdmin,
    request: HttpRequest,
    case: Case,
    *,
    form: forms.AnswerForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        **owner.admin_site.each_context(request),
        **case_facts.of(case),
        "title": f"{case.number} · {case.subject}",
        "opts": owner.opts,
        "case": case,
        "form": form or forms.AnswerForm(initial={"text": _ready(request, case)}),
        "set_up_form": forms.SetUpForm(
            initial={"assignee": case.assignee_id, "topic": case.topic, "priority": case.priority}
        ),
        "canned": [
            {"title": one.title, "url": f"?canned={one.pk}#answer"}
            for one in CannedReply.objects.order_by("title")
        ],
        "may_act": owner.has_change_permission(request, case),
        "others": _others(case),
        "list_url": f"{reverse(LIST)}?state__exact={CaseState.OPEN}",
    }
    return render(request, "admin/support/case.html", context, status=status)


def _ready(request: HttpRequest, case: Case) -> str:
    chosen = request.GET.get("canned", "")
    reply = CannedReply.objects.filter(pk=chosen).first() if chosen.isdecimal() else None
    return canned.filled(reply, case) if reply else ""


def _others(case: Case) -> list[dict[str, Any]]:
    """The other cases of the same person."""
    whose = Q(customer=case.customer_id) if case.customer_id else Q(guest_email=case.guest_email)
    rows = Case.objects.filter(whose, merged_into=None).exclude(pk=case.pk)
    return [
        {
            "pk": one.pk,
            "name": str(one),
            "state": one.get_state_display(),
            "url": reverse("admin:support_case_change", args=[one.pk]),
        }
        for one in rows.order_by("-created_at", "-pk")[:5]
    ]


def _answer(request: HttpRequest, case: Case) -> forms.AnswerForm | None:
    return _say(request, case, Sender.STAFF, _("Answered. The customer gets a mail."))


def _note(request: HttpRequest, case: Case) -> forms.AnswerForm | None:
    return _say(request, case, Sender.NOTE, _("Noted."))


def _answer_and_close(request: HttpRequest, case: Case) -> forms.AnswerForm | None:
    text = _("Answered and closed. The customer gets a mail.")
    refused = _say(request, case, Sender.STAFF, text)
    if refused is None:
        cases.close(case, moment=clock.now(), tells=True)
    return refused


def _say(request: HttpRequest, case: Case, sender: Sender, done: str) -> forms.AnswerForm | None:
    """Add a message; the form when something is wrong with it."""
    form = forms.AnswerForm(request.POST, request.FILES)
    if not form.is_valid():
        return form
    try:
        files = attachments.checked(form.cleaned_data["files"])
    except attachments.Refused as problem:
        form.add_error("files", str(problem))
        return form
    cases.add_message(
        case,
        sender=sender,
        text=form.cleaned_data["text"],
        author=staff_pages.staff(request),
        files=files,
        moment=clock.now(),
    )
    messages.success(request, done)
    return None


def _close(request: HttpRequest, case: Case) -> None:
    if cases.close(case, moment=clock.now(), tells=True):
        messages.success(request, _("Closed. The customer is asked how it was."))


def _set_up(request: HttpRequest, case: Case) -> None:
    form = forms.SetUpForm(request.POST)
    if form.is_valid():
        cases.set_up(case, **form.cleaned_data)
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("Please look at the fields again."))


def _take(request: HttpRequest, case: Case) -> None:
    cases.set_up(
        case, topic=case.topic, priority=case.priority, assignee=staff_pages.staff(request)
    )
    messages.success(request, _("The case is yours."))


def _merge(request: HttpRequest, case: Case) -> None:
    chosen = request.POST.get("other", "")
    other = Case.objects.filter(pk=chosen).first() if chosen.isdecimal() else None
    try:
        if other is None:
            raise merging.NotMergeable
        merging.merge(other, into=case, by=staff_pages.staff(request), moment=clock.now())
    except merging.NotMergeable as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("Merged."))


_ACTS: dict[str, Callable[[HttpRequest, Case], forms.AnswerForm | None]] = {
    "answer": _answer,
    "answer_and_close": _answer_and_close,
    "note": _note,
    "close": _close,
    "set_up": _set_up,
    "take": _take,
    "merge": _merge,
}
