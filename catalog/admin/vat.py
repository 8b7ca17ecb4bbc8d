"""Rates of VAT: one at a time for a country and a class."""

import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.db.backends.postgresql.psycopg_any import DateRange
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.admin import ModelAdmin
from unfold.decorators import action, display
from unfold.enums import ActionVariant
from unfold.widgets import UnfoldAdminDecimalFieldWidget

from catalog import categories
from catalog.admin import vat_report
from catalog.models import VatRate
from catalog.vat import changing
from shop import staff_pages
from shop.kit import clock, countries

ONE_DAY = datetime.timedelta(days=1)


class VatRateForm(forms.ModelForm):
    """The period as its first and its last day."""

    first_day = forms.DateField(label=gettext_lazy("from"), widget=staff_pages.date_input())
    last_day = forms.DateField(
        label=gettext_lazy("until and including"),
        required=False,
        help_text=gettext_lazy("Empty: until further notice."),
        widget=staff_pages.date_input(),
    )

    class Meta:
        model = VatRate
        fields = ("country", "vat_class", "rate", "remark_de", "remark_en", "confirmed_on")
        widgets = {"confirmed_on": staff_pages.date_input()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff_pages.capitalise(self)
        if self.instance.pk and "first_day" in self.fields:
            self.fields["first_day"].initial = self.instance.valid.lower
            self.fields["last_day"].initial = last_day(self.instance)

    def clean_country(self) -> str:
        code = str(self.cleaned_data["country"]).upper()
        if not countries.is_known(code):
            raise forms.ValidationError(_("Use the code of a country, such as DE."))
        return code

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("first_day"), given.get("last_day")
        if not first or "last_day" in self.errors:
            return given
        if last and last < first:
            self.add_error("last_day", _("The last day lies before the first."))
            return given
        self.instance.valid = DateRange(first, last + ONE_DAY if last else None)
        self._refuse_overlap(given)
        return given

    def _refuse_overlap(self, given: dict[str, Any]) -> None:
        """Say which rate is in the way; the database refuses it in any case."""
        others = VatRate.objects.exclude(pk=self.instance.pk).filter(
            country=given.get("country"),
            vat_class=given.get("vat_class"),
            valid__overlap=self.instance.valid,
        )
        other = others.order_by("valid").first()
        if other is None:
            return
        text = _("%(rate)s %% holds from %(first)s in this period: end it first.")
        first_day = date_format(other.valid.lower, "SHORT_DATE_FORMAT")
        self.add_error("first_day", text % {"rate": other.rate, "first": first_day})


def last_day(rate: VatRate) -> datetime.date | None:
    """The last day on which the rate holds; `None` where no end is known."""
    return rate.valid.upper - ONE_DAY if rate.valid.upper else None


class ChangeForm(staff_pages.AskForm):
    """Another rate, from a day on."""

    rate = forms.DecimalField(
        label=gettext_lazy("rate in percent"),
        min_value=0,
        max_value=99,
        max_digits=5,
        decimal_places=2,
        localize=True,
        widget=UnfoldAdminDecimalFieldWidget,
    )
    first_day = forms.DateField(label=gettext_lazy("from"), widget=staff_pages.date_input())


class Open(admin.SimpleListFilter):
    """Rates that somebody still has to look up."""

    title = gettext_lazy("looked up")
    parameter_name = "open"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("still to be confirmed"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() != "yes":
            return queryset
        return queryset.filter(confirmed_on=None).exclude(remark_de="", remark_en="")


class InForce(admin.SimpleListFilter):
    """Rates of today."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("now", _("in force"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        today = clock.day_of(clock.now())
        return queryset.filter(valid__contains=today) if self.value() == "now" else queryset


@admin.register(VatRate)
class VatRateAdmin(ModelAdmin):
    form = VatRateForm
    list_display = (
        "country_name",
        "vat_class",
        "rate",
        "begins",
        "ends",
        "remark_text",
        "confirmed_on",
    )
    list_filter = (InForce, Open, "vat_class", "country")
    search_fields = ("=country",)
    ordering = ("country", "vat_class", "-valid")
    list_per_page = 120
    fields = (
        ("country", "vat_class", "rate"),
        ("first_day", "last_day"),
        ("remark_de", "remark_en"),
        "confirmed_on",
    )
    actions = ("confirm",)
    actions_list = ("report",)
    actions_detail = ("change_from",)

    @display(description=gettext_lazy("country"), ordering="country")
    def country_name(self, rate: VatRate) -> str:
        return f"{rate.country} · {countries.name_of(rate.country)}"

    @display(description=gettext_lazy("from"), ordering="valid")
    def begins(self, rate: VatRate) -> Any:
        return rate.valid.lower

    @display(description=gettext_lazy("until and including"), empty_value="–")
    def ends(self, rate: VatRate) -> Any:
        return last_day(rate)

    @display(description=gettext_lazy("remark"))
    def remark_text(self, rate: VatRate) -> str:
        return rate.remark

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A rate that has begun is history: it is ended, not deleted."""
        begun = obj is not None and obj.valid.lower <= clock.day_of(clock.now())
        return not begun and super().has_delete_permission(request, obj)

    def has_report_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.has_perm("orders.view_order"))

    @admin.action(description=gettext_lazy("Confirm: looked up today"), permissions=["change"])
    def confirm(self, request: HttpRequest, queryset: Any) -> None:
        today = clock.day_of(clock.now())
        number = changing.confirm(list(queryset.values_list("pk", flat=True)), day=today)
        text = ngettext("%(number)d rate confirmed.", "%(number)d rates confirmed.", number)
        self.message_user(request, text % {"number": number})

    @action(
        description=gettext_lazy("VAT report"),
        url_path="report",
        permissions=["report"],
        icon="table_view",
    )
    def report(self, request: HttpRequest) -> HttpResponse:
        return vat_report.show(self, request)

    @action(
        description=gettext_lazy("Change from a day on"),
        url_path="successor",
        permissions=["change"],
        icon="event_upcoming",
        variant=ActionVariant.PRIMARY,
    )
    def change_from(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """End this rate and let another one follow."""
        rate = self.get_object(request, object_id)
        if rate is None:
            raise Http404
        form = ChangeForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            given = form.cleaned_data
            try:
                follower = changing.change_from(
                    rate, percent=given["rate"], first_day=given["first_day"]
                )
            except changing.Refused as problem:
                form.add_error("first_day", str(problem))
            else:
                self.log_change(request, rate, _("Changed from a day on."))
                return redirect("admin:catalog_vatrate_change", follower.pk)
        return staff_pages.ask(
            self,
            request,
            title=f"{_('Change from a day on')}: {self.country_name(rate)}, {rate.rate} %",
            form=form,
            submit_text=_("Change from a day on"),
            back_url=reverse("admin:catalog_vatrate_change", args=[rate.pk]),
            text=_("Prices stay as they are; orders from that day on bear the new rate."),
        )

    def save_model(self, request: HttpRequest, obj: VatRate, form: Any, change: bool) -> None:
        obj.is_from_file = False  # It is theirs now: `load_vat_rates` leaves it alone.
        super().save_model(request, obj, form, change)
        categories.changed()

    def delete_model(self, request: HttpRequest, obj: VatRate) -> None:
        super().delete_model(request, obj)
        categories.changed()
