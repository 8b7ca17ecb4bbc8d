"""Pages about documents: exports of a period, and an invoice before all is sent."""

import tempfile
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin

from orders.admin import acts
from orders.admin import forms as order_forms
from orders.documents import issuing, working
from orders.documents.exports import archive, datev
from orders.documents.exports.periods import ONE_DAY, NoPeriod, Period
from orders.models import DueDocuments, Order
from orders.states import WrongState
from shop import staff_pages
from shop.kit import clock


class PeriodForm(staff_pages.AskForm):
    """From which day until which; the month that is over stands there already."""

    first = forms.DateField(label=gettext_lazy("from"), widget=staff_pages.date_input())
    last = forms.DateField(label=gettext_lazy("until"), widget=staff_pages.date_input())


def export(page: ModelAdmin, request: HttpRequest) -> HttpResponseBase:
    """Ask for the days, answer with the ZIP for auditors."""
    title = _("Export for auditors")
    words = _(
        "A ZIP with all invoices and corrections of the period as PDF, two tables and their"
        " description, as the fiscal administration reads them (GoBD)."
    )
    form = _form(page, request)
    if form.is_bound and form.is_valid():
        try:
            return _zip(Period(**form.cleaned_data))
        except NoPeriod as problem:
            form.add_error(None, str(problem))
    return _ask(page, request, title, words, form)


def bookings(page: ModelAdmin, request: HttpRequest) -> HttpResponseBase:
    """Ask for the days, answer with the file of bookings."""
    title = _("Bookings for DATEV")
    words = _("One booking for each rate of each document. The period lies in one year.")
    form = _form(page, request)
    if form.is_bound and form.is_valid():
        try:
            return _batch(Period(**form.cleaned_data))
        except (NoPeriod, datev.NoAccount) as problem:
            form.add_error(None, str(problem))
    return _ask(page, request, title, words, form)


def issue(page: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Ask whether it is meant; issue and draw the invoice at once."""

    def act(order: Order, given: dict[str, Any]) -> str:
        moment = clock.now()
        try:
            issuing.request(order, moment=moment)
        except issuing.NotIssuable as problem:
            raise WrongState(str(problem)) from problem
        row = DueDocuments.objects.get(order=order)
        if working.work_off(row.pk, moment=moment):
            return _("The invoice is issued. The customer gets it by mail.")
        row.refresh_from_db()
        raise WrongState(_("Not issued: %(problem)s") % {"problem": row.problem})

    return acts.ask(
        page,
        request,
        object_id,
        form_class=order_forms.AskForm,
        title=_("Issue invoice now"),
        act=act,
    )


def _form(page: ModelAdmin, request: HttpRequest) -> PeriodForm:
    if not page.has_view_permission(request):
        raise PermissionDenied
    today = clock.day_of(clock.now())
    last = today.replace(day=1) - ONE_DAY
    return PeriodForm(request.POST or None, initial={"first": last.replace(day=1), "last": last})


def _ask(
    page: ModelAdmin, request: HttpRequest, title: str, words: str, form: PeriodForm
) -> HttpResponse:
    back = reverse("admin:orders_document_changelist")
    return staff_pages.ask(
        page, request, title=title, form=form, submit_text=_("Export"), back_url=back, text=words
    )


def _zip(period: Period) -> FileResponse:
    """Written to disk and sent from there: the memory of a year is that of fifty documents."""
    target = tempfile.TemporaryFile(prefix="documents-")  # noqa: SIM115 - the response closes it
    archive.write(period, target)
    target.seek(0)
    name = f"documents-{period.first}-{period.last}.zip"
    return FileResponse(target, as_attachment=True, filename=name, content_type="application/zip")


def _batch(period: Period) -> FileResponse:
    target = tempfile.TemporaryFile(prefix="bookings-")  # noqa: SIM115 - the response closes it
    target.writelines(datev.lines(period, moment=clock.now()))
    target.seek(0)
    name = f"EXTF_Buchungsstapel_{period.first:%Y%m%d}_{period.last:%Y%m%d}.csv"
    return FileResponse(target, as_attachment=True, filename=name, content_type="text/csv")
