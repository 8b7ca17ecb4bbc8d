"""What staff see and do about a legal page: each a page of the admin, then one call of the app."""

import dataclasses
import itertools
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminTextInputWidget

from content import differences as comparing
from content import publishing, selling, text_format, texts, versions
from content.models import LegalPage, LegalReading, LegalVersion
from shop import staff_pages
from shop.kit import clock, languages

LIST = "admin:content_legalversion_changelist"


class PublishForm(staff_pages.AskForm):
    valid_from = forms.DateTimeField(
        label=gettext_lazy("valid from"),
        required=False,
        help_text=gettext_lazy("Empty: from now on."),
        widget=staff_pages.moment_input(),
    )


class ReadForm(staff_pages.AskForm):
    reader = forms.CharField(
        label=gettext_lazy("read by"),
        max_length=120,
        help_text=gettext_lazy("Who knows the law and has read exactly this version."),
        widget=UnfoldAdminTextInputWidget,
    )


def overview(page: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Every legal page, what applies, what is begun, who read it; what keeps the shop closed."""
    if not page.has_view_permission(request):
        raise PermissionDenied
    moment = clock.now()
    readings = {(one.page, one.label): one for one in LegalReading.objects.all()}
    rows = LegalVersion.objects.defer("body_de", "body_en")
    drafts = {one.page: one for one in rows.filter(state="draft")}
    coming = {one.page: one for one in rows.published().filter(valid_from__gt=moment)}
    lines = [
        {
            "slug": one.page,
            "name": LegalPage(one.page).label,
            "version": one,
            "reading": readings.get((one.page, one.label)),
            "draft": drafts.get(one.page),
            "coming": coming.get(one.page),
        }
        for one in versions.all_in_force(moment)
    ]
    may_change = page.has_change_permission(request)
    context = {"lines": lines, "may_change": may_change, "obstacles": selling.obstacles(moment)}
    return _page(page, request, "legal_overview", _("Legal texts"), **context)


def begin(page: ModelAdmin, request: HttpRequest, slug: str) -> HttpResponse:
    """The draft of a page: made when it is posted for, opened if it is there."""
    if not page.has_change_permission(request) or slug not in LegalPage.values:
        raise Http404
    if request.method != "POST":
        return redirect(LIST)
    draft = publishing.draft_of(slug, moment=clock.now())
    return redirect("admin:content_legalversion_change", draft.pk)


def read(page: ModelAdmin, request: HttpRequest, slug: str) -> HttpResponse:
    """Note who has read the version in force."""
    if not page.has_change_permission(request) or slug not in LegalPage.values:
        raise Http404
    version = versions.in_force(slug, clock.now())
    form = ReadForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        publishing.note_reading(
            slug, version.label, **form.cleaned_data, by=request.user, moment=clock.now()
        )
        messages.success(request, _("It is noted."))
        return redirect(LIST)
    return staff_pages.ask(
        page,
        request,
        title=_("%(page)s, version %(label)s: it was read")
        % {"page": LegalPage(slug).label, "label": version.label},
        form=form,
        text=_("Name and day are kept. Shoppers never see it."),
        submit_text=_("Note it"),
        back_url=reverse(LIST),
    )


def publish(page: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Ask from when on, then publish for ever."""
    draft = _version(page, request, object_id)
    form = PublishForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        moment = clock.now()
        try:
            done = publishing.publish(draft, **form.cleaned_data, by=request.user, moment=moment)
        except publishing.CannotPublish as problem:
            form.add_error(None, cast(Any, problem.problems))
        else:
            page.log_change(request, done, _("published as %(label)s") % {"label": done.label})
            messages.success(request, _("Published as version %(label)s.") % {"label": done.label})
            return redirect(LIST)
    return staff_pages.ask(
        page,
        request,
        title=_("Publish: %(page)s") % {"page": draft.get_page_display()},
        form=form,
        text=_("What is published can never be changed: the next change is a new version."),
        is_refused=not draft.is_draft,
        submit_text=_("Publish"),
        back_url=_address(draft),
    )


def preview(page: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """The saved words as shoppers would see them, in each language."""
    row = _version(page, request, object_id)
    version = versions.of(row)
    if row.is_draft:
        version = dataclasses.replace(version, label=_("Draft"))
    shown = [
        {"code": code, "blocks": list(text_format.blocks(texts.filled(version, language=code)))}
        for code in languages.codes()
    ]
    unset = publishing.unset(version.bodies)
    context = {"shown": shown, "unset": unset, "name": row.get_page_display()}
    return _page(page, request, "legal_preview", str(row), back_url=_address(row), **context)


def differences(page: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """The saved words against those in force, or of a published version against the one before."""
    row = _version(page, request, object_id)
    version = versions.of(row)
    before = versions.before(version, clock.now())
    context = {"pairs": [_compared(before, version)], "back_url": _address(row)}
    return _page(page, request, "legal_differences", str(row), **context)


def history(page: ModelAdmin, request: HttpRequest, slug: str) -> HttpResponse:
    """All versions of a page with what each changed, the newest first."""
    if not page.has_view_permission(request) or slug not in LegalPage.values:
        raise Http404
    rows = versions.published(slug)
    pairs = [_compared(old, new) for new, old in itertools.pairwise(rows)]
    title = _("Versions: %(page)s") % {"page": LegalPage(slug).label}
    first = rows[-1]
    context = {"pairs": pairs, "first": first, "back_url": reverse(LIST)}
    return _page(page, request, "legal_differences", title, **context)


def _compared(old: versions.Version, new: versions.Version) -> dict[str, Any]:
    changes = [
        {"code": code, "lines": comparing.lines(old.bodies[code], new.bodies[code])}
        for code in languages.codes()
    ]
    return {"old": old, "new": new, "languages": changes}


def _version(page: ModelAdmin, request: HttpRequest, object_id: str) -> LegalVersion:
    row: LegalVersion | None = page.get_object(request, object_id)
    if row is None:
        raise Http404
    return row


def _address(row: LegalVersion) -> str:
    return reverse("admin:content_legalversion_change", args=[row.pk])


def _page(
    page: ModelAdmin, request: HttpRequest, template: str, title: str, **context: Any
) -> HttpResponse:
    full = {**page.admin_site.each_context(request), "title": title, "opts": page.opts, **context}
    return render(request, f"admin/content/{template}.html", full)
