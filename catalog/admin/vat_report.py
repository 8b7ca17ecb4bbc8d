"""The report of VAT for staff: a page, and the same as a file."""

import csv
import datetime
import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.imports import cells
from catalog.models import TaxScheme
from orders.money.taxing import report
from shop import staff_pages
from shop.kit import clock, countries, languages, money

QUARTERS = 6  # of which the page offers the links


class PeriodForm(staff_pages.AskForm):
    """Days, both included."""

    first = forms.DateField(label=gettext_lazy("from"), widget=staff_pages.date_input())
    last = forms.DateField(
        label=gettext_lazy("until and including"), widget=staff_pages.date_input()
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("first"), given.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day lies before the first."))
        return given


def show(page: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """The report of the days asked for; without any, of the quarter that runs."""
    quarters = list(_quarters(clock.day_of(clock.now())))
    form = PeriodForm(request.GET if "first" in request.GET else quarters[0])
    is_oss = request.GET.get("view") == "oss"
    found = None
    if form.is_valid():
        found = report.between(form.cleaned_data["first"], form.cleaned_data["last"])
        found = found.of_oss() if is_oss else found
    if found and request.GET.get("format") == "csv":
        return _file(found, form.cleaned_data, is_oss)
    period = {name: form[name].value() for name in ("first", "last")}
    context = {
        **page.admin_site.each_context(request),
        "title": _("VAT report"),
        "opts": page.opts,
        "form": form,
        "quarters": [
            {
                "name": one["name"],
                "query": f"first={one['first'].isoformat()}&last={one['last'].isoformat()}",
                "is_here": _is_same(one, period),
            }
            for one in quarters
        ],
        "period": period,
        "is_oss": is_oss,
        **(_tables(found, is_oss) if found else {}),
    }
    return render(
        request, "admin/catalog/vat_report.html", context, status=422 if form.errors else 200
    )


def _quarters(today: datetime.date) -> Iterator[dict[str, Any]]:
    """This quarter and those before it."""
    year, quarter = today.year, (today.month - 1) // 3 + 1
    for _number in range(QUARTERS):
        first = datetime.date(year, quarter * 3 - 2, 1)
        following = datetime.date(year + quarter // 4, quarter % 4 * 3 + 1, 1)
        last = following - report.ONE_DAY
        yield {"name": f"{year} Q{quarter}", "first": first, "last": last}
        year, quarter = (year, quarter - 1) if quarter > 1 else (year - 1, 4)


def _is_same(one: dict[str, Any], period: dict[str, Any]) -> bool:
    return all(str(one[name]) == str(period[name]) for name in period)


def _tables(found: report.Report, is_oss: bool) -> dict[str, Any]:
    return {
        "orders": found.orders,
        "lines": [
            {
                "country": countries.name_of(one.country),
                "scheme": TaxScheme(one.scheme).label,
                "rate": money.formatted_percent(one.rate, languages.active()),
                "orders": one.orders,
                "amounts": _words(one.sold, one.back, one.left),
            }
            for one in found.lines
        ],
        "totals": _words(found.sold, found.back, found.left),
        "corrections": [
            {
                "country": countries.name_of(one.country),
                "rate": money.formatted_percent(one.rate, languages.active()),
                "quarter": f"{one.year} Q{one.quarter}",
                "amounts": _words(one.back),
            }
            for one in (found.corrections if is_oss else ())
        ],
    }


def _words(*some: report.Amounts) -> list[str]:
    language = languages.active()
    return [
        money.formatted(value, "EUR", language)
        for one in some
        for value in (one.net, one.vat, one.gross)
    ]


def _file(found: report.Report, days: dict[str, Any], is_oss: bool) -> HttpResponse:
    name = f"vat-{days['first']}-{days['last']}{'-oss' if is_oss else ''}.csv"
    response = HttpResponse(written(found), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def written(found: report.Report) -> str:
    """The report as CSV: points in numbers, corrections by the quarter of their sale below."""
    out = io.StringIO()
    writer = csv.writer(out)

    def line(*values: object) -> None:
        writer.writerow(
            str(one) if isinstance(one, int | Decimal) else cells.guarded(str(one))
            for one in values
        )

    line("kind", "country", "scheme", "rate", "quarter", "orders", "net", "vat", "gross")
    for one in found.lines:
        about = (one.country, one.scheme, one.rate, "")
        if one.orders:
            line("sale", *about, one.orders, one.sold.net, one.sold.vat, one.sold.gross)
    for back in found.corrections:
        about = (back.country, back.scheme, back.rate, f"{back.year}-Q{back.quarter}")
        line("correction", *about, "", -back.back.net, -back.back.vat, -back.back.gross)
    left = found.left
    line("sum", "", "", "", "", found.orders, left.net, left.vat, left.gross)
    return out.getvalue()
