"""The pages of an import: each says where it stands and offers the next step."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalog.admin.import_forms import ExportForm, MappingForm, UploadForm
from catalog.imports import exporting, mending, picture_queue, running, storing
from catalog.imports.reading import Unreadable
from catalog.models import Import, ImportOutcome, ImportPicture, ImportState, Product
from inventory.import_shelves import ImportShelves
from shop import staff_pages
from shop.kit import clock, languages

PER_PAGE = 40
_REFRESH_SECONDS = 2
_OUTCOMES = {
    ImportOutcome.NEW: gettext_lazy("%(count)d new"),
    ImportOutcome.CHANGED: gettext_lazy("%(count)d changed"),
    ImportOutcome.UNCHANGED: gettext_lazy("%(count)d unchanged"),
    ImportOutcome.FAILED: gettext_lazy("%(count)d failed"),
}


def counted(batch: Import) -> str:
    """`3 new, 1 failed`; a dash before it was compared."""
    found = [
        str(words) % {"count": batch.counts[outcome]}
        for outcome, words in _OUTCOMES.items()
        if batch.counts.get(outcome)
    ]
    return ", ".join(found) or "–"


def address_of(batch: Import, name: str = "change") -> str:
    return reverse(f"admin:catalog_import_{name}", args=[batch.pk])


def _batch(page: ModelAdmin, request: HttpRequest, object_id: Any) -> Import:
    if not page.has_add_permission(request):
        raise PermissionDenied
    try:
        return Import.objects.get(pk=object_id)
    except (Import.DoesNotExist, ValueError):
        raise Http404 from None


def upload(page: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Take a file; its columns come next."""
    if not page.has_add_permission(request):
        raise PermissionDenied
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            batch = _taken(form)
        except Unreadable as problem:
            form.add_error("file", str(problem))
        else:
            page.log_addition(request, batch, _("Uploaded."))
            return redirect(address_of(batch, "columns"))
    return staff_pages.ask(
        page,
        request,
        title=_("Import products"),
        form=form,
        submit_text=_("Upload and look at the columns"),
        back_url=reverse("admin:catalog_import_changelist"),
    )


def _taken(form: UploadForm) -> Import:
    given = form.cleaned_data
    file = given["file"]
    if file.size > storing.MAX_BYTES:
        raise Unreadable(_("The file is larger than 100 MB."))
    return storing.take(
        file.file,
        name=file.name,
        language=given["language"],
        spoken_language=languages.active(),
        format_name=given["format"],
        creates_categories=given["creates_categories"],
        sets_stock=given["sets_stock"],
        fallback_category=given["fallback_category"],
    )


def mapping(page: ModelAdmin, request: HttpRequest, object_id: int) -> HttpResponse:
    """Show what each column is taken for; compare with the shop when it is confirmed."""
    batch = _batch(page, request, object_id)
    if batch.state not in (ImportState.MAPPING, ImportState.CHECKED, ImportState.REFUSED):
        return redirect(address_of(batch))
    form = MappingForm(request.POST or None, batch=batch)
    if request.method == "POST" and form.is_valid():
        storing.confirm(batch, form.mapping)
        running.wake(batch)
        return redirect(address_of(batch))
    return staff_pages.ask(
        page,
        request,
        title=_("Columns of %(file)s") % {"file": batch},
        form=form,
        submit_text=_("Compare with the shop"),
        back_url=reverse("admin:catalog_import_changelist"),
        template="admin/catalog/import_columns.html",
        batch=batch,
    )


def show(page: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Where the import stands: running, to be confirmed, or done."""
    if not page.has_view_permission(request):
        raise PermissionDenied
    batch = _batch(page, request, object_id)
    if batch.state == ImportState.MAPPING:
        return redirect(address_of(batch, "columns"))
    context = {
        **page.admin_site.each_context(request),
        "title": str(batch),
        "opts": page.opts,
        "batch": batch,
    }
    if batch.is_running:
        response = render(request, "admin/catalog/import_running.html", context)
        # The page looks again by itself, without a script; a reload does the same.
        response["Refresh"] = str(_REFRESH_SECONDS)
        return response
    return render(request, "admin/catalog/import_result.html", context | _result(request, batch))


def _result(request: HttpRequest, batch: Import) -> dict[str, Any]:
    rows = batch.rows.prefetch_related("problems").order_by("number")
    outcome = request.GET.get("outcome", "")
    if outcome in ImportOutcome.values:
        rows = rows.filter(outcome=outcome)
    paginator = Paginator(rows, PER_PAGE)
    pictures = batch.pictures.order_by("pk")
    states = ImportPicture.State
    return {
        "tabs": _tabs(batch, outcome),
        "outcome": outcome,
        "page_obj": paginator.get_page(request.GET.get("page")),
        "loose_problems": batch.problems.filter(row=None).order_by("line")[:PER_PAGE],
        "unknown": [one for one in batch.unknown if one["filled"]],
        "can_apply": batch.state == ImportState.CHECKED and _to_do(batch),
        "can_undo": batch.state == ImportState.APPLIED and running.last_applied() == batch,
        "missing_pictures": pictures.filter(state=states.FAILED)[:PER_PAGE],
        "waiting_pictures": pictures.filter(state=states.WAITING).count(),
        "fetched_pictures": pictures.filter(state=states.FETCHED).count(),
        "left": batch.changes.exclude(remark="").order_by("pk")[:PER_PAGE],
    }


def _to_do(batch: Import) -> int:
    return int(batch.counts.get("new", 0)) + int(batch.counts.get("changed", 0))


def _tabs(batch: Import, outcome: str) -> list[dict[str, Any]]:
    whole = {"value": "", "text": _("All"), "count": batch.total, "is_here": not outcome}
    whole["count"] = sum(batch.counts.values())
    return [
        whole,
        *(
            {
                "value": one.value,
                "text": one.label,
                "count": batch.counts.get(one.value, 0),
                "is_here": outcome == one.value,
            }
            for one in _OUTCOMES
        ),
    ]


def application(page: ModelAdmin, request: HttpRequest, object_id: int) -> HttpResponse:
    """Yes: carry the difference out."""
    batch = _batch(page, request, object_id)
    if request.method != "POST":
        return redirect(address_of(batch))
    if running.begin_applying(batch):
        page.log_change(request, batch, _("Applied."))
        running.wake(batch)
    return redirect(address_of(batch))


def withdrawal(page: ModelAdmin, request: HttpRequest, object_id: int) -> HttpResponse:
    """Ask, then take the import back."""
    batch = _batch(page, request, object_id)
    if request.method == "POST":
        if running.begin_undoing(batch):
            page.log_change(request, batch, _("Undone."))
            running.wake(batch)
        else:
            messages.error(request, _("Only the last import can be undone."))
        return redirect(address_of(batch))
    return staff_pages.ask(
        page,
        request,
        title=_("Undo: %(file)s") % {"file": batch},
        form=staff_pages.AskForm(),
        submit_text=_("Undo the import"),
        back_url=address_of(batch),
        text=_(
            "New products are deleted, or taken offline if they were on sale. Changed fields get "
            "their old values, unless somebody has changed them since."
        ),
    )


def images(page: ModelAdmin, request: HttpRequest, object_id: int) -> HttpResponse:
    """Fetch the missing images once more."""
    batch = _batch(page, request, object_id)
    if request.method == "POST":
        count = picture_queue.try_again(batch, moment=clock.now())
        text = ngettext("%(count)d is tried again.", "%(count)d are tried again.", count)
        messages.success(request, text % {"count": count})
    return redirect(address_of(batch))


def failed(page: ModelAdmin, request: HttpRequest, object_id: int) -> StreamingHttpResponse:
    """The failed products as a file, each line with what is wrong."""
    batch = _batch(page, request, object_id)
    name = f"failed-{batch.pk}.csv"
    # The mark at the beginning tells spreadsheets that the letters are UTF-8.
    return _file(name, _after("\ufeff", mending.lines(batch)))


def export(page: ModelAdmin, request: HttpRequest) -> Any:
    """Ask for a format, then send all products."""
    form = ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        moment = clock.now()
        lines = exporting.lines(
            Product.objects.all(),
            format_name=given["format"],
            language=given["language"],
            shelves=ImportShelves(),
            moment=moment,
        )
        return _file(f"products-{given['format']}-{clock.day_of(moment)}.csv", lines)
    return staff_pages.ask(
        page,
        request,
        title=_("Export products"),
        form=form,
        submit_text=_("Download"),
        back_url=reverse("admin:catalog_import_changelist"),
        text=_("All products as a CSV file. Imported again, it changes nothing."),
    )


def _after(first: str, lines: Any) -> Any:
    yield first
    yield from lines


def _file(name: str, lines: Any) -> StreamingHttpResponse:
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
