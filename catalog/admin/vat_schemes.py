"""How sales are taxed: what holds, how far the limit is, and the page that changes it."""

import datetime
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.decorators import action
from unfold.enums import ActionVariant
from unfold.widgets import (
    UnfoldAdminRadioSelectWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
)

from accounts.models import Customer
from catalog.admin import vat_report
from catalog.admin.ledger import ReadOnly
from catalog.models import VatSchemeChange, VatSchemeKind
from catalog.vat import schemes
from orders.money.taxing import distance, turnover
from shop import staff_pages
from shop.kit import clock, languages, money


class ChangeForm(staff_pages.AskForm):
    """What is to hold, from which day on. An empty day means now."""

    kind = forms.ChoiceField(label=gettext_lazy("what"), widget=UnfoldAdminRadioSelectWidget)
    year = forms.TypedChoiceField(
        label=gettext_lazy("exceeded in"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=gettext_lazy("For the limit of 10,000 € alone."),
        widget=UnfoldAdminSelectWidget,
    )
    first_day = forms.DateField(
        label=gettext_lazy("from"),
        required=False,
        help_text=gettext_lazy("Empty: from now on."),
        widget=staff_pages.date_input(),
    )
    note = forms.CharField(
        label=gettext_lazy("reason"), max_length=200, widget=UnfoldAdminTextInputWidget
    )

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, list[tuple[Any, Any]]] = {
            "kind": [(one.value, _CHOICES[one]) for one in schemes.possible()],
            "year": [("", "–"), (year, year), (year - 1, year - 1)],
        }
        for name, pairs in choices.items():
            cast(forms.ChoiceField, self.fields[name]).choices = pairs


_CHOICES = {
    VatSchemeKind.THRESHOLD: gettext_lazy("we are above 10,000 € already, with other sales"),
    VatSchemeKind.OPT_IN: gettext_lazy("opt for the VAT of the country of destination"),
    VatSchemeKind.OPT_OUT: gettext_lazy("back to our VAT below the limit"),
    VatSchemeKind.SMALL_ON: gettext_lazy("we are a small business: no VAT (§ 19 UStG)"),
    VatSchemeKind.SMALL_OFF: gettext_lazy("we are no longer a small business"),
}


@admin.register(VatSchemeChange)
class VatSchemeChangeAdmin(ReadOnly, ModelAdmin):
    list_display = (
        "valid_from",
        "kind",
        "year",
        "order_number",
        "net_sum",
        "is_automatic",
        "actor",
        "note",
    )
    ordering = ("-valid_from", "-pk")
    list_select_related = ("actor",)
    actions = None
    actions_list = ("change", "report")

    def has_change_scheme_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """May this person decide how sales are taxed?"""
        return bool(request.user.has_perm("catalog.add_vatschemechange"))

    def has_report_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.has_perm("orders.view_order"))

    @action(
        description=gettext_lazy("How it stands, and change it"),
        url_path="change",
        permissions=["change_scheme"],
        icon="tune",
        variant=ActionVariant.PRIMARY,
    )
    def change(self, request: HttpRequest) -> HttpResponse:
        """Say what holds, ask what is to hold, write it down."""
        moment = clock.now()
        form = ChangeForm(request.POST or None, year=clock.day_of(moment).year)
        if request.method == "POST" and form.is_valid():
            try:
                _change(form.cleaned_data, request.user, moment)
            except schemes.Refused as problem:
                form.add_error("first_day", str(problem))
            else:
                messages.success(request, _("Written down; it holds for orders from then on."))
                return redirect("admin:catalog_vatschemechange_changelist")
        return staff_pages.ask(
            self,
            request,
            title=_("VAT scheme"),
            form=form,
            submit_text=_("Write it down"),
            back_url=reverse("admin:catalog_vatschemechange_changelist"),
            template="admin/catalog/vat_scheme.html",
            facts=_facts(moment),
        )

    @action(
        description=gettext_lazy("VAT report"),
        url_path="report",
        permissions=["report"],
        icon="table_view",
    )
    def report(self, request: HttpRequest) -> HttpResponse:
        return vat_report.show(self, request)


def _change(given: dict[str, Any], by: Any, moment: datetime.datetime) -> None:
    day = given["first_day"]
    kind = VatSchemeKind(given["kind"])
    schemes.change(
        kind,
        valid_from=max(schemes.start_of_day(day), moment)
        if day == clock.day_of(moment)
        else schemes.start_of_day(day)
        if day
        else moment,
        by=by if isinstance(by, Customer) else None,
        moment=moment,
        note=given["note"],
        year=given["year"] if kind == VatSchemeKind.THRESHOLD else None,
    )


def _facts(moment: datetime.datetime) -> list[tuple[str, str]]:
    """What holds now, and the figures that decide about it."""
    year, language = clock.day_of(moment).year, languages.active()
    now, sold = schemes.at(moment), turnover.of(moment)

    def euros(value: Any) -> str:
        return money.formatted(value, "EUR", language)

    return [
        (
            _("Sales to other EU countries"),
            _("VAT of the country of destination") if now.is_destination else _("our VAT"),
        ),
        (
            _("Net value of %(year)s towards 10,000 €") % {"year": year},
            euros(distance.sold_net(year)),
        ),
        (
            _("Net value of %(year)s towards 10,000 €") % {"year": year - 1},
            euros(distance.sold_net(year - 1)),
        ),
        (_("Small business (§ 19 UStG)"), _("yes") if now.is_small_business else _("no")),
        (_("Net turnover of %(year)s (limit 100,000 €)") % {"year": year}, euros(sold.now)),
        (_("Net turnover of %(year)s (limit 25,000 €)") % {"year": year - 1}, euros(sold.before)),
    ]
