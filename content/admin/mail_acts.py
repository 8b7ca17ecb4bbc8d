"""Pages about mails: all of them, and one with its preview, its words and what they were before."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from content import mails, wordings
from content.models import MailWording
from shop import staff_pages
from shop.kit import clock, languages

LIST = "admin:content_mailwording_changelist"
_SHOWN = 20


class WordsForm(staff_pages.AskForm):
    """An empty part is the default."""

    subject = forms.CharField(
        label=gettext_lazy("subject"),
        required=False,
        max_length=150,
        widget=UnfoldAdminTextInputWidget,
    )
    intro = forms.CharField(
        label=gettext_lazy("opening words"),
        required=False,
        max_length=2000,
        help_text=gettext_lazy("Stands after the salutation. An empty line begins a paragraph."),
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 4}),
    )
    closing = forms.CharField(
        label=gettext_lazy("closing words"),
        required=False,
        max_length=2000,
        help_text=gettext_lazy("Stand at the end, before name and address of the shop."),
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, sample: mails.Sample, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sample = sample

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for part in wordings.PARTS:
            given[part] = given.get(part, "").replace("\r\n", "\n")
            for problem in wordings.problems(self.sample, part, given[part]):
                self.add_error(part, problem)
        return given


def overview(page: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Every mail in every language, and where the shop has words of its own."""
    if not page.has_view_permission(request):
        raise PermissionDenied
    newest = MailWording.objects.order_by("mail", "language", "-pk").distinct("mail", "language")
    own = {
        (row.mail, row.language)
        for row in newest
        if any(getattr(row, part) for part in wordings.PARTS)
    }
    rows = [
        {
            "title": sample.title,
            "key": key,
            "languages": [
                {
                    "code": code,
                    "is_own": (key, code) in own,
                    "url": reverse("admin:content_mail", args=[key, code]),
                }
                for code in languages.codes()
            ],
        }
        for key, sample in mails.samples().items()
    ]
    return _page(page, request, "mail_overview", _("Mails and their words"), rows=rows)


def mail(page: ModelAdmin, request: HttpRequest, key: str, language: str) -> HttpResponse:
    """One mail in one language: look, try out, save, or go back to the default."""
    sample = mails.samples().get(key)
    if not page.has_view_permission(request):
        raise PermissionDenied
    if sample is None or language not in languages.codes():
        raise Http404
    saved = wordings.of(key, language)
    form = WordsForm(request.POST or None, sample=sample, initial=saved)
    words = saved
    if request.method == "POST":
        if not page.has_change_permission(request):
            raise PermissionDenied
        if (done := _act(request, sample, language, form)) is not None:
            return done
        words = form.cleaned_data if form.is_valid() else saved
    context = _context(sample, language, words) | {
        "form": form,
        "may_change": page.has_change_permission(request),
    }
    title = f"{sample.title} ({language})"
    status = 422 if form.errors else 200
    return _page(page, request, "mail_words", title, status=status, **context)


def _act(
    request: HttpRequest, sample: mails.Sample, language: str, form: WordsForm
) -> HttpResponse | None:
    """Save or reset, then show the page anew; `None`: only a look was asked for."""
    address = reverse("admin:content_mail", args=[sample.key, language])
    if "reset" in request.POST:
        wordings.save(sample.key, language, {}, by=request.user, moment=clock.now())
        messages.success(request, _("The default words count again."))
        return redirect(address)
    if "save" in request.POST and form.is_valid():
        wordings.save(sample.key, language, form.cleaned_data, by=request.user, moment=clock.now())
        messages.success(request, _("Saved. The next mail uses these words."))
        return redirect(address)
    return None


def _context(sample: mails.Sample, language: str, words: dict[str, Any]) -> dict[str, Any]:
    message = mails.preview(sample, language, words)
    rows = MailWording.objects.of(sample.key, language).select_related("actor")
    return {
        "language": language,
        "message": message,
        "html": mails.html_of(message),
        "default": mails.preview(sample, language, {}).subject,
        "placeholders": sample.placeholders.items(),
        "history": list(rows[:_SHOWN]),
        "back_url": reverse(LIST),
    }


def _page(
    page: ModelAdmin,
    request: HttpRequest,
    template: str,
    title: str,
    *,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    full = {**page.admin_site.each_context(request), "title": title, "opts": page.opts, **context}
    return render(request, f"admin/content/{template}.html", full, status=status)
