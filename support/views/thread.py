"""The page of a case, reached by its signed link: for guests too. And the list in the account."""

import contextlib
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Customer
from shop import chrome
from shop.kit import clock, languages, limits, pages
from support import access, attachments, cases, contacting, serving, showing
from support.forms import MessageForm, SatisfactionForm
from support.models import Attachment, Case, Sender


def private(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The case of the token or 404, whatever is wrong with it; an answer that nobody keeps."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str, **parts: Any) -> HttpResponseBase:
        try:
            case = access.case_for(token)
        except Case.DoesNotExist as problem:
            raise Http404 from problem
        return pages.kept_private(view(request, case, **parts))

    return guarded


@require_safe
@private
def case(request: HttpRequest, case: Case) -> HttpResponse:
    """The conversation; a link in a mail may say how many points to begin with."""
    score = request.GET.get("score", "")
    rating = SatisfactionForm(initial={"score": score} if score in "12345" else None)
    return _page(request, case, rating=rating)


@require_POST
@private
def message(request: HttpRequest, case: Case) -> HttpResponse:
    """Say more. A closed case is open again by it."""
    form = MessageForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, case, form=form, status=422)
    if not limits.allows((contacting.PER_CASE, case.number)):
        form.add_error(None, _("Too many messages in a short time. Please try again later."))
        return _page(request, case, form=form, status=429)
    try:
        files = attachments.checked(form.cleaned_data["files"])
    except attachments.Refused as problem:
        form.add_error("files", str(problem))
        return _page(request, case, form=form, status=422)
    _add(case, form.cleaned_data["text"], files)
    return _back(case, "last")


def _add(case: Case, text: str, files: list[attachments.Checked]) -> None:
    cases.add_message(case, sender=Sender.CUSTOMER, text=text, files=files, moment=clock.now())


@require_POST
@private
def closing(request: HttpRequest, case: Case) -> HttpResponse:
    """The customer needs nothing more."""
    cases.close(case, moment=clock.now())
    return _back(case, "satisfaction")


@require_POST
@private
def satisfaction(request: HttpRequest, case: Case) -> HttpResponse:
    """How it was, once. Asked again, nothing changes."""
    form = SatisfactionForm(request.POST)
    if not form.is_valid():
        return _page(request, case, rating=form, status=422)
    with contextlib.suppress(cases.NotAsked):
        cases.rate(case, **form.cleaned_data, moment=clock.now())
    return _back(case, "satisfaction")


@require_safe
@private
def file(request: HttpRequest, case: Case, pk: int) -> FileResponse:
    """A file of this case that both sides may see; 404 for all others, those of notes too."""
    shown = Attachment.objects.exclude(message__sender=Sender.NOTE)
    found = shown.filter(message__case=case, pk=pk).first()
    if found is None:
        raise Http404
    return serving.download(found)


@require_safe
@login_required
@cache_control(private=True, no_store=True)
def case_list(request: HttpRequest) -> HttpResponse:
    """The own cases, the newest first."""
    customer = cast("Customer", request.user)
    rows = Case.objects.for_customer(customer).order_by("-created_at", "-pk")[: showing.SHOWN]
    context = {
        "cases": [showing.line(one, language=languages.active()) for one in rows],
        "page": chrome.page(request, title=_("Your inquiries"), robots="noindex"),
    }
    return pages.answer(request, "support/cases.html", context)


def _page(
    request: HttpRequest,
    case: Case,
    *,
    form: MessageForm | None = None,
    rating: SatisfactionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    form, rating = form or MessageForm(auto_id="id_new_%s"), rating or SatisfactionForm()
    title = _("Inquiry %(number)s") % {"number": case.number}
    page = chrome.page(request, title=title, robots="noindex, nofollow")
    context = showing.conversation(case) | {
        "form": form,
        "rating": rating,
        "page": page | {"has_errors": bool(form.errors or rating.errors)},
    }
    return render(request, "support/case.html", context, status=status)


def _back(case: Case, anchor: str) -> HttpResponse:
    path = access.path_of(case, language=languages.active())
    response = HttpResponseRedirect(f"{path}#{anchor}")
    response.status_code = 303
    return response
